"""The websocket of one phone, projector or console: decode with a form, call an action, answer.

A plain ASGI application instead of Channels' consumer: that one hops to a thread for every frame and keeps a channel
of its own on the layer; the hub keeps one for everybody.
"""

import asyncio
import contextlib
import logging
import re
import time
import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import DatabaseError

from participation.core.errors import ActionError, Busy, Forbidden, Invalid, TooFast, Unknown
from participation.people import participants

from . import actions, doors, forms, permissions, protocol, queries, seats, shapes
from .actions.answers import Entry
from .actions.gate import Outcome
from .guesses import GUESSES
from .hall import Hall
from .hub import Hub
from .leaders import Leader
from .models import Session
from .room import known_language
from .sockets import Socket

logger = logging.getLogger(__name__)

PER_SECOND, BURST = 5.0, 30.0
LOOK_WHO_EVERY = 20.0  # seconds between two looks whether a console is still logged in
PATIENCE = 300  # refused frames, without a rest between, before the socket is closed
AN_ANSWER = re.compile(r'\{\s*"type"\s*:\s*"answer"')  # as our own phones begin one


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
    """How much one socket may ask: a bucket that fills by itself. `refused` counts since it was last full: what drips
    in meanwhile forgives nothing, or a flood at half the speed would go on for ever."""

    def __init__(self) -> None:
        self._left, self._at = BURST, time.monotonic()
        self.refused = 0

    def take(self) -> bool:
        now = time.monotonic()
        self._left, self._at = min(BURST, self._left + (now - self._at) * PER_SECOND), now
        if self._left == BURST:
            self.refused = 0
        if self._left < 1:
            self.refused += 1
            return False
        self._left -= 1
        return True


