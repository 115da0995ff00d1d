"""How a server wants to be spoken to. The messages themselves are the same for all: docs/live-protocol.md."""

import json
from typing import Any, Protocol

Message = dict[str, Any]


class Dialect(Protocol):
    name: str
    is_ready: bool  # may speak as soon as the socket is open
    results: bytes  # how a `results` frame begins

    def path(self, code: str, view: str) -> str: ...
    def encode(self, message: Message) -> bytes: ...
    def decode(self, payload: bytes) -> Message | None: ...
    def answer(self, payload: bytes) -> bytes | None:
        """What the transport itself wants to hear back on this frame."""


class Plain:
    """JSON text frames: Oogst, and the reference on `websockets`."""

    name = "plain"
    is_ready = True
    results = b'{"type":"results"'

    def path(self, code: str, view: str) -> str:
        return f"/ws/live/{code}/?view={view}"

    def encode(self, message: Message) -> bytes:
        return json.dumps(message, separators=(",", ":")).encode()

    def decode(self, payload: bytes) -> Message | None:
        return json.loads(payload)

    def answer(self, payload: bytes) -> bytes | None:
        return None


class SocketIO:
    """Socket.IO 5 in Engine.IO 4 in websocket frames: an event is `42["name",{...}]`."""

    name = "socketio"
    is_ready = False  # after the server's `40`
    results = b'42["results"'

    def path(self, code: str, view: str) -> str:
        return f"/socket.io/?EIO=4&transport=websocket&view={view}"

    def encode(self, message: Message) -> bytes:
        return b"42" + json.dumps([message["type"], message], separators=(",", ":")).encode()

    def decode(self, payload: bytes) -> Message | None:
        if payload.startswith(b"42"):
            name, data = json.loads(payload[2:])
            return {"type": name, **data}
        return {"type": "ready"} if payload.startswith(b"40") else None

    def answer(self, payload: bytes) -> bytes | None:
        if payload.startswith(b"0"):
            return b"40"
        return b"3" if payload == b"2" else None


DIALECTS: dict[str, Dialect] = {"plain": Plain(), "socketio": SocketIO()}
