"""The list of names on the console: somebody is removed from it, or only the name, which nobody reads any more."""

import re
import uuid

import pytest

from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.live import guests, queries, scores
from participation.live.actions import command, contribute, introduce
from participation.live.models import Attendance, Session
from tests.factories import staff
from tests.live.factories import first, make_session, open_session, run, wall
from tests.live.phones import Phone, in_thread

pytestmark = pytest.mark.django_db


def come_in(session, name, person=None, seat=0):
    person = person or uuid.uuid4()
    introduce(session.pk, person, None, seat=seat, name=name)
    return person


def number_of(name):
    return str(Attendance.objects.get(nickname=name).pk)


def do(session, verb, /, **args):
    return command(session, verb, args, staff(session.organisation, "facilitator"))


@pytest.fixture
def session(organisation):
    return open_session(organisation, wall("Your questions", kind="stage"))


@pytest.fixture
def leader(client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    return client


def names(found):
    return [each.nickname for each in found.people]


def test_the_list_has_names_in_order_and_not_who_has_none_or_is_removed(session):
    for name in ("zoë", "Anna", "", "Bad"):
        come_in(session, name)
    do(session, "remove", person=number_of("Bad"))
    assert names(guests.named(session)) == ["Anna", "zoë"]
    assert names(guests.named(session, " ZO ")) == ["zoë"]
    assert names(guests.named(session, "z\0o")) == ["zoë"]


def test_a_long_list_is_cut_and_searched_in_one_query(session, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(guests, "MOST", 2)
    for name in ("A1", "A2", "A3", "B"):
        come_in(session, name)
    with django_assert_num_queries(1):
        found = guests.named(session)
    assert (names(found), found.more) == (["A1", "A2"], 2)
    assert names(guests.named(session, "b")) == ["B"]


def test_a_removed_name_is_read_nowhere_and_its_owner_still_takes_part(session):
    person = come_in(session, "Rude")
    thread = first(session).thread.public_id
    contribute(session.pk, person, None, thread, "Why?", "Rude", "nl")
    contribute(session.pk, uuid.uuid4(), None, thread, "How?", "Sam", "nl")
    do(session, "remove_name", person=number_of("Rude"))
    shown = queries.snapshot(Session.objects.get(), "screen", None, "nl")
    assert {each["text"]: each["name"] for each in shown["results"]["tally"]["texts"]} == {
        "Why?": "",
        "How?": "Sam",
    }
    assert guests.named(session).people == []
    contribute(session.pk, person, None, thread, "And when?", "", "nl")
    assert AuditEntry.objects.filter(verb="live.remove_name").count() == 1


@pytest.mark.parametrize("again", ["Rude", "rude", " RÚDE ", "r.u-d e", "Ｒｕｄｅ"])
def test_a_removed_name_is_taken_by_nobody_again_however_it_is_spelled(session, again):
    person = come_in(session, "Rude")
    do(session, "remove_name", person=number_of("Rude"))
    for phone in (person, uuid.uuid4()):
        with pytest.raises(Invalid):
            come_in(session, again, phone)
        with pytest.raises(Invalid):
            contribute(session.pk, phone, None, first(session).thread.public_id, "Why?", again, "nl")
    come_in(session, "Ruud", person)
    assert names(guests.named(session)) == ["Ruud"]
    assert not first(session).thread.contributions.exists()


def test_a_name_of_marks_only_is_told_apart_from_others(session):
    come_in(session, "!?")
    do(session, "remove_name", person=number_of("!?"))
    with pytest.raises(Invalid):
        come_in(session, "!?")
    come_in(session, "🌳")
    come_in(session, "")
    assert names(guests.named(session)) == ["🌳"]


def test_the_name_under_a_text_is_kept_out_too_and_no_name_is_stored(session):
    person, thread = uuid.uuid4(), first(session).thread
    contribute(session.pk, person, None, thread.public_id, "Why?", "Rude", "nl")
    do(session, "remove_name", contribution=thread.contributions.get().public_id)
    with pytest.raises(Invalid):
        come_in(session, "rude", person)
    (kept,) = Session.objects.get(pk=session.pk).removed_names
    assert "rude" not in kept.lower()


def test_a_removed_name_is_welcome_in_another_session_and_after_a_rehearsal(organisation, session):
    come_in(session, "Rude")
    do(session, "remove_name", person=number_of("Rude"))
    come_in(open_session(organisation), "Rude")
    rehearsed = run(make_session(organisation), "rehearse")
    come_in(rehearsed, "Test")
    do(rehearsed, "remove_name", person=number_of("Test"))
    rehearsed = run(rehearsed, "end_rehearsal")
    come_in(rehearsed, "Test")
    assert names(guests.named(rehearsed)) == ["Test"]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "removed this name"), ("nl", "heeft deze naam weggehaald")]
)
def test_a_phone_without_a_script_is_told_why_in_its_language(client, session, lang, said):
    come_in(session, "Rude")
    do(session, "remove_name", person=number_of("Rude"))
    client.cookies["django_language"] = lang
    form = {"what": "me", "name": "Rude", "given_by": "self", "people": ""}
    assert said in client.post(f"/join/{session.code}/", form).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("lang", "said"), [("en", "removed this name"), ("nl", "heeft deze naam weggehaald")]
)
async def test_a_phone_is_told_why_in_its_language(application, organisation, lang, said):
    session = await in_thread(open_session)(organisation)
    phone = await Phone.join(application, session, lang=lang)
    assert (await phone.ask(type="me", name="Rude"))["type"] == "ack"
    number = await in_thread(number_of)("Rude")
    await in_thread(do)(session, "remove_name", person=number)
    refused = await phone.ask(type="me", name="rude")
    assert (refused["code"], said in refused["detail"]) == ("invalid", True)
    assert (await phone.ask(type="me", name=""))["type"] == "ack"
    await phone.leave()


