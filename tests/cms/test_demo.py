"""The demo municipality tells the whole story, and only where it is allowed to."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page

from participation.contributions.models import Contribution
from participation.live.models import Session
from participation.needs.models import Evidence, Need
from participation.projects.models import Project
from surveys.models import Answer, Response


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests that only look at it (it takes seconds), and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(town, db, settings):
    settings.DEMO = True


def test_the_story_goes_from_an_answer_to_a_programme(demo):
    texts = Answer.objects.filter(question__kind="open_text")
    quoted = next(answer for answer in texts if "zelf op het podium" in answer.value)
    evidence = Evidence.objects.get(answer=quoted)
    programmes = {
        programme.name
        for need in evidence.needs.all()
        for programme in need.programmes.filter(is_published=True)
    }
    assert programmes == {"Het verhaal van de polder"}


def test_the_session_has_begun_and_its_first_question_is_open(demo):
    session = Session.objects.get(code="123456")
    first = session.steps.filter(type="question").first()
    assert (session.state, session.current, first.is_open) == ("running", first, True)
    assert Answer.objects.filter(question=first.question).count() == 11


def test_the_figures_of_the_demo_are_what_its_people_did(demo):
    assert Response.objects.filter(collector__channel="web", submitted_at__isnull=False).count() == 64 + 34
    assert Contribution.objects.filter(organisation__slug="lelystad", parent=None).count() == 12
    assert Need.objects.filter(organisation__slug="lelystad").count() == 9
    assert list(
        Project.objects.filter(organisation__slug="lelystad").values_list("status", flat=True).order_by("pk")
    ) == [
        "closed",
        "running",
    ]


def test_every_dutch_page_has_its_english_one(demo):
    pages = Page.objects.filter(live=True, locale__language_code="nl", depth__gte=3)
    alone = [page.title for page in pages if page.get_translations().filter(live=True).count() != 1]
    assert (pages.count() > 15, alone) == (True, [])


def test_every_page_answers_in_its_language(demo, client):
    for page in Page.objects.filter(live=True, depth__gte=3, url_path__startswith="/lelystad/"):
        response = client.get(page.url, headers={"host": "localhost:8000"})
        assert (page.url, response.status_code) == (page.url, 200)
        assert response["Content-Language"] == page.locale.language_code


def test_a_second_load_changes_nothing_and_says_why(demo):
    before = Page.objects.count()
    with pytest.raises(CommandError, match="for an empty database"):
        call_command("load_demo")
    call_command("load_demo", "--if-empty")
    assert Page.objects.count() == before


def test_the_neighbours_do_not_know_the_code(demo, client):
    assert client.get("/join/123456/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/join/123456/", headers={"host": "buur.localhost:8000"}).status_code == 404
