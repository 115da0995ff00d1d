"""One phone's websocket, as the hub sees it.

Messages that carry full state (`push`) are left out for a socket that doesn't read: the newest one is sent when it
reads again. Replies (`reply`) are never left out; the rate limit on what is asked bounds them.

Daphne takes whatever is sent and buffers without bound, so with daphne we look at what its transport still holds and
hand it a frame that was encoded once for everybody. Any other server is awaited by a small task per socket.
"""

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from autobahn.websocket.protocol import PreparedMessage

Send = Callable[[dict[str, Any]], Awaitable[None]]

PENDING_BYTES = 32 * 1024  # with more than this unread, a socket gets no further state
PENDING_FRAMES = 16


class Frame:
    """A message that is encoded once and sent to many."""

    __slots__ = ("_prepared", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._prepared: PreparedMessage | None = None

    @property
    def prepared(self) -> PreparedMessage:
        if self._prepared is None:
            self._prepared = PreparedMessage(
                self.text.encode(), isBinary=False, applyMask=False, doNotCompress=True
            )
        return self._prepared


class Socket:
    """`view` and `language` say which frames it gets; `participant` is None without a cookie."""

    def __init__(self, send: Send, *, view: str, participant: uuid.UUID | None) -> None:
        self.view, self.participant = view, participant
        self.language = ""
        self.behind_since: float | None = None
        self._send = send
        self._protocol = _daphne_protocol(send)
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
        if self.is_closed or self.is_closing:
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
        self._post({"type": "websocket.close", "code": code})

    def _write(self, frame: Frame) -> None:
        if self._protocol is not None:
            if self._protocol.state == self._protocol.STATE_OPEN:
                self._protocol.sendPreparedMessage(frame.prepared)
        else:
            self._post({"type": "websocket.send", "text": frame.text})

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


def _daphne_protocol(send: Send) -> Any:
    """Daphne's protocol object behind an ASGI `send`, or None with another server (or a wrapped `send`)."""
    if isinstance(send, partial) and send.args:
        protocol = send.args[0]
        if hasattr(protocol, "sendPreparedMessage") and hasattr(protocol, "transport"):
            return protocol
    return None


def _pending_bytes(transport: Any) -> int:
    """What Twisted still has to write (its own attributes; 0 where they are missing)."""
    held = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
    return held + getattr(transport, "_tempDataLen", 0)
