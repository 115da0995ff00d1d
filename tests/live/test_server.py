"""Over the network, with daphne as it runs in earnest."""

import contextlib
import signal
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from participation.live.models import Attendance
from participation.organisations.models import Organisation
from participation.people import participants
from surveys.models import Answer
from tests.live.daphne import PATIENCE, Daphne
from tests.live.factories import first, open_session, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def servers(transactional_db):
    made = []

    def make():
        made.append(Daphne())
        return made[-1]

    yield make
    for server in made:
        server.close()


@pytest.fixture
def server(servers):
    return servers()


@pytest.fixture
def session(organisation):
    return run(open_session(organisation), "show_results")


@pytest.fixture
def question(session):
    return first(session).question.key


def close_code(phone) -> int | None:
    """The code with which the server closes it; reads what still comes before that."""
    try:
        while True:
            phone.socket.recv(timeout=PATIENCE)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_a_room_full_of_phones_votes_and_sees_the_same(server, session, question):
    with ThreadPoolExecutor(10) as pool:
        phones = list(pool.map(lambda _: server.phone(session.code), range(20)))
        screen = server.phone(session.code, view="screen")

        def vote(phone):
            for value in ("lib", "sea", "lib"):
                phone.vote(question, value)

        list(pool.map(vote, phones))
    wanted = {"counts": {"lib": 20, "sea": 0}}
    for each in (*phones, screen):
        assert each.get("results", "step", where=lambda news: _tally(news) == wanted)
        each.close()
    assert Answer.objects.filter(value="lib").count() == Answer.objects.count() == 20
    assert Attendance.objects.count() == 20


def _tally(news):
    return (news.get("results") or news)["tally"]


def test_messages_need_no_threads_of_their_own(server, session, question):
    phones = [server.phone(session.code) for _each in range(10)]
    for phone in phones:
        phone.vote(question, "lib")
    before = server.threads
    for _round in range(10):
        for phone in phones:
            phone.answer(question, "sea")
    for phone in phones:
        phone.vote(question, "lib")
    assert server.threads <= before


def test_a_stopped_server_says_come_back_and_nothing_is_lost(servers, session, question):
    server = servers()
    phone = server.phone(session.code)
    key = phone.answer(question, "lib")
    phone.get("ack")
    server.kill(signal.SIGTERM)
    assert close_code(phone) == 4012
    again = servers().phone(session.code, cookie=phone.cookie)
    assert again.snapshot["mine"]["answers"] == {str(question): "lib"}
    again.answer(question, "sea", key)  # sent again under its old id: the same ack, nothing stored
    again.get("ack")
    assert list(Answer.objects.values_list("value", flat=True)) == ["lib"]


def test_a_killed_server_loses_no_acknowledged_answer(servers, session, question):
    """kill -9 while answers come in; each phone comes back and sends what was not acknowledged, under the same id."""
    server = servers()
    phones = [server.phone(session.code) for _each in range(12)]
    sent = {phone: phone.answer(question, ("lib", "sea")[place % 2]) for place, phone in enumerate(phones)}
    acknowledged = set(phones[:4])
    for phone in phones[:4]:
        phone.get("ack")
    server.kill()
    for phone in phones[4:]:
        with contextlib.suppress(ConnectionClosed):
            phone.get("ack")
            acknowledged.add(phone)
    stored = dict(Answer.objects.values_list("response__participant", "value"))
    said = {_person(phone): ("lib", "sea")[place % 2] for place, phone in enumerate(phones)}
    assert all(said[person] == value for person, value in stored.items())
    assert {_person(phone) for phone in acknowledged} <= set(stored)

    again = servers()
    for place, phone in enumerate(phones):
        back = again.phone(session.code, cookie=phone.cookie)
        if phone in acknowledged:
            assert back.snapshot["mine"]["answers"] == {str(question): said[_person(phone)]}
        else:
            back.answer(question, ("lib", "sea")[place % 2], sent[phone])
            back.get("ack")
        back.close()
    assert dict(Answer.objects.values_list("response__participant", "value")) == said
    assert Answer.objects.count() == 12


def test_frames_over_16_kilobytes_get_one_error_and_far_larger_ones_close(server, session):
    phone = server.phone(session.code)
    phone.socket.send("x" * 17 * 1024)
    assert phone.get("error")["code"] == "too_large"
    phone.socket.send("[" * 16 * 1024)
    assert phone.get("error")["code"] == "invalid"
    phone.say(type="hello", v=1)
    assert phone.get("snapshot")
    phone.socket.send("x" * 70 * 1024)
    assert close_code(phone) in (None, 1009)  # daphne's own limit: it may drop without a word


def test_another_pages_origin_is_refused_at_the_door(server, session):
    with pytest.raises(InvalidStatus) as refused:
        server.phone(session.code, origin="http://evil.example")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("name", "code"), [("unknown", 4404), ("ended", 4410)])
def test_close_codes_reach_the_phone(server, session, name, code):
    cookie = server.cookie(session.code)
    if name == "ended":
        run(session, "end")
    wanted = session.code if name == "ended" else "000000"
    assert close_code(server.phone(wanted, cookie=cookie, hello=False)) == code


def test_a_flood_is_told_and_closed_and_nobody_else_waits(server, session, question):
    flood, phone = server.phone(session.code, unread=None), server.phone(session.code)
    with contextlib.suppress(ConnectionClosed):
        for _each in range(1000):
            flood.say(type="answer", id=str(uuid.uuid4()), question=str(question), value="lib")
    phone.vote(question, "sea")
    assert close_code(flood) == 4429
    assert Answer.objects.filter(response__participant=_person(phone)).count() == 1


def _person(phone):
    return participants.read(phone.cookie.split("=", 1)[1].strip('"'), Organisation.objects.get())


def test_phones_that_never_read_cost_little_and_hold_up_nobody(server, session, question):
    cookie = server.cookie(session.code)
    deaf = [_never_reads(server, session.code, cookie) for _each in range(20)]
    phone = server.phone(session.code)
    before = server.memory
    for number in range(8):
        value = ("lib", "sea")[number % 2]
        phone.answer(question, value)
        phone.get("results", where=lambda news, wanted=value: news["tally"]["counts"][wanted] == 1)
    assert server.memory - before < 20 * 1024 * 1024
    for each in deaf:
        each.close()


def _never_reads(server, code, cookie):
    """A socket with a tiny receive buffer: what it doesn't read stays with the server."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    raw.connect(("127.0.0.1", server.port))
    raw.sendall(
        f"GET /ws/live/{code}/ HTTP/1.1\r\nHost: {server.host}\r\nOrigin: http://{server.host}\r\n"
        f"Cookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    hello = b'{"type":"hello","v":1}'
    raw.sendall(bytes([0x81, 0x80 | len(hello)]) + bytes(4) + hello)
    return raw


def test_two_servers_show_the_same_tally(servers, session, question):
    one, other = servers(), servers()
    here, there = one.phone(session.code), other.phone(session.code)
    screens = [each.phone(session.code, view="screen") for each in (one, other)]
    for phone, value in ((here, "lib"), (there, "sea"), (here, "sea")):
        phone.vote(question, value)
    for screen in screens:
        assert screen.get("results", where=lambda news: news["tally"]["counts"] == {"lib": 0, "sea": 2})
    assert Answer.objects.filter(value="sea").count() == 2
