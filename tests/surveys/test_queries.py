import uuid

import pytest
from django.utils import translation

from surveys.actions import add_translation, record_answer, set_collector
from surveys.models import Answer
from surveys.queries import results, summaries, tally, text_answers
from surveys.structure import questions
from tests.factories import ProjectFactory
from tests.surveys.factories import block, publish, response_of, section, structure

KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
PAGE = uuid.UUID("0e4a2a3c-2a1c-4e0e-8c39-8e8a37f0b001")


def answer(version, value, key=None, state="visible", round=0, **where):
    """Somebody's answer to the question with this key (the first, when none is said)."""
    response = response_of(version, **where)
    frozen = next(each for each in questions(version.structure, "nl") if key in (None, each.key))
    question = version.questionnaire.questions.get(key=frozen.key)
    record_answer(response, question, frozen, value, state=state, round=round)
    return question, frozen


@pytest.fixture
def version(organisation):
    return publish(organisation, section(block("single_choice", KEY), key="s1"), page_key=PAGE)


def test_people_are_counted(version):
    for value in ("a1", "a1", "a2"):
        asked = answer(version, value)
    assert tally(*asked) == {
        "n": 3,
        "tally": {"counts": {"a1": 2, "a2": 1}},
        "channels": {"web": 3},
        "tables": None,
    }


def test_who_is_still_busy_does_not_count(version):
    assert tally(*answer(version, "a1", submitted=False))["n"] == 0


@pytest.mark.parametrize("state", ["hidden", "pending"])
def test_what_is_not_visible_does_not_count(version, state):
    assert tally(*answer(version, "a1", state=state))["n"] == 0


def test_a_round_has_its_own_tally(version):
    asked = answer(version, "a1")
    answer(version, "a2", round=1)
    found = tally(*asked, round=1)
    assert (found["n"], found["tally"]) == (1, {"counts": {"a1": 0, "a2": 1}})


def test_results_take_the_round_they_are_told(version):
    question, _frozen = answer(version, "a1")
    answer(version, "a2", round=1)
    (result,) = results(version.questionnaire, "nl", rounds={question.pk: 1})
    assert (result.n, result.tally) == (1, {"counts": {"a1": 0, "a2": 1}})


def test_texts_come_newest_first_and_not_all(organisation):
    version = publish(organisation, section(block("open_text")))
    for text in ("one", "two", "three"):
        question, frozen = answer(version, text)
    assert [each["text"] for each in tally(question, frozen, limit=2)["tally"]["texts"]] == ["three", "two"]
    (result,) = results(version.questionnaire, "nl", texts=2)
    assert (result.n, [each["text"] for each in result.tally["texts"]]) == (3, ["three", "two"])


def test_languages_come_together_in_the_readers_words(version):
    english = structure(section(block("single_choice", KEY, label="Where?"), key="s1"), language="en")
    add_translation(version.questionnaire, english)
    answer(version, "a1")
    other = response_of(version)
    other.language = "en"
    other.save()
    record_answer(other, version.questionnaire.questions.get(), next(questions(english, "en")), "a1")
    (result,) = results(version.questionnaire, "en")
    assert (result.frozen.label, result.n, result.tally) == ("Where?", 2, {"counts": {"a1": 2, "a2": 0}})


def test_channels_are_counted_apart_and_together(version):
    answer(version, "a1", channel="web")
    answer(version, "a1", channel="paper")
    (result,) = results(version.questionnaire, "nl")
    assert [(each.channel, each.n) for each in result.channels] == [("paper", 1), ("web", 1)]
    assert (result.n, result.tally) == (2, {"counts": {"a1": 2, "a2": 0}})


def test_an_option_that_was_answered_and_then_removed_is_still_counted(organisation, version):
    answer(version, "a2")
    options = [
        {"type": "item", "id": "a1", "value": {"label": "Library"}},
        {"type": "item", "id": "b9", "value": {"label": "Market"}},
    ]
    publish(organisation, section(block("single_choice", KEY, options=options), key="s1"), page_key=PAGE)
    (result,) = results(version.questionnaire, "nl")
    assert result.tally == {"counts": {"a1": 0, "b9": 0, "a2": 1}}
    assert [bar.label for bar in result.charts[0].bars] == ["Library", "Market", "At the harbour"]


def test_a_question_that_was_answered_and_then_removed_is_shown_as_such(organisation, version):
    answer(version, "a2")
    publish(organisation, section(block("open_text")), page_key=PAGE)
    found = results(version.questionnaire, "nl")
    assert [(result.kind.slug, result.n, result.is_asked) for result in found] == [
        ("open_text", 0, True),
        ("single_choice", 1, False),
    ]


def test_results_cost_the_same_for_many_questions_and_answers(organisation):
    def queries_of(questions_asked, people):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        blocks = [block(slug) for _ in range(questions_asked) for slug in ("single_choice", "open_text")]
        version = publish(organisation, section(*blocks))
        for _ in range(people):
            response = response_of(version)
            for frozen in questions(version.structure, "nl"):
                question = version.questionnaire.questions.get(key=frozen.key)
                record_answer(response, question, frozen, "a1")
        with CaptureQueriesContext(connection) as captured:
            results(version.questionnaire, "nl")
        return len(captured)

    assert queries_of(1, 1) == queries_of(15, 3) == 5


def test_another_questionnaires_answers_are_not_counted(organisation, version):
    other = publish(organisation, section(block("single_choice", KEY), key="s1"))
    answer(other, "a1")
    assert [result.n for result in results(version.questionnaire, "nl")] == [0]
    assert Answer.objects.count() == 1


def test_a_summary_says_what_a_card_needs(version):
    set_collector(version.questionnaire)
    answer(version, "a1")
    answer(version, "a1", submitted=False)
    summary = summaries([PAGE])[PAGE]
    with translation.override("en"):
        assert summary.url == f"/en/surveys/{version.questionnaire.public_id}/"
    assert (summary.is_open, summary.minutes, summary.people) == (True, 1, 1)


def test_a_page_without_a_web_collector_has_no_summary(version):
    assert summaries([PAGE]) == {}


def test_summaries_cost_the_same_for_one_and_for_thirty(organisation, django_assert_num_queries):
    project = ProjectFactory(organisation=organisation)
    pages = [uuid.uuid4() for _ in range(30)]
    for page in pages:
        set_collector(
            publish(organisation, section(block("open_text")), page_key=page, project=project).questionnaire
        )
    for some in (pages[:1], pages):
        with django_assert_num_queries(4):
            assert summaries(some).keys() == set(some)


def test_texts_of_another_organisation_are_not_read(organisation, neighbour):
    version = publish(organisation, section(block("open_text")))
    answer(version, "A bench")
    assert [each.value for each in text_answers(organisation)] == ["A bench"]
    assert list(text_answers(neighbour)) == []
