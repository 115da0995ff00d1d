"""One hub per session in each process: it rereads the database when something happened, encodes every message once
per view and language, and hands the same frame to all sockets here.

The database is the truth. A message on the channel layer (one per process, never one per socket) or a local commit is
only a hint to look; a look every two seconds heals whatever hint was lost.
"""

import asyncio
import contextlib
import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from participation.core import events

from . import protocol, queries, shapes
from .models import Session
from .shapes import CONSOLE, PARTICIPANT, SCREEN, State
from .sockets import Frame, Socket

if TYPE_CHECKING:
    from .hall import Hall

logger = logging.getLogger(__name__)

TICK = 0.2  # seconds between two looks at a tally, at least
SHARE = 1.0  # and at least this many times as long as sending the last one took
PRESENCE_EVERY = 1.0
LOOK_EVERY = 2.0
SLOW_AFTER = 15.0  # a socket that hasn't read for so long is closed
ORDER = (CONSOLE, SCREEN, PARTICIPANT)  # who is served first
SLICE = 200  # frames before others get a turn


class Hub:
    """Use it from the event loop only; `wake` may be called from anywhere."""

    def __init__(self, hall: "Hall", session_id: int) -> None:
        self.hall = hall
        self.session_id = session_id
        self.state: State
        self.people: set[uuid.UUID] = set()  # whose attendance is in the database
        self.guests: set[Socket] = set()
        self.sockets: dict[tuple[str, str], set[Socket]] = defaultdict(
            set
        )  # by view and language, after hello
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._moved = asyncio.Event()
        self._told_rev = 0
        self._snapshots: dict[tuple[str, str], str] = {}
        self._presence_at = 0.0
        self._sent_for = 0.0  # seconds of this round that went into writing frames
        self._told_people = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Read the room. Raises Session.DoesNotExist."""
        self.state, self.people = await self.hall.readers.run(_read_all, self.session_id)
        self._told_rev, self._told_people = self.state.rev, self.state.participants
        self._tasks.append(self._loop.create_task(self._run()))
        if not isinstance(get_channel_layer(), InMemoryChannelLayer):
            self._tasks.append(self._loop.create_task(self._listen()))

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()

    # --- Sockets ------------------------------------------------------------------------------------

    def enter(self, socket: Socket) -> None:
        """Keep the hub for this socket until it leaves; it hears nothing before `welcome`."""
        self.guests.add(socket)

    def welcome(self, socket: Socket, mine: queries.Mine) -> None:
        """Send the whole picture, and everything that happens from now on."""
        place = (socket.view, socket.language)
        if place not in self._snapshots:
            shape = shapes.snapshot(self.state, *place)
            self._snapshots[place] = protocol.encode(shape)
        socket.reply(protocol.with_mine(self._snapshots[place], mine))
        self._remove(socket)
        self.sockets[place].add(socket)

    def leave(self, socket: Socket) -> None:
        self.guests.discard(socket)
        self._remove(socket)

    @property
    def is_empty(self) -> bool:
        return not self.guests

    def _remove(self, socket: Socket) -> None:
        for place, group in list(self.sockets.items()):
            group.discard(socket)
            if not group:
                del self.sockets[place]

    # --- Hints --------------------------------------------------------------------------------------

    def wake(self, *, moved: bool = False, told: int = 0) -> None:
        """Something was committed. `moved`: a command, which nobody should wait for. `told`: the revision of which
        all processes know already."""
        self._loop.call_soon_threadsafe(self._wake, moved, told)

    def _wake(self, moved: bool, told: int = 0) -> None:
        self._told_rev = max(self._told_rev, told)
        self._woken.set()
        if moved:
            self._moved.set()

    async def announce(self) -> None:
        """Tell the other processes of commits that were made here, at most once a tick."""
        if self.state.rev > self._told_rev:
            self._told_rev = self.state.rev
            await events.announce(self.state.room.session.topic, rev=self.state.rev, room=False)

    async def _listen(self) -> None:
        """Hints from other processes. Whatever happens to the layer, we stay or come back in its group."""
        while True:
            layer: Any = get_channel_layer()
            channel = await layer.new_channel()
            topic = self.state.room.session.topic
            try:
                while True:
                    # Again and again: an expired message takes a channel out of all its groups.
                    await layer.group_add(topic, channel)
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(10 * LOOK_EVERY):
                            while True:
                                data = (await layer.receive(channel)).get("data", {})
                                self._wake(bool(data.get("room")), data.get("rev", 0))
            except asyncio.CancelledError:
                with contextlib.suppress(Exception):
                    await layer.group_discard(topic, channel)
                raise
            except Exception:
                logger.warning("lost the channel layer; looking in the database meanwhile", exc_info=True)
                await asyncio.sleep(LOOK_EVERY)

    # --- The round ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY if self._all_read() else TICK):
                    await self._woken.wait()
            self._sent_for = 0.0
            self._woken.clear()
            self._moved.clear()
            try:
                await self._round()
            except Session.DoesNotExist:
                await self._close_all(protocol.GONE)
                return
            except Exception:
                logger.exception("could not look at session %s", self.session_id)
            if self.state.room.is_over:
                await self._close_all(protocol.ENDED)
            pause = max(TICK, SHARE * self._sent_for)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._moved.wait()

    async def _round(self) -> None:
        before = self.state
        with_queue = any(view == CONSOLE for view, _language in self.sockets)
        now = await self.hall.readers.run(_look, before, with_queue)
        self.state = now
        if now != before:
            self._snapshots.clear()
        if now.room is not before.room:
            await self._send("step", *ORDER)
        elif now.result != before.result:
            await self._send("results", *ORDER)
        if now.queue != before.queue:
            await self._send("queue", CONSOLE)
        await self._send_presence()
        await self._catch_up()
        await self.announce()

    async def _send_presence(self) -> None:
        now = time.monotonic()
        if self.state.participants == self._told_people:
            return
        if now - self._presence_at < PRESENCE_EVERY:
            self._loop.call_later(PRESENCE_EVERY, self._wake, False)
            return
        self._presence_at, self._told_people = now, self.state.participants
        frame = Frame(protocol.encode({"type": "presence", "participants": self.state.participants}))
        for view in ORDER:
            for _language, group in self._at(view):
                await self._fan_out(group, frame)

    async def _send(self, kind: str, *views: str) -> None:
        for view in views:
            for language, group in self._at(view):
                message = protocol.news(kind, self.state, view, language)
                if message is not None:
                    await self._fan_out(group, Frame(protocol.encode(message)))

    async def _fan_out(self, group: Iterable[Socket], frame: Frame) -> None:
        started = time.monotonic()
        for count, socket in enumerate(list(group), 1):
            socket.push(frame)
            if count % SLICE == 0:
                self._sent_for += time.monotonic() - started
                await asyncio.sleep(0)
                started = time.monotonic()
        self._sent_for += time.monotonic() - started

    def _at(self, view: str) -> list[tuple[str, set[Socket]]]:
        return [(language, group) for (each, language), group in list(self.sockets.items()) if each == view]

    # --- Who doesn't read ---------------------------------------------------------------------------

    def _behind(self) -> list[Socket]:
        return [socket for group in self.sockets.values() for socket in group if socket.behind_since]

    def _all_read(self) -> bool:
        return not self._behind()

    async def _catch_up(self) -> None:
        """The newest state for whoever reads again; goodbye to who hasn't for long."""
        for socket in self._behind():
            assert socket.behind_since is not None
            if socket.is_behind:
                if time.monotonic() - socket.behind_since > SLOW_AFTER:
                    socket.close(protocol.TOO_MANY)
                continue
            message = protocol.news("step", self.state, socket.view, socket.language)
            socket.push(Frame(protocol.encode(message or {})))

    async def _close_all(self, code: int) -> None:
        for count, socket in enumerate(list(self.guests), 1):
            socket.close(code)
            if count % SLICE == 0:
                await asyncio.sleep(0)


def _read_all(session_id: int) -> tuple[State, set[uuid.UUID]]:
    found = queries.state(session_id, with_queue=True)
    return found, queries.attended(session_id)


def _look(before: State, with_queue: bool) -> State:
    """The state now. The room itself is read again only when it moved."""
    session_id = before.room.session.pk
    pulse = queries.pulse(session_id)
    if pulse is None:
        raise Session.DoesNotExist
    rev, room_rev, people = pulse
    if rev == before.rev:
        return before if people == before.participants else replace(before, participants=people)
    room = before.room if room_rev == before.room.session.room_rev else queries.room(session_id)
    return State(
        room,
        max(rev, room.session.rev),  # the room may have moved on since the pulse was taken
        people,
        queries.result(room, room.current),
        queries.queue(room) if with_queue else before.queue,
    )
