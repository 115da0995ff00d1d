"""Who answers at this seat: a name if they want one, helped or not, alone or as a table."""

import uuid

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from participation.core.errors import Forbidden, Invalid
from participation.core.text import clean_text
from participation.live import names
from participation.live.models import Attendance, Session
from participation.live.seats import MOST, person_at
from participation.people.models import Participant
from participation.people.participants import ensure
from surveys.models import Collector, Response

from . import seating
from .gate import Outcome, announce, handled, lock, raise_rev, remember, writing


def introduce(
    session_id: int,
    phone: uuid.UUID,
    message_id: uuid.UUID | None,
    *,
    seat: int = 0,
    name: str = "",
    given_by: str = Response.GivenBy.SELF,
    people: int = 1,
) -> Outcome:
    """Say who answers at this seat of a phone; what they answered says so too. Raises Invalid, also
    for a name that staff removed."""
    nickname = _nickname(name)
    people = people if given_by == Response.GivenBy.TABLE else 1
    if given_by not in Response.GivenBy.values or not 0 <= seat < MOST:
        raise Invalid
    if given_by == Response.GivenBy.TABLE and not 2 <= people <= Attendance.MOST_PEOPLE:
        raise Invalid(_("A table has 2 to %(n)s people.") % {"n": Attendance.MOST_PEOPLE})
    with writing():
        session = lock(session_id)
        person = person_at(phone, seat)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        names.check(session, nickname)
        participant = present(session, phone, seat)
        Attendance.objects.filter(session=session, participant=participant).update(
            nickname=nickname, given_by=given_by, people=people
        )
        _responses(session, participant).update(given_by=given_by, people=people)
        raise_rev(session, room=False)
        announce(session)
        return remember(session, str(person), message_id, {"rev": session.rev})


def present(session: Session, phone: uuid.UUID, seat: int) -> Participant:
    """The participant at this seat, who is here from now on. Call it with the session locked. Raises Forbidden when
    staff removed the phone."""
    participant = ensure(session.organisation, person_at(phone, seat))
    here = Q(participant__in={phone, participant.pk}) | Q(phone=phone)
    if session.attendances.filter(here, removed_at__isnull=False).exists():
        raise Forbidden
    where = {**place(phone, seat), "is_test": session.rehearsing}
    _row, is_new = Attendance.objects.get_or_create(session=session, participant=participant, defaults=where)
    if is_new:
        seating.seat_newcomers(session, [participant.pk])
    return participant


def place(phone: uuid.UUID | None, seat: int) -> dict[str, object]:
    """What an attendance says of where somebody sits."""
    return {"seat": seat, "phone": phone if seat else None}


def _nickname(name: str) -> str:
    try:
        return clean_text(name, Attendance.NAME_LENGTH).replace("\n", " ")
    except ValidationError as error:
        raise Invalid(error.messages[0]) from None


def _responses(session: Session, participant: Participant) -> QuerySet[Response]:
    if session.collector is None:
        return Response.objects.none()
    collectors = Collector.objects.filter(
        questionnaire=session.collector.questionnaire_id, channel__in=Collector.ROOM
    )
    return Response.objects.filter(collector__in=collectors, participant=participant)
