"""Several people on one phone. Each has a seat; who sits there is derived from the phone's own id, which only its signed
cookie says. So nobody can speak for somebody on another phone, and nothing more need be kept on this one."""

import uuid
from dataclasses import dataclass

from participation.people.models import Participant
from surveys.models import Response

from .models import Attendance, Session

MOST = 5  # on one phone


@dataclass(frozen=True)
class Sitter:
    """One of the people on a phone, as the phone's page shows them."""

    seat: int
    nickname: str = ""
    given_by: str = Response.GivenBy.SELF.value
    people: int = 1


def person_at(phone: uuid.UUID, seat: int) -> uuid.UUID:
    """The participant's id of this seat; the first seat is the phone's own."""
    return uuid.uuid5(phone, f"seat {seat}") if seat else phone


def people_of(phone: uuid.UUID) -> list[uuid.UUID]:
    """Everybody who may sit at this phone, by seat."""
    return [person_at(phone, seat) for seat in range(MOST)]


def sitters(session: Session, phone: uuid.UUID, also: int = 0) -> list[Sitter]:
    """Who takes part on this phone, by seat: the first, whoever said something here, and seat `also`. One query."""
    rows = Attendance.objects.filter(session=session, participant__in=people_of(phone))
    found = {
        row.seat: Sitter(row.seat, row.nickname, row.given_by, row.people)
        for row in rows.only("seat", "nickname", "given_by", "people")
    }
    return [found.get(seat) or Sitter(seat) for seat in sorted({0, also, *found})]


def companions(participant: Participant) -> list[Participant]:
    """The other people who took part on this participant's phone."""
    rows = Participant.objects.filter(organisation=participant.organisation_id)
    return list(rows.filter(pk__in=people_of(participant.pk)[1:]).select_related("organisation"))
