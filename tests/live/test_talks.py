"""Conversations in small groups: tables that fill evenly, each with a wall of its own, brought together at the end."""

import uuid
from collections import Counter
from functools import partial

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from participation.contributions.models import Cluster
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.live import queries, seats
from participation.live.actions import (
    command,
    contribute,
    introduce,
    publish_session,
    support,
    take_notes,
    take_seat,
)
from participation.live.actions.answers import Entry, commit
from participation.live.blocks import TalkBlock
from participation.live.models import Seat, Session
from tests.factories import staff
from tests.live.factories import (
    choice,
    first,
    make_session,
    open_session,
    run,
    slide,
    stream,
    table,
    talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


def join(session, n=1):
    """So many phones come in, as the writer stores them."""
    found = [uuid.uuid4() for _each in range(n)]
    commit(session.pk, [Entry(person) for person in found])
    return found


def tables_of(session):
    return list(first(session).tables.select_related("thread"))


def seated(session):
    """Person -> number of the table."""
    return dict(Seat.objects.filter(step__session=session).values_list("participant", "table__number"))


def fullness(session):
    return sorted(Counter(seated(session).values()).values())


def write(session, person, number, text="A bench", **more):
    thread = tables_of(session)[number - 1].thread.public_id
    return contribute(session.pk, person, uuid.uuid4(), thread, text, "", "nl", **more)


def seen(session, person, view="participant", language="nl"):
    """The tally that this person gets."""
    return queries.snapshot(Session.objects.get(pk=session.pk), view, person, language)["results"]["tally"]


# --- The script -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"count": 4}, None),
        ({"size": 6}, None),
        ({"tables": [table("a", "Green"), table("b")], "count": None}, None),
        ({"by": "choice", "count": 3}, None),
        ({"count": None}, "count"),
        ({"count": 3, "size": 4}, "count"),
        ({"tables": [table("a")], "count": None}, "count"),
        ({"tables": [table("a"), table("b")], "count": 4}, "count"),
        ({"by": "choice", "size": 4}, "size"),
        ({"count": 1}, "count"),
        ({"count": 41}, "count"),
        ({"tables": [table("a", link="http://call.example"), table("b")], "count": None}, "tables"),
        ({"tables": [table("a", phone="ask Jan"), table("b")], "count": None}, "tables"),
    ],
)
def test_an_editor_says_how_tables_are_made(given, wrong):
    block = TalkBlock()
    raw = {"label": "Talk", "text": "", "by": "random", "tables": [], "approve_first": False, **given}
    if wrong is None:
        block.clean(block.to_python(raw))
        return
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(raw))
    assert set(refused.value.block_errors) == {wrong}


def test_tables_are_made_with_the_script(organisation):
    call = "https://call.example/room"
    session = make_session(
        organisation, talk("Talk", table("a", "Green", link=call), table("b", phone="010 123"))
    )
    assert [(t.number, t.name, t.link, t.phone) for t in tables_of(session)] == [
        (1, "Green", call, ""),
        (2, "", "", "010 123"),
    ]
    assert [t.thread.name for t in tables_of(session)] == ["Talk – Tafel 1: Green", "Talk – Tafel 2"]


def test_the_walls_of_two_sessions_with_the_same_script_are_two(organisation):
    script = talk()
    one, other = make_session(organisation, script), make_session(organisation, script)
    assert not {t.thread_id for t in tables_of(one)} & {t.thread_id for t in tables_of(other)}


def republish(session, *script):
    publish_session(
        organisation=session.organisation,
        project=None,
        page_key=session.page_key,
        name=session.name,
        script=stream(*script),
        language="nl",
    )
    if Session.objects.get(pk=session.pk).waiting:
        run(session, "take_new_version")


