"""What Wagtail's lists and choosers may show to somebody who works for one organisation."""

from typing import Any

import wagtail.admin.filters
import wagtail.images.views.chooser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet

from cms.grounds import pages_of
from cms.models import File

from .checks import own_collections

# These filters list the people and sites of all organisations.
WITH_OTHERS = ("owner", "edited_by", "site")


def narrow_filters() -> None:
    """Take away what would name others: filters by person and site, and the tags, which all organisations share."""
    for filters in (PageFilterSet, GenericPageFilterSet):
        for name in WITH_OTHERS:
            filters.base_filters.pop(name, None)
    for module in (wagtail.admin.filters, wagtail.images.views.chooser):
        module.popular_tags_for_model = no_tags


def no_tags(model: Any, count: int = 10) -> list[Any]:
    return []


@hooks.register("construct_page_chooser_queryset")
def own_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    return pages if request.user.is_superuser else pages & pages_of(request.user)


@hooks.register("construct_explorer_page_queryset")
def own_explorer_pages(parent_page: Any, pages: QuerySet, request: HttpRequest) -> QuerySet:
    return pages if request.user.is_superuser else pages.filter(pk__in=pages_of(request.user).values("pk"))


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def own_media(rows: QuerySet, request: HttpRequest) -> QuerySet:
    return rows if request.user.is_superuser else rows.filter(collection__in=own_collections(request.user))


@hooks.register("before_serve_document")
def only_on_its_own_site(document: File, request: HttpRequest) -> None:
    """A file is on the site of its organisation and on no other."""
    organisation = getattr(request, "organisation", None)
    top = organisation.collection if organisation else None
    if top is None or not (document.collection == top or document.collection.is_descendant_of(top)):
        raise Http404
