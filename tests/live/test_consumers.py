"""Every message, every error and every close code, as docs/live-protocol.md says."""

import asyncio
import json
import threading
import uuid

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as Login
from django.test import Client

from participation.core import events
from participation.live import consumers
from participation.live.models import Attendance, Session
from surveys.models import Answer
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, run, text, wall, words
from tests.live.phones import PATIENCE, Phone, cookie_of, in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(organisation):
    return open_session(organisation)


@pytest.fixture
def question(session):
    return first(session).question.key


def login_cookie(user) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.fixture
def facilitator(organisation):
    return login_cookie(staff(organisation, "facilitator"))


# --- hello and snapshot -----------------------------------------------------------------------------


async def test_hello_gives_a_snapshot_of_everything(application, session, question):
    phone = await Phone.join(application, session)
    assert phone.snapshot["rev"] == session.rev
    assert phone.snapshot["session"] == {
        "code": session.code,
        "title": "An evening",
        "state": "running",
        "pacing": "live",
        "participants": 0,
        "locked": False,
        "rehearsing": False,
        "pause_text": "",
        "captions_on_screen": True,
    }
    step = phone.snapshot["step"]
    assert [step[name] for name in ("number", "of", "type", "open", "results_shown", "timer")] == [
        1, 1, "question", True, False, None,
    ]  # fmt: skip
    assert step["question"] == {
        "key": str(question),
        "kind": "single_choice",
        "label": "Where do you meet?",
        "help": "",
        "required": False,
        "config": {"options": [{"key": "lib", "label": "Library"}, {"key": "sea", "label": "Harbour"}]},
    }
    assert phone.snapshot["results"] is None
    assert phone.snapshot["mine"] == {"answers": {}, "contributions": [], "supports": []}


async def test_a_person_who_returns_finds_their_answers(application, session, question):
    phone = await Phone.join(application, session)
    await phone.answer(question, "lib")
    await phone.leave()
    again = await Phone.join(application, session, person=phone.person)
    assert again.snapshot["mine"]["answers"] == {str(question): "lib"}


async def test_another_version_of_the_protocol_is_refused(application, session):
    phone = await Phone.connect(application, session)
    await phone.say(type="hello", v=2, seen=None, lang="nl")
    assert (await phone.get("error"))["code"] == "version"


@pytest.mark.parametrize(("lang", "detail"), [("nl", None), ("en", None)])
async def test_errors_are_in_the_readers_language(application, session, lang, detail):
    from django.utils.translation import override

    from participation.core.errors import Unknown

    phone = await Phone.join(application, session, lang=lang)
    error = await phone.answer(uuid.uuid4(), "lib")
    with override(lang):
        assert error["detail"] == str(Unknown.default)


# --- answer -----------------------------------------------------------------------------------------


async def test_an_answer_is_in_the_database_when_the_ack_comes(application, session, question):
    phone = await Phone.join(application, session)
    key = str(uuid.uuid4())
    ack = await phone.answer(question, "lib", id=key)
    assert ack == {"type": "ack", "id": key, "rev": session.rev + 1}
    assert await in_thread(list)(Answer.objects.values_list("value", flat=True)) == ["lib"]


async def test_an_old_id_after_a_newer_one_gets_its_ack_and_changes_nothing(application, session, question):
    phone = await Phone.join(application, session)
    old = str(uuid.uuid4())
    before = await phone.answer(question, "lib", id=old)
    await phone.answer(question, "sea")
    assert await phone.answer(question, "lib", id=old) == before
    assert await in_thread(list)(Answer.objects.values_list("value", flat=True)) == ["sea"]


async def test_the_same_id_on_another_socket_after_a_reconnect_counts_once(application, session, question):
    phone = await Phone.join(application, session)
    key = str(uuid.uuid4())
    await phone.answer(question, "lib", id=key)
    again = await Phone.join(application, session, person=phone.person)
    assert (await again.answer(question, "lib", id=key))["type"] == "ack"
    assert await in_thread(Answer.objects.count)() == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"value": "nowhere"}, "invalid"),
        ({"value": {"a": [1]}}, "invalid"),
        ({"value": "a\x00"}, "invalid"),
        ({"value": "\ud800"}, "invalid"),
        ({"id": "no uuid"}, "invalid"),
        ({"id": None}, "invalid"),
        ({"question": 5}, "invalid"),
        ({"question": "00000000-0000-4000-8000-000000000000"}, "unknown"),
    ],
)
async def test_a_wrong_answer_is_refused(application, session, question, message, code):
    phone = await Phone.join(application, session)
    good = {"type": "answer", "id": str(uuid.uuid4()), "question": str(question), "value": "lib"}
    await phone.say(**{**good, **message})
    assert (await phone.get("ack", "error")).get("code") == code
    assert not await in_thread(Answer.objects.exists)()


