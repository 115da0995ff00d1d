"""Who sits at which table of a conversation in small groups.

Everything here is read from and written to the database, with the session locked: whichever process lets people in, the
tables fill evenly, and the same people are never seated twice."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, Sum

from participation.live.models import MOST_TABLES, Attendance, Seat, Session, Step, Table

from .tables import make_numbered

Group = list[tuple[uuid.UUID, int]]  # the people on one phone: who, and for how many they speak


def seats_people(session: Session, step: Step) -> bool:
    """Whoever comes in now is given a table at this step."""
    return step.is_mixed and step.is_open and not session.at_own_pace


def seat_newcomers(session: Session, people: Collection[uuid.UUID]) -> None:
    """Give these people a table wherever one is given to who comes in."""
    for step in Step.objects.filter(session=session, type=Step.Type.TALK, is_open=True):
        if seats_people(session, step):
            seat(session, step, people)


def seat(session: Session, step: Step, people: Collection[uuid.UUID] | None = None) -> bool:
    """Give a table to everybody here who has none (or to these people). People on one phone stay together; the others
    are spread evenly. A constant number of queries. True when anybody sat down."""
    standing = _standing(session, step, people)
    if not standing:
        return False
    tables = _enough_tables(session, step)
    if not tables:
        return False
    taken = _taken(session, step)
    beside = _beside(session, step, standing)
    made = []
    for phone in sorted(standing, key=lambda phone: (-_weight(standing[phone]), _chance(step, phone))):
        table = beside.get(phone) or min(tables, key=lambda each: (taken[each.pk], each.number)).pk
        taken[table] += _weight(standing[phone])
        made += [Seat(step=step, table_id=table, participant_id=person) for person, _n in standing[phone]]
    Seat.objects.bulk_create(made, ignore_conflicts=True)
    return True


def move(step: Step, person: uuid.UUID, phone: Collection[uuid.UUID], table: Table | None) -> bool:
    """This person sits at that table, or at none, and so does who is on the same phone and was at the same table. Whoever
    took notes there does not take them here. False when that is where they were."""
    at = dict(Seat.objects.filter(step=step, participant__in=phone).values_list("participant", "table"))
    before, after = at.get(person), table.pk if table else None
    if before == after:
        return False
    going = [each for each in phone if at.get(each) == before]
    if table is None:
        Seat.objects.filter(step=step, participant__in=going).delete()
    elif before is None:
        Seat.objects.bulk_create(Seat(step=step, table=table, participant_id=each) for each in going)
    else:
        Seat.objects.filter(step=step, participant__in=going).update(table=table, takes_notes=False)
    return True


def clear(step: Step) -> None:
    """Everybody stands up; the next seating is another one. Notes stay at their table."""
    Seat.objects.filter(step=step).delete()
    step.config = {**step.config, "mix": int(step.config.get("mix", 0)) + 1}
    step.save(update_fields=["config"])


def stand_up(session: Session, people: Collection[uuid.UUID]) -> None:
    """These people sit nowhere in this session any more."""
    Seat.objects.filter(step__session=session, participant__in=people).delete()


def _standing(session: Session, step: Step, people: Collection[uuid.UUID] | None) -> dict[uuid.UUID, Group]:
    """By phone."""
    here = Attendance.objects.filter(session=session, removed_at=None)
    if people is not None:
        here = here.filter(participant__in=people)
    here = here.exclude(participant__in=Seat.objects.filter(step=step).values("participant"))
    found: dict[uuid.UUID, Group] = defaultdict(list)
    for person, phone, n in here.values_list("participant", "phone", "people"):
        found[phone or person].append((person, n))
    return found


def _enough_tables(session: Session, step: Step) -> list[Table]:
    """Those of the script; or as many as are needed for so many people at a table."""
    tables = list(step.tables.all())
    size = step.config.get("size")
    if size:
        here = Attendance.objects.filter(session=session, removed_at=None)
        people = here.aggregate(n=Sum("people", default=0))["n"]
        wanted = min(MOST_TABLES, max(1, -(-people // size)))
        # Who comes late sits with others; a table for one person only helps nobody.
        if not tables or (wanted > len(tables) and people > len(tables) * (size + size // 2)):
            tables = make_numbered(step, wanted)
    return tables


def _taken(session: Session, step: Step) -> dict[int, int]:
    """Table -> for how many people."""
    sitting = Seat.objects.filter(step=step, participant__attendances__session=session)
    rows = sitting.values_list("table").annotate(n=Sum("participant__attendances__people"))
    return defaultdict(int, dict(rows.order_by()))


def _beside(session: Session, step: Step, phones: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Where somebody else on the same phone sits already."""
    mates = Q(participant__in=phones) | Q(participant__attendances__phone__in=phones)
    rows = Seat.objects.filter(mates, step=step, participant__attendances__session=session)
    return {
        phone or person: table
        for person, phone, table in rows.values_list(
            "participant", "participant__attendances__phone", "table"
        )
    }


def _weight(group: Group) -> int:
    return sum(n for _person, n in group)


def _chance(step: Step, phone: uuid.UUID) -> str:
    return hashlib.sha256(f"{step.key} {step.config.get('mix', 0)} {phone}".encode()).hexdigest()
