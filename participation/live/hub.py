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
from functools import partial
from typing import TYPE_CHECKING, Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from participation.core import events

from . import protocol, queries, shapes, talks
from .crowd import Crowd
from .leaders import Leaders
from .models import Session
from .shapes import CONSOLE, PARTICIPANT, SCREEN, State
from .sockets import Frame, Socket
from .talk_shapes import Place

if TYPE_CHECKING:
    from .hall import Hall

logger = logging.getLogger(__name__)

TICK = 0.2  # seconds between two looks at a tally, at least
SHARE = 1.0  # and at least this many times as long as sending the last one took
PRESENCE_EVERY = 1.0
LOOK_EVERY = 2.0
SLOW_AFTER = 15.0  # a socket that hasn't read for so long is closed
ORDER = (CONSOLE, SCREEN, PARTICIPANT)  # who is served first
CAPTION_STAYS = 60.0  # seconds, for who comes in later
CAPTIONED = Frame(protocol.captions(None))
SLICE = 100  # frames before others get a turn


class Hub:
    """Use it from the event loop only; `wake` may be called from anywhere."""

    def __init__(self, hall: "Hall", session_id: int) -> None:
        self.hall = hall
        self.session_id = session_id
        self.state: State
        self.people: set[uuid.UUID] = set()  # whose attendance is in the database
        self.guests: set[Socket] = set()
        self.most_guests = 0
        self._slow: set[Socket] = set()  # who did not get the last frame
        self.sockets: dict[tuple[str, str], set[Socket]] = defaultdict(
            set
        )  # by view and language, after hello
        self.pages: dict[Any, Any] = {}  # join pages for newcomers (see `entrance`)
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._moved = asyncio.Event()
        self._told_rev = 0
        self._snapshots: dict[tuple[str, str, Place | None], str] = {}
        self._presence_at = 0.0
        self._sent_for = 0.0  # seconds of this round that went into writing frames
        self.sending = 0.0  # of the last one in which there were any
        self._told_people = 0
        self._caption: int | None = None  # the last one that was sent
        self._captions: Frame | None = None
        self._captioned_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._crowd = Crowd(self)
        self._leaders = Leaders(self)

    async def open(self) -> None:
        """Read the room. Raises Session.DoesNotExist."""
        self.state, self.people = await self.hall.readers.run(_read_all, self.session_id)
        self._told_rev, self._told_people = self.state.rev, self.state.participants
        self._crowd.follow()
        self._woken.set()  # look at once: somebody may be writing along
        self._tasks.append(self._loop.create_task(self._run()))
        if not isinstance(get_channel_layer(), InMemoryChannelLayer):
            self._tasks.append(self._loop.create_task(self._listen()))

    def close(self) -> None:
        self._crowd.close()
        self._leaders.close()
        for task in self._tasks:
            task.cancel()

    # --- Sockets ------------------------------------------------------------------------------------

    def enter(self, socket: Socket) -> None:
        """Keep the hub for this socket until it leaves; it hears nothing before `welcome`."""
        self.guests.add(socket)
        self.most_guests = max(self.most_guests, len(self.guests))

    def welcome(self, socket: Socket, mine: queries.Mine) -> None:
        """Send the whole picture, and everything that happens from now on."""
        place = (socket.view, socket.language)
        seen = talks.seen_by(self.state, socket.participant)
        if (*place, seen.at) not in self._snapshots:
            self._snapshots[*place, seen.at] = protocol.encode(shapes.snapshot(seen, *place))
        socket.reply(protocol.with_mine(self._snapshots[*place, seen.at], mine))
        self.caption(socket)
        self._remove(socket)
        self.sockets[place].add(socket)
        self._leaders.come(socket)

    def caption(self, socket: Socket) -> None:
        """What was just said, to who shows captions; to another phone that there are any."""
        if self._captions is None or self._is_quiet or socket.view == CONSOLE:
            return
        if socket.view == SCREEN:
            if self.state.room.session.captions_on_screen:
                socket.push(self._captions)
        else:
            socket.push(self._captions if socket.wants_captions else CAPTIONED)

    def leave(self, socket: Socket) -> None:
        self.guests.discard(socket)
        self._remove(socket)
        self._leaders.go(socket)

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
        self._loop.call_soon_threadsafe(self.look, moved, told)

    def look(self, moved: bool = False, told: int = 0) -> None:
        """The same from the event loop."""
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
                    self._leaders.tell()  # who told something before that was not heard here, and knows nothing of us
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(10 * LOOK_EVERY):
                            while True:
                                data = (await layer.receive(channel)).get("data", {})
                                if told := data.get("leaders"):
                                    self._leaders.heard(told)
                                    continue
                                self.look(bool(data.get("room")), data.get("rev", 0))
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
            self.sending = self._sent_for or self.sending
            pause = max(TICK, SHARE * self._sent_for)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._moved.wait()

    async def _round(self) -> None:
        before = self.state
        with_queue = any(view == CONSOLE for view, _language in self.sockets)
        now, caption = await self.hall.readers.run(_look, before, with_queue)
        if now.room.session.rehearsing != before.room.session.rehearsing:
            self.people = await self.hall.readers.run(queries.attended, self.session_id)
        self.state = now
        self._crowd.follow()
        if now != before:
            self._snapshots.clear()
        if now.room is not before.room:
            self._see_out()
            await self._send("step", *ORDER)
        elif now.result != before.result:
            await self._send("results", *ORDER)
        if now.queue != before.queue:
            await self._send("queue", CONSOLE)
        if caption != self._caption:
            await self._send_captions(caption)
        await self._send_presence()
        await self._catch_up()
        await self.announce()

    @property
    def _is_quiet(self) -> bool:
        return time.monotonic() - self._captioned_at >= CAPTION_STAYS

    async def _send_captions(self, caption: int | None) -> None:
        """What is said now. The room and its results are not read again for it. A phone gets it when it asked for that;
        other phones hear once that there is something to read."""
        begins = self._captions is None or self._is_quiet
        lines = await self.hall.readers.run(partial(queries.last_captions, self.session_id, recent=True))
        self._caption, self._captioned_at = caption, time.monotonic()
        self._captions = Frame(protocol.captions(lines)) if lines else None
        frame = self._captions or Frame(protocol.captions([]))
        for _language, group in self._at(SCREEN):
            if self.state.room.session.captions_on_screen:
                await self._fan_out(group, frame)
        for _language, group in self._at(PARTICIPANT):
            await self._fan_out([each for each in group if each.wants_captions], frame)
            if begins and lines:
                await self._fan_out([each for each in group if not each.wants_captions], CAPTIONED)

    async def _send_presence(self) -> None:
        now = time.monotonic()
        if self.state.participants == self._told_people:
            return
        if now - self._presence_at < PRESENCE_EVERY:
            self._loop.call_later(PRESENCE_EVERY, self.look)
            return
        self._presence_at, self._told_people = now, self.state.participants
        frame = Frame(protocol.encode({"type": "presence", "participants": self.state.participants}))
        for view in ORDER:
            for _language, group in self._at(view):
                await self._fan_out(group, frame)

    async def _send(self, kind: str, *views: str) -> None:
        for view in views:
            for language, group in self._at(view):
                for seen, some in (
                    talks.split(self.state, group) if view == PARTICIPANT else [(self.state, group)]
                ):
                    message = protocol.news(kind, seen, view, language)
                    if message is not None:
                        await self._fan_out(some, Frame(protocol.encode(message)))

    async def _fan_out(self, group: Iterable[Socket], frame: Frame) -> None:
        started = time.monotonic()
        for count, socket in enumerate(list(group), 1):
            if not socket.push(frame):
                self._slow.add(socket)
            if count % SLICE == 0:
                self._sent_for += time.monotonic() - started
                await self.hall.writer.let_through()
                started = time.monotonic()
        self._sent_for += time.monotonic() - started

    def _see_out(self) -> None:
        """Goodbye to whom a facilitator removed."""
        for socket in list(self.guests):
            if self.state.room.is_removed(socket.participant):
                socket.close(protocol.REMOVED)

    def _at(self, view: str) -> list[tuple[str, set[Socket]]]:
        return [(language, group) for (each, language), group in list(self.sockets.items()) if each == view]

    # --- Who doesn't read ---------------------------------------------------------------------------

    def _behind(self) -> list[Socket]:
        self._slow = {socket for socket in self._slow if socket.behind_since and socket in self.guests}
        return list(self._slow)

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
            seen = talks.seen_by(self.state, socket.participant)
            message = protocol.news("step", seen, socket.view, socket.language)
            socket.push(Frame(protocol.encode(message or {})))

    async def _close_all(self, code: int) -> None:
        for count, socket in enumerate(list(self.guests), 1):
            socket.close(code)
            if count % SLICE == 0:
                await asyncio.sleep(0)


def _read_all(session_id: int) -> tuple[State, set[uuid.UUID]]:
    found = queries.state(session_id, with_queue=True)
    return found, queries.attended(session_id)


def _look(before: State, with_queue: bool) -> tuple[State, int | None]:
    """The state now, and the last caption. The room itself is read again only when it moved."""
    session_id = before.room.session.pk
    pulse = queries.pulse(session_id)
    if pulse is None:
        raise Session.DoesNotExist
    rev, room_rev, people, caption = pulse
    if rev == before.rev:
        return (before if people == before.participants else replace(before, participants=people)), caption
    room = before.room if room_rev == before.room.session.room_rev else queries.room(session_id)
    now = State(
        room,
        max(rev, room.session.rev),  # the room may have moved on since the pulse was taken
        people,
        queries.result(room, room.current),
        queries.queue(room) if with_queue else before.queue,
    )
    return now, caption
