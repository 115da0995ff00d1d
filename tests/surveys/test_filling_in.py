"""A resident fills in a survey with plain requests: no script is needed anywhere."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.people.models import Participant
from participation.projects.models import Receipt
from surveys.actions import add_translation, set_collector
from surveys.models import Answer, Response
from tests.factories import PhaseFactory, ProjectFactory
from tests.surveys.browser import form_data
from tests.surveys.factories import block, publish, section, structure

ONE = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
TWO = "0b4c6f2e-53c7-4a53-b1a9-6f1b1d3c2b22"
NUMBER = "7e4c6f2e-53c7-4a53-b1a9-6f1b1d3c2b33"
PAGE = uuid.UUID("0e4a2a3c-2a1c-4e0e-8c39-8e8a37f0b001")
MEET = section(block("single_choice", ONE, required=True), key="s1", title="Meeting")
MISS = section(block("open_text", TWO), block("number", NUMBER, decimals=0), key="s2", title="Missing")


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation)


@pytest.fixture
def version(organisation, project):
    version = publish(organisation, MEET, MISS, page_key=PAGE, project=project)
    set_collector(version.questionnaire)
    return version


def at(version, *path, language="en"):
    steps = "".join(f"{each}/" for each in path)
    return f"/{language}/surveys/{version.questionnaire.public_id}/{steps}"


def fill(client, version, step, **changes):
    """Open a step, change what the form holds, and press a button: as a browser does."""
    data = form_data(client.get(at(version, step)).content.decode())
    data["go"] = changes.pop("go", "next")
    for name, value in changes.items():
        data[{"one": f"q-{ONE}", "two": f"q-{TWO}", "number": f"q-{NUMBER}"}[name]] = value
    return client.post(at(version, step) + changes.pop("query", ""), data)


def filled_in(client, version):
    fill(client, version, 1, one="a1")
    fill(client, version, 2, two="A bench by the water", number="12")
    return client.post(at(version, "check"))


def values():
    return dict(Answer.objects.values_list("question__kind", "value"))


def test_the_address_leads_a_new_person_to_the_first_step(client, version):
    assert client.get(at(version))["Location"] == at(version, 1)


def test_looking_writes_nothing(client, version):
    client.get(at(version, 1))
    assert [Participant.objects.count(), Response.objects.count()] == [0, 0]


def test_a_step_says_where_one_is_and_how_long_it_takes(client, version):
    page = client.get(at(version, 2)).content.decode()
    assert "Step 2 of 3" in page
    assert "about 2 more minutes" in page


def test_a_step_is_kept_and_the_next_one_follows(client, version):
    answer = fill(client, version, 1, one="a2")
    assert answer["Location"] == at(version, 2)
    assert values() == {"single_choice": "a2"}
    assert Response.objects.get().submitted_at is None


def test_after_the_last_step_comes_the_check(client, version):
    assert fill(client, version, 2, two="A bench")["Location"] == at(version, "check")


def test_what_was_answered_is_there_when_one_comes_back(client, version):
    fill(client, version, 2, two="A bench", number="12")
    data = form_data(client.get(at(version, 2)).content.decode())
    assert [data[f"q-{TWO}"], data[f"q-{NUMBER}"]] == ["A bench", "12"]


def test_another_phone_does_not_see_it(client, version):
    fill(client, version, 2, two="A bench")
    assert "A bench" not in Client().get(at(version, 2)).content.decode()


def test_a_mistake_is_told_on_top_and_at_the_question(client, version):
    page = fill(client, version, 2, number="a lot").content.decode()
    assert 'id="error-summary"' in page
    assert f'href="#id_q-{NUMBER}"' in page
    assert page.count("Type a number, such as 12.") == 2


def test_what_is_right_on_a_page_with_a_mistake_is_kept(client, version):
    fill(client, version, 2, two="A bench", number="a lot")
    assert values() == {"open_text": "A bench"}


@pytest.mark.parametrize("button", ["next", "previous", "later"])
def test_what_was_typed_wrong_is_not_lost(client, version, button):
    fill(client, version, 2, number="a lot", go=button)
    page = client.get(at(version, 2)).content.decode()
    assert form_data(page)[f"q-{NUMBER}"] == "a lot"
    assert "Type a number, such as 12." in page


def test_what_was_typed_wrong_goes_when_it_is_right(client, version):
    fill(client, version, 2, number="a lot")
    fill(client, version, 2, number="3")
    assert form_data(client.get(at(version, 2)).content.decode())[f"q-{NUMBER}"] == "3"


def test_previous_goes_back_from_a_page_with_a_mistake(client, version):
    assert fill(client, version, 2, number="a lot", go="previous")["Location"] == at(version, 1)


def test_later_keeps_the_answers_and_tells_the_address(client, version):
    answer = fill(client, version, 1, one="a1", go="later")
    assert answer["Location"] == at(version, "later")
    assert f"http://testserver{at(version)}" in client.get(at(version, "later")).content.decode()
    assert values() == {"single_choice": "a1"}


def test_the_address_leads_back_to_where_one_was(client, version):
    fill(client, version, 1, one="a1", go="later")
    assert client.get(at(version))["Location"] == at(version, 2)


def test_the_check_shows_the_answers_in_words_with_a_way_to_change_them(client, version):
    fill(client, version, 1, one="a2")
    fill(client, version, 2, two="<b>A bench</b>")
    page = client.get(at(version, "check")).content.decode()
    assert "At the harbour" in page
    assert "&lt;b&gt;A bench&lt;/b&gt;" in page
    assert f"{at(version, 1)}?check#id_q-{ONE}" in page


def test_the_check_asks_about_personal_details_before_the_answers_are_sent(client, version):
    fill(client, version, 1, one="a2")
    fill(client, version, 2, two="Call me: 06 12345678")
    page = client.get(at(version, "check")).content.decode()
    assert "Do you want to tell us this?" in page
    assert "a phone number: <strong>06 12345678</strong>" in page
    assert page.count(f"{at(version, 2)}?check#id_q-{TWO}") == 2  # in the warning, and at the answer
    assert client.post(at(version, "check"))["Location"] == at(version, "thanks")
    assert "Do you want to tell us this?" not in client.get(at(version, "check")).content.decode()


def test_a_change_leads_back_to_the_check(client, version):
    fill(client, version, 1, one="a2")
    assert fill_from_check(client, version)["Location"] == at(version, "check")


def fill_from_check(client, version):
    return client.post(at(version, 1) + "?check", {f"q-{ONE}": "a1"})


def test_sending_in_without_a_necessary_answer_is_refused_with_a_way_to_it(client, version):
    fill(client, version, 2, two="A bench")
    page = client.post(at(version, "check")).content.decode()
    assert "One question still needs an answer" in page
    assert f"{at(version, 1)}?check#id_q-{ONE}" in page
    assert Response.objects.get().submitted_at is None


def test_sending_in_thanks_with_a_receipt_code(client, version):
    answer = filled_in(client, version)
    assert answer["Location"] == at(version, "thanks")
    code = Receipt.objects.get().code
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in client.get(at(version, "thanks")).content.decode()
    assert Response.objects.get().submitted_at is not None


def test_a_survey_outside_a_project_thanks_without_a_code(client, organisation):
    version = publish(organisation, MEET)
    set_collector(version.questionnaire)
    fill(client, version, 1, one="a1")
    client.post(at(version, "check"))
    page = client.get(at(version, "thanks"))
    assert (page.status_code, Receipt.objects.count()) == (200, 0)
    assert "survey__code" not in page.content.decode()


def test_nobody_is_thanked_who_did_not_send_in(client, version):
    fill(client, version, 1, one="a1")
    assert client.get(at(version, "thanks"))["Location"] == at(version)


def test_one_person_has_one_response(client, version):
    filled_in(client, version)
    filled_in(client, version)
    assert [Response.objects.count(), Receipt.objects.count()] == [1, 1]


def test_who_sent_in_can_still_change_an_answer(client, version):
    filled_in(client, version)
    sent = Response.objects.get().submitted_at
    fill(client, version, 1, one="a2")
    assert values()["single_choice"] == "a2"
    assert Response.objects.get().submitted_at == sent


def test_who_sent_in_is_led_to_the_thanks(client, version):
    filled_in(client, version)
    assert client.get(at(version))["Location"] == at(version, "thanks")


def test_two_phones_are_two_people(client, version):
    filled_in(client, version)
    filled_in(Client(), version)
    assert Response.objects.count() == 2


def close(version, **dates):
    set_collector(version.questionnaire, **dates)


def test_a_closed_survey_says_so_and_takes_nothing(client, version):
    close(version, closes_at=timezone.now() - timedelta(minutes=1))
    answer = client.post(at(version, 1), {f"q-{ONE}": "a1"})
    assert "This survey is closed" in answer.content.decode()
    assert Response.objects.count() == 0


def test_an_answer_can_not_be_changed_after_closing(client, version):
    filled_in(client, version)
    close(version, closes_at=timezone.now() - timedelta(minutes=1))
    client.post(at(version, 1), {f"q-{ONE}": "a2"})
    assert values()["single_choice"] == "a1"


def test_who_sent_in_sees_the_code_after_closing(client, version):
    filled_in(client, version)
    close(version, closes_at=timezone.now() - timedelta(minutes=1))
    assert "Your answers are in" in client.get(at(version)).content.decode()
    assert "survey__code" in client.get(at(version, "thanks")).content.decode()


def test_who_did_not_finish_hears_after_closing_that_it_does_not_count(client, version):
    fill(client, version, 1, one="a1")
    close(version, closes_at=timezone.now() - timedelta(minutes=1))
    assert "They do not count" in client.get(at(version)).content.decode()


def test_a_survey_that_opens_later_says_when(client, version):
    close(version, opens_at=timezone.make_aware(datetime(2099, 12, 3, 9)))
    assert "You can take part from Thursday 3 December 2099" in client.get(at(version)).content.decode()


def test_a_phase_without_surveys_takes_nothing(client, version, project):
    PhaseFactory(project=project, allows=["idea"])
    answer = client.post(at(version, 1), {f"q-{ONE}": "a1"})
    assert "in another phase" in answer.content.decode()
    assert Response.objects.count() == 0


def test_another_organisation_does_not_know_it(client, version, neighbour):
    assert client.get(at(version), headers={"host": "buur.example"}).status_code == 404


@pytest.mark.parametrize("path", [(0,), (3,), ("nonsense",)])
def test_a_step_that_is_not_there_is_not_found(client, version, path):
    assert client.get(at(version, *path)).status_code == 404


def test_a_questionnaire_without_a_web_collector_is_not_found(client, organisation):
    assert client.get(at(publish(organisation, MEET))).status_code == 404


def test_who_began_finishes_the_version_they_began_with(client, organisation, version, project):
    fill(client, version, 1, one="a1")
    publish(organisation, MEET, page_key=PAGE, project=project)
    assert client.get(at(version))["Location"] == at(version, 2)
    assert "A bench" not in client.get(at(version, 2)).content.decode()
    fill(client, version, 2, two="A bench")
    client.post(at(version, "check"))
    assert Response.objects.get().version == version


def test_who_was_reading_when_a_new_version_came_begins_with_what_they_read(
    client, organisation, version, project
):
    data = form_data(client.get(at(version, 2)).content.decode())
    publish(organisation, MEET, page_key=PAGE, project=project)
    data[f"q-{TWO}"] = "A bench"
    client.post(at(version, 2), data)
    assert Response.objects.get().version == version
    assert values() == {"open_text": "A bench"}


def test_a_new_person_begins_with_the_newest_version(client, organisation, version, project):
    newest = publish(organisation, MISS, page_key=PAGE, project=project)
    client.post(at(version, 1), form_data(client.get(at(version, 1)).content.decode()))
    assert Response.objects.get().version == newest


def test_a_reader_of_english_sees_english_words_and_dutch_where_there_are_none(client, version):
    english = section(block("single_choice", ONE, label="Where?"), key="s1", title="Seeing others")
    add_translation(version.questionnaire, structure(english, language="en"))
    page = client.get(at(version, 1)).content.decode()
    assert "Seeing others" in page
    assert "Where?" in page
    assert "Missing" in client.get(at(version, 2)).content.decode()
    assert "Where do you meet people?" in client.get(at(version, 1, language="nl")).content.decode()


def test_who_goes_on_in_another_language_keeps_the_answers(client, version):
    client.post(at(version, 1, language="nl"), {f"q-{ONE}": "a2"})
    assert form_data(client.get(at(version, 1)).content.decode())[f"q-{ONE}"] == "a2"


def test_a_long_page_costs_as_many_queries_as_a_short_one(client, organisation):
    def cost(questions):
        version = publish(organisation, section(*[block("open_text") for _ in range(questions)]))
        set_collector(version.questionnaire)
        address = at(version, 1)
        data = form_data(client.get(address).content.decode())
        with CaptureQueriesContext(connection) as looking:
            client.get(address)
        for name in [name for name in data if name.startswith("q-")]:
            data[name] = "A bench"
        client.post(address, data)
        with CaptureQueriesContext(connection) as saving:
            client.post(address, {**data.dict(), "go": "next"})
        with CaptureQueriesContext(connection) as checking:
            client.get(at(version, "check"))
        assert Answer.objects.filter(question__questionnaire=version.questionnaire).count() == questions
        return [len(looking), len(saving), len(checking)]

    cost(1)  # fills what is remembered between requests
    assert cost(1) == cost(30)


def test_pages_are_not_kept_by_caches(client, version):
    assert "no-store" in client.get(at(version, 1))["Cache-Control"]
