"""What people do at a table: sit down, and take its notes."""

import uuid

from django.db.models import QuerySet

from participation.core.errors import Closed, Forbidden, Unknown
from participation.live.models import Seat, Session, Step
from participation.live.seats import person_at
from participation.live.shapes import is_open

from . import seating
from .gate import Outcome, announce, handled, lock, raise_rev, remember, writing
from .introducing import present


def take_seat(
    session_id: int,
    phone: uuid.UUID,
    message_id: uuid.UUID | None,
    step_key: uuid.UUID,
    table: str,
    *,
    seat: int = 0,
) -> Outcome:
    """Sit down at this table (the id of its thread), or at another one than before. Where tables are given out nobody
    chooses one: then `table` is empty, and who stands is given a seat. Raises Unknown, Forbidden."""
    person = person_at(phone, seat)
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        step = _step(session, step_key)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": Closed.code})
        participant = present(session, phone, seat)
        if step.is_mixed:
            seating.seat(session, step, [participant.pk])
            if table and not _at(step, person).filter(table__thread__public_id=table).exists():
                raise Forbidden
        else:
            _sit(step, person, table)
        return _kept(session, person, message_id)


def take_notes(
    session_id: int,
    phone: uuid.UUID,
    message_id: uuid.UUID | None,
    step_key: uuid.UUID,
    on: bool,
    *,
    seat: int = 0,
) -> Outcome:
    """Take the notes of one's table, or no more. There is one at a time; taking over is fine. Raises Unknown, and
    Forbidden for who sits nowhere."""
    person = person_at(phone, seat)
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        step = _step(session, step_key)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": Closed.code})
        present(session, phone, seat)
        own = _at(step, person).first()
        if own is None:
            raise Forbidden
        if on:
            Seat.objects.filter(table=own.table_id).exclude(pk=own.pk).update(takes_notes=False)
        Seat.objects.filter(pk=own.pk).update(takes_notes=on)
        return _kept(session, person, message_id)


def _sit(step: Step, person: uuid.UUID, table: str) -> None:
    chosen = step.tables.filter(thread__public_id=table).first()
    if chosen is None:
        raise Unknown
    own = _at(step, person).first()
    if own is None:
        Seat.objects.create(step=step, table=chosen, participant_id=person)
    elif own.table_id != chosen.pk:
        own.table, own.takes_notes = chosen, False
        own.save(update_fields=["table", "takes_notes"])


def _at(step: Step, person: uuid.UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(step=step, participant=person)


def _step(session: Session, key: uuid.UUID) -> Step:
    found = Step.objects.filter(session=session, key=key, type=Step.Type.TALK).first()  # type: ignore[misc]
    if found is None:
        raise Unknown
    return found


def _kept(session: Session, person: uuid.UUID, message_id: uuid.UUID | None) -> Outcome:
    raise_rev(session, room=False)
    announce(session)
    return remember(session, str(person), message_id, {"rev": session.rev})
