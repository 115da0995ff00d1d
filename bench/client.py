"""The cheapest client that is honest: RFC 6455 over asyncio's protocols, and one HTTP request.

Only what a load generator needs: no extensions, no proxies, no TLS.
"""

import asyncio
import base64
import hashlib
import os
import struct
import time
from collections.abc import Callable, Mapping

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
Headers = Mapping[str, str]


def encode(opcode: int, payload: bytes, mask: bytes | None = None) -> bytes:
    """One final frame as a client sends it: masked."""
    mask = mask or os.urandom(4)
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return head + mask + (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")


class Decoder:
    """Bytes of a server in, whole messages out. Raises ValueError for what no server may send."""

    def __init__(self) -> None:
        self._rest = b""
        self._parts: list[bytes] = []
        self._opcode = 0

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """(opcode, payload) of every message that is complete now."""
        data = self._rest + data if self._rest else data
        messages: list[tuple[int, bytes]] = []
        at, end = 0, len(data)
        while end - at >= 2:
            first, size = data[at], data[at + 1]
            if size & 0x80 or first & 0x70:
                raise ValueError("a masked frame, or one of an extension")
            start = at + 2
            if size == 126:
                start = at + 4
                if end < start:
                    break
                size = int.from_bytes(data[at + 2 : start], "big")
            elif size == 127:
                start = at + 10
                if end < start:
                    break
                size = int.from_bytes(data[at + 2 : start], "big")
            if end < start + size:
                break
            at = start + size
            self._frame(first, data[start:at], messages)
        self._rest = data[at:]
        return messages

    def _frame(self, first: int, payload: bytes, messages: list[tuple[int, bytes]]) -> None:
        opcode, is_final = first & 0x0F, first & 0x80
        if opcode & 0x8 or (is_final and opcode):  # control frames may come between the parts of a message
            messages.append((opcode, payload))
        else:
            if opcode:
                self._opcode, self._parts = opcode, []
            elif not self._parts:
                raise ValueError("a part of nothing")
            self._parts.append(payload)
            if is_final:
                messages.append((self._opcode, b"".join(self._parts)))
                self._parts = []


Heard = Callable[[bytes, float], None]
Gone = Callable[[int | None], None]


class WebSocket(asyncio.Protocol):
    """`heard(payload, at)` for every text, with the clock of its arrival; `gone(code)` when the other side ends it.

    `frames_in` and `frames_out` count data frames, not pings."""

    def __init__(self, heard: Heard, gone: Gone) -> None:
        self._heard, self._gone = heard, gone
        self._request = self._accept = b""
        self._decoder = Decoder()
        self._head: bytes | None = b""
        self._is_ours = False  # we hung up
        self._code: int | None = None
        self.transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.frames_in = self.frames_out = 0

    async def open(self, port: int, path: str, headers: Headers) -> None:
        """Raises OSError when it is refused."""
        key = base64.b64encode(os.urandom(16))
        self._accept = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324 (RFC 6455 says so)
        lines = [f"GET {path} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key.decode()}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._request = "\r\n".join([*lines, "", ""]).encode()
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        await self.opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            found = self._handshake(data)
            if found is None:
                return
            data = found
        now = time.perf_counter()
        for opcode, payload in self._decoder.feed(data):
            if opcode == TEXT:
                self.frames_in += 1
                self._heard(payload, now)
            elif opcode == PING:
                self.reply(encode(PONG, payload))
            elif opcode == CLOSE:
                self._code = int.from_bytes(payload[:2], "big") if payload else None
                self._end()

    def _handshake(self, data: bytes) -> bytes | None:
        assert self._head is not None
        self._head += data
        if b"\r\n\r\n" not in self._head:
            return None
        head, _, rest = self._head.partition(b"\r\n\r\n")
        self._head = None
        if not head.startswith(b"HTTP/1.1 101") or self._accept not in head:
            self.opened.set_exception(ConnectionError(head.split(b"\r\n")[0].decode("latin1")))
            self.drop()
            return b""
        self.opened.set_result(None)
        return rest

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed during the handshake"))
        elif not self._is_ours:
            self._gone(self._code)

    def say(self, text: bytes) -> None:
        self.frames_out += 1
        self.reply(encode(TEXT, text))

    def reply(self, frame: bytes) -> None:
        """Send a frame that is not counted: what the transport itself wants."""
        if self.transport is not None:
            self.transport.write(frame)

    def drop(self) -> None:
        """Be gone, as a phone without network is: no goodbye."""
        self._is_ours = True
        self._end()

    def _end(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class Page:
    """What came back on a GET."""

    def __init__(self, head: bytes, body: bytes) -> None:
        lines = head.decode("latin1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.headers = [
            (name.lower(), value.strip()) for name, _, value in (x.partition(":") for x in lines[1:])
        ]
        self.body = _unchunk(body) if ("transfer-encoding", "chunked") in self.headers else body

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (value.split(";")[0] for name, value in self.headers if name == "set-cookie")
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


async def get(port: int, path: str, headers: Headers) -> Page:
    """One request on a connection of its own. Raises OSError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"GET {path} HTTP/1.1", "Connection: close", *(f"{a}: {b}" for a, b in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head, gap, body = (await reader.read(-1)).partition(b"\r\n\r\n")
        if not gap:
            raise ConnectionError("no answer")
        return Page(head, body)
    finally:
        writer.close()


def _unchunk(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        parts.append(body[:length])
        body = body[length + 2 :]
        if not length:
            break
    return b"".join(parts)
