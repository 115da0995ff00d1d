"""Who leads this room now: the members of staff with a console open, in this process and in others.

Nothing of it is stored. Each hub tells the others over the channel layer who has a console there: when that changes, when
it hears of a hub that it did not know, and again and again; who is not heard of for a while has gone. Only consoles hear it.
"""

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from participation.core import events

from . import protocol
from .sockets import Frame, Socket

if TYPE_CHECKING:
    from .hub import Hub

TELL_EVERY = 10.0  # seconds
FORGET_AFTER = 25.0
Names = dict[str, str]  # a member of staff's number -> name


@dataclass(frozen=True)
class Leader:
    """A member of staff, as colleagues see them."""

    number: str
    name: str


class Leaders:
    """Those of one hub. Use it from the event loop only."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._key = uuid.uuid4().hex  # of this hub among the others
        self._here: dict[Socket, Leader] = {}
        self._elsewhere: dict[str, tuple[float, Names]] = {}  # hub -> when heard, who
        self._told: Names = {}
        self._task: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()

    @property
    def names(self) -> Names:
        """Everybody, each once however many consoles they have open."""
        found = {leader.number: leader.name for leader in self._here.values()}
        for _at, names in self._elsewhere.values():
            found |= names
        return found

    def come(self, socket: Socket) -> None:
        """This console is greeted; it hears at once who else is here."""
        if socket.leader is None:
            return
        is_new = socket not in self._here
        self._here[socket] = socket.leader
        if is_new:
            self._tell_others()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        if not self._tell_consoles():
            socket.push(self._frame())

    def go(self, socket: Socket) -> None:
        if self._here.pop(socket, None) is not None:
            self._tell_others()
            self._tell_consoles()

    def heard(self, told: dict[str, Any]) -> None:
        """Another hub of this session said who is there."""
        if told["hub"] == self._key:
            return
        is_new = told["hub"] not in self._elsewhere
        self._elsewhere[told["hub"]] = (time.monotonic(), told["names"])
        if is_new and self._here:
            self._tell_others()
        self._tell_consoles()

    def tell(self) -> None:
        """This hub hears the others from now on; they answer who hears of it for the first time."""
        if self._here:
            self._tell_others()

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while self._here:
            await asyncio.sleep(TELL_EVERY)
            self._tell_others()
            self._forget()

    def _forget(self) -> None:
        since = time.monotonic() - FORGET_AFTER
        self._elsewhere = {hub: told for hub, told in self._elsewhere.items() if told[0] > since}
        self._tell_consoles()

    def _tell_others(self) -> None:
        names = {leader.number: leader.name for leader in self._here.values()}
        topic = self.hub.state.room.session.topic
        said = events.announce(topic, leaders={"hub": self._key, "names": names})
        telling = asyncio.get_running_loop().create_task(said)
        self._telling.add(telling)  # the loop itself would let it go
        telling.add_done_callback(self._telling.discard)

    def _tell_consoles(self) -> bool:
        """True when there was news."""
        if self.names == self._told:
            return False
        self._told = self.names
        frame = self._frame()
        for socket in self._here:
            socket.push(frame)
        return True

    def _frame(self) -> Frame:
        return Frame(protocol.leaders(self.names))
