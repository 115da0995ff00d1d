"""Several people on one phone, a helper, a table: each is somebody, and nobody is somebody on another phone."""

import uuid

import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.utils import timezone

from participation.core import erasure
from participation.core.errors import Forbidden, Invalid
from participation.live import queries, seats
from participation.live.actions import contribute, introduce, support
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance, Seat, Session
from participation.people import actions as people
from participation.people.models import Participant
from participation.projects.models import Receipt
from surveys.models import Answer, Response
from tests.factories import ProjectFactory, UserFactory
from tests.live.factories import choice, first, make_session, open_session, run, talk, wall
from tests.live.phones import Phone, in_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


@pytest.fixture
def session(organisation):
    return open_session(organisation)


def answer(session, phone, value, seat=0):
    person = seats.person_at(phone, seat)
    entry = Entry(person, uuid.uuid4(), "nl", first(session).question_id, value, phone=phone, seat=seat)
    return commit(session.pk, [entry])[0]


def votes(session):
    rows = Answer.objects.filter(response__collector=session.collector).order_by("value")
    return list(rows.values_list("response__participant", "value"))


# --- Who is who -------------------------------------------------------------------------------------


def test_each_seat_is_a_person_of_this_phone_and_of_no_other():
    one, other = uuid.uuid4(), uuid.uuid4()
    assert seats.people_of(one)[0] == one
    assert len({*seats.people_of(one), *seats.people_of(other)}) == 2 * seats.MOST
    assert seats.people_of(one) == seats.people_of(one)


def test_two_people_on_one_phone_have_an_answer_each(session):
    phone = uuid.uuid4()
    answer(session, phone, "lib")
    answer(session, phone, "sea", seat=1)
    answer(session, phone, "sea")
    assert sorted(votes(session)) == sorted([(phone, "sea"), (seats.person_at(phone, 1), "sea")])
    sitting = Attendance.objects.order_by("seat").values_list("phone", "seat")
    assert list(sitting) == [(None, 0), (phone, 1)]


def test_the_phones_people_write_and_support_each_for_themselves(organisation):
    session, phone = open_session(organisation, wall()), uuid.uuid4()
    thread = first(session).thread
    contribute(session.pk, phone, uuid.uuid4(), thread.public_id, "A tree", "", "nl", seat=2)
    note = thread.contributions.get()
    assert note.participant_id == seats.person_at(phone, 2)
    support(session.pk, phone, uuid.uuid4(), note.public_id, True)
    support(session.pk, phone, uuid.uuid4(), note.public_id, True, seat=2)
    assert note.supports.count() == 2


# --- How they answer --------------------------------------------------------------------------------


def test_a_table_is_one_answer_and_says_of_how_many_people(session):
    phone, alone = uuid.uuid4(), uuid.uuid4()
    introduce(session.pk, phone, None, name="  Window\ntable ", given_by="table", people=6)
    answer(session, phone, "lib")
    answer(session, alone, "sea")
    attendance = Attendance.objects.get(participant=phone)
    assert (attendance.nickname, attendance.given_by, attendance.people) == ("Window table", "table", 6)
    response = Response.objects.get(participant=phone)
    assert (response.given_by, response.people) == ("table", 6)
    result = queries.result(queries.room(session.pk), first(session))
    assert (result.n, result.tables) == (2, {"n": 1, "people": 6})
    shown = queries.snapshot(run(session, "show_results"), "participant", None, "en")
    assert shown["results"]["charts"][0]["facts"] == ["1 table answered together: 6 people."]


def test_who_says_later_how_they_answer_changes_what_they_gave(session):
    phone = uuid.uuid4()
    answer(session, phone, "lib")
    introduce(session.pk, phone, None, given_by="helper", people=4)
    assert Response.objects.values_list("given_by", "people").get() == ("helper", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "n" * 31},
        {"name": "a\x00b"},
        {"given_by": "mayor"},
        {"given_by": "table", "people": 1},
        {"given_by": "table", "people": 21},
        {"seat": 5},
        {"seat": -1},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(session, wrong):
    with pytest.raises(Invalid):
        introduce(session.pk, uuid.uuid4(), None, **wrong)
    assert not Attendance.objects.exists()


# --- On the socket ----------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_phone_says_whose_answer_it_is(application, organisation):
    session = await in_thread(open_session)(organisation)
    question = (await in_thread(first)(session)).question.key
    phone = await Phone.join(application, session)
    assert (await phone.answer(question, "lib"))["type"] == "ack"
    assert (await phone.answer(question, "sea", seat=1))["type"] == "ack"
    me = await phone.ask(type="me", seat=1, name="Zebedee", given_by="helper", people=1)
    assert me["type"] == "ack"
    assert sorted(value for _person, value in await in_thread(votes)(session)) == ["lib", "sea"]
    for seat, value in ((0, "lib"), (1, "sea")):
        await phone.say(type="hello", v=1, lang="nl", seat=seat)
        snapshot = await phone.get("snapshot")
        assert snapshot["mine"]["answers"] == {str(question): value}
    # From now on the second person speaks, until the phone says otherwise.
    await phone.answer(question, "lib")
    assert {value for _person, value in await in_thread(votes)(session)} == {"lib"}
    await phone.leave()


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_seat_that_no_phone_has_and_a_forged_person_are_refused(application, organisation):
    session = await in_thread(open_session)(organisation)
    question = (await in_thread(first)(session)).question.key
    phone, other = await Phone.join(application, session), uuid.uuid4()
    for seat in (5, -1, "1", str(other), True):
        refused = await phone.answer(question, "lib", seat=seat)
        assert (refused["type"], refused["code"]) == ("error", "invalid")
    await phone.answer(question, "lib", participant=str(other), phone=str(other))
    assert await in_thread(votes)(session) == [(phone.person, "lib")]
    await phone.leave()


