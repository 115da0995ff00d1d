"""The straight way in: the same messages, however the network cut them up, and the same answer to bad ones."""

import json
import os
import uuid

import pytest
from websockets.frames import Frame, Opcode

from participation.live.incoming import listen, stop_listening, text_of
from surveys.models import Answer
from tests.live.daphne import Daphne
from tests.live.factories import first, open_session
from tests.live.test_server import close_code

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 70_000


def frame(text: str | bytes, opcode=Opcode.TEXT, *, mask=True, fin=True) -> bytes:
    """As a phone sends it, made by another library."""
    data = text.encode() if isinstance(text, str) else text
    return Frame(opcode, data, fin=fin).serialize(mask=mask)


@pytest.mark.parametrize("text", ["", "a", "é" * 60, "x" * 125, "x" * 126, "ü" * 30_000], ids=len)
def test_one_whole_text_is_read(text):
    assert text_of(frame(text)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        frame("abc")[:-1],
        frame("abc") + b"\x81",
        frame("abc") + frame("def"),
        frame("abc", fin=False),
        frame("abc", Opcode.CONT),
        frame(b"abc", Opcode.BINARY),
        frame(b"", Opcode.PING),
        frame("abc", mask=False),
        frame(b"\xff\xfe"),
        frame("x" * LONG),
        bytes([0x81, 0xFE, 0, 3]) + os.urandom(4) + b"abc",  # a longer length than is needed
        bytes([0xC1]) + frame("abc")[1:],  # said to be compressed
    ],
    ids=range(13),
)
def test_anything_else_is_left_to_others(data):
    assert text_of(data) is None


def test_who_stops_listening_holds_on_to_nothing():
    class Protocol:
        def dataReceived(self, data):
            """As Autobahn does."""

    protocol = Protocol()
    listen(protocol, lambda text: True)
    assert "dataReceived" in vars(protocol)
    stop_listening(protocol)
    stop_listening(protocol)
    assert vars(protocol) == {}


@pytest.fixture
def server(transactional_db):
    made = Daphne()
    yield made
    made.close()


@pytest.fixture
def session(organisation):
    return open_session(organisation)


@pytest.fixture
def phone(server, session):
    joined = server.phone(session.code)
    yield joined
    joined.close()


def vote(session, value):
    """The message and its id."""
    key = str(uuid.uuid4())
    message = {"type": "answer", "id": key, "question": str(first(session).question.key), "value": value}
    return json.dumps(message), key


@pytest.mark.parametrize("ways", ["together", "in pieces", "in fragments", "one by one"])
def test_votes_arrive_however_they_are_cut(phone, session, ways):
    (lib, first_key), (sea, second_key) = vote(session, "lib"), vote(session, "sea")
    both, middle = frame(lib) + frame(sea), len(lib) // 2
    fragments = frame(lib[:middle], fin=False) + frame(lib[middle:], Opcode.CONT)
    pieces = {
        "together": [both],
        "in pieces": [both[:50], both[50 : len(lib) + 20], both[len(lib) + 20 :]],
        "in fragments": [fragments, frame(sea)],
        "one by one": [frame(lib), frame(sea)],
    }
    for piece in pieces[ways]:
        phone.socket.socket.sendall(piece)
    assert {phone.get("ack")["id"] for _each in range(2)} == {first_key, second_key}
    assert Answer.objects.get().value == "sea"


def test_an_answer_waits_for_what_the_phone_said_before(phone, session):
    me = json.dumps({"type": "me", "id": str(uuid.uuid4()), "given_by": "table", "people": 4})
    answer, key = vote(session, "lib")
    phone.socket.socket.sendall(frame(me) + frame(answer))
    while phone.get("ack")["id"] != key:
        pass
    stored = Answer.objects.get()
    assert (stored.value, stored.response.given_by, stored.response.people) == ("lib", "table", 4)


@pytest.mark.parametrize(
    "data",
    [frame(b'{"type": "answer", "value": "\xff"}'), frame("abc", mask=False)],
    ids=["not UTF-8", "not masked"],
)
def test_who_breaks_the_protocol_is_hung_up_on(phone, data):
    phone.socket.socket.sendall(data)
    assert close_code(phone) is None


def test_a_bad_answer_is_refused_and_costs_nothing(phone, session):
    phone.socket.socket.sendall(frame('{"type": "answer", "id": "x"'))
    assert phone.get("error")["code"] == "invalid"
    answer, key = vote(session, "lib")
    phone.socket.socket.sendall(frame(answer))
    assert phone.get("ack")["id"] == key
