"""Who of the people on a phone asks, and where they are."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from participation.live import seats
from participation.live.forms import whole
from participation.live.models import Session
from participation.live.seats import person_at
from participation.people import participants


@dataclass(frozen=True)
class Place:
    """Who of the people on this phone asks."""

    phone: uuid.UUID
    seat: int
    is_new: bool  # this phone has no cookie yet

    @property
    def person(self) -> uuid.UUID:
        return person_at(self.phone, self.seat)


def place_of(request: HttpRequest) -> Place:
    """The seat is in the form or the address; the first when it says something strange."""
    is_new = settings.PARTICIPANT_COOKIE_NAME not in request.COOKIES
    asked = request.POST.get("seat") or request.GET.get("seat") or ""
    return Place(participants.identity(request), whole(asked, seats.MOST - 1) or 0, is_new)


def address_of(session: Session, place: Place, step: str = "") -> str:
    """The room's page: this person's, and at one's own pace this step's."""
    address = reverse("live:room", args=[session.code])
    said = {"step": step, "seat": str(place.seat) if place.seat else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


def language() -> str:
    return get_language() or "nl"
