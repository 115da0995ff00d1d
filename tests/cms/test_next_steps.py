"""From a button to the form, and from a page to what stands behind it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.models import NewsPage
from participation.live.models import Session
from participation.people.models import User
from surveys.models import Questionnaire
from tests.cms import factories as make
from tests.cms.walk import add

pytestmark = pytest.mark.django_db


def button(what: str) -> str:
    with translation.override("nl"):
        return reverse("make", args=[what])


def test_a_button_leads_straight_to_the_form_where_there_is_one_project(project, as_role):
    assert as_role("editor").get(button("survey")).headers["Location"] == add(project, "surveypage")


def test_with_several_projects_one_chooses(house, project, as_role):
    other = make.project_page(house, "A second one")
    make.project_page(house, "Done", finished=True, answer=[("text", "We heard you.")])
    html = as_role("editor").get(button("survey")).content.decode()
    assert [add(each, "surveypage") in html for each in (project, other)] == [True, True]
    assert "Done" not in html


def test_without_a_project_one_begins_there(house, as_role):
    new_project = add(house.site.root_page, "projectpage")
    assert new_project in as_role("editor").get(button("survey")).content.decode()
    html = as_role("facilitator").get(button("session")).content.decode()
    assert (new_project in html, "Vraag het een collega" in html) == (False, True)


@pytest.mark.parametrize(("role", "what"), [("facilitator", "survey"), ("researcher", "session")])
def test_a_button_is_for_who_writes_such_a_page(project, as_role, role, what):
    assert as_role(role).get(button(what)).status_code == 403


def test_an_unknown_button_leads_nowhere(project, as_role):
    assert as_role("editor").get(button("castle")).status_code == 404


# --- What is next -----------------------------------------------------------------------------------


def editor_of(client: Any, page: Page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_session_s_page_says_its_code_and_leads_to_the_console(project, as_role):
    page = make.session_page(project)
    code = Session.objects.get().code
    html = editor_of(as_role("facilitator"), page)
    assert f"{code[:3]} {code[3:]}" in html
    assert f"http://testserver/live/{code}/console/" in html
    assert f"/live/{code}/console/" not in editor_of(as_role("editor"), page)


def test_a_page_of_which_nothing_is_known_says_what_publishing_brings(project, as_role):
    page = make.session_page(project, live=False)
    assert "dan krijg je een code" in editor_of(as_role("editor"), page)
    assert (
        "dan kunnen mensen antwoorden" in as_role("editor").get(add(project, "surveypage")).content.decode()
    )


def test_a_survey_s_page_says_how_many_answered(house, project, as_role):
    page = make.survey_page(project)
    make.answer_survey(page, house, "a1")
    html = editor_of(as_role("editor"), page)
    assert "1 persoon gaf antwoord" in html
    assert f"/nl/staff/surveys/{Questionnaire.objects.get().public_id}/" in html


def test_a_project_s_page_offers_what_goes_below_it(project, as_role):
    html = editor_of(as_role("editor"), project)
    assert [add(project, kind) in html for kind in ("surveypage", "programmepage")] == [True, True]


def test_publishing_comes_first_for_a_page_that_everybody_reads(project, as_role):
    client = as_role("editor")
    found = []
    for page in (make.news_page(project), make.put(project, NewsPage(title="Draft"), live=False)):
        _above, _footer, actions = editor_of(client, page).partition("<footer")
        first, _more, _others = actions.partition("w-dropdown__toggle")
        found.append('name="action-publish"' in first)
    assert found == [True, False]


def test_a_member_of_staff_changes_their_name(house, as_role):
    client = as_role("editor")
    address = reverse("wagtailadmin_account")
    page = client.get(address)
    data = {"name_email-name": "Sanne", "locale-preferred_language": "nl", "theme-theme": "system"}
    data |= {"theme-contrast": "system", "theme-density": "default"}
    assert client.post(address, data).status_code == 302
    assert User.objects.get(pk=page.wsgi_request.user.pk).name == "Sanne"
    assert "first_name" not in page.content.decode()
