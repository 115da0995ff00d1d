"""The scoreboard of a quiz."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from participation.core.errors import Invalid
from participation.live import queries, scores, shapes
from participation.live.actions import command
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance
from surveys.models import Answer
from tests.factories import staff
from tests.live.factories import make_session, run
from tests.live.phones import cookie_of
from tests.surveys.factories import block

pytestmark = pytest.mark.django_db
SCORES = {"type": "scores", "id": str(uuid.UUID(int=9)), "value": {"title": "Who knows the town?"}}
ONE, TWO = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def quiz_of(organisation, **people):
    """Two quiz questions that everybody answers, and then the scoreboard."""
    session = make_session(organisation, block("quiz", ONE), block("quiz", TWO), SCORES)
    session.steps.update(is_open=True)
    run(session, "start")
    steps = list(session.steps.all())
    for number, (name, answers) in enumerate(people.items()):
        person = uuid.UUID(int=100 + number)
        given = [
            Entry(person, question_id=step.question_id, value=[answer])
            for step, answer in zip(steps, answers, strict=False)
        ]
        commit(session.pk, [Entry(person), *given])
        Attendance.objects.filter(participant=person).update(
            nickname="" if name.startswith("nobody") else name
        )
    return session


def board(session):
    room = queries.room(session.pk)
    return queries.result(room, room.steps[-1]).tally


def show(session, number=2):
    for step in session.steps.order_by("position")[:number]:
        step.results_shown = True
        step.save()


def test_a_right_answer_is_a_point_and_equal_points_share_a_place(organisation):
    session = quiz_of(
        organisation,
        Ada=("q2", "q2"),
        Bo=("q2", "q1"),
        Cas=("q1", "q2"),
        Dee=("q1", "q3"),
        nobody=("q2", "q2"),
    )
    show(session)
    found = board(session)
    assert [(each["place"], each["name"], each["points"]) for each in found["top"]] == [
        (1, "Ada", 2), (3, "Bo", 1), (3, "Cas", 1),
    ]  # fmt: skip
    assert (found["points"], found["of"]) == ({"2": 2, "1": 2, "0": 1}, 5)
    assert found["right"] == {ONE: ["q2"], TWO: ["q2"]}


def test_what_was_not_shown_does_not_count_and_is_not_told(organisation):
    session = quiz_of(organisation, Ada=("q1", "q2"), Bo=("q2", "q1"))
    assert board(session) == {"top": [], "points": {}, "right": {}, "of": 0}
    show(session, 1)
    found = board(session)
    assert [each["name"] for each in found["top"]] == ["Bo"]
    assert found["right"] == {ONE: ["q2"]}


def drawn(session):
    """Labels, lengths and texts of the bars; and the lines below."""
    with override("en"):
        chart = scores.chart(board(session))
    return [(bar.label, bar.share, bar.text) for bar in chart.bars], list(chart.facts)


def test_only_who_has_a_point_is_among_the_best(organisation):
    session = quiz_of(organisation, Ada=("q1", "q1"), Bo=("q3", "q3"), nobody=("q1", "q3"))
    show(session)
    assert board(session)["top"] == []
    assert board(session)["points"] == {"0": 3}
    assert drawn(session) == ([], ["Nobody has a point yet."])


NAMELESS = "People without a nickname have a place too."


def test_a_board_that_passes_places_over_says_why(organisation):
    people = {
        "nobody 1": ("q2", "q2"),
        "nobody 2": ("q2", "q2"),
        "Ada": ("q2", "q1"),
        "nobody 3": ("q1", "q1"),
    }
    session = quiz_of(organisation, **people)
    show(session)
    assert drawn(session) == ([("3. Ada", 1.0, "1")], [NAMELESS])
    Attendance.objects.update(nickname="")
    assert drawn(session) == ([], [NAMELESS])


def test_who_has_as_many_points_without_a_name_takes_no_place_away(organisation):
    session = quiz_of(organisation, Ada=("q2", "q2"), nobody=("q2", "q2"), Bo=("q2", "q2"))
    show(session)
    assert drawn(session) == ([("1. Ada", 1.0, "2"), ("1. Bo", 1.0, "2")], [])


def test_a_phone_that_was_removed_has_its_place_and_no_name(organisation):
    session = quiz_of(organisation, Rude=("q2", "q2"), Bo=("q2", "q1"))
    show(session)
    Attendance.objects.filter(nickname="Rude").update(removed_at=timezone.now())
    assert board(session)["top"] == [{"place": 2, "name": "Bo", "points": 1}]


def test_ten_are_named_and_no_more(organisation):
    session = quiz_of(organisation, **{f"P{number:02}": ("q2", "q1") for number in range(12)})
    show(session)
    assert [each["name"] for each in board(session)["top"]] == [f"P{number:02}" for number in range(10)]


@pytest.mark.parametrize("view", ["participant", "screen", "console"])
def test_every_view_gets_it_drawn(organisation, view):
    session = quiz_of(organisation, Ada=("q2", "q2"))
    show(session)
    run(session, "next", "next")
    results = shapes.snapshot(queries.state(session.pk), view, "en")["results"]
    (chart,) = results["charts"]
    assert [(bar["label"], bar["text"]) for bar in chart["bars"]] == [("1. Ada", "2")]


def test_a_phone_without_a_script_reads_its_place_and_the_board(organisation, client):
    session = quiz_of(organisation, Ada=("q2", "q2"), Bo=("q1", "q2"))
    show(session)
    run(session, "next", "next")
    client.cookies["django_language"] = "en"
    client.cookies[settings.PARTICIPANT_COOKIE_NAME] = cookie_of(organisation, uuid.UUID(int=101)).split(
        "=", 1
    )[1]
    content = client.get(f"/join/{session.code}/").content.decode()
    assert "You: place 2 of 2, with 1 right." in content
    assert "1. Ada" in content
    run(session, "previous")
    assert "You had it right." in client.get(f"/join/{session.code}/").content.decode()
    run(session, "previous")
    assert "Your answer was not the right one." in client.get(f"/join/{session.code}/").content.decode()
    content = client.get(f"/live/{session.code}/screen/").content.decode()
    assert "1967" in content


def test_the_screen_without_a_script_has_the_board(organisation, client):
    session = quiz_of(organisation, Ada=("q2", "q2"))
    show(session)
    run(session, "next", "next")
    assert "1. Ada" in client.get(f"/live/{session.code}/screen/").content.decode()


def test_a_scoreboard_is_not_opened(organisation, client):
    session = quiz_of(organisation, Ada=("q2", "q2"))
    run(session, "next", "next")
    assert shapes.snapshot(queries.state(session.pk), "console", "en")["step"]["open"] is False
    with pytest.raises(Invalid):
        run(session, "open")
    client.force_login(staff(organisation, "facilitator"))
    content = client.get(f"/live/{session.code}/console/").content.decode()
    assert 'value="open"' not in content
    assert 'value="close"' not in content
    assert 'value="hide_results"' in content


# --- At one's own pace ------------------------------------------------------------------------------


@pytest.fixture
def tour(organisation):
    script = (block("quiz", ONE), block("quiz", TWO), SCORES)
    return run(make_session(organisation, *script, pacing="own"), "start")


@pytest.fixture
def phone(client, organisation):
    client.cookies["django_language"] = "en"
    client.cookies[settings.PARTICIPANT_COOKIE_NAME] = cookie_of(organisation, uuid.UUID(int=101)).split(
        "=", 1
    )[1]
    return client


def page(phone, session, step):
    return phone.get(f"/join/{session.code}/", {"step": step}).content.decode()


def own_step(content):
    return json.loads(re.search(r'<script id="own" type="application/json">(.*?)</script>', content)[1])


def reply(phone, session, key, value):
    sent = {"what": "answer", "question": key, "step": "1", f"q-{key}": value}
    return phone.post(f"/join/{session.code}/", sent)


def test_what_is_right_is_told_after_ones_own_answer_and_never_before(tour, phone):
    commit(tour.pk, [Entry(uuid.UUID(int=7), question_id=tour.steps.first().question_id, value=["q2"])])
    for step in (1, 2, 3):
        content = page(phone, tour, step)
        own = own_step(content)
        assert "right" not in (own["step"]["question"] or {"config": {}})["config"]
        if step < 3:
            assert (own["step"]["open"], own["results"]) == (True, None)
        else:
            assert own["results"]["tally"]["right"] == {}
        assert "Right answer" not in content
    reply(phone, tour, ONE, "q1")
    content = page(phone, tour, 1)
    own = own_step(content)
    assert own["step"]["question"]["config"]["right"] == ["q2"]
    assert own["results"]["tally"]["right"] == 1
    assert "Your answer was not the right one." in content
    assert own_step(page(phone, tour, 3))["results"]["tally"]["right"] == {ONE: ["q2"]}
    assert "right" not in own_step(page(phone, tour, 2))["step"]["question"]["config"]


def test_who_knows_what_is_right_keeps_their_answer(tour, phone):
    assert reply(phone, tour, ONE, "q1").status_code == 302
    assert own_step(page(phone, tour, 1))["step"]["open"] is False
    assert reply(phone, tour, ONE, "q2").status_code == 409
    assert Answer.objects.get().value == ["q1"]
    # Where staff hide the results nothing is told, and it can be changed.
    leader = staff(tour.organisation, "facilitator")
    command(tour, "hide_results", {"step": str(tour.steps.first().key)}, leader)
    assert "right" not in own_step(page(phone, tour, 1))["step"]["question"]["config"]
    assert reply(phone, tour, ONE, "q2").status_code == 302
    assert Answer.objects.get().value == ["q2"]


def test_the_score_is_told_at_the_end(tour, phone):
    assert "You had 0 of 2 quiz questions right." in page(phone, tour, 4)
    reply(phone, tour, ONE, "q2")
    reply(phone, tour, TWO, "q3")
    assert "You had 1 of 2 quiz questions right." in page(phone, tour, 4)
    assert "You: place 1 of 1, with 1 right." in page(phone, tour, 3)


def test_a_led_quiz_that_is_open_again_tells_newcomers_nothing_before_they_answer(organisation, phone):
    session = quiz_of(organisation, Ada=("q2", "q2"))
    show(session)
    leader = staff(organisation, "facilitator")
    run(session, "end")
    day = timezone.localdate() + timedelta(days=2)
    command(session, "open_at_own_pace", {"until": day.isoformat()}, leader)
    own = own_step(page(phone, session, 1))
    assert (own["step"]["open"], own["results"], "right" in own["step"]["question"]["config"]) == (
        True,
        None,
        False,
    )
    assert reply(phone, session, ONE, "q2").status_code == 302
    assert own_step(page(phone, session, 1))["results"]["n"] == 2


def test_it_costs_the_same_for_many(organisation):
    few, many = (
        quiz_of(organisation, **{f"P{number}": ("q2", "q1") for number in range(people)})
        for people in (2, 12)
    )
    counts = []
    for session in (few, many):
        show(session)
        room = queries.room(session.pk)
        with CaptureQueriesContext(connection) as seen:
            queries.result(room, room.steps[-1])
        counts.append(len(seen))
    assert counts == [2, 2]
