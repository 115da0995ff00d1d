"""The join page for a phone that is new in the room: the same for everybody, so it is made once and handed to all.

A town hall opens this page in half a minute. Through Django each takes a thread, some queries and a template; here it
takes a copy of the last one with a token, a cookie and a key of its own. Whoever was here before (their answer is on
the page), is logged in, or comes before the room has a hub in this process, gets theirs from Django.
"""

import asyncio
import re
import time
import uuid
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.translation import get_language_from_request

from participation.core import clients
from participation.core.static_files import send_response
from participation.people import participants

from .consumers import LiveConsumer
from .guesses import GUESSES
from .hub import Hub

PAGE = re.compile(r"^/join/(\d{6})/$")
# What differs from phone to phone: the forms' tokens, and the key that makes sending a note twice harmless.
OWN = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[0-9A-Za-z]{64}(?=")|(?<=name="key" value=")[0-9a-f-]{36}(?=")'
)
FRESH = 1.0  # seconds a page may be behind: its script asks for the newest picture at once
KNOWN = {settings.SESSION_COOKIE_NAME, settings.PARTICIPANT_COOKIE_NAME}
KEPT = (b"host", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-for", b"user-agent")


@dataclass(frozen=True)
class Page:
    """`pieces` is the text between what differs; `owns` says for each gap whether it holds a token (else a key)."""

    rev: int
    room_rev: int
    made_at: float
    headers: list[tuple[str, str]]
    pieces: list[bytes]
    owns: list[bool]

    def is_fresh(self, hub: Hub) -> bool:
        """Of this very room, and of these answers or those of a moment ago."""
        if self.room_rev != hub.state.room.session.room_rev:
            return False
        return self.rev == hub.state.rev or time.monotonic() - self.made_at < FRESH

    def for_phone(self, token: str) -> bytes:
        parts = [self.pieces[0]]
        for is_token, piece in zip(self.owns, self.pieces[1:], strict=True):
            parts += [(token if is_token else str(uuid.uuid4())).encode(), piece]
        return b"".join(parts)


class Entrance:
    """An ASGI application before Django's. `consumer` knows which rooms are open in this process."""

    def __init__(self, application: Any, consumer: LiveConsumer) -> None:
        self.application = application
        self.consumer = consumer
        self._csrf = CsrfViewMiddleware(lambda request: HttpResponse())
        self._making: dict[tuple[Any, ...], asyncio.Future[Page | None]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self._welcome(scope)
        if response is None:
            await self.application(scope, receive, send)
        else:
            await send_response(response, send)

    async def _welcome(self, scope: Any) -> HttpResponse | None:
        """The page for this phone; None when Django should make it."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return None
        found = PAGE.match(scope["path"])
        hall = self.consumer.hall
        if found is None or hall is None:
            return None
        request = ASGIRequest(scope, BytesIO())
        try:
            hub = hall.open_hub(request.get_host(), found[1])
        except DisallowedHost:
            return None
        if not GUESSES.is_free(clients.address(request), found[1]):
            return None
        if hub is None or hub.state.room.is_over or not KNOWN.isdisjoint(request.COOKIES):
            return None
        page = await self._page(hub, request, scope)
        if page is None:
            return None
        response = self._answer(request, page)
        participants.set_cookie(response, hub.state.room.session.organisation, uuid.uuid4())
        return response

    def _answer(self, request: HttpRequest, page: Page) -> HttpResponse:
        self._csrf.process_request(request)
        response = HttpResponse(page.for_phone(get_token(request)))
        for name, value in page.headers:
            response[name] = value
        response["content-length"] = str(len(response.content))
        return self._csrf.process_response(request, response)  # type: ignore[return-value]

    async def _page(self, hub: Hub, request: ASGIRequest, scope: Any) -> Page | None:
        """The shared page in this reader's language; whoever asks at the same moment waits for one making."""
        language = get_language_from_request(request)
        key = (request.get_host(), request.is_secure(), language)
        page = hub.pages.get(key)
        if page is not None and page.is_fresh(hub):
            return page
        place = (hub.session_id, *key)
        making = self._making.get(place)
        if making is None:
            making = self._making[place] = asyncio.ensure_future(self._make(hub, scope, language))
            making.add_done_callback(lambda _done: self._making.pop(place, None))
        page = await asyncio.shield(making)
        if page is not None:
            hub.pages[key] = page
        return page

    async def _make(self, hub: Hub, scope: Any, language: str) -> Page | None:
        """Ask Django for it, as a phone that was never here."""
        rev, room_rev, made_at = hub.state.rev, hub.state.room.session.room_rev, time.monotonic()
        headers = [(name, value) for name, value in scope["headers"] if name in KEPT]
        asked = {**scope, "headers": [*headers, (b"accept-language", language.encode())]}
        start, body = await _ask(self.application, asked)
        if start.get("status") != 200:
            return None
        return Page(
            rev,
            room_rev,
            made_at,
            [
                (name.decode("latin1"), value.decode("latin1"))
                for name, value in start["headers"]
                if name.lower() not in (b"set-cookie", b"content-length")
            ],
            OWN.split(body),
            [len(own) == 64 for own in OWN.findall(body)],
        )


async def _ask(application: Any, scope: Any) -> tuple[dict[str, Any], bytes]:
    start: dict[str, Any] = {}
    body = b""
    is_asked = False

    async def receive() -> dict[str, Any]:
        nonlocal is_asked
        if is_asked:
            await asyncio.Event().wait()  # nobody goes away; cancelled when the answer is there
        is_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal body
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body += message.get("body", b"")

    await application(scope, receive, send)
    return start, body
