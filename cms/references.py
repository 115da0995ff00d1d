"""What a page refers to, in fields, blocks and running text, and whether all of it is its organisation's own."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from participation.needs.models import Need
from participation.organisations.models import Organisation

from . import grounds


def must_be_own(page: Page, organisation: Organisation | None) -> None:
    """Raises ValidationError when the page refers to what is another organisation's. Without one nothing is asked."""
    if organisation is not None and any(not _belongs(each, organisation) for each in _referred(page)):
        raise ValidationError(
            _("This page refers to something that is not yours. Choose your own page, picture or file.")
        )


def _referred(page: Page) -> Iterator[Model]:
    wanted: dict[int, set[str]] = {}
    for content_type_id, object_id, _model_path, _path in ReferenceIndex._extract_references_from_object(
        page
    ):
        wanted.setdefault(content_type_id, set()).add(object_id)
    for content_type_id, ids in wanted.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None:
            yield from model._default_manager.filter(pk__in=ids)


def _belongs(referred: Model, organisation: Organisation) -> bool:
    if isinstance(referred, Page):
        return grounds.organisation_of(referred) == organisation
    if hasattr(referred, "collection_id"):
        return grounds.collections_of(organisation).filter(pk=referred.collection_id).exists()
    if isinstance(referred, Need):
        return Need.objects.visible_to(organisation).filter(pk=referred.pk).exists()
    return True
