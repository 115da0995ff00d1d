"""Making an organisation with its site and pages, and letting people in. `founding.py` has the pages themselves."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from participation.core import audit
from participation.core.errors import Forbidden, Invalid
from participation.organisations import permissions
from participation.organisations.actions import add_membership, remove_membership
from participation.organisations.models import Membership, Organisation, Role
from participation.people.actions import account_for, invite
from participation.people.models import User

from . import access, founding


@transaction.atomic
def create_organisation(
    *,
    name: str,
    slug: str,
    kind: str = Organisation.Kind.LIBRARY,
    hostname: str,
    port: int = 80,
    is_default: bool = False,
    owner_email: str | None = None,
    is_demo: bool = False,
    actor: Any = None,
) -> Organisation:
    """An organisation with its site, home pages in every language, standard pages, groups and collection.

    `is_default` makes its site answer on hosts no other site has. With `owner_email` that person becomes owner (the
    account is made when there is none; the invitation is `invite_member`'s). Raises ActionError."""
    if actor is not None and not actor.is_superuser:
        raise Forbidden
    founding.sweep()
    _check_free(slug, hostname, port, is_default)
    organisation = Organisation.objects.create(name=name, slug=slug, kind=kind, is_demo=is_demo)
    organisation.collection = founding.make_collection(organisation)
    homes = founding.make_pages(organisation)
    organisation.site = Site.objects.create(
        hostname=hostname, port=port, site_name=name, root_page=homes[0], is_default_site=is_default
    )
    organisation.save()
    access.grant_all(organisation, homes)
    audit.record(organisation, actor, "organisation.made", organisation)
    if owner_email:
        add_member(organisation, account_for(owner_email), Role.OWNER, actor=actor)
    return organisation


def _check_free(slug: str, hostname: str, port: int, is_default: bool) -> None:
    if Organisation.objects.filter(slug=slug).exists():
        raise Invalid(_("There is an organisation “%(slug)s” already.") % {"slug": slug})
    if Site.objects.filter(hostname=hostname, port=port).exists():
        raise Invalid(_("There is a site on %(host)s:%(port)s already.") % {"host": hostname, "port": port})
    if is_default and Site.objects.filter(is_default_site=True).exists():
        raise Invalid(_("Another site is the default one already."))


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str, actor: Any = None) -> Membership:
    """A role in the organisation, and with it the group that opens Wagtail."""
    membership = add_membership(organisation, user, role, actor=actor)
    user.groups.add(access.group_of(organisation, role))
    _sync_staff_flag(user)
    return membership


@transaction.atomic
def invite_member(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    name: str = "",
    actor: Any = None,
    language: str = "nl",
) -> Membership:
    """Let somebody in by e-mail address, and tell them how to log in. Who works here already gets the role only."""
    if not permissions.may_manage_members(actor, organisation):
        raise Forbidden  # before an account is made
    user = account_for(email, name=name)
    is_new = not Membership.objects.filter(user=user, organisation=organisation).exists()
    membership = add_member(organisation, user, role, actor=actor)
    if is_new:
        invite(user, organisation, actor=actor, language=language)
    return membership


@transaction.atomic
def remove_member(organisation: Organisation, user: User, role: str, actor: Any = None) -> None:
    remove_membership(organisation, user, role, actor=actor)
    user.groups.remove(access.group_of(organisation, role))
    _sync_staff_flag(user)


def _sync_staff_flag(user: User) -> None:
    is_staff = user.is_superuser or user.memberships.exists()
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