async def test_text_with_nul_or_lone_surrogates_is_invalid(application, organisation):
    session = await in_thread(open_session)(organisation, text())
    question = (await in_thread(first)(session)).question.key
    phone = await Phone.join(application, session)
    for bad in ("a\x00b", "a\ud800b"):
        assert (await phone.answer(question, bad))["code"] == "invalid"
    assert (await phone.answer(question, "A café"))["type"] == "ack"


async def test_after_closing_an_answer_is_refused(application, session, question):
    phone = await Phone.join(application, session)
    await in_thread(run)(session, "close")
    assert (await phone.answer(question, "lib"))["code"] == "closed"


async def test_without_a_cookie_one_may_look_and_not_answer(application, session, question):
    phone = await Phone.join(application, session, cookie="")
    assert (await phone.answer(question, "lib"))["code"] == "forbidden"


# --- frames that are no messages --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "invalid"),
        ("{", "invalid"),
        ("[]", "invalid"),
        ('"hello"', "invalid"),
        ("null", "invalid"),
        ("[" * 16000, "invalid"),
        ('{"a":' * 2500 + "1" + "}" * 2500, "invalid"),
        ('{"type":"hello","v":1,"seen":NaN}', "invalid"),
        ('{"type":"hello","v":1e999}', "invalid"),
        ('{"type":"hello","v":"1"}', "invalid"),
        ('{"type":"hello","v":1,"lang":["nl"]}', "invalid"),
        ('{"type":"dance"}', "unknown"),
        ('{"type":["hello"]}', "unknown"),
        ('{"type":"hello","pad":"' + "x" * 16 * 1024 + '"}', "too_large"),
        ('{"type":"hello","pad":"' + "é" * 9 * 1024 + '"}', "too_large"),
    ],
)
async def test_a_frame_that_is_no_message_gets_one_error_and_the_socket_lives(
    application, session, frame, code
):
    phone = await Phone.join(application, session)
    await phone.raw(frame)
    assert (await phone.get("error"))["code"] == code
    await phone.say(type="hello", v=1)
    await phone.get("snapshot")
    assert [message["type"] for message in phone.seen].count("error") == 1


async def test_a_deeply_nested_value_is_invalid(application, session, question):
    phone = await Phone.join(application, session)
    key = str(uuid.uuid4())
    await phone.raw(
        f'{{"type":"answer","id":"{key}","question":"{question}","value":' + "[" * 500 + "]" * 500 + "}"
    )
    error = await phone.get("error")
    assert (error["id"], error["code"]) == (key, "invalid")


async def test_a_binary_frame_gets_an_error(application, session):
    phone = await Phone.join(application, session)
    await phone.socket.send_to(bytes_data=b"\x00\x01")
    assert (await phone.get("error"))["code"] == "invalid"


async def test_who_asks_too_much_is_told_and_later_closed(application, session):
    phone = await Phone.join(application, session)
    for _each in range(40):
        await phone.say(type="nonsense")
    assert (await phone.get("error", where=lambda error: error["code"] == "too_fast"))["id"] is None
    for _each in range(400):
        await phone.say(type="nonsense")
    assert await phone.closed() == 4429


# --- doors ------------------------------------------------------------------------------------------


async def test_an_unknown_code_closes_with_4404_after_accepting(application, session):
    phone = await Phone.connect(application, session, code="000000")
    assert (phone.accepted, await phone.closed()) == (True, 4404)


async def test_a_code_of_another_organisation_is_unknown(application, session, neighbour):
    phone = await Phone.connect(application, session, host="buur.example")
    assert await phone.closed() == 4404


async def test_an_ended_session_closes_with_4410(application, session):
    await in_thread(run)(session, "end")
    phone = await Phone.connect(application, session)
    assert await phone.closed() == 4410


async def test_an_ended_private_session_is_like_an_unknown_code(application, organisation):
    session = await in_thread(open_session)(organisation, is_private=True)
    await in_thread(run)(session, "end")
    phone = await Phone.connect(application, session)
    assert await phone.closed() == 4404


