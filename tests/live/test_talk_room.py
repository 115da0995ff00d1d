"""Tables over the socket and by form: who hears what, how many queries that takes, what stays and what goes."""

import threading
import uuid
from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.core import erasure
from participation.core.errors import Unknown
from participation.live import queries, talks
from participation.live.actions import contribute, take_seat
from participation.live.actions.answers import Entry, commit
from participation.live.exports import Export
from participation.live.models import Seat, Session
from participation.live.reports import report
from participation.needs import sources
from participation.people.models import Participant
from tests.factories import staff
from tests.live.factories import first, make_session, open_session, run, slide, table, talk
from tests.live.phones import Phone, in_thread
from tests.live.test_consumers import login_cookie


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


def join(session, n=1):
    found = [uuid.uuid4() for _each in range(n)]
    commit(session.pk, [Entry(person) for person in found])
    return found


def number_of(session, person):
    return Seat.objects.get(step__session=session, participant=person).table.number


def thread(session, number):
    return first(session).tables.get(number=number).thread.public_id


def write(session, person, text="A bench"):
    wall = thread(session, number_of(session, person))
    return contribute(session.pk, person, uuid.uuid4(), wall, text, "", "nl")


# --- The socket -------------------------------------------------------------------------------------


def sits(number):
    return lambda news: (
        bool(news["results"]) and (news["results"]["tally"]["own"] or {}).get("number") == number
    )


def has(text, place="own"):
    def look(news):
        tally = (news.get("results") or news)["tally"]
        return text in [
            each["text"]
            for each in ((tally["own"] or {"texts": []})["texts"] if place == "own" else tally["texts"])
        ]

    return look


@pytest.mark.django_db(transaction=True)
async def test_a_table_hears_its_own_notes_and_screen_and_console_see_all(application, organisation):
    session = await in_thread(make_session)(organisation, talk(by="choice"))
    facilitator = await in_thread(staff)(organisation, "facilitator")
    await in_thread(run)(session, "open", actor=facilitator)
    one, two = await in_thread(lambda: [thread(session, n) for n in (1, 2)])()
    key = str((await in_thread(first)(session)).key)
    phones = [await Phone.join(application, session) for _each in range(3)]
    screen = await Phone.join(application, session, view="screen")
    for phone, wall in zip(phones, (one, one, two), strict=True):
        assert (await phone.ask(type="take_seat", step=key, table=wall))["type"] == "ack"
    said = await phones[0].ask(type="contribute", thread=one, text="A bench")
    assert said["type"] == "ack"
    refused = await phones[2].ask(type="contribute", thread=one, text="Not mine")
    assert (refused["type"], refused["code"]) == ("error", "forbidden")
    await phones[0].get("results", where=has("A bench"))
    await phones[1].get("results", where=has("A bench"))
    await phones[2].ask(type="contribute", thread=two, text="Light")
    await phones[2].get("results", where=has("Light"))
    assert "A bench" not in str(phones[2].seen + screen.seen)
    assert "Light" not in str(phones[0].seen)
    await in_thread(run)(session, "show_results", actor=facilitator)
    for phone in (*phones, screen):
        told = await phone.get("step", where=lambda news: news["step"]["results_shown"])
        assert has("A bench", "all")(told)
        assert has("Light", "all")(told)
    for phone in (*phones, screen):
        await phone.leave()


@pytest.mark.django_db(transaction=True)
async def test_who_comes_in_late_hears_where_they_sit(application, organisation):
    session = await in_thread(open_session)(organisation, talk())
    phones = [await Phone.join(application, session) for _each in range(4)]
    numbers = []
    for phone in phones:
        news = await phone.get("results", where=lambda each: bool(each["tally"]["own"]))
        numbers.append(news["tally"]["own"]["number"])
    assert Counter(numbers) == {1: 2, 2: 2}
    again = await Phone.join(application, session, person=phones[0].person)
    assert again.snapshot["results"]["tally"]["own"]["number"] == numbers[0]
    assert str(phones[1].person) not in str(again.seen)
    for phone in (*phones, again):
        await phone.leave()


