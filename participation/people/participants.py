"""Who is this phone? A signed random id in a cookie, made for one organisation; nothing else is known.

`identity()` never writes to the database; the Participant's row appears with the first write (`ensure`).
"""

import uuid
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from participation.organisations.models import Organisation

from .models import Participant

COOKIE_AGE = 365 * 24 * 3600


def _signer(organisation: Organisation) -> signing.Signer:
    # The organisation is in the salt: a cookie carried to another organisation's site means nobody there.
    return signing.Signer(salt=f"participant.{organisation.public_id}")


def read(cookie: str | None, organisation: Organisation) -> uuid.UUID | None:
    """The id in a cookie's value, or None when it is absent, forged or another organisation's."""
    if not cookie:
        return None
    try:
        return uuid.UUID(hex=_signer(organisation).unsign(cookie))
    except (signing.BadSignature, ValueError):
        return None


def identity(request: HttpRequest) -> uuid.UUID:
    """This phone's id. A new phone gets one, and the middleware sets the cookie on the response."""
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    known = getattr(request, "_participant_id", None) or read(
        request.COOKIES.get(settings.PARTICIPANT_COOKIE_NAME), organisation
    )
    if known is None:
        known = uuid.uuid4()
        request._new_participant_id = known  # type: ignore[attr-defined]
    request._participant_id = known  # type: ignore[attr-defined]
    return known


def identity_of_scope(scope: dict[str, Any], organisation: Organisation) -> uuid.UUID | None:
    """The id in a websocket's handshake; None when it has none (open the join page first)."""
    headers = dict(scope["headers"])
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin1"))
    morsel = cookies.get(settings.PARTICIPANT_COOKIE_NAME)
    return read(morsel.value if morsel else None, organisation)


def current(request: HttpRequest) -> Participant | None:
    """The participant when this phone has written something before. Does not set a cookie."""
    organisation: Organisation | None = request.organisation  # type: ignore[attr-defined]
    if organisation is None:
        return None
    known = read(request.COOKIES.get(settings.PARTICIPANT_COOKIE_NAME), organisation)
    return Participant.objects.filter(pk=known, organisation=organisation).first() if known else None


def ensure(organisation: Organisation, identity: uuid.UUID, user: Any = None) -> Participant:
    """The participant's row, made when it is not there yet. Call it inside the action's transaction."""
    participant, _made = Participant.objects.get_or_create(
        pk=identity, organisation=organisation, defaults={"user": user if getattr(user, "pk", None) else None}
    )
    return participant


def set_cookie(response: HttpResponse, organisation: Organisation, identity: uuid.UUID) -> None:
    response.set_cookie(
        settings.PARTICIPANT_COOKIE_NAME,
        _signer(organisation).sign(identity.hex),
        max_age=COOKIE_AGE,
        secure=settings.PARTICIPANT_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
