"""The websocket of one phone, projector or console: decode with a form, call an action, answer.

A plain ASGI application instead of Channels' consumer: that one hops to a thread for every frame and keeps a channel
of its own on the layer; the hub keeps one for everybody.
"""

import asyncio
import contextlib
import logging
import time
import uuid
from typing import Any

from participation.core.errors import ActionError, Busy, Forbidden, Invalid, TooFast, Unknown
from participation.people import participants

from . import actions, doors, forms, permissions, protocol, queries, shapes
from .actions.answers import Entry
from .actions.gate import Outcome
from .hall import Hall
from .hub import Hub
from .models import Session
from .room import known_language
from .sockets import Socket

logger = logging.getLogger(__name__)

PER_SECOND, BURST = 5.0, 30.0
PATIENCE = 300  # refused frames in a row before the socket is closed


class LiveConsumer:
    """`hall` is made at the first connection, in the loop that serves it."""

    def __init__(self) -> None:
        self.hall: Hall | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if self.hall is None:
            self.hall = Hall()
            self.hall.restart_with_daphne()
        await receive()
        await send({"type": "websocket.accept"})
        visit = Visit(self.hall, scope)
        try:
            await visit.enter()
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                await visit.take(message.get("text"))
        except asyncio.CancelledError:
            await visit.restart()
            raise
        finally:
            visit.leave()


class Allowance:
    """How much one socket may ask: a bucket that fills by itself."""

    def __init__(self) -> None:
        self._left, self._at = BURST, time.monotonic()
        self.refused = 0

    def take(self) -> bool:
        now = time.monotonic()
        self._left, self._at = min(BURST, self._left + (now - self._at) * PER_SECOND), now
        if self._left < 1:
            self.refused += 1
            return False
        self._left -= 1
        self.refused = 0
        return True


