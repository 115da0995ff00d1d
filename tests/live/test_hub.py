"""One hub per process and session: everybody sees the same, and nobody waits for anybody."""

import asyncio
import json
import uuid
from functools import partial

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from participation.live import hub as hub_module
from participation.live import sockets
from participation.live.models import Attendance, Session
from surveys.models import Answer
from tests.factories import staff
from tests.live.factories import first, open_session, run
from tests.live.phones import Phone, cookie_of, in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(organisation):
    return run(open_session(organisation), "show_results")


@pytest.fixture
def question(session):
    return first(session).question.key


def hall(application):
    return application.consumer.hall


# --- Several processes ------------------------------------------------------------------------------


async def test_two_processes_show_the_same_tally(servers, session, question):
    """Over Redis at once; without a layer in common the look in the database heals it."""
    one, other = servers(), servers()
    here, there = await Phone.join(one, session), await Phone.join(other, session)
    for value in ("lib", "sea"):
        await here.answer(question, value)
        await there.answer(question, value)
    counts = {"counts": {"lib": 0, "sea": 2}}
    for phone in (here, there):
        results = await phone.get("results", where=lambda message: message["tally"] == counts)
        assert results["n"] == 2


async def test_who_comes_back_at_another_process_finds_what_they_said(servers, session, question):
    one, other = servers(), servers()
    await Phone.join(other, session)  # it has a hub before the others come
    here = await Phone.join(one, session)
    await here.answer(question, "lib")
    there = await Phone.join(other, session, person=here.person)
    assert there.snapshot["mine"]["answers"] == {str(question): "lib"}


async def test_a_command_in_one_process_moves_the_other(servers, session):
    one, other = servers(), servers()
    await Phone.join(one, session)
    there = await Phone.join(other, session)
    hall(one).heard = lambda *_: None
    hall(other).heard = lambda *_: None  # as if the command came in a third process
    await in_thread(run)(session, "close")
    assert (await there.get("step"))["step"]["open"] is False


async def test_people_are_counted_over_all_processes(servers, session):
    one, other = servers(), servers()
    here = await Phone.join(one, session)
    await Phone.join(other, session)
    await here.get("presence", where=lambda message: message["participants"] == 2)


# --- The tally --------------------------------------------------------------------------------------


async def test_the_tally_is_the_count_in_the_database(application, session, question):
    phones = [await Phone.join(application, session) for _each in range(8)]
    screen = await Phone.join(application, session, view="screen")
    for value in ("lib", "sea", "lib"):
        await asyncio.gather(*(phone.answer(question, value) for phone in phones))
    results = await screen.get("results", where=lambda message: message["tally"]["counts"]["lib"] == 8)
    assert results["tally"]["counts"] == {"lib": 8, "sea": 0}
    assert await in_thread(Answer.objects.filter(value="lib").count)() == 8
    assert await in_thread(Answer.objects.count)() == await in_thread(Attendance.objects.count)() == 8


async def test_answers_while_it_closes_are_in_or_refused_and_counted_so(application, session, question):
    phones = [await Phone.join(application, session) for _each in range(10)]
    screen = await Phone.join(application, session, view="screen")
    votes = [asyncio.ensure_future(phone.answer(question, "lib")) for phone in phones]
    await in_thread(run)(session, "close")
    outcomes = [await vote for vote in votes]
    stored = sum(outcome["type"] == "ack" for outcome in outcomes)
    assert {outcome.get("code") for outcome in outcomes} <= {None, "closed"}
    assert await in_thread(Answer.objects.count)() == stored
    moved = await screen.get("step", where=lambda message: not message["step"]["open"])
    assert moved["results"]["n"] == stored


async def test_many_changes_make_few_messages(application, session, question):
    phone = await Phone.join(application, session)
    screen = await Phone.join(application, session, view="screen")
    keys = [str(uuid.uuid4()) for _each in range(20)]
    for number, key in enumerate(keys):  # all at once: however slow the machine is, that is one rush
        await phone.say(type="answer", id=key, question=str(question), value=("lib", "sea")[number % 2])
    assert {(await phone.get("ack"))["id"] for _each in keys} == set(keys)
    other = await Phone.join(application, session)
    await other.answer(question, "sea")
    await screen.get("results", where=lambda message: message["n"] == 2)
    assert len([message for message in screen.seen if message["type"] == "results"]) < 15


