"""What each role may do in Wagtail: one group for each role of each organisation.

Page permissions lie on the home pages, so they cover one organisation's tree and nothing else. Which types of page a
role may write is said by the page types (`SitePage.written_by`).
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role

from .models import HomePage

# Facilitators write sessions and researchers results; the page types say so, the tree is the same for all.
WRITERS = (Role.OWNER, Role.EDITOR, Role.FACILITATOR, Role.RESEARCHER)
PAGES = ("add", "change", "publish")
# Wagtail asks for the permissions of its own models, whatever model is in use.
MEDIA = {"wagtailimages": "image", "wagtaildocs": "document"}
EVERY_WRITER = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")


def may_enter_admin(user: Any, organisation: Organisation) -> bool:
    """Whoever writes pages; Wagtail itself asks for the permission that their group has."""
    return has_role(user, organisation, *WRITERS)


def group_name(organisation: Organisation, role: str) -> str:
    return f"{organisation.slug}: {role}"


def group_of(organisation: Organisation, role: str) -> Group:
    return Group.objects.get_or_create(name=group_name(organisation, role))[0]


def grant_all(organisation: Organisation, homes: list[HomePage]) -> None:
    """Make the groups of an organisation, or bring them up to date."""
    for role in Role.values:
        group = group_of(organisation, role)
        if role in WRITERS:
            _grant_pages(group, homes)
            _grant_media(group, organisation.collection)
            group.permissions.set(_permissions())
    _grant_theme(organisation)


def _grant_pages(group: Group, homes: list[HomePage]) -> None:
    for home in homes:
        for kind in PAGES:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{kind}_page"
            )
            GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)


def _grant_media(group: Group, collection: Collection | None) -> None:
    for app, model in MEDIA.items():
        names = [f"{verb}_{model}" for verb in ("add", "change", "delete", "choose")]
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=names):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _grant_theme(organisation: Organisation) -> None:
    """Owners change how their own site looks, and no other site."""
    GroupSitePermission.objects.get_or_create(
        group=group_of(organisation, Role.OWNER),
        site=organisation.site,
        permission=Permission.objects.get(content_type__app_label="cms", codename="change_organisationtheme"),
    )


def _permissions() -> list[Permission]:
    found: list[Any] = []
    for name in EVERY_WRITER:
        app, codename = name.split(".")
        found += Permission.objects.filter(content_type__app_label=app, codename=codename)
    return found
