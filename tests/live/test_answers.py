"""The one place where answers are stored."""

import uuid

import pytest

from participation.live.actions import command
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance, HandledMessage, Session
from participation.people.models import Participant
from surveys.models import Answer, Response
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, option, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(organisation):
    return open_session(organisation)


def entry(session, value, person=None, message_id=None):
    return Entry(person or uuid.uuid4(), message_id or uuid.uuid4(), "nl", first(session).question_id, value)


def values(session):
    return sorted(
        Answer.objects.filter(response__collector=session.collector).values_list("value", flat=True)
    )


def test_an_answer_is_stored_with_everything_it_needs(session):
    person = uuid.uuid4()
    assert commit(session.pk, [entry(session, "lib", person)]) == [{"rev": session.rev + 1}]
    response = Response.objects.get(participant_id=person)
    assert (response.collector, response.version, response.language) == (
        session.collector,
        session.version,
        "nl",
    )
    assert response.submitted_at is not None
    assert values(session) == ["lib"]
    assert Participant.objects.get().organisation == session.organisation
    assert Attendance.objects.filter(session=session, participant=person).count() == 1


def test_the_last_answer_of_a_person_counts_within_a_batch_and_after_it(session):
    person, other = uuid.uuid4(), uuid.uuid4()
    commit(
        session.pk,
        [entry(session, "lib", person), entry(session, "sea", other), entry(session, "sea", person)],
    )
    assert values(session) == ["sea", "sea"]
    commit(session.pk, [entry(session, "lib", person)])
    assert values(session) == ["lib", "sea"]


def test_a_handled_id_gets_its_outcome_again_and_stores_nothing(session):
    person, old = uuid.uuid4(), uuid.uuid4()
    before = commit(session.pk, [entry(session, "lib", person, old)])
    commit(session.pk, [entry(session, "sea", person)])
    assert commit(session.pk, [entry(session, "lib", person, old)]) == before
    assert values(session) == ["sea"]
    assert HandledMessage.objects.count() == 2


def test_the_same_id_twice_in_one_batch_counts_once(session):
    person, key = uuid.uuid4(), uuid.uuid4()
    outcomes = commit(session.pk, [entry(session, "lib", person, key), entry(session, "sea", person, key)])
    assert outcomes == [{"rev": session.rev + 1}] * 2
    assert values(session) == ["lib"]


def test_one_persons_id_says_nothing_about_anothers(session):
    key = uuid.uuid4()
    commit(session.pk, [entry(session, "lib", message_id=key), entry(session, "sea", message_id=key)])
    assert values(session) == ["lib", "sea"]


def test_a_closed_step_takes_no_answer_and_remembers_that_it_refused(session):
    person, key = uuid.uuid4(), uuid.uuid4()
    run(session, "close")
    assert commit(session.pk, [entry(session, "lib", person, key)]) == [{"code": "closed"}]
    run(session, "open")
    assert commit(session.pk, [entry(session, "lib", person, key)]) == [{"code": "closed"}]
    assert values(session) == []


@pytest.mark.parametrize("name", ["pause", "end"])
def test_a_room_that_is_not_running_takes_no_answer(session, name):
    run(session, name)
    assert commit(session.pk, [entry(session, "lib")]) == [{"code": "closed"}]


def test_an_open_step_takes_answers_also_when_the_room_has_moved_on(organisation):
    session = open_session(organisation, choice(), choice())
    run(session, "next")
    commit(session.pk, [entry(session, "lib")])
    assert values(session) == ["lib"]


def test_locked_means_that_given_answers_stay_and_new_ones_come_in(session):
    person = uuid.uuid4()
    commit(session.pk, [entry(session, "lib", person)])
    run(session, "lock")
    outcomes = commit(session.pk, [entry(session, "sea", person), entry(session, "sea")])
    assert [outcome.get("code") for outcome in outcomes] == ["closed", None]
    assert values(session) == ["lib", "sea"]