# --- Coming and going -------------------------------------------------------------------------------


async def test_the_hub_goes_with_the_last_socket(application, session):
    phones = [await Phone.join(application, session) for _each in range(2)]
    await phones[0].get("presence", where=lambda message: message["participants"] == 2)
    assert len(hall(application).hubs) == 1
    await phones[0].leave()
    assert len(hall(application).hubs) == 1
    await phones[1].leave()
    assert (hall(application).hubs, hall(application)._doors) == ({}, {})
    again = await Phone.join(application, session)
    assert again.snapshot["session"]["participants"] == 2


async def test_many_at_the_door_at_once_share_one_hub(application, session):
    phones = await asyncio.gather(*(Phone.join(application, session) for _each in range(10)))
    assert len({phone.snapshot["session"]["code"] for phone in phones}) == 1
    assert len(hall(application).hubs) == 1


async def test_wrong_codes_leave_nothing_behind(application, session):
    for number in range(5):
        phone = await Phone.connect(application, session, code=f"00000{number}")
        assert await phone.closed() == 4404
    assert (hall(application).hubs, hall(application)._doors) == ({}, {})


async def test_joining_again_asks_the_database_no_more_than_once_for_many(application, session, question):
    """Ten known people who return in the same moment are one reading."""
    phones = [await Phone.join(application, session) for _each in range(10)]
    for phone in phones:
        await phone.answer(question, "lib")
    calls = []
    readers = hall(application).readers
    real = readers.run

    def counted(work, *args):
        calls.append(work.__name__)
        return real(work, *args)

    readers.run = counted
    for phone in phones:
        await phone.say(type="hello", v=1, seen=None, lang="nl")
    snapshots = [await phone.get("snapshot") for phone in phones]
    assert all(each["mine"]["answers"] == {str(question): "lib"} for each in snapshots)
    assert calls.count("mine") <= 3


async def test_a_restarting_server_stores_what_it_has_and_says_come_back(application, session, question):
    phone = await Phone.join(application, session)
    await phone.say(type="answer", id=str(uuid.uuid4()), question=str(question), value="lib")
    await phone.get("results")  # the socket has taken it
    phone.socket.future.cancel()
    assert await phone.closed() == 4012
    assert await in_thread(Answer.objects.count)() == 1


# --- Who doesn't read -------------------------------------------------------------------------------


class Deaf:
    """A phone whose network takes a few frames and then nothing."""

    def __init__(self, application, session, cookie, takes=3):
        self.inbox: asyncio.Queue = asyncio.Queue()
        self.sent, self.takes = [], takes
        self.unblocked = asyncio.Event()
        scope = {
            "type": "websocket",
            "path": f"/ws/live/{session.code}/",
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode())],
            "subprotocols": [],
        }
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.inbox.put_nowait({"type": "websocket.receive", "text": '{"type":"hello","v":1}'})
        self.task = asyncio.ensure_future(application(scope, self.inbox.get, self.send))

    async def send(self, message):
        if len(self.sent) >= self.takes:
            await self.unblocked.wait()
        self.sent.append(message)

    async def is_there(self):
        """It is accepted and has its snapshot: from now on it hears what happens."""
        await self.until(lambda: len(self.sent) > 1)

    async def until(self, condition):
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.02)


@pytest.fixture
def few_frames(monkeypatch):
    monkeypatch.setattr(sockets, "PENDING_FRAMES", 2)


async def test_who_doesnt_read_holds_up_nobody_and_gets_the_newest_state_later(
    application, organisation, session, question, few_frames
):
    deaf = Deaf(application, session, cookie_of(organisation, uuid.uuid4()))
    await deaf.is_there()
    phone = await Phone.join(application, session)
    for number in range(6):
        value = ("lib", "sea")[number % 2]
        await phone.answer(question, value)
        await phone.get("results", where=lambda news, wanted=value: news["tally"]["counts"][wanted] == 1)
    (guest,) = [each for each in _guests(application) if each.behind_since]
    assert len(guest._queue) <= 3
    deaf.unblocked.set()
    await deaf.until(lambda: _last_counts(deaf) == {"lib": 0, "sea": 1})
    deaf.inbox.put_nowait({"type": "websocket.disconnect"})
    await deaf.task


