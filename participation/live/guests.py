"""Who is here under a name: the list from which a facilitator removes somebody, or only the name."""

from dataclasses import dataclass

from .models import Attendance, Session

MOST = 100  # on the list; who is not on it is found by typing


@dataclass(frozen=True)
class Guests:
    """Names of a session, in the order of the alphabet; `more` is how many are not listed."""

    people: list[Attendance]
    more: int
    search: str = ""


def named(session: Session, search: str = "") -> Guests:
    """Those with a nickname who still take part, or whose nickname has these letters in it. One query."""
    here = Attendance.objects.filter(session=session, removed_at=None, is_test=session.rehearsing)
    found = here.exclude(nickname="")
    search = search.replace("\0", "").strip()[: Attendance.NAME_LENGTH]  # PostgreSQL takes no NUL
    if search:
        found = found.filter(nickname__icontains=search)
    names = sorted(found.only("nickname", "seat"), key=lambda each: (each.nickname.casefold(), each.pk))
    return Guests(names[:MOST], max(0, len(names) - MOST), search)