class Visit:
    def __init__(self, hall: Hall, scope: dict[str, Any]) -> None:
        self.hall, self.scope = hall, scope
        self.allowance = Allowance()
        self.language = known_language("")
        self.socket = Socket(scope["direct"], view=shapes.PARTICIPANT, participant=None)
        self.hub: Hub | None = None
        self._watch: asyncio.Task[None] | None = None
        self.phone: uuid.UUID | None = None
        self.seat = 0  # who answers when a message does not say it
        self._is_busy = False  # with a message that waits for something

    # --- Coming and going ---------------------------------------------------------------------------

    async def enter(self) -> None:
        """Find the room and who this is; closes with a code when there is none."""
        hub = await self._find(self.scope["url_route"]["kwargs"]["code"])
        if hub is None:
            return
        session = hub.state.room.session
        if hub.state.room.is_over:
            self.socket.close(protocol.GONE if session.is_private else protocol.ENDED)
            self.hall.leave(hub, self.socket)
            return
        self.hub = hub
        hub.enter(self.socket)
        self.phone = participants.identity_of_scope(self.scope, session.organisation)
        self.socket.participant = self.phone
        if self.scope["asked_view"] != shapes.PARTICIPANT:
            self.socket.view, self.socket.leader = await self.hall.readers.run(_view, self.scope, session)
        self.socket.listen(self.hear)
        if hub.state.room.is_removed(self.socket.participant):
            self.socket.close(protocol.REMOVED)
        elif self.socket.view != shapes.PARTICIPANT:
            self._watch = asyncio.get_running_loop().create_task(self._look_who(session))

    async def _look_who(self, session: Session) -> None:
        """A console gets the queue only as long as its facilitator is logged in."""
        while True:
            await asyncio.sleep(LOOK_WHO_EVERY)
            with contextlib.suppress(DatabaseError):
                view, _leader = await self.hall.readers.run(_view, self.scope, session)
                if view != self.socket.view:
                    self.socket.close(protocol.REMOVED)
                    return

    async def _find(self, code: str) -> Hub | None:
        """The room's hub; without one the socket is closed. Guessing codes is slow here too."""
        address = doors.address_of(self.scope)
        wait = GUESSES.turn(address, code)
        if wait is None:
            self.socket.close(protocol.TOO_MANY)
            return None
        if wait:
            await asyncio.sleep(wait)
        hub = await self.hall.find(self.scope["host"], code)
        if hub is None:
            self.socket.close(protocol.TOO_MANY if GUESSES.wrong(address) else protocol.GONE)
            return None
        GUESSES.right(address, code)
        return hub

    def leave(self) -> None:
        self.socket.is_closed = True
        self.socket.stop_listening()
        if self._watch is not None:
            self._watch.cancel()
        if self.hub is not None:
            self.hall.leave(self.hub, self.socket)

    async def restart(self) -> None:
        """The server stops: store what was sent, then ask the phone to come back."""
        await self.hall.writer.drain()
        self.socket.close(protocol.RESTARTING)
        await asyncio.sleep(0.05)  # let the frames leave

    # --- Messages -----------------------------------------------------------------------------------

    def hear(self, text: str) -> bool:
        """Take an answer as soon as its bytes are here; False when this must wait for its turn in `take`."""
        if not AN_ANSWER.match(text) or self._is_busy or not self._is_here:
            return False
        with self._handling(text):
            self._answer(self._decode(text))
        return True

    async def take(self, text: str | None) -> None:
        if not self._is_here:
            return
        self._is_busy = True
        with self._handling(text):
            await self._dispatch(self._decode(text))
        self._is_busy = False

    @property
    def _is_here(self) -> bool:
        return self.hub is not None and not self.socket.is_closed and not self.socket.is_closing

    @contextlib.contextmanager
    def _handling(self, text: str | None) -> Iterator[None]:
        """Whatever comes of this message is answered."""
        self.socket.hold()
        try:
            yield
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

    def _decode(self, text: str | None) -> dict[str, Any]:
        if not self.allowance.take():
            raise TooFast
        return protocol.decode(text)

    async def _dispatch(self, message: dict[str, Any]) -> None:
        handler = HANDLERS.get(str(message.get("type")))
        if handler is not None:
            await handler(self, message)
        elif message.get("type") == "answer":
            self._answer(message)
        else:
            raise Unknown

    async def _hello(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.HelloForm, message)
        self.language = known_language(data["lang"])
        if data["v"] != protocol.VERSION:
            raise protocol.Version
        self.seat = data["seat"] or 0
        if self.phone is not None:
            self.socket.participant = seats.person_at(self.phone, self.seat)
        hub, person = self._hub, self.socket.participant
        mine = queries.nothing_yet()
        if person is not None and self.socket.view == shapes.PARTICIPANT:
            mine = await self.hall.mine(hub, person)
            if person not in hub.people:
                self._note_attendance(hub, person)
        self.socket.language = self.language
        hub.welcome(self.socket, mine)

    def _note_attendance(self, hub: Hub, person: uuid.UUID) -> None:
        with contextlib.suppress(Busy):  # then the first answer will note it
            self.hall.writer.put(hub.session_id, Entry(person, phone=self.phone, seat=self.seat))

    def _answer(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.AnswerForm, message)
        phone, seat = self._taking_part(data)
        room = self._hub.state.room
        step = room.asking(str(data["question"]))
        if step is None or step.question is None:
            raise Unknown
        question = room.question(step, self.language)
        value = actions.clean_answer(question, data["value"], self.language)
        entry = Entry(
            seats.person_at(phone, seat),
            data["id"],
            self.language,
            step.question_id,
            value,
            actions.waits(question),
            phone,
            seat,
        )
        future = self.hall.writer.put(self._hub.session_id, entry)
        key = message["id"]
        self.socket.hold()
        future.add_done_callback(lambda done: self._stored(key, done))

    async def _contribute(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.ContributeForm, message)
        phone, seat = self._taking_part(data)
        outcome = await self.hall.writer.run(
            partial(actions.contribute, seat=seat),
            self._hub.session_id,
            phone,
            data["id"],
            data["thread"],
            data["text"],
            data["name"],
            self.language,
        )
        self._outcome(message["id"], outcome)

    async def _support(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.SupportForm, message)
        phone, seat = self._taking_part(data)
        outcome = await self.hall.writer.run(
            partial(actions.support, seat=seat),
            self._hub.session_id,
            phone,
            data["id"],
            data["contribution"],
            data["on"],
        )
        self._outcome(message["id"], outcome)

    async def _me(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.MeForm, message)
        phone, seat = self._taking_part(data)
        introduce = partial(
            actions.introduce,
            seat=seat,
            name=data["name"],
            given_by=data["given_by"] or "self",
            people=data["people"] or 1,
        )
        outcome = await self.hall.writer.run(introduce, self._hub.session_id, phone, data["id"])
        self._outcome(message["id"], outcome)

    async def _take_seat(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.TakeSeatForm, message)
        phone, seat = self._taking_part(data)
        work = partial(actions.take_seat, seat=seat)
        args = (phone, data["id"], data["step"], data["table"])
        self._outcome(message["id"], await self.hall.writer.run(work, self._hub.session_id, *args))

    async def _take_notes(self, message: dict[str, Any]) -> None:
        data = forms.read(forms.TakeNotesForm, message)
        phone, seat = self._taking_part(data)
        work = partial(actions.take_notes, seat=seat)
        args = (phone, data["id"], data["step"], data["on"])
        self._outcome(message["id"], await self.hall.writer.run(work, self._hub.session_id, *args))

    async def _captions(self, message: dict[str, Any]) -> None:
        """This phone shows captions from now on, or not any more. It is asked anew on each connection."""
        self.socket.wants_captions = forms.read(forms.CaptionsForm, message)["on"]
        if self.socket.wants_captions:
            self._hub.caption(self.socket)

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

    def _taking_part(self, data: dict[str, Any]) -> tuple[uuid.UUID, int]:
        """The phone, and who of the people on it this message is from."""
        if self.phone is None:
            raise Forbidden
        return self.phone, self.seat if data["seat"] is None else data["seat"]

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
    "contribute": Visit._contribute,
    "support": Visit._support,
    "me": Visit._me,
    "take_seat": Visit._take_seat,
    "take_notes": Visit._take_notes,
    "captions": Visit._captions,
    "command": Visit._command,
}


def _view(scope: dict[str, Any], session: Session) -> tuple[str, Leader | None]:
    """What this person may see, and who they are on a console: the cookie and the permissions say, whatever was asked."""
    user = doors.staff_now(scope)
    if scope["asked_view"] == shapes.CONSOLE and permissions.may_run(user, session.organisation):
        return shapes.CONSOLE, Leader(str(user.pk), user.get_full_name())
    if scope["asked_view"] == shapes.SCREEN and permissions.may_see_screen(user, session):
        return shapes.SCREEN, None
    return shapes.PARTICIPANT, None


def _command(scope: dict[str, Any], session: Session, data: dict[str, Any]) -> Outcome:
    """With the user and the log-in as they are at this moment, not as they were at the handshake."""
    return actions.command(session, data["name"], data["args"], doors.staff_now(scope), data["id"])
