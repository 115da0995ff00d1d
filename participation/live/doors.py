"""The handshake: same origin, whose site, which view. All of it is decided before anything is said."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from participation.core import clients
from participation.people import security

from . import shapes

App = Any


class SameOrigin:
    """Refuses the handshake of a page on another host. (The allowed hosts are checked around it.)"""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        host = host_of(scope)
        origin = dict(scope["headers"]).get(b"origin", b"").decode("latin1")
        if host is None or (origin and urlsplit(origin).netloc.lower() != host.lower()):
            return await WebsocketDenier()(scope, receive, send)
        return await self.app({**scope, "host": host}, receive, send)


class StaffDoor:
    """Only a console or a projector is asked who is logged in; a phone pays no query for it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.with_session = SessionMiddlewareStack(app)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        asked = parse_qs(scope.get("query_string", b"").decode("latin1")).get("view", [shapes.PARTICIPANT])[0]
        scope = {
            **scope,
            "asked_view": asked if asked in shapes.VIEWS else shapes.PARTICIPANT,
            "direct": send,
        }
        app = self.app if scope["asked_view"] == shapes.PARTICIPANT else self.with_session
        return await app(scope, receive, send)


def staff_now(scope: dict[str, Any]) -> Any:
    """Who is logged in on this socket at this moment: a log-out or a lost role counts at once, and who still has to use
    the second step of logging in has no role. Reads the database."""
    session_key = getattr(scope.get("session"), "session_key", None)
    if session_key is None:
        return AnonymousUser()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return security.marked(get_user(request), request.session)


def guarded(app: App) -> App:
    return AllowedHostsOriginValidator(SameOrigin(StaffDoor(app)))


def host_of(scope: dict[str, Any]) -> str | None:
    """The host as Django sees it for a page at the same address; None when it isn't ours."""
    try:
        return request_of(scope).get_host()
    except DisallowedHost:
        return None


def address_of(scope: dict[str, Any]) -> str:
    """The network address of a handshake, as `clients.address` finds it."""
    return clients.address(request_of(scope))


def request_of(scope: dict[str, Any]) -> HttpRequest:
    """As much of a request as finding the site and the address needs."""
    request = HttpRequest()
    headers = {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}
    server = scope.get("server") or ("", 80)
    request.META = {
        "HTTP_HOST": headers.get("host", ""),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 80),
    }
    if client := scope.get("client"):
        request.META["REMOTE_ADDR"] = str(client[0])
    for name in ("x-forwarded-host", "x-forwarded-for"):
        if forwarded := headers.get(name):
            request.META[f"HTTP_{name.upper().replace('-', '_')}"] = forwarded
    return request


def request_at(host: str) -> HttpRequest:
    """The same for a host that was found before."""
    request = HttpRequest()
    request.META = {"HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "80"}
    return request
