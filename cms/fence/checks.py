"""Is what this id names in a tree or collection of somebody who works here? One function for each kind of id."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.admin.models import EditingSession
from wagtail.models import Collection, Page, Revision, Site, UploadedFile
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from cms import references
from cms.grounds import organisation_of, organisations_of, pages_of
from cms.models import File, Picture
from cms.tester import may_write

from .doors import BULK

Kwargs = Mapping[str, Any]
Check = Callable[[Any, Any, Kwargs], bool]  # (user, value, all arguments of the view)


def may_see_page(user: Any, value: Any, _kwargs: Kwargs = {}) -> bool:  # noqa: B006
    return _is_number(value) and pages_of(user).filter(pk=value).exists()


def may_see_page_or_root(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    """Wagtail itself leads from the root to the top of somebody's own tree, and lists only what they may explore."""
    return may_see_page(user, value) or (
        _is_number(value) and Page.objects.filter(pk=value, depth=1).exists()
    )


def may_write_page(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    page = pages_of(user).filter(pk=value).first()
    return page is not None and may_write(user, page.specific_class, page)


def own_collections(user: Any) -> Any:
    found = Collection.objects.none()
    for organisation in organisations_of(user).exclude(collection=None).select_related("collection"):
        own = organisation.collection
        assert own is not None
        found = found | Collection.objects.filter(path__startswith=own.path)
    return found


def may_see_collection(user: Any, value: Any, _kwargs: Kwargs = {}) -> bool:  # noqa: B006
    return _is_number(value) and own_collections(user).filter(pk=value).exists()


def _media(model: type[Picture] | type[File]) -> Check:
    def check(user: Any, value: Any, _kwargs: Kwargs) -> bool:
        return (
            _is_number(value)
            and model.objects.filter(pk=value, collection__in=own_collections(user)).exists()
        )

    return check


may_see_picture, may_see_file = _media(Picture), _media(File)


def may_see_revision(user: Any, value: Any, kwargs: Kwargs) -> bool:
    """Of the page in the same address, which was checked itself. "live" and the like are words, not ids."""
    if value in ("live", "earliest", "latest"):
        return True
    page = kwargs.get("page_id") or kwargs.get("pk")
    return _is_number(value) and Revision.page_revisions.filter(pk=value, object_id=str(page)).exists()


def may_see_source(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    source = TranslationSource.objects.filter(pk=value).first()
    return source is not None and pages_of(user).filter(translation_key=source.object_id).exists()


def may_write_source(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    """Bringing translations up to date publishes them, whoever may write the page."""
    source = TranslationSource.objects.filter(pk=value).first()
    pages = pages_of(user).filter(translation_key=source.object_id) if source else []
    return any(may_write(user, page.specific_class, page) for page in pages)


def may_see_translation(user: Any, value: Any, kwargs: Kwargs) -> bool:
    translation = Translation.objects.filter(pk=value).first()
    return translation is not None and may_see_source(user, translation.source_id, kwargs)


def _segment(model: type[StringSegment] | type[OverridableSegment]) -> Check:
    def check(user: Any, value: Any, kwargs: Kwargs) -> bool:
        source = Translation.objects.filter(pk=kwargs.get("translation_id")).values("source")
        return model.objects.filter(pk=value, source__in=source).exists()

    return check


def may_see_upload(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    return UploadedFile.objects.filter(pk=value, uploaded_by_user=user).exists()


def may_see_site(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    return Site.objects.filter(pk=value, organisation__in=organisations_of(user)).exists()


def may_see_session(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    """Of editing: one's own, or one that is not there any more."""
    return not EditingSession.objects.filter(pk=value).exclude(user=user).exists()


def anything(user: Any, value: Any, _kwargs: Kwargs) -> bool:
    """A word that names no row."""
    return True


# Names that mean the same in every view.
ARGUMENTS: dict[str, Check] = {
    "parent_page_id": may_see_page,
    "page_id": may_see_page,
    "page_to_move_id": may_see_page,
    "destination_id": may_see_page,
    "revision_id": may_see_revision,
    "revision_id_a": may_see_revision,
    "revision_id_b": may_see_revision,
    "image_id": may_see_picture,
    "document_id": may_see_file,
    "doc_id": may_see_file,
    "uploaded_file_id": may_see_upload,
    "translation_source_id": may_see_source,
    "translation_id": may_see_translation,
    "string_segment_id": _segment(StringSegment),
    "overridable_segment_id": _segment(OverridableSegment),
    "session_id": may_see_session,
    "content_type_app_name": anything,
    "content_type_model_name": anything,
    "app_label": anything,
    "app_name": anything,
    "model_name": anything,
    "action": anything,
    "filter_spec": anything,
    "mode": anything,
}

# Names that mean something else in each view.
IN_VIEW: dict[tuple[str, str], Check] = {
    ("wagtailadmin_explore", "parent_page_id"): may_see_page_or_root,
    ("wagtailadmin_explore_results", "parent_page_id"): may_see_page_or_root,
    ("wagtailadmin_api:pages:detail", "pk"): may_see_page_or_root,
    ("wagtailadmin_pages:revisions_compare", "pk"): may_see_page,
    ("wagtailadmin_editing_sessions:ping", "object_id"): may_see_page,
    ("wagtailimages_chooser:chosen", "pk"): may_see_picture,
    ("wagtaildocs_chooser:chosen", "pk"): may_see_file,
    ("wagtailadmin_api:images:detail", "pk"): may_see_picture,
    ("wagtailadmin_api:documents:detail", "pk"): may_see_file,
    ("wagtailsettings:edit", "pk"): may_see_site,
    ("wagtail_localize:submit_page_translation", "page_id"): may_write_page,
    ("wagtail_localize:update_translations", "translation_source_id"): may_write_source,
}

# In query strings and posted forms. `root` is the explorer's word for the top.
PARAMETERS: dict[str, Check] = {
    "new_parent_page": may_see_page,
    "parent_page": may_see_page,
    "parent_page_id": may_see_page_or_root,
    "child_of": may_see_page_or_root,
    "childOf": may_see_page_or_root,
    "descendant_of": may_see_page_or_root,
    "ancestor_of": may_see_page_or_root,
    "translation_of": may_see_page,
    "target_pages[]": may_see_page,
    "chooser": may_see_page,
    "collection_id": may_see_collection,
    "collection": may_see_collection,
}


def arguments_are_own(user: Any, view: str, kwargs: Kwargs) -> bool:
    """Every argument of the view is known here and names something of the user's own."""
    for name, value in kwargs.items():
        check = IN_VIEW.get((view, name)) or ARGUMENTS.get(name)
        if check is None or not check(user, value, kwargs):
            return False
    return True


def parameters_are_own(request: HttpRequest) -> bool:
    for data in (request.GET, request.POST):
        for name, check in PARAMETERS.items():
            for value in data.getlist(name):
                if value not in ("", "root") and not check(request.user, value, {}):
                    return False
    return True


def chosen_are_own(request: HttpRequest, view: str, kwargs: Kwargs) -> bool:
    """The `id`s of choosers for several, and of what is done to many at once."""
    ids = [*request.GET.getlist("id"), *request.POST.getlist("id")]
    if view == "wagtailadmin_choose_page_chosen_multiple":
        return all(may_see_page(request.user, each) for each in ids)
    if view != "wagtail_bulk_action":
        return True
    if (kwargs["app_label"], kwargs["model_name"], kwargs["action"]) not in BULK:
        return False
    check = {"page": may_see_page, "picture": may_see_picture, "file": may_see_file}[kwargs["model_name"]]
    # "all" takes everything in the list, which only a page's children are for certain.
    if "all" in ids and not request.GET.get("childOf"):
        return False
    return all(check(request.user, each, {}) for each in ids if each != "all")


def translates_to_own(translation_id: int) -> bool:
    """Whether the page as it would become refers to nothing of another organisation."""
    translation = Translation.objects.get(pk=translation_id)
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    try:
        references.must_be_own(page, organisation_of(page))
    except ValidationError:
        return False
    return True


def _is_number(value: Any) -> bool:
    return str(value).isdecimal()
