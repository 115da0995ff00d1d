"""A phone on the socket, in the test's own event loop."""

import json
import uuid
from typing import Any

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.http import HttpResponse

from participation.live.models import Session
from participation.people import participants

PATIENCE = 20  # seconds; longer than colleagues take to tell each other again


def cookie_of(organisation: Any, person: uuid.UUID) -> str:
    response = HttpResponse()
    participants.set_cookie(response, organisation, person)
    return response.cookies.output(header="", attrs=[]).strip()


class Phone:
    """`await Phone.join(...)`; then `say` and wait with `get`."""

    def __init__(self, communicator: WebsocketCommunicator, person: uuid.UUID) -> None:
        self.socket, self.person = communicator, person
        self.seen: list[dict[str, Any]] = []
        self.early: list[dict[str, Any]] = []  # what came while an ack was waited for

    @classmethod
    async def connect(
        cls,
        application: Any,
        session: Session,
        *,
        view: str = "participant",
        person: uuid.UUID | None = None,
        host: str = "testserver",
        code: str | None = None,
        cookie: str | None = None,
        origin: str | None = None,
    ) -> "Phone":
        person = person or uuid.uuid4()
        if cookie is None:
            cookie = await sync_to_async(lambda: cookie_of(session.organisation, person))()
        headers = [(b"host", host.encode()), (b"cookie", cookie.encode())]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        path = f"/ws/live/{code or session.code}/?view={view}"
        communicator = WebsocketCommunicator(application, path, headers)
        accepted, _protocol = await communicator.connect(timeout=PATIENCE)
        phone = cls(communicator, person)
        phone.accepted = accepted
        return phone

    @classmethod
    async def join(cls, application: Any, session: Session, **how: Any) -> "Phone":
        lang = how.pop("lang", "nl")
        phone = await cls.connect(application, session, **how)
        await phone.say(type="hello", v=1, seen=None, lang=lang)
        phone.snapshot = await phone.get("snapshot")
        return phone

    async def say(self, **message: Any) -> None:
        await self.socket.send_to(text_data=json.dumps(message))

    async def raw(self, text: str) -> None:
        await self.socket.send_input({"type": "websocket.receive", "text": text})

    async def ask(self, **message: Any) -> dict[str, Any]:
        """Say it with an id, and wait for its ack or error; what comes before that is kept for `get`."""
        message.setdefault("id", str(uuid.uuid4()))
        await self.say(**message)
        while True:
            found = await self._next()
            if found["type"] in ("ack", "error"):
                return found
            self.early.append(found)

    async def answer(self, question: Any, value: Any, **more: Any) -> dict[str, Any]:
        return await self.ask(type="answer", question=str(question), value=value, **more)

    async def command(self, name: str, **args: Any) -> dict[str, Any]:
        return await self.ask(type="command", name=name, args=args)

    async def get(self, *types: str, where: Any = lambda message: True) -> dict[str, Any]:
        """The next message of one of these types; what else comes is only in `seen`."""
        while True:
            message = self.early.pop(0) if self.early else await self._next()
            if message["type"] in types and where(message):
                return message

    async def _next(self) -> dict[str, Any]:
        message = json.loads(await self.socket.receive_from(timeout=PATIENCE))
        self.seen.append(message)
        return message

    async def closed(self) -> int:
        """The code with which the server closes the socket."""
        while True:
            output = await self.socket.receive_output(timeout=PATIENCE)
            if output["type"] == "websocket.close":
                return output["code"]

    async def leave(self) -> None:
        await self.socket.disconnect()


in_thread = sync_to_async