async def test_whoever_ends_it_gets_the_ack_before_the_socket_closes(application, session, facilitator):
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    phone = await Phone.join(application, session)
    phone_is_closed = threading.Event()
    # The commit is there, and everybody hears of it before the console does.
    events.listen(session.topic, lambda *_: phone_is_closed.wait(PATIENCE))
    ending = asyncio.ensure_future(console.command("end"))
    assert await phone.closed() == 4410
    phone_is_closed.set()
    assert (await ending)["type"] == "ack"
    assert await console.closed() == 4410


async def test_whoever_is_in_the_room_when_it_ends_sees_it_and_is_closed(application, session):
    phone = await Phone.join(application, session)
    await in_thread(run)(session, "end")
    assert (await phone.get("step"))["session"]["state"] == "ended"
    assert await phone.closed() == 4410


@pytest.mark.parametrize("origin", ["http://evil.example", "http://testserver.evil.example", "null"])
async def test_a_page_of_another_host_is_not_let_in(application, session, origin):
    phone = await Phone.connect(application, session, origin=origin)
    assert phone.accepted is False


async def test_a_page_of_the_same_host_is_let_in(application, session):
    phone = await Phone.connect(application, session, origin="http://testserver")
    assert phone.accepted is True


# --- views and commands -----------------------------------------------------------------------------


async def test_asking_for_the_console_does_not_give_it(application, session):
    phone = await Phone.join(application, session, view="console")
    assert phone.snapshot["view"] == "participant"
    assert "script" not in phone.snapshot
    assert (await phone.command("close"))["code"] == "forbidden"


async def test_another_organisations_facilitator_gets_no_console(application, session, neighbour):
    cookie = await in_thread(login_cookie)(await in_thread(staff)(neighbour, "facilitator"))
    phone = await Phone.join(application, session, view="console", cookie=cookie)
    assert phone.snapshot["view"] == "participant"


async def test_a_moderator_gets_no_console(application, session, organisation):
    cookie = await in_thread(login_cookie)(await in_thread(staff)(organisation, "moderator"))
    phone = await Phone.join(application, session, view="console", cookie=cookie)
    assert phone.snapshot["view"] == "participant"


async def test_a_screen_for_staff_only_shows_others_the_phones_view(application, organisation, facilitator):
    session = await in_thread(open_session)(organisation, screen_is_public=False)
    stranger = await Phone.join(application, session, view="screen")
    assert stranger.snapshot["view"] == "participant"
    member = await Phone.join(application, session, view="screen", cookie=facilitator)
    assert member.snapshot["view"] == "screen"


async def test_a_participants_command_is_forbidden(application, session):
    phone = await Phone.join(application, session)
    assert (await phone.command("close"))["code"] == "forbidden"
    assert (await in_thread(first)(session)).is_open


async def test_the_console_moves_the_room_and_everybody_sees_it(application, organisation, facilitator):
    session = await in_thread(make_session)(organisation, choice(), choice("And where not?"))
    phone = await Phone.join(application, session)
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    assert console.snapshot["script"][1]["label"] == "And where not?"
    for name in ("next", "next", "open"):
        ack = await console.command(name)
    moved = await phone.get("step", where=lambda message: message["rev"] == ack["rev"])
    assert (moved["step"]["number"], moved["step"]["open"], moved["session"]["state"]) == (2, True, "running")


async def test_a_logged_out_console_commands_nothing(application, session, organisation, facilitator):
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    await in_thread(Login.objects.all().delete)()
    assert (await console.command("close"))["code"] == "forbidden"


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("dance", {}, "unknown"),
        ("goto", {}, "invalid"),
        ("goto", {"step": "00000000-0000-4000-8000-000000000000"}, "unknown"),
        ("timer", {"seconds": "60"}, "invalid"),
        ("approve", {"contribution": "nothing"}, "unknown"),
    ],
)
async def test_a_command_that_makes_no_sense(application, session, facilitator, name, args, code):
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    assert (await console.command(name, **args))["code"] == code


async def test_two_consoles_that_press_next_at_once_move_the_room_one_step(application, organisation):
    session = await in_thread(open_session)(organisation, choice("One"), choice("Two"), choice("Three"))
    cookies = [await in_thread(lambda: login_cookie(staff(organisation, "facilitator")))() for _each in "ab"]
    consoles = [await Phone.join(application, session, view="console", cookie=cookie) for cookie in cookies]
    seen = consoles[0].snapshot["step"]["key"]
    both = await asyncio.gather(*(console.command("next", at=seen) for console in consoles))
    assert [each["type"] for each in both] == ["ack", "ack"]
    for console in consoles:
        assert (await console.get("step"))["step"]["number"] == 2
    assert (await in_thread(Session.objects.get)()).rev == session.rev + 1


