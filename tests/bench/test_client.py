"""The load generator's own websocket client, against frames and against a real server."""

import asyncio

import pytest
from websockets.asyncio.server import serve
from websockets.frames import Frame, Opcode

from bench import client


def frame(payload: bytes, opcode: int = client.TEXT, final: bool = True) -> bytes:
    return Frame(Opcode(opcode), payload, fin=final).serialize(mask=False)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 70000])
@pytest.mark.parametrize("step", [1, 1000, 10**6])
def test_frames_of_every_size_come_in_whatever_pieces(size, step):
    if step == 1 and size > 1000:
        step = 977
    messages = [b"x" * size, b"next"]
    data = b"".join(frame(message) for message in messages)
    decoder = client.Decoder()
    found = [each for at in range(0, len(data), step) for each in decoder.feed(data[at : at + step])]
    assert found == [(client.TEXT, message) for message in messages]


def test_a_message_in_parts_with_a_ping_between_them():
    data = frame(b"one ", final=False) + frame(b"?", client.PING) + frame(b"two ", client.CONTINUATION, False)
    data += frame(b"", client.CONTINUATION, True)
    assert client.Decoder().feed(data) == [(client.PING, b"?"), (client.TEXT, b"one two ")]


@pytest.mark.parametrize("data", [b"\x81\x80abcd", b"\xc1\x00", b"\x80\x01a"])
def test_what_no_server_may_send_is_refused(data):
    with pytest.raises(ValueError):
        client.Decoder().feed(data)


@pytest.mark.parametrize("size", [0, 5, 125, 126, 70000])
def test_what_we_send_is_masked(size):
    payload, mask = b"abcde" * (size // 5), b"\x01\x02\x03\x04"
    data = client.encode(client.TEXT, payload, mask)
    start = len(data) - len(payload)
    assert data[start - 4 : start] == mask
    assert data[1] & 0x80
    assert bytes(byte ^ mask[at % 4] for at, byte in enumerate(data[start:])) == payload


class Visitor:
    """A client and what it heard."""

    def __init__(self):
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.gone: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.socket = client.WebSocket(lambda text, _at: self.heard.put_nowait(text), self.gone.set_result)

    async def come(self, server, **headers):
        port = server.sockets[0].getsockname()[1]
        await self.socket.open(port, "/room/?view=x", {"Host": f"localhost:{port}", **headers})
        return self


@pytest.fixture
async def echo():
    async def visit(socket):
        await socket.send(socket.request.path + " " + socket.request.headers.get("Cookie", ""))
        async for text in socket:
            if text == "parts":
                await socket.send(iter(["a", "b" * 65536, "c"]))
            elif text == "ping":
                await (await socket.ping())
                await socket.send("ponged")
            elif text == "close":
                await socket.close(4410)
            else:
                await socket.send(text)

    async with serve(visit, "127.0.0.1", 0, compression=None) as server:
        yield server


async def test_a_real_server_is_talked_with(echo):
    visitor = await Visitor().come(echo, Cookie="who=ann")
    assert await visitor.heard.get() == b"/room/?view=x who=ann"
    for text in (b"hello", "één".encode(), b"x" * 65536, b""):
        visitor.socket.say(text)
        assert await visitor.heard.get() == text
    visitor.socket.say(b"parts")
    assert await visitor.heard.get() == b"a" + b"b" * 65536 + b"c"
    visitor.socket.say(b"ping")
    assert await visitor.heard.get() == b"ponged"
    assert (visitor.socket.frames_out, visitor.socket.frames_in) == (6, 7)
    visitor.socket.drop()


async def test_a_close_by_the_server_is_told_with_its_code(echo):
    visitor = await Visitor().come(echo)
    visitor.socket.say(b"close")
    assert await visitor.gone == 4410


async def test_a_drop_of_our_own_is_not_told(echo):
    visitor = await Visitor().come(echo)
    visitor.socket.drop()
    assert visitor.socket.transport.is_closing()
    while echo.connections:  # until the server knows
        await asyncio.sleep(0)
    assert not visitor.gone.done()


async def test_a_handshake_that_is_refused_is_an_error():
    async def refuse(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        with pytest.raises(ConnectionError, match="403"):
            await Visitor().come(server)


def test_a_page_has_its_cookies_and_its_body_without_chunks():
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2"
    page = client.Page(head, b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
    assert (page.status, page.cookies, page.body) == (200, {"a": "1", "b": "2"}, b"hello world")
