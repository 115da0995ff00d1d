import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from cms.actions import create_organisation
from cms.models import IdeaBoardPage
from participation.contributions.models import Thread
from tests.cms.factories import project_page, put
from tests.contributions.factories import IdeaFactory


@pytest.fixture(autouse=True)
def dutch():
    with translation.override("nl"):
        yield


@pytest.fixture
def page(db):
    """A board as an editor publishes it."""
    library = create_organisation(name="Library", slug="library", hostname="testserver", is_default=True)
    return put(project_page(library), IdeaBoardPage(title="Ideas for the square"))


@pytest.fixture
def posted(page):
    return IdeaFactory(thread=Thread.objects.get(page_key=page.translation_key))


def status_of(client, name, idea):
    owner = idea.thread if name in ("board", "new") else idea
    return client.get(reverse(f"contributions:{name}", args=[owner.public_id])).status_code


def test_the_list_leads_to_the_editors_page(client, page, posted):
    response = client.get(reverse("contributions:board", args=[posted.thread.public_id]))
    assert response["Location"] == page.get_url()


def test_an_idea_leads_back_to_the_page_in_the_readers_language(client, page, posted):
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Ideas in English"
    english.save_revision().publish()
    with translation.override("en"):
        answer = client.get(reverse("contributions:idea", args=[posted.public_id])).content.decode()
    assert f'href="{english.get_url()}">Ideas in English</a>' in answer


@pytest.mark.parametrize("name", ["new", "idea"])
def test_a_board_that_is_online_is_open(client, posted, name):
    assert status_of(client, name, posted) == 200


@pytest.mark.parametrize("name", ["board", "new", "idea"])
def test_a_board_taken_offline_is_unknown(client, page, posted, name):
    page.unpublish()
    assert status_of(client, name, posted) == 404


@pytest.mark.parametrize("name", ["board", "new", "idea"])
def test_a_private_board_is_unknown_to_who_may_not_open_its_page(client, page, posted, name):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert status_of(client, name, posted) == 404


@pytest.mark.parametrize("name", ["comment", "support"])
def test_nothing_is_written_on_a_board_taken_offline(client, page, posted, name):
    page.unpublish()
    url = reverse(f"contributions:{name}", args=[posted.public_id])
    assert client.post(url, {"text": "Hello", "on": "1"}).status_code == 404


def test_nothing_is_reported_on_a_board_taken_offline(client, page, posted):
    page.unpublish()
    assert client.get(reverse("moderation:report", args=[posted.public_id])).status_code == 404
