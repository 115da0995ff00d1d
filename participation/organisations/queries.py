"""Reads about who works where."""

from dataclasses import dataclass
from typing import Any

from .models import Membership, Organisation


@dataclass(frozen=True)
class Member:
    user: Any
    memberships: list[Membership]


def members(organisation: Organisation) -> list[Member]:
    """Everybody who works here with their roles, by name. One query."""
    rows = Membership.objects.filter(organisation=organisation).select_related("user")
    found: dict[Any, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.user, []).append(row)
    by_name = sorted(found.items(), key=lambda each: str(each[0]).lower())
    return [Member(user, sorted(theirs, key=lambda row: row.role)) for user, theirs in by_name]