def test_a_table_keeps_its_wall_when_the_list_changes(organisation):
    script = talk("Talk", table("a", "Green"), table("b", "Blue"), table("c", "Red"), by="choice")
    session = open_session(organisation, script)
    before = {t.name: t.thread_id for t in tables_of(session)}
    (person,) = join(session)
    take_seat(session.pk, person, None, first(session).key, tables_of(session)[0].thread.public_id)
    write(session, person, 1)
    script["value"]["tables"] = [table("c", "Red"), table("b", "Sea"), table("d", "New")]
    republish(session, script)
    now = [(t.number, t.name, t.thread_id) for t in tables_of(session)]
    assert now[:2] == [(1, "Red", before["Red"]), (2, "Sea", before["Blue"])]
    assert now[2][:2] == (3, "New")
    assert now[3] == (4, "Green", before["Green"])  # somebody wrote there
    assert seated(session) == {person: 4}


def test_an_empty_table_goes_with_its_line_in_the_list(organisation):
    script = talk("Talk", table("a", "Green"), table("b", "Blue"), table("c", "Red"))
    session = make_session(organisation, script)
    script["value"]["tables"] = [table("a", "Green"), table("b", "Blue")]
    republish(session, script)
    assert [t.name for t in tables_of(session)] == ["Green", "Blue"]


# --- Who sits where ---------------------------------------------------------------------------------


def test_everybody_is_given_a_table_when_it_opens_and_when_they_come_later(organisation):
    session = make_session(organisation, talk(count=3))
    join(session, 7)
    assert seated(session) == {}
    run(session, "open")
    assert fullness(session) == [2, 2, 3]
    join(session, 4)
    assert fullness(session) == [3, 4, 4]


def test_coming_in_raises_the_revision_when_it_gives_a_seat(organisation):
    session = open_session(organisation, talk())
    join(session)
    assert Session.objects.get(pk=session.pk).rev == session.rev + 1


def test_the_number_of_tables_follows_from_how_many_sit_at_one(organisation):
    session = make_session(organisation, talk(size=4))
    join(session, 10)
    run(session, "open")
    assert fullness(session) == [3, 3, 4]
    join(session, 9)  # with six at a table it is full: one more, and then those are mixed
    assert len(tables_of(session)) == 5
    run(session, "reseat")
    assert fullness(session) == [3, 4, 4, 4, 4]


def test_people_on_one_phone_stay_together(organisation):
    session, phone = make_session(organisation, talk(count=4)), uuid.uuid4()
    join(session, 6)
    for seat in range(3):
        introduce(session.pk, phone, None, seat=seat, name=f"Person {seat}")
    run(session, "open")
    introduce(session.pk, phone, None, seat=3, name="Late")
    found = seated(session)
    assert len({found[seats.person_at(phone, seat)] for seat in range(4)}) == 1


def test_a_phone_that_speaks_for_many_counts_for_many(organisation):
    session, phone = make_session(organisation, talk()), uuid.uuid4()
    introduce(session.pk, phone, None, given_by="table", people=5)
    join(session, 5)
    run(session, "open")
    assert sorted(Counter(seated(session).values()).items(), key=lambda each: each[1]) == [
        (seated(session)[phone], 1),
        (3 - seated(session)[phone], 5),
    ]


def test_mixing_again_is_refused_once_people_wrote_unless_on_purpose(organisation):
    session = open_session(organisation, talk())
    everybody = join(session, 12)
    before = seated(session)
    run(session, "reseat")
    assert seated(session) != before
    assert fullness(session) == [6, 6]
    write(session, everybody[0], seated(session)[everybody[0]])
    with pytest.raises(Invalid):
        run(session, "reseat")
    command(session, "reseat", {"anyway": True}, staff(organisation, "facilitator"))
    assert sum(t.thread.contributions.count() for t in tables_of(session)) == 1