def test_the_scoreboard_forgets_a_removed_name(session):
    person = come_in(session, "Rude")
    room = queries.room(session.pk)
    assert [each["name"] for each in scores._top(room, {person: 2})] == ["Rude"]
    do(session, "remove_name", person=number_of("Rude"))
    assert scores._top(room, {person: 2}) == []


def test_only_that_persons_name_goes_from_a_phone_with_more_people(session):
    phone = come_in(session, "Fine")
    come_in(session, "Rude", phone, seat=1)
    rev = do(session, "remove_name", person=number_of("Rude"))["rev"]
    assert names(guests.named(session)) == ["Fine"]
    person = Attendance.objects.get(seat=1).pk
    assert do(session, "remove_name", person=str(person)) == {"rev": rev}  # there is none left


def test_a_name_under_a_text_goes_by_way_of_the_text(session):
    thread = first(session).thread
    contribute(session.pk, uuid.uuid4(), None, thread.public_id, "Why?", "Rude", "nl")
    note = thread.contributions.get()
    do(session, "remove_name", contribution=note.public_id)
    note.refresh_from_db()
    assert (note.name, note.text, note.state) == ("", "Why?", "visible")


def test_made_up_people_and_real_ones_are_not_listed_together(organisation):
    session = open_session(organisation)
    come_in(session, "Real")
    come_in(session, "Test")
    Attendance.objects.filter(nickname="Test").update(is_test=True)
    assert names(guests.named(session)) == ["Real"]


def test_names_of_another_session_and_other_roles(organisation, session):
    other = open_session(organisation)
    come_in(other, "Anna")
    with pytest.raises(Unknown):
        do(session, "remove_name", person=number_of("Anna"))
    with pytest.raises(Forbidden):
        command(other, "remove_name", {"person": number_of("Anna")}, staff(organisation, "editor"))
    assert names(guests.named(session)) == []


def test_without_a_script_the_console_lists_names_and_removes_them(leader, session):
    come_in(session, "Rude <b>")
    come_in(session, "Loud")
    path = f"/live/{session.code}/console/"
    content = leader.get(path).content.decode()
    assert "Rude &lt;b&gt;" in content
    leader.post(path, {"command": f"remove_name:person:{number_of('Rude <b>')}"})
    leader.post(path, {"command": f"remove:person:{number_of('Loud')}"})
    content = leader.get(path).content.decode()
    assert "Nobody has a nickname." in content
    assert len(re.findall(r"let_back:\d+", content)) == 1


def test_the_list_by_itself_is_for_facilitators_of_this_house(client, leader, neighbour, session):
    come_in(session, "Anna")
    path = f"/live/{session.code}/console/people/"
    assert leader.get(path, headers={"host": "buur.example"}).status_code == 403
    assert "Anna" in leader.get(path).content.decode()
    assert "Nobody with this name." in leader.get(path, {"q": "x"}).content.decode()
    client.force_login(staff(session.organisation, "editor"))
    assert client.get(path).status_code == 403
    client.logout()
    assert client.get(path).status_code == 302