def test_a_question_that_was_taken_out_of_a_locked_room_is_unknown(organisation):
    session, person = open_session(organisation, choice(), choice()), uuid.uuid4()
    answers = [entry(session, "lib", person), entry(session, "sea", person)]
    commit(session.pk, answers[:1])
    session = run(session, "next", "open", "lock")
    first(session).delete()
    assert commit(session.pk, answers[1:]) == [{"code": "unknown"}]


def test_statements_that_come_one_by_one_are_all_kept_also_in_one_batch(organisation):
    asked = choice("Agree?", "statements", statements=[option("s1", "Fine."), option("s2", "Too loud.")])
    session, person = open_session(organisation, asked), uuid.uuid4()
    given = [{"s1": "agree"}, {"s2": "pass"}, {"s1": "disagree"}]
    outcomes = commit(session.pk, [entry(session, value, person) for value in given])
    assert outcomes == [{"rev": session.rev + 1}] * 3
    assert dict(Answer.objects.values_list("item", "value")) == {"s1": "disagree", "s2": "pass"}


def test_points_are_divided_anew_also_in_one_batch(organisation):
    asked = choice("How much?", "points", items=[option("b1", "Books"), option("b2", "Soup")], total=10)
    session, person = open_session(organisation, asked), uuid.uuid4()
    commit(session.pk, [entry(session, value, person) for value in ({"b1": 10}, {"b2": 10})])
    assert values(session) == [{"b2": 10}]


def test_another_sessions_question_is_unknown(session, organisation):
    other = open_session(organisation)
    assert commit(session.pk, [entry(other, "lib")]) == [{"code": "unknown"}]


def test_no_answer_takes_the_answer_back(session):
    person = uuid.uuid4()
    commit(session.pk, [entry(session, "lib", person)])
    commit(session.pk, [entry(session, None, person)])
    assert values(session) == []


def test_a_new_round_counts_from_nothing_and_keeps_the_old_answers(session):
    person = uuid.uuid4()
    commit(session.pk, [entry(session, "lib", person)])
    run(session, "reset_step")
    commit(session.pk, [entry(session, "sea", person)])
    rows = Answer.objects.order_by("round").values_list("round", "value")
    assert list(rows) == [(0, "lib"), (1, "sea")]


def test_joining_counts_a_person_once_and_raises_no_revision(session):
    person = uuid.uuid4()
    commit(session.pk, [Entry(person), Entry(person)])
    commit(session.pk, [Entry(person)])
    assert Attendance.objects.filter(session=session).count() == 1
    assert Session.objects.get(pk=session.pk).rev == session.rev


def test_a_batch_costs_the_same_number_of_queries_for_one_and_for_thirty(session, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    commit(session.pk, [entry(session, "lib")])
    counts = []
    for size in (1, 30):
        batch = [entry(session, "lib") for _each in range(size)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            commit(session.pk, batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_command_is_handled_once_per_id(session):
    actor, key = staff(session.organisation, "facilitator"), uuid.uuid4()
    before = command(session, "reset_step", {}, actor, key)
    assert command(session, "reset_step", {}, actor, key) == before
    assert first(session).round == 1


def test_a_phase_that_does_not_allow_sessions_closes_them(organisation):
    from tests.factories import PhaseFactory, ProjectFactory

    project = ProjectFactory(organisation=organisation)
    session = open_session(organisation, project=project)
    phase = PhaseFactory(project=project, allows=["idea"])
    assert commit(session.pk, [entry(session, "lib")]) == [{"code": "closed"}]
    phase.allows = ["session"]
    phase.save()
    assert "rev" in commit(session.pk, [entry(session, "lib")])[0]


def test_in_the_lobby_nothing_is_taken(organisation):
    session = make_session(organisation)
    assert commit(session.pk, [entry(session, "lib")]) == [{"code": "closed"}]
