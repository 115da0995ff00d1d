"""What the screens show, at a constant cost."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.live.actions import contribute
from participation.live.actions.answers import Entry, commit
from participation.live.models import Session
from participation.live.queries import session_with_code, snapshot
from participation.live.reports import report
from surveys import kinds
from surveys.kinds.base import Kind
from tests.live.factories import choice, first, make_session, open_session, run, slide, text, wall

pytestmark = pytest.mark.django_db


def queries_of(call, *args) -> int:
    with CaptureQueriesContext(connection) as captured:
        call(*args)
    return len(captured)


@pytest.mark.parametrize("view", ["participant", "screen", "console"])
def test_a_snapshot_costs_the_same_for_one_and_for_thirty(organisation, view):
    counts = []
    for size in (1, 30):
        script = [wall(approve_first=True), *(choice(str(number)) for number in range(size))]
        session = open_session(organisation, *script)
        person = uuid.uuid4()
        thread = first(session).thread.public_id
        for number in range(size):
            contribute(
                session.pk, person if number else uuid.uuid4(), None, thread, f"note {number}", "", "nl"
            )
        run(session, "next", "open", "show_results")
        step = Session.objects.get(pk=session.pk).current
        answers = [
            Entry(uuid.uuid4() if number else person, None, "nl", step.question_id, "lib")
            for number in range(size)
        ]
        commit(session.pk, answers)
        session = Session.objects.select_related("organisation").get(pk=session.pk)
        counts.append(queries_of(snapshot, session, view, person, "nl"))
    assert counts[0] == counts[1] <= 12


def test_a_report_costs_the_same_for_one_and_for_thirty(organisation):
    counts = []
    for size in (1, 30):
        session = open_session(organisation, *(choice(str(number)) for number in range(size)), wall())
        for step in session.steps.filter(type="question"):
            step.is_open = True
            step.save()
            commit(session.pk, [Entry(uuid.uuid4(), None, "nl", step.question_id, "lib")])
        counts.append(queries_of(report, session, "nl"))
    assert counts[0] == counts[1] <= 15


def test_the_report_has_every_step_with_what_came_in(organisation):
    session = run(make_session(organisation, slide("Hello"), choice("Where?"), wall("Ideas")), "start")
    steps = list(session.steps.all())
    for step in steps[1:]:
        step.is_open = True
        step.save()
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", steps[1].question_id, "lib")])
    contribute(session.pk, uuid.uuid4(), None, steps[2].thread.public_id, "A bench", "", "nl")
    made = report(session, "nl")
    assert made.people.total == 2
    assert [each.label for each in made.steps] == ["Hello", "Where?", "Ideas"]
    assert made.steps[1].result.tally == {"counts": {"lib": 1, "sea": 0}}
    assert [each.text for each in made.steps[2].texts] == ["A bench"]


def test_the_report_counts_the_last_round(organisation):
    session = open_session(organisation)
    question = first(session).question_id
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", question, "lib") for _each in range(2)])
    run(session, "reset_step")
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", question, "sea")])
    assert report(session, "nl").steps[0].result.tally == {"counts": {"lib": 0, "sea": 1}}


def test_a_code_belongs_to_its_organisation(organisation, neighbour):
    session = make_session(organisation)
    assert session_with_code(organisation, session.code) == session
    assert session_with_code(neighbour, session.code) is None


def test_hidden_results_are_in_no_snapshot_of_the_room(organisation):
    session = open_session(organisation)
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", first(session).question_id, "lib")])
    session.refresh_from_db()
    assert snapshot(session, "participant", None, "nl")["results"] is None
    assert snapshot(session, "screen", None, "nl")["results"] == {"n": 1, "tally": None}
    assert snapshot(session, "console", None, "nl")["results"]["tally"] == {"counts": {"lib": 1, "sea": 0}}


@pytest.mark.parametrize("kind", kinds.all_kinds().values(), ids=sorted(kinds.all_kinds()))
def test_every_kind_is_asked_answered_and_drawn_live(organisation, kind: Kind):
    """What a kind's file promises is enough: no screen knows it by name."""
    example = kind.example()
    raw = {"type": kind.slug, "id": str(uuid.uuid4()), "value": example["block"]}
    session = open_session(organisation, raw)
    question = first(session).question_id
    for value in example["values"]:
        person = uuid.uuid4()
        assert "rev" in commit(session.pk, [Entry(person, None, "nl", question, value)])[0]
        own = snapshot(session, "participant", person, "nl")["mine"]["answers"]
        assert own == {str(first(session).question.key): value}
    session = run(session, "show_results")
    shown = snapshot(session, "screen", None, "en")["results"]
    assert shown["n"] == len(example["values"])
    assert shown["charts"] or "texts" in shown["tally"] or "words" in shown["tally"]
    asked = snapshot(session, "participant", None, "en")["step"]
    assert 'name="q-' in asked["html"]


def test_statements_are_answered_one_by_one(organisation):
    statements = [{"type": "item", "id": key, "value": {"label": key}} for key in ("s1", "s2")]
    raw = {
        "type": "statements",
        "id": str(uuid.uuid4()),
        "value": {"label": "?", "help": "", "required": False, "statements": statements},
    }
    session = open_session(organisation, raw)
    person, question = uuid.uuid4(), first(session).question_id
    for value in ({"s1": "agree"}, {"s2": "pass"}, {"s1": "disagree"}):
        commit(session.pk, [Entry(person, None, "nl", question, value)])
    own = snapshot(session, "participant", person, "nl")["mine"]["answers"]
    assert list(own.values()) == [{"s1": "disagree", "s2": "pass"}]


def test_texts_are_newest_first_without_what_is_hidden(organisation):
    session = open_session(organisation, text())
    question = first(session).question_id
    for words in ("one", "two"):
        commit(session.pk, [Entry(uuid.uuid4(), None, "nl", question, words)])
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", question, "waits", pending=True)])
    shown = snapshot(session, "console", None, "nl")
    assert [each["text"] for each in shown["results"]["tally"]["texts"]] == ["two", "one"]
    assert [each["text"] for each in shown["queue"]] == ["waits"]
