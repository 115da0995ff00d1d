"""Which session an address means, and what a wrong code costs."""

import logging
import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from participation.core import clients
from participation.live import codes, queries
from participation.live.guesses import GUESSES, range_of
from participation.live.models import Session

logger = logging.getLogger(__name__)
PLACE = "participation.live.urls"


def session_of(request: HttpRequest, code: str) -> Session | None:
    """The session with this code at this site's organisation."""
    organisation = request.organisation  # type: ignore[attr-defined]
    if organisation is None or not codes.is_code(code):
        return None
    address = clients.address(request)
    wait = GUESSES.turn(address, code)
    if wait is None:
        return None
    time.sleep(wait)  # only where many wrong codes came from
    session = queries.session_with_code(organisation, code)
    if session is not None:
        GUESSES.right(address, code)
    return session


def unknown(request: HttpRequest, code: str, *, guessed: bool = True) -> HttpResponse:
    """A friendly page with the field for the code; too many wrong ones from one place are noted and refused. Not
    `guessed`: the code was right, there is nothing (for this reader) behind it."""
    address = clients.address(request)
    many = guessed and GUESSES.wrong(address)
    if many:
        logger.warning("many wrong join codes from %s", range_of(address))
    # The language middleware would send a 404 without a language to the site's own "not found" page.
    request.urlconf = PLACE  # type: ignore[attr-defined]
    context = {"code": codes.normalise(code), "unknown": True, "many": many}
    response = render(request, "live/join.html", context, status=429 if many else 404)
    if many:
        response["Retry-After"] = "60"
    return response