def test_by_choice_people_take_a_seat_and_change_while_it_is_open(organisation):
    session = open_session(organisation, talk(by="choice"))
    (person,) = join(session)
    assert seated(session) == {}
    one, two = [t.thread.public_id for t in tables_of(session)]
    key = first(session).key
    assert "rev" in take_seat(session.pk, person, uuid.uuid4(), key, one)
    take_notes(session.pk, person, None, key, True)
    take_seat(session.pk, person, uuid.uuid4(), key, two)
    assert seated(session) == {person: 2}
    assert not Seat.objects.get().takes_notes  # at the other table
    with pytest.raises(Unknown):
        take_seat(session.pk, person, None, key, "no such table")
    run(session, "close")
    assert take_seat(session.pk, person, uuid.uuid4(), key, one) == {"code": "closed"}
    assert seated(session) == {person: 2}
    with pytest.raises(Invalid):
        run(session, "reseat")


def test_who_is_given_a_table_chooses_none(organisation):
    session = open_session(organisation, talk())
    (person,) = join(session)
    other = tables_of(session)[2 - seated(session)[person]].thread.public_id
    with pytest.raises(Forbidden):
        take_seat(session.pk, person, None, first(session).key, other)
    newcomer = uuid.uuid4()
    take_seat(session.pk, newcomer, None, first(session).key, "")
    assert set(seated(session)) == {person, newcomer}


def test_one_at_a_time_takes_notes_at_a_table(organisation):
    session = open_session(organisation, talk())
    everybody, key = join(session, 4), first(session).key
    one, two = [person for person in everybody if seated(session)[person] == 1]
    introduce(session.pk, one, None, name="Fatma")
    take_notes(session.pk, one, None, key, True)
    assert (seen(session, one)["own"]["takes_notes"], seen(session, one)["own"]["note_taker"]) == (
        True,
        "Fatma",
    )
    assert (seen(session, two)["own"]["takes_notes"], seen(session, two)["own"]["note_taker"]) == (
        False,
        "Fatma",
    )
    take_notes(session.pk, two, None, key, True)
    assert list(Seat.objects.filter(takes_notes=True).values_list("participant", flat=True)) == [two]
    take_notes(session.pk, two, None, key, False)
    assert not seen(session, one)["own"]["has_note_taker"]
    elsewhere = open_session(organisation, talk(by="choice"))
    with pytest.raises(Forbidden):  # sits nowhere
        take_notes(elsewhere.pk, one, None, first(elsewhere).key, True)


def test_a_phone_that_is_removed_leaves_its_chair_and_gets_one_when_it_is_back(organisation):
    session = open_session(organisation, talk())
    one, other = join(session, 2)
    actor = staff(organisation, "facilitator")
    attendance = session.attendances.get(participant=one)
    command(session, "remove", {"person": str(attendance.pk)}, actor)
    assert set(seated(session)) == {other}
    with pytest.raises(Forbidden):
        take_seat(session.pk, one, None, first(session).key, "")
    command(session, "let_back", {"person": str(attendance.pk)}, actor)
    assert set(seated(session)) == {one, other}


# --- Each table for itself, then together -------------------------------------------------------------


def test_people_write_and_support_at_their_own_table_only(organisation):
    session = open_session(organisation, talk())
    one, other = join(session, 2)
    mine, theirs = seated(session)[one], seated(session)[other]
    write(session, one, mine, "A bench")
    with pytest.raises(Forbidden):
        write(session, one, theirs)
    note = tables_of(session)[mine - 1].thread.contributions.get()
    with pytest.raises(Forbidden):
        support(session.pk, other, uuid.uuid4(), note.public_id, True)
    assert "rev" in support(session.pk, one, uuid.uuid4(), note.public_id, True)
    assert [t["text"] for t in seen(session, one)["own"]["texts"]] == ["A bench"]
    assert seen(session, other)["own"]["texts"] == []
    assert seen(session, one)["texts"] == seen(session, other)["texts"] == []
    assert seen(session, None, "screen")["texts"] == []
    assert [t["text"] for t in seen(session, None, "console")["texts"]] == ["A bench"]