async def test_a_removed_phone_is_seen_out_and_stays_out(application, session, question, facilitator):
    rude, other = [await Phone.join(application, session) for _each in "ab"]
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    await rude.answer(question, "lib")
    key = await in_thread(lambda: str(Attendance.objects.get(participant=rude.person).pk))()
    ack = await console.command("remove", person=key)
    assert await rude.closed() == 4403
    assert (await other.get("step"))["rev"] == ack["rev"]
    assert (await other.answer(question, "sea"))["type"] == "ack"
    again = await Phone.connect(application, session, person=rude.person)
    assert await again.closed() == 4403
    await console.command("let_back", person=key)
    await other.get("step")  # the room has heard of it
    assert (await Phone.join(application, session, person=rude.person)).snapshot["mine"]["answers"]


async def test_a_console_hears_no_more_after_logging_out(application, session, facilitator, monkeypatch):
    monkeypatch.setattr(consumers, "LOOK_WHO_EVERY", 0.01)
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    phone = await Phone.join(application, session)
    assert (await console.command("lock"))["type"] == "ack"
    await in_thread(Login.objects.all().delete)()
    assert await console.closed() == 4403
    assert (await phone.ask(type="support", contribution="x", on=True))["code"] == "unknown"


# --- results ----------------------------------------------------------------------------------------


async def test_results_are_for_the_console_at_once_and_for_the_room_when_shown(
    application, session, question, facilitator
):
    phone = await Phone.join(application, session)
    screen = await Phone.join(application, session, view="screen")
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    await phone.answer(question, "lib")
    counts = {"counts": {"lib": 1, "sea": 0}}
    results = await console.get("results")
    assert (results["question"], results["n"], results["tally"]) == (str(question), 1, counts)
    hidden = await screen.get("results")
    assert (hidden["n"], hidden["tally"]) == (1, None)
    await console.command("show_results")
    for shown in (await phone.get("step"), await screen.get("step")):
        assert (shown["results"]["n"], shown["results"]["tally"]) == (1, counts)
        bars = shown["results"]["charts"][0]["bars"]
        assert [(bar["label"], bar["share"]) for bar in bars] == [("Library", 1.0), ("Harbour", 0.0)]
    assert [message["type"] for message in phone.seen if message["type"] == "results"] == []


async def test_presence_counts_people_not_sockets(application, session):
    phone = await Phone.join(application, session)
    same = await Phone.join(application, session, person=phone.person)
    await Phone.join(application, session)
    await same.get("presence", where=lambda message: message["participants"] == 2)


async def test_every_message_has_a_growing_revision(application, session, question, facilitator):
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    for value in ("lib", "sea"):
        phone = await Phone.join(application, session)
        await phone.answer(question, value)
        await console.get("results")
    await console.command("close")
    await console.get("step")
    revisions = [message["rev"] for message in console.seen if "rev" in message and message["type"] != "ack"]
    assert revisions == sorted(revisions)
    assert revisions[-1] == (await in_thread(Session.objects.get)()).rev


# --- walls and the stage ----------------------------------------------------------------------------


async def test_a_note_waits_for_approval_and_then_everybody_sees_it(application, organisation, facilitator):
    session = await in_thread(open_session)(organisation, wall(approve_first=True))
    thread = (await in_thread(first)(session)).thread.public_id
    phone = await Phone.join(application, session)
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    assert (await phone.ask(type="contribute", thread=thread, text="A bench"))["type"] == "ack"
    queue = await console.get("queue")
    assert [each["text"] for each in queue["waiting"]] == ["A bench"]
    await console.command("approve", contribution=queue["waiting"][0]["contribution"])
    results = await phone.get("results", "step", where=lambda message: _texts(message))
    assert _texts(results) == ["A bench"]
    assert (await console.get("queue"))["waiting"] == []


async def test_an_answer_in_own_words_waits_where_the_editor_asks_for_it(
    application, organisation, facilitator
):
    session = await in_thread(open_session)(organisation, text(approve_first=True))
    question = (await in_thread(first)(session)).question.key
    phone = await Phone.join(application, session)
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    await console.command("show_results")
    assert (await phone.answer(question, "A bench"))["type"] == "ack"
    (waiting,) = (await console.get("queue"))["waiting"]
    assert waiting["text"] == "A bench"
    await console.command("approve", answer=waiting["answer"])
    assert _texts(await phone.get("results", "step", where=lambda message: _texts(message))) == ["A bench"]