# --- Queries ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_ninety_people_at_ten_tables_take_as_many_queries_as_four_at_two(organisation):
    counts = []
    for n, many in ((4, 2), (90, 10)):
        session = open_session(organisation, talk(count=many))
        with CaptureQueriesContext(
            connection,
        ) as joining:
            everybody = join(session, n)
        for person in everybody[:many]:
            write(session, person)
        session = Session.objects.get(pk=session.pk)
        with CaptureQueriesContext(connection) as reading:
            state = queries.state(session.pk, with_queue=True)
            own = queries.mine(state.room, everybody)
        assert len(own) == many
        seen = talks.split(state, [Sitting(person) for person in everybody])
        assert (len(seen), sorted({len(group) for _state, group in seen})) == (many, [n // many])
        counts.append((len(joining), len(reading)))
    assert counts[0] == counts[1]


class Sitting:
    def __init__(self, participant):
        self.participant = participant


@pytest.mark.django_db
def test_mixing_ninety_people_takes_as_many_queries_as_mixing_four(organisation):
    counts = []
    actor = staff(organisation, "facilitator")
    for n in (4, 90):
        session = open_session(organisation, talk(count=2))
        join(session, n)
        run(session, "reseat", actor=actor)  # once, so that everything is warm
        with CaptureQueriesContext(connection) as mixing:
            run(session, "reseat", actor=actor)
        counts.append(len(mixing))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_people_who_come_in_at_once_fill_the_tables_evenly(organisation):
    session = open_session(organisation, talk(count=4))
    ready = threading.Barrier(4)

    def come_in():
        try:
            ready.wait(timeout=10)
            for _each in range(5):
                join(session)
        finally:
            connections.close_all()

    doors = [threading.Thread(target=come_in) for _each in range(4)]
    for door in doors:
        door.start()
    for door in doors:
        door.join(timeout=30)
    there = Seat.objects.filter(step__session=session).values_list("table__number", flat=True)
    assert Counter(there) == {1: 5, 2: 5, 3: 5, 4: 5}


# --- Isolation --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_table_of_another_session_is_not_there(organisation, neighbour):
    session = open_session(organisation, talk(by="choice"))
    theirs = open_session(neighbour, talk(by="choice"))
    (person,) = join(session)
    for wall, key in ((thread(theirs, 1), first(session).key), (thread(session, 1), first(theirs).key)):
        with pytest.raises(Unknown):
            take_seat(session.pk, person, None, key, wall)
    with pytest.raises(Unknown):
        contribute(session.pk, person, uuid.uuid4(), thread(theirs, 1), "Hi", "", "nl")


# --- By form, and at one's own pace -----------------------------------------------------------------


@pytest.fixture
def post(organisation):
    def send(client, session, **data):
        client.get(reverse("live:room", args=[session.code]))
        return client.post(reverse("live:room", args=[session.code]), data, follow=True)

    return send


@pytest.mark.django_db
def test_a_phone_without_a_script_sits_down_writes_and_reads(organisation, post):
    session, phone = open_session(organisation, talk(by="choice")), Client()
    key, wall = str(first(session).key), thread(session, 2)
    assert "Kies een tafel" in post(phone, session, what="me", given_by="self").content.decode()
    seated = post(phone, session, what="take_seat", step=key, table=wall).content.decode()
    assert 'Jouw tafel <span class="oogst-table__number">2</span>' in seated
    assert "Ik schrijf mee" in seated
    post(phone, session, what="take_notes", step=key, on="1")
    assert Seat.objects.get().takes_notes
    shown = post(phone, session, what="contribute", thread=wall, text="Een bank", key=str(uuid.uuid4()))
    assert "Een bank" in shown.content.decode()
    other = post(Client(), session, what="contribute", thread=wall, text="Stiekem", key=str(uuid.uuid4()))
    assert "data-plain" in other.content.decode()  # it says why not
    assert first(session).tables.get(number=2).thread.contributions.count() == 1


@pytest.mark.django_db
def test_at_ones_own_pace_nobody_is_seated_and_results_are_shown_when_they_may(organisation, post):
    session = make_session(organisation, talk(), pacing="own")
    session = run(session, "start")
    phone = Client()
    page = post(phone, session, what="me", given_by="self").content.decode()
    assert "praatten mensen hierover aan tafels" in page
    assert 'value="take_seat"' not in page.split("<template")[0]
    assert not Seat.objects.exists()
    key, wall = str(first(session).key), thread(session, 1)
    assert post(phone, session, what="take_seat", step=key, table=wall).status_code == 409
    assert not Seat.objects.exists()


# --- Afterwards -------------------------------------------------------------------------------------


@pytest.fixture
def evening(organisation):
    session = open_session(organisation, talk("Talk", table("a", "Green"), table("b", "Blue")))
    for person in join(session, 2):
        write(session, person, f"At table {number_of(session, person)}")
    return run(session, "close", "show_results")


@pytest.mark.django_db
def test_the_report_and_the_export_say_at_which_table_it_was(evening):
    (step,) = report(evening, "nl", public=True).steps
    assert [(g.name, [t.text for t in g.texts]) for g in step.groups] == [
        ("Tafel 1: Green", ["At table 1"]),
        ("Tafel 2: Blue", ["At table 2"]),
    ]
    rows = Export(evening, "en").table("texts")
    at, words = (rows.header.index(name) for name in ("Tafel", "Tekst"))
    assert sorted((row[at], row[words]) for row in rows.rows) == [
        ("1. Green", "At table 1"),
        ("2. Blue", "At table 2"),
    ]


@pytest.mark.django_db
def test_staff_find_what_was_written_at_tables_among_what_was_heard(evening, organisation, neighbour):
    assert {note.text for note in sources.contributions(organisation)} == {"At table 1", "At table 2"}
    assert not sources.contributions(neighbour).exists()


@pytest.mark.django_db
def test_a_participant_gets_and_erases_where_they_sat(evening):
    person = Participant.objects.filter(attendances__session=evening).first()
    number = number_of(evening, person.pk)
    exported = str(erasure.export(person))
    assert f"'table': {number}" in exported
    erasure.erase(person)
    assert Seat.objects.filter(step__session=evening).count() == 1


def at_tables(news):
    """How many people sit there, and how many notes there are, as the console hears it."""
    tables = ((news.get("results") or news).get("tally") or {}).get("tables", [])
    return sum(each["people"] for each in tables), sum(each["n"] for each in tables)


@pytest.mark.django_db(transaction=True)
async def test_made_up_people_sit_down_write_and_are_gone(application, organisation, monkeypatch):
    monkeypatch.setattr("participation.live.crowd.SLOWEST", 0.2)
    monkeypatch.setattr("participation.live.crowd.TICK", 0.05)
    session = await in_thread(make_session)(organisation, talk(by="choice", count=3), slide())
    actor = await in_thread(staff)(organisation, "facilitator")
    cookie = await in_thread(login_cookie)(actor)
    console = await Phone.join(application, session, view="console", cookie=cookie)
    await in_thread(run)(session, "rehearse", "open", actor=actor)

    def quiet():
        notes = sum(t.thread.contributions.count() for t in first(session).tables.all())
        return Seat.objects.filter(step__session=session).count(), notes

    await console.get("step", "results", where=lambda news: at_tables(news) == (30, 12))
    assert await in_thread(quiet)() == (30, 12)
    await in_thread(run)(session, "end_rehearsal", actor=actor)
    assert await in_thread(quiet)() == (0, 0)
    await console.leave()