def test_the_call_of_a_table_is_for_who_sits_there(organisation):
    call = "https://call.example/green"
    listed = [table("a", "Green", link=call, phone="+31 10 123,,45#"), table("b", "Blue")]
    session = open_session(organisation, talk("Talk", *listed, by="choice"))
    (person,) = join(session)
    assert call not in str(seen(session, person))
    take_seat(session.pk, person, None, first(session).key, tables_of(session)[0].thread.public_id)
    own = seen(session, person)["own"]
    assert (own["link"], own["phone"], own["dial"]) == (call, "+31 10 123,,45#", "tel:+3110123,,45%23")
    assert call not in str(seen(session, None, "screen"))


def test_brought_together_everybody_reads_all_tables_with_the_most_supported_first(organisation):
    session = open_session(organisation, talk())
    everybody = join(session, 6)
    at = {number: [p for p in everybody if seated(session)[p] == number] for number in (1, 2)}
    write(session, at[2][0], 2, "Light")
    write(session, at[1][0], 1, "A bench")
    write(session, at[1][1], 1, "A tree")
    tree = tables_of(session)[0].thread.contributions.get(text="A tree")
    for person in at[1]:
        support(session.pk, person, uuid.uuid4(), tree.public_id, True)
    run(session, "close", "show_results")
    for view, person in (("participant", at[2][0]), ("participant", uuid.uuid4()), ("screen", None)):
        tally = seen(session, person, view)
        assert [(t["text"], t["supports"]) for t in tally["texts"]] == [
            ("A tree", 3),
            ("A bench", 0),
            ("Light", 0),
        ]
        assert [(t["label"], t["n"], t["people"]) for t in tally["tables"]] == [
            ("Tafel 1", 2, 3),
            ("Tafel 2", 1, 3),
        ]
    assert seen(session, None, "screen", "en")["tables"][0]["label"] == "Table 1"


def test_many_tables_bring_some_notes_each(organisation, monkeypatch):
    monkeypatch.setattr("participation.live.talk_shapes.MOST_TOGETHER", 12)
    session = open_session(organisation, talk())
    everybody = join(session, 2)
    for person in everybody:
        for number in range(8):
            write(session, person, seated(session)[person], f"Note {number}")
    run(session, "show_results")
    assert len(seen(session, None, "screen")["texts"]) == 12
    assert len(seen(session, None, "console")["texts"]) == 16
    assert [each["n"] for each in seen(session, None, "screen")["tables"]] == [8, 8]


def test_notes_stay_readable_when_it_is_closed(organisation):
    session = open_session(organisation, talk())
    (person,) = join(session)
    write(session, person, seated(session)[person])
    run(session, "close")
    assert write(session, person, seated(session)[person], "Late") == {"code": "closed"}
    assert [t["text"] for t in seen(session, person)["own"]["texts"]] == ["A bench"]


def test_staff_find_the_notes_of_tables(organisation):
    session = open_session(organisation, talk(approve_first=True), slide())
    (person,) = join(session)
    actor = staff(organisation, "facilitator")
    write(session, person, seated(session)[person])
    (waits,) = queries.snapshot(session, "console", None, "nl")["queue"]
    assert (waits["text"], waits["step"]) == ("A bench", 1)
    assert seen(session, person)["own"]["texts"] == []
    note = {"contribution": waits["contribution"]}
    command(session, "approve", note, actor)
    command(session, "pin", {**note, "on": True}, actor)
    command(session, "make_cluster", {**note, "label": "Sitting"}, actor)
    (text,) = seen(session, person)["own"]["texts"]
    assert (text["pinned"], text["group"]) == (True, "Sitting")
    command(session, "hide", note, actor)
    assert seen(session, person)["own"]["texts"] == []
    command(session, "undo_hide", note, actor)
    assert len(seen(session, person)["own"]["texts"]) == 1


