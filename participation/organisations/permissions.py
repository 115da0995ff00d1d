"""Roles, asked in one place. Every app's `permissions.py` builds its verbs on `has_role`."""

from typing import Any

from .models import Membership, Organisation, Role

STAFF = frozenset(Role.values)


def roles(user: Any, organisation: Organisation | None) -> frozenset[str]:
    """The roles of `user` in `organisation`; a superuser has all, and who still
    has to use the second step of logging in has none. One query per user object and organisation."""
    if organisation is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    if getattr(user, "lacks_second_step", False):  # see people.security
        return frozenset()
    if user.is_superuser:
        return STAFF
    known: dict[int, frozenset[str]] = user.__dict__.setdefault("_roles", {})
    if organisation.pk not in known:
        rows = Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True)
        known[organisation.pk] = frozenset(rows)
    return known[organisation.pk]


def has_role(user: Any, organisation: Organisation | None, *wanted: str) -> bool:
    """True when the user is owner of the organisation or has one of the wanted roles there."""
    return bool(roles(user, organisation) & {Role.OWNER.value, *wanted})


def is_staff_member(user: Any, organisation: Organisation | None) -> bool:
    """True for anybody with any role in the organisation."""
    return bool(roles(user, organisation))


def may_manage_members(actor: Any, organisation: Organisation) -> bool:
    """Owners let others in. No actor is the house itself: a command."""
    return actor is None or has_role(actor, organisation, Role.OWNER)
