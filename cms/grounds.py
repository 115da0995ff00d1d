"""Whose page is this, and which trees are somebody's? An organisation's tree begins at its `OrganisationPage`."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection, Page, Site

from participation.organisations.models import Membership, Organisation, Role

TREE = 2 * Page.steplen  # characters of a path that name the organisation's tree


def organisation_of(page: Page) -> Organisation | None:
    """The owner of a page, of a draft's parent too. None for Wagtail's root and pages outside every site."""
    if len(page.path) < TREE:
        return None
    return (
        Organisation.objects.filter(site__root_page__path__startswith=page.path[:TREE])
        .select_related("site")
        .first()
    )


def tree_of(organisation: Organisation) -> str | None:
    """The path under which all pages of the organisation lie."""
    if organisation.site_id is None:
        return None
    path = Site.objects.filter(pk=organisation.site_id).values_list("root_page__path", flat=True).get()
    return path[:TREE]


def trees(user: Any) -> dict[str, frozenset[str]]:
    """Path of each tree in which somebody works -> their roles there. One query for a user object."""
    if getattr(user, "lacks_second_step", False):  # see people.security
        return {}
    known: dict[str, frozenset[str]] | None = user.__dict__.get("_trees")
    if known is None:
        rows = Membership.objects.filter(user=user, organisation__site__isnull=False).values_list(
            "organisation__site__root_page__path", "role"
        )
        known = {}
        for path, role in rows:
            known[path[:TREE]] = known.get(path[:TREE], frozenset()) | {role}
        user.__dict__["_trees"] = known
    return known


def roles_on(user: Any, page: Page) -> frozenset[str]:
    """The roles a member of staff has in the organisation of this page; a superuser has all."""
    if user.is_superuser:
        return frozenset(Role.values)
    return trees(user).get(page.path[:TREE], frozenset())


def pages_of(user: Any) -> QuerySet[Page]:
    """All pages of the organisations somebody works for, and nothing above them."""
    if user.is_superuser:
        return Page.objects.all()
    found = Page.objects.none()
    for path in trees(user):
        found = found | Page.objects.filter(path__startswith=path)
    return found


def organisations_of(user: Any) -> QuerySet[Organisation]:
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(memberships__user=user).distinct()


def collections_of(organisation: Organisation) -> QuerySet[Collection]:
    """The organisation's collection and those below it."""
    if organisation.collection_id is None:
        return Collection.objects.none()
    top = Collection.objects.get(pk=organisation.collection_id)
    return Collection.objects.filter(path__startswith=top.path)
