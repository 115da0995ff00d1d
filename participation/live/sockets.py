"""One phone's websocket, as the hub sees it.

Messages that carry full state (`push`) are left out for a socket that doesn't read: the newest one is sent when it
reads again. Replies (`reply`) are never left out; the rate limit on what is asked bounds them.

Daphne takes whatever is sent and buffers without bound, so with daphne we look at what its transport still holds. While
that is nothing, a frame that was encoded once for everybody goes straight to the system's socket: by Twisted's way it
would cost two changes of epoll and a turn of the loop each time. What doesn't fit, and any other transport (TLS), goes
Twisted's way. Any other server is awaited by a small task per socket.
"""

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from autobahn.twisted import websocket as adapter
from autobahn.websocket import protocol as autobahn
from autobahn.websocket.protocol import PreparedMessage
from twisted.internet.tcp import Connection

from . import incoming

if TYPE_CHECKING:
    from .leaders import Leader

Send = Callable[[dict[str, Any]], Awaitable[None]]

PENDING_BYTES = 32 * 1024  # with more than this unread, a socket gets no further state
PENDING_FRAMES = 16
FAREWELL = 15.0  # seconds to read up to the close frame; after them the connection is reset, and what is unread is lost
OPEN = autobahn.WebSocketProtocol.STATE_OPEN


class Frame:
    """A message that is encoded once and sent to many."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def prepared(self) -> PreparedMessage:
        return PreparedMessage(self.text.encode(), isBinary=False, applyMask=False, doNotCompress=True)

    @cached_property
    def wire(self) -> bytes:
        """The bytes of the websocket frame."""
        data: bytes = self.prepared.payloadHybi
        return data


class Socket:
    """`view` and `language` say which frames it gets; `participant` is None without a cookie."""

    def __init__(self, send: Send, *, view: str, participant: uuid.UUID | None) -> None:
        self.view, self.participant = view, participant
        self.language = ""
        self.wants_captions = False
        self.leader: Leader | None = None  # whose console it is
        self.behind_since: float | None = None
        self._send = send
        self._protocol = _daphne_protocol(send)
        self._transport = _straight(self._protocol)
        self._queue: deque[dict[str, Any]] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._owed = 0  # messages of this socket that have no reply yet
        self._closing_with: int | None = None
        self.is_closed = False

    @property
    def is_behind(self) -> bool:
        """It has not read what it got before."""
        if self._protocol is not None:
            return _pending_bytes(self._protocol.transport) > PENDING_BYTES
        return len(self._queue) >= PENDING_FRAMES

    def push(self, frame: Frame) -> bool:
        """Send state unless the socket is behind; False when it was left out."""
        if self.is_closed or self._closing_with is not None:
            return True
        if self._transport is not None and self._sent_at_once(frame):
            return True
        if self.is_behind:
            self.behind_since = self.behind_since or time.monotonic()
            return False
        self.behind_since = None
        self._write(frame)
        return True

    def reply(self, text: str) -> None:
        """Send what this socket alone must get."""
        if not self.is_closed:
            self._write(Frame(text))

    def listen(self, hear: Callable[[str], bool]) -> None:
        """Offer what comes in to `hear`, before anybody else."""
        if self._protocol is not None:
            incoming.listen(self._protocol, hear)

    def stop_listening(self) -> None:
        if self._protocol is not None:
            incoming.stop_listening(self._protocol)

    def close(self, code: int) -> None:
        """Close it, after the replies to what it said: whoever ends a session gets the ack first."""
        if self.is_closed or self.is_closing:
            return
        self._closing_with = code
        if not self._owed:
            self._close(code)

    @property
    def is_closing(self) -> bool:
        return self._closing_with is not None

    def hold(self) -> None:
        """A message is being handled; `release` when its reply was sent."""
        self._owed += 1

    def release(self) -> None:
        self._owed -= 1
        if self._closing_with is not None and not self._owed and not self.is_closed:
            self._close(self._closing_with)

    def _close(self, code: int) -> None:
        self.is_closed = True
        if self._protocol is not None:
            self._protocol.closeHandshakeTimeout = FAREWELL  # Autobahn's own is one second
        self._post({"type": "websocket.close", "code": code})

    def _write(self, frame: Frame) -> None:
        if self._protocol is not None:
            if self._transport is not None and self._sent_at_once(frame):
                return
            if self._protocol.state == OPEN:
                self._protocol.sendPreparedMessage(frame.prepared)
        else:
            self._post({"type": "websocket.send", "text": frame.text})

    def _sent_at_once(self, frame: Frame) -> bool:
        """Hand the frame to the system, when nothing waits before it; False when it has to go the ordinary way. Called
        thousands of times a second."""
        transport = self._transport
        if self._protocol.state != OPEN or transport.dataBuffer or transport._tempDataLen:
            return False
        if transport.disconnecting or not transport.connected:
            return False
        data = frame.wire
        try:
            sent = transport.socket.send(data)
        except OSError:  # full, or gone: Twisted knows what to do about it
            return False
        if sent < len(data):
            transport.write(data[sent:])
        self.behind_since = None
        return True

    def _post(self, message: dict[str, Any]) -> None:
        self._queue.append(message)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        while self._queue:
            try:
                await self._send(self._queue[0])
            except Exception:  # the phone is gone; its disconnect message will tell
                self.is_closed = True
                self._queue.clear()
                return
            self._queue.popleft()


def without_debug_texts() -> None:
    """Autobahn colours names and prints settings prettily for its debug log, at each connection and each time something
    comes in, also when nobody reads that: a tenth of what coming in costs. They go into the log as they are."""
    autobahn.pformat = adapter.hltype = adapter.hlval = _as_it_is  # type: ignore[assignment]


def _as_it_is(value: Any, *_look: Any, **_named: Any) -> Any:
    return value


def _daphne_protocol(send: Send) -> Any:
    """Daphne's protocol object behind an ASGI `send`, or None with another server (or a wrapped `send`)."""
    if isinstance(send, partial) and send.args:
        protocol = send.args[0]
        if hasattr(protocol, "sendPreparedMessage") and hasattr(protocol, "transport"):
            return protocol
    return None


def _straight(protocol: Any) -> Any:
    """Its transport, when frames may go straight to the system's socket."""
    transport = getattr(protocol, "transport", None)
    return transport if isinstance(transport, Connection) and not transport.TLS else None


def _pending_bytes(transport: Any) -> int:
    """What Twisted still has to write (its own attributes; 0 where they are missing)."""
    try:
        held: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
    except AttributeError:
        return 0
    return held
