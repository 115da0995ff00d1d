from participation.core import erasure
from surveys.actions import record_answer
from surveys.models import Answer, Response
from surveys.structure import questions
from tests.factories import ParticipantFactory
from tests.surveys.factories import block, publish, response_of, section


def answered(organisation, text):
    version = publish(organisation, section(block("open_text")))
    participant = ParticipantFactory(organisation=organisation)
    response = response_of(version, participant)
    record_answer(
        response, version.questionnaire.questions.get(), next(questions(version.structure, "nl")), text
    )
    return participant


def test_a_person_gets_what_they_answered(organisation):
    participant = answered(organisation, "A bench")
    answered(organisation, "Not mine")
    (response,) = erasure.export(participant)["surveys"]
    assert response["survey"] == "Meeting in town"
    assert [(each["question"], each["value"]) for each in response["answers"]] == [
        ("What do you miss in town?", "A bench")
    ]


def test_erasing_takes_a_persons_answers_and_nobody_elses(organisation):
    participant = answered(organisation, "A bench")
    answered(organisation, "Not mine")
    assert erasure.erase(participant)["surveys"] == 1
    assert list(Answer.objects.values_list("value", flat=True)) == ["Not mine"]
    assert Response.objects.count() == 1