def test_a_group_is_made_at_a_table_before_a_note_is_put_in_it(organisation):
    session = open_session(organisation, talk("Talk", table("a", "Green"), table("b"), by="choice"))
    green, other = [each.thread.public_id for each in tables_of(session)]
    do = partial(command, session, actor=staff(organisation, "facilitator"))
    do("make_cluster", {"label": "Sitting", "table": green})
    do("make_cluster", {"label": "Walking", "table": other})
    (person,) = join(session)
    take_seat(session.pk, person, None, first(session).key, green)
    write(session, person, 1)
    groups = {each["name"]: each for each in seen(session, None, "console")["clusters"]}
    assert {name: each["table"] for name, each in groups.items()} == {"Sitting": green, "Walking": other}
    note = seen(session, None, "console")["texts"][0]["id"]
    do("put_in_cluster", {"contribution": note, "cluster": groups["Sitting"]["id"]})
    assert [each["group"] for each in seen(session, None, "console")["texts"]] == ["Sitting"]
    with pytest.raises(Unknown):  # of another table
        do("put_in_cluster", {"contribution": note, "cluster": groups["Walking"]["id"]})
    theirs = tables_of(open_session(organisation, talk()))[0].thread.public_id
    with pytest.raises(Unknown):
        do("make_cluster", {"label": "x", "table": theirs})
    with pytest.raises(Invalid):
        do("make_cluster", {"label": "x"})


def test_without_a_script_the_console_groups_the_notes_of_a_table(organisation, client):
    session = open_session(organisation, talk("Talk", table("a", "Green"), table("b"), by="choice"))
    green, other = [each.thread.public_id for each in tables_of(session)]
    (person,) = join(session)
    take_seat(session.pk, person, None, first(session).key, green)
    write(session, person, 1)
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    path = f"/live/{session.code}/console/"
    assert f'<option value="{green}">Table 1: Green</option>' in client.get(path).content.decode()
    for label, where in (("Walking", other), ("Sitting", green)):
        client.post(path, {"command": "make_cluster", "label": label, "table": where})
    sitting = Cluster.objects.get(name="Sitting")
    note = seen(session, None, "console")["texts"][0]["id"]
    page = client.get(path, {"contribution": note}).content.decode()
    assert f'<option value="{sitting.pk}">Sitting</option>' in page
    assert "Walking</option>" not in page
    assert 'value="1"><span class="oogst-small">Table 1: Green</span>' in page
    client.post(path, {"command": f"put_in_cluster:{note}", "cluster": str(sitting.pk)})
    assert sitting.notes.count() == 1


def test_the_console_says_who_takes_notes_only_while_tables_are_open(organisation, client):
    session = open_session(organisation, talk())
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    path, said = f"/live/{session.code}/console/", "Nobody takes notes yet</span>"
    assert client.get(path).content.decode().count(said) == 2
    run(session, "close")
    assert said not in client.get(path).content.decode()


def test_together_a_note_says_how_many_are_for_it_only_when_somebody_is(organisation, client):
    session = open_session(organisation, talk())
    one, other = join(session, 2)
    for person, words in ((one, "A bench"), (other, "A tree")):
        write(session, person, seated(session)[person], words)
    liked = seen(session, one)["own"]["texts"][0]["id"]
    support(session.pk, one, None, liked, True)
    run(session, "close", "show_results")
    page = client.get(f"/join/{session.code}/").content.decode().split("<template")[0]
    assert page.count("oogst-resident-text") == 2
    assert page.count("#thumbs-up") == 1


def test_a_conversation_is_made_in_the_room(organisation):
    session = open_session(organisation, choice())
    everybody = join(session, 9)
    actor = staff(organisation, "facilitator")
    command(session, "insert_step", {"type": "talk", "text": "And now?", "tables": 3}, actor)
    step = session.steps.get(type="talk")
    assert (step.is_open, step.results_shown) == (True, False)
    seats_there = Counter(Seat.objects.filter(step=step).values_list("table__number", flat=True))
    assert seats_there == {1: 3, 2: 3, 3: 3}
    wall = step.tables.first().thread.public_id
    sitter = Seat.objects.filter(table__number=1).first().participant_id
    contribute(session.pk, sitter, uuid.uuid4(), wall, "A bench", "", "nl")
    with pytest.raises(Invalid):  # people have written
        command(session, "remove_step", {"step": str(step.key)}, actor)
    assert sitter in everybody