async def test_who_doesnt_read_for_long_is_closed(
    application, organisation, session, question, few_frames, monkeypatch
):
    monkeypatch.setattr(hub_module, "SLOW_AFTER", 0.3)
    deaf = Deaf(application, session, cookie_of(organisation, uuid.uuid4()))
    await deaf.is_there()
    phone = await Phone.join(application, session)
    for number in range(6):
        value = ("lib", "sea")[number % 2]
        await phone.answer(question, value)
        await phone.get("results", where=lambda news, wanted=value: news["tally"]["counts"][wanted] == 1)
    await deaf.until(lambda: any(each.is_closed for each in _guests(application)))
    deaf.unblocked.set()
    await deaf.until(lambda: deaf.sent[-1] == {"type": "websocket.close", "code": 4429})
    deaf.inbox.put_nowait({"type": "websocket.disconnect"})
    await deaf.task


def _guests(application):
    return [socket for hub in hall(application).hubs.values() for socket in hub.guests]


def _last_counts(deaf):
    for message in reversed(deaf.sent):
        news = json.loads(message.get("text") or "{}")
        if news.get("results"):
            return news["results"]["tally"]["counts"]
        if news.get("type") == "results":
            return news["tally"]["counts"]
    return None


class Transport:
    """As much of Twisted's as we look at."""

    dataBuffer, offset, _tempDataLen = b"", 0, 0


class Protocol:
    STATE_OPEN = state = 3

    def __init__(self):
        self.transport, self.written = Transport(), []

    def sendPreparedMessage(self, message):
        self.written.append(message.payload if hasattr(message, "payload") else message)


async def _reply(protocol, message):
    protocol.written.append(message)


async def test_on_daphne_a_socket_with_unread_bytes_is_left_out():
    protocol = Protocol()
    socket = sockets.Socket(partial(_reply, protocol), view="participant", participant=None)
    frame = sockets.Frame('{"type":"presence"}')
    assert socket.push(frame) is True
    protocol.transport._tempDataLen = sockets.PENDING_BYTES + 1
    assert socket.push(frame) is False
    assert socket.behind_since is not None
    protocol.transport._tempDataLen = 0
    assert socket.push(frame) is True
    assert socket.behind_since is None
    assert len(protocol.written) == 2
    assert protocol.written[0] is protocol.written[1] is frame.prepared


# --- Costs ------------------------------------------------------------------------------------------


async def test_a_message_is_encoded_once_for_everybody(application, session, question, monkeypatch):
    phones = [await Phone.join(application, session) for _each in range(6)]
    encoded = []
    real = hub_module.protocol.encode

    def counted(message):
        encoded.append(message["type"])
        return real(message)

    monkeypatch.setattr(hub_module.protocol, "encode", counted)
    await phones[0].answer(question, "lib")
    for phone in phones:
        await phone.get("results")
    assert encoded.count("results") == 1


async def test_every_language_gets_its_own_words(application, session):
    dutch = await Phone.join(application, session, lang="nl")
    english = await Phone.join(application, session, lang="en")
    await in_thread(run)(session, "hide_results", "show_results")
    for phone, language in ((dutch, "nl"), (english, "en")):
        html = (await phone.get("step"))["step"]["html"]
        with translation.override(language):
            assert translation.gettext("Your answer") in html


async def test_staff_who_lose_their_role_lose_the_room(application, session, organisation):
    user = await in_thread(staff)(organisation, "facilitator")
    client = Client()
    await in_thread(client.force_login)(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    console = await Phone.join(application, session, view="console", cookie=cookie)
    assert (await console.command("close"))["type"] == "ack"
    await in_thread(user.memberships.all().delete)()
    assert (await console.command("open"))["code"] == "forbidden"
    assert (await in_thread(Session.objects.get)()).rev == session.rev + 1