async def test_each_word_of_a_cloud_waits_by_itself(application, organisation, facilitator):
    session = await in_thread(open_session)(organisation, words(approve_first=True))
    question = (await in_thread(first)(session)).question.key
    phone = await Phone.join(application, session)
    console = await Phone.join(application, session, view="console", cookie=facilitator)
    await console.command("show_results")
    assert (await phone.answer(question, ["Green", "rude"]))["type"] == "ack"
    waiting = {each["text"]: each["answer"] for each in (await console.get("queue"))["waiting"]}
    assert list(waiting) == ["Green", "rude"]
    await console.command("hide", answer=waiting["rude"])
    await console.command("approve", answer=waiting["Green"])
    seen = await phone.get("results", "step", where=lambda message: _results(message)["tally"]["words"])
    assert (_results(seen)["n"], _results(seen)["tally"]["words"]) == (1, {"green": 1})
    assert [(bar["label"], bar["size"]) for bar in _results(seen)["charts"][0]["bars"]] == [("Green", 1)]


async def test_a_note_that_is_sent_twice_is_there_once(application, organisation):
    session = await in_thread(open_session)(organisation, wall())
    thread = (await in_thread(first)(session)).thread
    phone = await Phone.join(application, session)
    key = str(uuid.uuid4())
    for _again in range(2):
        ack = await phone.ask(type="contribute", id=key, thread=thread.public_id, text="A bench")
        assert ack["type"] == "ack"
    assert await in_thread(thread.contributions.count)() == 1


async def test_a_question_to_the_stage_is_supported_once_per_person(application, organisation):
    session = await in_thread(open_session)(organisation, wall(kind="stage"))
    thread = (await in_thread(first)(session)).thread.public_id
    phone = await Phone.join(application, session)
    await phone.ask(type="contribute", thread=thread, text="When?", name="Ann")
    results = await phone.get("results")
    text = results["tally"]["texts"][0]
    assert (text["name"], text["supports"], results["thread"]) == ("Ann", 0, thread)
    other = await Phone.join(application, session)
    for _again in range(2):
        await phone.ask(type="support", contribution=text["id"], on=True)
    await other.get("results", where=lambda message: message["tally"]["texts"][0]["supports"] == 1)
    again = await Phone.join(application, session, person=phone.person)
    assert again.snapshot["mine"]["supports"] == [text["id"]]
    assert again.snapshot["mine"]["contributions"] == [
        {"id": text["id"], "thread": thread, "text": "When?", "state": "visible"}
    ]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": ""}, "invalid"),
        ({"text": "a\x00b"}, "invalid"),
        ({"text": "x" * 3000}, "invalid"),
        ({"thread": "nothing"}, "unknown"),
    ],
)
async def test_a_wrong_note_is_refused(application, organisation, message, code):
    session = await in_thread(open_session)(organisation, wall())
    thread = (await in_thread(first)(session)).thread
    phone = await Phone.join(application, session)
    note = {"type": "contribute", "thread": thread.public_id, "text": "A bench", **message}
    assert (await phone.ask(**note))["code"] == code
    assert await in_thread(thread.contributions.count)() == 0


def _results(message):
    return message["results"] if message["type"] == "step" else message


def _texts(message):
    return [text["text"] for text in (message.get("results") or message)["tally"]["texts"]]


# --- shape ------------------------------------------------------------------------------------------


async def test_a_languages_words_reach_the_readers_of_that_language(application, organisation):
    from participation.live.actions import add_translation
    from tests.live.factories import stream

    raw = choice()
    session = await in_thread(open_session)(organisation, raw)
    english = json.loads(json.dumps(raw))
    english["value"]["label"] = "In English"
    await in_thread(add_translation)(session, await in_thread(stream)(english), "en", "The evening")
    dutch = await Phone.join(application, session, lang="nl")
    reader = await Phone.join(application, session, lang="en-GB")
    assert (dutch.snapshot["session"]["title"], reader.snapshot["session"]["title"]) == (
        "An evening",
        "The evening",
    )
    assert reader.snapshot["step"]["question"]["label"] == "In English"
    assert cookie_of(organisation, dutch.person)