class Visit:
    def __init__(self, hall: Hall, scope: dict[str, Any]) -> None:
        self.hall, self.scope = hall, scope
        self.allowance = Allowance()
        self.language = known_language("")
        self.socket = Socket(scope["direct"], view=shapes.PARTICIPANT, participant=None)
        self.hub: Hub | None = None

    # --- Coming and going ---------------------------------------------------------------------------

    async def enter(self) -> None:
        """Find the room and who this is; closes with a code when there is none."""
        code = self.scope["url_route"]["kwargs"]["code"]
        hub = await self.hall.find(self.scope["host"], code)
        if hub is None:
            self.socket.close(protocol.GONE)
            return
        session = hub.state.room.session
        if hub.state.room.is_over:
            self.socket.close(protocol.GONE if session.is_private else protocol.ENDED)
            self.hall.leave(hub, self.socket)
            return
        self.hub = hub
        hub.enter(self.socket)
        self.socket.participant = participants.identity_of_scope(self.scope, session.organisation)
        if self.scope["asked_view"] != shapes.PARTICIPANT:
            self.socket.view = await self.hall.readers.run(_view, self.scope, session)

    def leave(self) -> None:
        self.socket.is_closed = True
        if self.hub is not None:
            self.hall.leave(self.hub, self.socket)

    async def restart(self) -> None:
        """The server stops: store what was sent, then ask the phone to come back."""
        await self.hall.writer.drain()
        self.socket.close(protocol.RESTARTING)
        await asyncio.sleep(0.05)  # let the frames leave

    # --- Messages -----------------------------------------------------------------------------------

    async def take(self, text: str | None) -> None:
        if self.hub is None or self.socket.is_closed or self.socket.is_closing:
            return
        self.socket.hold()
        try:
            if not self.allowance.take():
                raise TooFast
            message = protocol.decode(text)
            await self._dispatch(message)
        except ActionError as error:
            self._refuse(protocol.message_id(text), error)
        except Exception:
            # A message must never cost the socket: the next one may be fine.
            logger.exception("a live message failed")
            self._refuse(protocol.message_id(text), Invalid())
        finally:
            self.socket.release()
        if self.allowance.refused > PATIENCE:
            self.socket.close(protocol.TOO_MANY)

    async def _dispatch(self, message: dict[str, Any]) -> None:
        handler = HANDLERS.get(str(message.get("type")))
        if handler is None:
            raise Unknown
        await handler(self, message)

    async def _hello(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.HelloForm, message)
        self.language = known_language(data["lang"])
        if data["v"] != protocol.VERSION:
            raise protocol.Version
        hub, person = self._hub, self.socket.participant
        mine = queries.nothing_yet()
        if person is not None and self.socket.view == shapes.PARTICIPANT:
            if person in hub.people:
                mine = await self.hall.mine(hub.state.room, person)
            else:
                self._note_attendance(hub, person)
        self.socket.language = self.language
        hub.welcome(self.socket, mine)

    def _note_attendance(self, hub: Hub, person: uuid.UUID) -> None:
        with contextlib.suppress(Busy):  # then the first answer will note it
            self.hall.writer.put(hub.session_id, Entry(person))

    async def _answer(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.AnswerForm, message)
        person = self._participant()
        room = self._hub.state.room
        step = room.asking(str(data["question"]))
        if step is None or step.question is None:
            raise Unknown
        question = room.question(step, self.language)
        value = actions.clean_answer(question, data["value"], self.language)
        entry = Entry(person, data["id"], self.language, step.question_id, value, actions.waits(question))
        future = self.hall.writer.put(self._hub.session_id, entry)
        key = message["id"]
        self.socket.hold()
        future.add_done_callback(lambda done: self._stored(key, done))

    async def _contribute(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.ContributeForm, message)
        person = self._participant()
        outcome = await self.hall.writer.run(
            actions.contribute,
            self._hub.session_id,
            person,
            data["id"],
            data["thread"],
            data["text"],
            data["name"],
            self.language,
        )
        self._outcome(message["id"], outcome)

    async def _support(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.SupportForm, message)
        person = self._participant()
        outcome = await self.hall.writer.run(
            actions.support, self._hub.session_id, person, data["id"], data["contribution"], data["on"]
        )
        self._outcome(message["id"], outcome)

    async def _command(self, message: dict[str, Any]) -> None:
        if self.socket.view != shapes.CONSOLE:
            raise Forbidden
        data = forms.read(forms.CommandForm, message)
        session = self._hub.state.room.session
        outcome = await self.hall.writer.run(_command, self.scope, session, data)
        self._outcome(message["id"], outcome)

    # --- Answers ------------------------------------------------------------------------------------

    @property
    def _hub(self) -> Hub:
        assert self.hub is not None
        return self.hub

    def _participant(self) -> uuid.UUID:
        if self.socket.participant is None:
            raise Forbidden
        return self.socket.participant

    def _stored(self, key: str, done: "asyncio.Future[Outcome]") -> None:
        try:
            self._outcome(key, done.result())
        finally:
            self.socket.release()

    def _outcome(self, key: str, outcome: Outcome) -> None:
        if "rev" in outcome:
            self.socket.reply(protocol.ack(key, outcome["rev"]))
        else:
            self._refuse(key, protocol.ERRORS[outcome["code"]]())

    def _refuse(self, key: str | None, error: ActionError) -> None:
        self.socket.reply(protocol.error(key, error, self.language))


HANDLERS = {
    "hello": Visit._hello,
    "answer": Visit._answer,
    "contribute": Visit._contribute,
    "support": Visit._support,
    "command": Visit._command,
}


def _view(scope: dict[str, Any], session: Session) -> str:
    """What this person may see: the cookie and the permissions say, whatever was asked for."""
    user = doors.staff_now(scope)
    if scope["asked_view"] == shapes.CONSOLE and permissions.may_run(user, session.organisation):
        return shapes.CONSOLE
    if scope["asked_view"] == shapes.SCREEN and permissions.may_see_screen(user, session):
        return shapes.SCREEN
    return shapes.PARTICIPANT


def _command(scope: dict[str, Any], session: Session, data: dict[str, Any]) -> Outcome:
    """With the user and the log-in as they are at this moment, not as they were at the handshake."""
    return actions.command(session, data["name"], data["args"], doors.staff_now(scope), data["id"])
