"""Who sits where in a conversation in small groups: the list from which a facilitator moves somebody."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Attendance, Seat, Session, Step, Table
from .tables import name_of, names_of


@dataclass(frozen=True)
class Sitting:
    """One person: the number of their attendance, and their nickname or else their place at the table."""

    pk: int
    label: str


@dataclass(frozen=True)
class Group:
    """The people at one table, in the order in which they sat down; without an id those who sit nowhere."""

    id: str
    label: str
    people: list[Sitting]


def groups(session: Session, step: Step, language: str) -> list[Group]:
    """Every table, and last who sits nowhere, when there is anybody. Three queries."""
    at, here = _people(session, step)
    names = names_of(session, step, language)
    found = []
    for table in Table.objects.filter(step=step).select_related("thread"):
        name = names.get(table.thread.page_key) or table.name
        label = name_of(table.number, name, language)
        found.append(Group(table.thread.public_id, label, _sitting(at[table.pk], _("Seat {number}"))))
    if here:
        found.append(Group("", _("Not at a table"), _sitting(here, _("Person {number}"))))
    return found


def _people(session: Session, step: Step) -> tuple[dict[int, list[Attendance]], list[Attendance]]:
    """By table, and who stands. Who was removed takes no part."""
    rows = Seat.objects.filter(step=step).order_by("pk").values_list("participant", "table")
    present = Attendance.objects.filter(session=session, removed_at=None, is_test=session.rehearsing)
    known: dict[uuid.UUID, Attendance] = {
        each.participant_id: each for each in present.only("participant", "nickname").order_by("pk")
    }
    at: dict[int, list[Attendance]] = defaultdict(list)
    for person, table in rows:
        if person in known:
            at[table].append(known.pop(person))
    return at, list(known.values())


def _sitting(people: list[Attendance], anonymous: str) -> list[Sitting]:
    return [
        Sitting(each.pk, each.nickname or anonymous.format(number=number))
        for number, each in enumerate(people, 1)
    ]
