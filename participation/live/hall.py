"""This process's hubs, its writer and its reading threads. Everything a socket needs beside itself."""

import asyncio
import gc
import sys
import uuid
import weakref
from functools import cache
from typing import Any

from twisted.internet.defer import Deferred

from participation.core import events

from . import protocol, queries
from .actions.answers import Entry
from .actions.gate import Outcome
from .hub import Hub
from .sockets import Socket, without_debug_texts
from .threads import Threads
from .writer import Writer

SWITCH = 0.0001  # seconds
MANY = 100  # people in a room, after whom it is worth to tidy up,
TIDY_AFTER = 60.0  # seconds later, when nobody is anywhere: the network of a hall may only have blinked
COLLECT = (20_000, 20, 100)
Door = tuple[str, str]  # the handshake's host, and the code

_halls: "weakref.WeakSet[Hall]" = weakref.WeakSet()


class Hall:
    """One per process (tests make more, to have several processes in one)."""

    def __init__(self) -> None:
        _prepare_process()
        self.writer = Writer()
        self.readers = Threads("live-read", 3)
        self.hubs: dict[int, Hub] = {}
        self._doors: dict[Door, asyncio.Future[Hub | None]] = {}
        self._asked: dict[int, dict[uuid.UUID, asyncio.Future[queries.Mine]]] = {}
        self.writer.on_commit = self._committed
        self.writer.sending = self._sending
        _halls.add(self)

    async def find(self, host: str, code: str) -> Hub | None:
        """The hub of the session with this code at this host's organisation; None when there is no such session.

        A thousand phones at one door ask the database once.
        """
        door = (host, code)
        opening = self._doors.get(door)
        if opening is None or (opening.done() and (opening.exception() or opening.result() is None)):
            opening = self._doors[door] = asyncio.ensure_future(self._open(host, code))
        hub = await asyncio.shield(opening)
        if hub is None:
            self._doors.pop(door, None)  # no memory of wrong codes: there may be many
        return hub

    def open_hub(self, host: str, code: str) -> Hub | None:
        """The same when it is open already in this process; asks nobody."""
        opening = self._doors.get((host, code))
        if opening is None or not opening.done() or opening.exception():
            return None
        return opening.result()

    async def _open(self, host: str, code: str) -> Hub | None:
        session_id = await self.readers.run(queries.session_at, host, code)
        if session_id is None:
            return None
        if session_id not in self.hubs:
            hub = Hub(self, session_id)
            await hub.open()
            if self.hubs.setdefault(session_id, hub) is not hub:
                hub.close()  # another door was faster
        return self.hubs[session_id]

    def leave(self, hub: Hub, socket: Socket) -> None:
        """The last one to leave turns off the light."""
        hub.leave(socket)
        if hub.is_empty and self.hubs.get(hub.session_id) is hub:
            del self.hubs[hub.session_id]
            self._doors = {
                door: opening
                for door, opening in self._doors.items()
                if not opening.done() or opening.exception() or opening.result() is not hub
            }
            hub.close()
            self.writer.forget(hub.session_id)
            if hub.most_guests >= MANY:
                asyncio.get_running_loop().call_later(TIDY_AFTER, self._tidy)

    def _tidy(self) -> None:
        if not self.hubs:
            gc.collect()

    # --- Writing ------------------------------------------------------------------------------------

    async def put(self, hub: Hub, entry: Entry) -> Outcome:
        """The outcome of one answer, after its commit. Raises Busy."""
        return await self.writer.put(hub.session_id, entry)

    def _sending(self, session_id: int) -> float:
        hub = self.hubs.get(session_id)
        return hub.sending if hub is not None else 0.0

    def _committed(self, session_id: int, entries: list[Entry], outcomes: list[Outcome]) -> None:
        hub = self.hubs.get(session_id)
        if hub is not None:
            stored = (entry for entry, outcome in zip(entries, outcomes, strict=True) if "rev" in outcome)
            hub.people.update(entry.participant for entry in stored)
            hub.look()

    # --- Reading ------------------------------------------------------------------------------------

    async def mine(self, hub: Hub, participant: uuid.UUID) -> queries.Mine:
        """What this person answered and wrote, perhaps by way of another process; afterwards they are among the hub's
        people if they were here before. Whoever asks in the same moment shares one reading."""
        asked = self._asked.get(hub.session_id)
        if asked is None:
            asked = self._asked[hub.session_id] = {}
            asyncio.get_running_loop().call_soon(self._read_mine, hub)
        if participant not in asked:
            asked[participant] = asyncio.get_running_loop().create_future()
        return await asked[participant]

    def _read_mine(self, hub: Hub) -> None:
        asked = self._asked.pop(hub.session_id)
        asyncio.get_running_loop().create_task(self._answer_mine(hub, asked))

    async def _answer_mine(self, hub: Hub, asked: dict[uuid.UUID, "asyncio.Future[queries.Mine]"]) -> None:
        new = [each for each in asked if each not in hub.people]
        try:
            if new:
                attended = await self.readers.run(queries.attended, hub.session_id, new)
                # Not in one line: meanwhile a rehearsal may have ended, and the set be another.
                hub.people |= attended
            known = [each for each in asked if each in hub.people]
            found = await self.readers.run(queries.mine, hub.state.room, known) if known else {}
        except Exception as error:
            for future in asked.values():
                if not future.done():
                    future.set_exception(error)
            return
        for participant, future in asked.items():
            if not future.done():
                future.set_result(found.get(participant) or queries.nothing_yet())

    # --- Life ---------------------------------------------------------------------------------------

    async def restart(self) -> None:
        """The server stops: store what was sent, then ask every phone to come back."""
        await self.writer.drain()
        for hub in list(self.hubs.values()):
            for socket in list(hub.guests):
                socket.close(protocol.RESTARTING)
        await asyncio.sleep(0.1)  # let the frames leave

    def restart_with_daphne(self) -> None:
        """Do that when daphne stops. (It cancels its applications too, but not when a browser keeps a connection open
        that asks nothing: then its own clean-up fails.)"""
        reactor = sys.modules.get("twisted.internet.reactor")
        if reactor is not None and reactor.running:
            loop = asyncio.get_running_loop()
            reactor.addSystemEventTrigger(
                "before", "shutdown", lambda: Deferred.fromFuture(loop.create_task(self.restart()))
            )

    def heard(self, topic: str, data: dict[str, Any]) -> None:
        """An action in this process published an event; called in any thread."""
        for hub in list(self.hubs.values()):
            if hub.state.room.session.topic == topic:
                hub.wake(moved=bool(data.get("room")), told=data.get("rev", 0))

    def close(self) -> None:
        for hub in list(self.hubs.values()):
            hub.close()
        self.hubs.clear()
        self.writer.close()
        self.readers.close()
        _halls.discard(self)


@cache
def _prepare_process() -> None:
    """Short pauses for everybody in the room; once."""
    # A thread that comes back from the database waits for the busy loop to let go: 5 ms each time by default.
    sys.setswitchinterval(SWITCH)
    # The garbage collector would go through all that was loaded at the start, and through every phone, again and again,
    # 0.4 s each time while a room comes in. So it is left to go through the young only, nearly always; the rest is
    # looked at when a room is empty (`leave`).
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    without_debug_texts()


def _heard(topic: str, data: dict[str, Any]) -> None:
    for hall in list(_halls):
        hall.heard(topic, data)


events.listen("live.", _heard)
