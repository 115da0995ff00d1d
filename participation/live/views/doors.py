"""Which session an address means, and what a wrong code costs."""

import ipaddress
import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from participation.core import clients
from participation.live import codes, queries
from participation.live.models import Session

logger = logging.getLogger(__name__)
WRONG_CODES = "60/m"  # from one range of addresses; right codes are never counted and never refused
PLACE = "participation.live.urls"


def session_of(request: HttpRequest, code: str) -> Session | None:
    """The session with this code at this site's organisation."""
    organisation = request.organisation  # type: ignore[attr-defined]
    if organisation is None or not codes.is_code(code):
        return None
    return queries.session_with_code(organisation, code)


def unknown(request: HttpRequest, code: str) -> HttpResponse:
    """A friendly page with the field for the code; too many wrong ones from one place are noted and refused."""
    place = _range(request)
    many = clients.too_fast(request, "live.wrong_code", WRONG_CODES, who=place)
    if many:
        logger.warning("many wrong join codes from %s", place)
    # The language middleware would send a 404 without a language to the site's own "not found" page.
    request.urlconf = PLACE  # type: ignore[attr-defined]
    context = {"code": codes.normalise(code), "unknown": True, "many": many}
    response = render(request, "live/join.html", context, status=429 if many else 404)
    if many:
        response["Retry-After"] = "60"
    return response


def _range(request: HttpRequest) -> str:
    """The addresses of a home or a hall: /24 of IPv4, /64 of IPv6."""
    address = ipaddress.ip_address(clients.address(request))
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))