# --- The page ---------------------------------------------------------------------------------------


@pytest.fixture
def page(client):
    client.cookies["django_language"] = "en"
    return client


def post(page, session, **data):
    return page.post(f"/join/{session.code}/", data)


def test_two_people_take_turns_without_a_script(page, session):
    key = str(first(session).question.key)
    page.get(f"/join/{session.code}/")
    for seat, value in ((0, "lib"), (1, "sea")):
        response = post(page, session, what="answer", question=key, seat=seat, **{f"q-{key}": value})
        assert response["Location"].endswith("?seat=1" if seat else f"/{session.code}/")
    assert len({person for person, _value in votes(session)}) == 2
    content = page.get(f"/join/{session.code}/?seat=1").content.decode()
    assert "You answer as:" in content
    assert content.count('class="oogst-chip"') == 2
    assert 'value="1"' in content.split('name="seat"')[1][:30]


def test_a_name_and_a_table_can_be_posted(page, session):
    page.get(f"/join/{session.code}/")
    response = post(page, session, what="me", name="Oak", given_by="table", people="4", seat="0")
    assert response.status_code == 302
    assert Attendance.objects.values_list("nickname", "given_by", "people").get() == ("Oak", "table", 4)
    refused = post(page, session, what="me", name="Oak", given_by="table", people="40", seat="0")
    assert "oogst-live-alert" in refused.content.decode()


def test_a_strange_seat_in_the_address_is_the_phones_own(page, session):
    for strange in ("9", "-1", "x", "٣"):
        content = page.get(f"/join/{session.code}/", {"seat": strange}).content.decode()
        assert '"seat": 0' in content


def test_everybody_on_the_phone_gets_a_code_of_their_own(page, organisation):
    session = open_session(organisation, project=ProjectFactory(organisation=organisation))
    page.get(f"/join/{session.code}/")
    for seat in (0, 1):
        post(page, session, what="me", given_by="self", seat=seat, name="Zebedee" if seat else "")
    run(session, "end")
    content = page.get(f"/join/{session.code}/").content.decode()
    codes = [receipt.code for receipt in Receipt.objects.all()]
    assert len(codes) == 2
    assert all(code[:4] in content for code in codes)
    assert "Zebedee" in content
    assert f"/subscribe/{session.project.public_id}/" in content


# --- Their data -------------------------------------------------------------------------------------


def test_the_phones_page_covers_everybody_on_it_and_a_receipt_one_person(session):
    phone, other = uuid.uuid4(), uuid.uuid4()
    for seat in (0, 1):
        answer(session, phone, "lib", seat)
    answer(session, other, "sea")
    introduce(session.pk, phone, None, seat=1, name="Zebedee")
    held = people.held_of(None, Participant.objects.get(pk=phone))
    assert {each.pk for each in held.participants} == set(seats.people_of(phone)[:2])
    taken = held.export()["participations"]
    assert [each["live"][0]["nickname"] for each in taken] == ["", "Zebedee"]
    erasure.erase(Participant.objects.get(pk=seats.person_at(phone, 1)))
    assert {person for person, _value in votes(session)} == {phone, other}
    people.erase(held)
    assert [person for person, _value in votes(session)] == [other]


def test_it_covers_them_also_when_the_first_of_them_has_an_account(session):
    phone, user = uuid.uuid4(), UserFactory()
    for seat in (0, 1):
        answer(session, phone, "lib", seat)
    first_of_them = Participant.objects.get(pk=phone)
    Participant.objects.filter(pk=phone).update(user=user)
    held = people.held_of(user, Participant.objects.get(pk=phone))
    assert held.participants == [first_of_them, Participant.objects.get(pk=seats.person_at(phone, 1))]
    people.erase(held)
    assert votes(session) == []


def test_a_phone_at_a_neighbour_is_somebody_else(session, neighbour, page):
    theirs = make_session(neighbour, choice())
    page.get(f"/join/{session.code}/")
    post(page, session, what="me", given_by="self", seat=1, name="Zebedee")
    response = page.get(f"/join/{theirs.code}/?seat=1", headers={"host": "buur.example"})
    assert "Zebedee" not in response.content.decode()
    assert Client().get(f"/join/{session.code}/?seat=1").content.decode().count("Zebedee") == 0


def test_a_removed_phone_cannot_go_on_with_another_seat(session):
    phone = uuid.uuid4()
    answer(session, phone, "lib", seat=1)
    Attendance.objects.update(removed_at=timezone.now())
    Session.objects.update(room_rev=F("rev") + 1, rev=F("rev") + 1)
    assert answer(session, phone, "sea", seat=3)["code"] == "forbidden"
    with pytest.raises(Forbidden):
        introduce(session.pk, phone, None, seat=2, name="Me again")
    assert [value for _person, value in votes(session)] == ["lib"]


def test_another_seat_on_a_removed_phone_is_nobody(organisation):
    session = open_session(organisation, talk())
    phone = uuid.uuid4()
    commit(session.pk, [Entry(phone)])
    Attendance.objects.update(removed_at=timezone.now())
    Seat.objects.all().delete()
    Session.objects.update(room_rev=F("rev") + 1, rev=F("rev") + 1)
    commit(session.pk, [Entry(seats.person_at(phone, 3), phone=phone, seat=3)])
    assert (Attendance.objects.count(), Seat.objects.count()) == (1, 0)
