"""A survey follows its page."""

import pytest
from wagtail.models import PageViewRestriction

from cms.actions import create_organisation
from surveys.models import Questionnaire
from tests.cms.factories import project_page, survey_page
from tests.surveys.browser import form_data


@pytest.fixture
def page(db):
    organisation = create_organisation(name="Library", slug="library", hostname="testserver", is_default=True)
    return survey_page(project_page(organisation))


def step(page):
    return f"/en/surveys/{Questionnaire.objects.get(page_key=page.translation_key).public_id}/1/"


def test_an_editors_page_can_be_filled_in(client, page):
    answer = client.get(step(page))
    assert "Survey about the evening" in answer.content.decode()
    data = form_data(answer.content.decode())
    key = str(Questionnaire.objects.get().questions.get().key)
    assert client.post(step(page), {**data.dict(), f"q-{key}": "a1"}).status_code == 302


def test_offline_there_it_is_unknown_here(client, page):
    page.unpublish()
    assert client.get(step(page)).status_code == 404


def test_private_there_it_is_unknown_here(client, page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(step(page)).status_code == 404
