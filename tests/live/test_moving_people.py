"""Somebody goes to another table because a facilitator says so: who goes along, what stays, and how it is taken back."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.live import seated
from participation.live.actions import command, contribute, introduce, take_notes, take_seat
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance, Seat, Session
from participation.live.seats import person_at
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, run, table, talk
from tests.live.phones import Phone, in_thread

pytestmark = pytest.mark.django_db


def wall(session, number):
    return first(session).tables.get(number=number).thread.public_id


def sit(session, name, number, phone=None, seat=0):
    """Come in under a name and choose that table; gives the phone."""
    phone = phone or uuid.uuid4()
    introduce(session.pk, phone, None, seat=seat, name=name)
    take_seat(session.pk, phone, None, first(session).key, wall(session, number), seat=seat)
    return phone


def places(session):
    """Nickname -> number of the table, of who sits somewhere."""
    rows = Seat.objects.filter(step__session=session, participant__attendances__session=session)
    return dict(rows.values_list("participant__attendances__nickname", "table__number"))


def number_of(name):
    return str(Attendance.objects.get(nickname=name).pk)


def move(session, name, number, actor=None):
    args = {"person": number_of(name), "table": wall(session, number) if number else ""}
    return command(session, "move_person", args, actor or staff(session.organisation, "facilitator"))


@pytest.fixture
def session(organisation):
    return open_session(organisation, talk("Talk", table("a", "Green"), table("b"), by="choice"))


def test_somebody_is_moved_and_back_and_their_notes_stay(session):
    anna = sit(session, "Anna", 1)
    sit(session, "Bo", 1)
    take_notes(session.pk, anna, None, first(session).key, True)
    contribute(session.pk, anna, uuid.uuid4(), wall(session, 1), "A bench", "", "nl")
    rev = move(session, "Anna", 2)["rev"]
    assert places(session) == {"Anna": 2, "Bo": 1}
    assert not Seat.objects.filter(takes_notes=True).exists()
    assert first(session).tables.get(number=1).thread.contributions.count() == 1
    assert move(session, "Anna", 2) == {"rev": rev}  # they sit there already
    move(session, "Anna", 1)
    assert places(session) == {"Anna": 1, "Bo": 1}
    assert AuditEntry.objects.filter(verb="live.move_person").count() == 2


def test_who_stands_is_given_a_seat_and_stands_again(session):
    introduce(session.pk, uuid.uuid4(), None, name="Anna")
    move(session, "Anna", 2)
    assert places(session) == {"Anna": 2}
    move(session, "Anna", 0)
    assert places(session) == {}


def test_who_shares_a_phone_and_a_table_goes_along(session):
    phone = sit(session, "Anna", 1)
    sit(session, "Bo", 1, phone, 1)
    sit(session, "Cas", 2, phone, 2)
    sit(session, "Dee", 1)
    move(session, "Bo", 2)
    assert places(session) == {"Anna": 2, "Bo": 2, "Cas": 2, "Dee": 1}
    assert Seat.objects.get(participant=person_at(phone, 1)).table.number == 2


def test_also_while_tables_are_closed_and_where_they_are_given_out(organisation):
    session = open_session(organisation, talk())
    introduce(session.pk, uuid.uuid4(), None, name="Anna")
    before = places(session)["Anna"]
    run(session, "close")
    move(session, "Anna", 3 - before)
    assert places(session) == {"Anna": 3 - before}


def test_nobody_is_moved_who_is_not_there_or_to_where_there_is_no_table(organisation, session, neighbour):
    sit(session, "Anna", 1)
    sit(session, "Bad", 1)
    other = open_session(organisation, talk(by="choice"))
    sit(other, "Elsewhere", 1)
    actor = staff(organisation, "facilitator")
    command(session, "remove", {"person": number_of("Bad")}, actor)
    asked = [
        ("Bad", wall(session, 2)),
        ("Elsewhere", wall(session, 2)),
        ("Anna", wall(other, 2)),
        ("Anna", "x"),
    ]
    for name, where in asked:
        with pytest.raises(Unknown):
            command(session, "move_person", {"person": number_of(name), "table": where}, actor)
    move_in = open_session(organisation, choice())
    introduce(move_in.pk, uuid.uuid4(), None, name="Fay")
    with pytest.raises(Invalid):
        command(move_in, "move_person", {"person": number_of("Fay"), "table": ""}, actor)
    for actor in (staff(organisation, "moderator"), staff(neighbour, "facilitator")):
        with pytest.raises(Forbidden):
            move(session, "Anna", 2, actor)
    assert places(session) == {"Anna": 1}


def test_the_list_has_names_and_else_the_place_at_the_table(session):
    sit(session, "Anna", 1)
    sit(session, "", 1)
    sit(session, "", 2)
    introduce(session.pk, uuid.uuid4(), None)
    found = seated.groups(Session.objects.get(pk=session.pk), first(session), "nl")
    assert [(group.label, [each.label for each in group.people]) for group in found] == [
        ("Tafel 1: Green", ["Anna", "Plaats 2"]),
        ("Tafel 2", ["Plaats 1"]),
        ("Niet aan een tafel", ["Persoon 1"]),
    ]


def test_one_and_thirty_people_cost_the_same(organisation):
    def cost(n):
        session = open_session(organisation, talk(count=2))
        commit(session.pk, [Entry(uuid.uuid4()) for _each in range(n)])
        step = first(session)
        with CaptureQueriesContext(connection) as queries:
            found = seated.groups(session, step, "nl")
        assert sum(len(group.people) for group in found) == n
        return len(queries)

    assert cost(1) == cost(30) == 3


def test_in_a_rehearsal_made_up_people_are_moved_and_nothing_of_it_is_kept(organisation):
    session = run(make_session(organisation, talk()), "rehearse", "open")
    one, two = seated.groups(session, first(session), "nl")
    assert (len(one.people), len(two.people)) == (15, 15)
    actor = staff(organisation, "facilitator")
    command(session, "move_person", {"person": str(one.people[0].pk), "table": two.id}, actor)
    assert [len(group.people) for group in seated.groups(session, first(session), "nl")] == [14, 16]
    run(session, "end_rehearsal")
    assert not Seat.objects.exists()


def test_without_a_script_the_console_moves_somebody(client, organisation, session):
    sit(session, "Anna <b>", 1)
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    path = f"/live/{session.code}/console/"
    page = client.get(path).content.decode()
    assert "Anna &lt;b&gt;</option>" in page
    (button,) = re.findall(r'value="(move_person:[^"]+)"', page)
    form = {"command": button, "person": number_of("Anna <b>"), "table": wall(session, 2)}
    assert _told(client.post(path, form, follow=True)) == ["They sit at the other table now."]
    assert places(session) == {"Anna <b>": 2}
    assert _told(client.post(path, {**form, "table": "x"}, follow=True)) == [str(Unknown().detail)]
    assert places(session) == {"Anna <b>": 2}


def _told(response):
    return [str(each) for each in response.context["messages"]]


def test_the_list_by_itself_is_for_facilitators_of_this_house(client, organisation, neighbour, session):
    path = f"/live/{session.code}/console/seats/"
    assert client.get(path).status_code == 302
    client.force_login(staff(organisation, "editor"))
    assert client.get(path).status_code == 403
    client.force_login(staff(neighbour, "facilitator"))
    assert client.get(path, headers={"host": "buur.example"}).status_code == 404
    client.force_login(staff(organisation, "facilitator"))
    assert client.get(path).status_code == 200
    elsewhere = open_session(organisation, choice())
    assert client.get(f"/live/{elsewhere.code}/console/seats/").status_code == 404


@pytest.mark.django_db(transaction=True)
async def test_the_phone_that_is_moved_sees_its_other_table(application, organisation):
    session = await in_thread(open_session)(organisation, talk(by="choice"))
    phone = await Phone.join(application, session)
    await in_thread(sit)(session, "Anna", 1, phone.person)
    await in_thread(move)(session, "Anna", 2)
    moved = await phone.get("step", "results", where=lambda news: _own(news) == 2)
    assert moved["rev"] > session.rev
    await phone.leave()


def _own(news):
    tally = (news.get("results") or news)["tally"] or {}
    return (tally.get("own") or {}).get("number")
