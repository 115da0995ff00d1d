import pytest

from surveys.actions import Given, record_answer, record_answers
from surveys.models import Answer
from surveys.structure import questions
from tests.surveys.factories import block, publish, response_of, section


@pytest.fixture
def asked(organisation):
    """(response, question, frozen) of a single choice."""
    version = publish(organisation, section(block("single_choice")))
    return (
        response_of(version),
        version.questionnaire.questions.get(),
        next(questions(version.structure, "nl")),
    )


def stored(**where):
    return list(Answer.objects.filter(**where).order_by("item").values_list("item", "value", "state"))


def test_a_later_answer_replaces_the_earlier(asked):
    record_answer(*asked, "a1")
    record_answer(*asked, "a2")
    assert stored() == [("", "a2", "visible")]


def test_no_answer_takes_it_back(asked):
    record_answer(*asked, "a1")
    record_answer(*asked, "")
    assert stored() == []


def test_another_round_is_another_answer(asked):
    record_answer(*asked, "a1")
    record_answer(*asked, "a2", round=1)
    assert [stored(round=0), stored(round=1)] == [[("", "a1", "visible")], [("", "a2", "visible")]]


def test_many_people_in_one_go(asked):
    response, question, frozen = asked
    other = response_of(response.version)
    record_answers([Given(response.pk, question, frozen, "a1"), Given(other.pk, question, frozen, "a2")])
    assert [stored(response=response), stored(response=other)] == [
        [("", "a1", "visible")],
        [("", "a2", "visible")],
    ]


def test_many_people_cost_as_many_queries_as_one(asked, django_assert_num_queries):
    response, question, frozen = asked
    people = [response_of(response.version) for _ in range(30)]
    with django_assert_num_queries(2):  # what was there, the upsert
        record_answers([Given(each.pk, question, frozen, "a1") for each in people])


def test_the_same_answer_again_leaves_a_hidden_one_hidden(asked):
    record_answer(*asked, "a1")
    Answer.objects.update(state="hidden")
    record_answer(*asked, "a1")
    assert stored() == [("", "a1", "hidden")]


def test_a_hidden_answer_that_is_changed_waits_for_staff(asked):
    record_answer(*asked, "a1")
    Answer.objects.update(state="hidden")
    record_answer(*asked, "a2")
    assert stored() == [("", "a2", "pending")]
