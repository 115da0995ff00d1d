"""Every write about organisations and who works there."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participation.core import audit
from participation.core.errors import Forbidden, Invalid

from . import permissions
from .models import Membership, Organisation, Role


@transaction.atomic
def add_membership(organisation: Organisation, user: Any, role: str, *, actor: Any) -> Membership:
    """Give somebody a role. Doing it twice changes nothing."""
    if not permissions.may_manage_members(actor, organisation):
        raise Forbidden
    if role not in Role.values:
        raise Invalid(_("There is no such role."))
    membership, made = Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
    if made:
        _announce(organisation, actor, "member.added", user, role)
    return membership


@transaction.atomic
def remove_membership(organisation: Organisation, user: Any, role: str, *, actor: Any) -> None:
    """Take a role away. The last owner stays: somebody must be able to let others in."""
    if not permissions.may_manage_members(actor, organisation):
        raise Forbidden
    # Locked, so that two owners who remove each other at the same moment don't leave nobody.
    rows = Membership.objects.select_for_update().filter(organisation=organisation)
    owners = set(rows.filter(role=Role.OWNER).values_list("user_id", flat=True))
    if role == Role.OWNER and owners == {user.pk}:
        raise Invalid(_("This is the last owner. Make somebody else owner first."))
    gone, _rows = rows.filter(user=user, role=role).delete()
    if gone:
        _announce(organisation, actor, "member.removed", user, role)


def _announce(organisation: Organisation, actor: Any, verb: str, user: Any, role: str) -> None:
    user.__dict__.pop("_roles", None)
    audit.record(organisation, actor, verb, user, role=role)
