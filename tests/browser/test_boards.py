"""Idea boards and the moderators' queue in a browser."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from cms.models import IdeaBoardPage
from participation.contributions.models import Contribution, Support, Thread
from tests.cms.factories import project_page, put
from tests.contributions.factories import CommentFactory, IdeaFactory, ReplyFactory, ThreadFactory
from tests.factories import staff

from .checks import axe, keyboard_walk, overflow


def reads_well(page: Page) -> None:
    assert axe(page) == []
    assert keyboard_walk(page) == []
    assert overflow(page) == []


def enter(page: Page, site, *roles: str) -> None:
    """Log this browser in as somebody with these roles."""
    client = Client()
    client.force_login(staff(site.organisation, *roles))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site.address("/")}
    page.context.add_cookies([cookie])


@pytest.fixture
def thread(site):
    """A board with an answered and discussed idea, and a name that does not break by itself."""
    page = put(project_page(site.organisation), IdeaBoardPage(title="Ideas for the square"))
    thread = Thread.objects.get(page_key=page.translation_key)
    idea = IdeaFactory(thread=thread, title="Benches on the square", status="accepted")
    IdeaFactory(thread=thread, title="Arbeidsongeschiktheidsverzekeringsmaatschappij", text="a" * 200)
    CommentFactory(parent=idea, name="Bram")
    ReplyFactory(contribution=idea)
    return thread


@pytest.fixture
def bare(site):
    """A board that never had a page: its plain list is the page."""
    thread = ThreadFactory(organisation=site.organisation)
    IdeaFactory.create_batch(21, thread=thread)
    return thread


@pytest.mark.looks
def test_a_list_of_several_pages_is_for_everybody(site, bare, visitor):
    page = visitor()
    page.goto(site.address(f"/en/ideas/board/{bare.public_id}/"))
    reads_well(page)


@pytest.mark.looks
def test_the_editors_page_is_for_everybody(site, thread, visitor):
    page = visitor()
    page.goto(site.address(f"/nl/ideas/board/{thread.public_id}/"))
    expect(page).not_to_have_url(re.compile("/ideas/board/"))
    expect(page.get_by_role("link", name="Benches on the square")).to_be_visible()
    reads_well(page)


@pytest.mark.looks
def test_an_idea_is_for_everybody_in_light_and_dark(site, thread, visitor):
    idea = Contribution.objects.get(title="Benches on the square")
    for dark in (False, True):
        page = visitor(dark=dark)
        page.goto(site.address(f"/en/ideas/{idea.public_id}/"))
        reads_well(page)


def test_writing_an_idea_without_javascript(site, thread, visitor):
    page = visitor(width=360, javascript=False)
    page.goto(site.address(f"/en/ideas/{thread.public_id}/new/"))
    page.get_by_role("button", name="Post my idea").click()
    expect(page.get_by_role("heading", name="2 things are not right yet")).to_be_visible()
    page.get_by_label("Your idea in one line").fill("More benches")
    page.get_by_label("Tell us more").fill("Call me: 06 12 34 56 78")
    page.get_by_role("button", name="Post my idea").click()
    expect(page.get_by_text("a phone number: 06 12 34 56 78")).to_be_visible()
    expect(page.get_by_role("link", name="Benches on the square")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Tell us more").fill("To sit in the shade")
    page.get_by_role("button", name="Post my idea").click()
    page.get_by_role("button", name="Mine is different: post it").click()
    expect(page.get_by_role("heading", name="Thank you for your idea")).to_be_visible()
    assert Contribution.objects.get(title="More benches").text == "To sit in the shade"


@pytest.mark.looks
def test_every_step_of_writing_is_for_everybody(site, thread, visitor):
    page = visitor()
    page.goto(site.address(f"/en/ideas/{thread.public_id}/new/"))
    reads_well(page)
    page.get_by_role("button", name="Post my idea").click()
    expect(page.get_by_role("heading", name="2 things are not right yet")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Your idea in one line").fill("More benches")
    page.get_by_label("Tell us more").fill("Call me: 06 12 34 56 78")
    page.get_by_role("button", name="Post my idea").click()
    expect(page.get_by_text("a phone number: 06 12 34 56 78")).to_be_visible()
    reads_well(page)
    page.get_by_role("button", name="Post it anyway").click()
    expect(page.get_by_role("heading", name="Thank you for your idea")).to_be_visible()
    reads_well(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_being_for_an_idea_and_not_any_more(site, thread, visitor, javascript):
    idea = Contribution.objects.get(title="Benches on the square")
    page = visitor(javascript=javascript)
    page.goto(site.address(f"/en/ideas/{idea.public_id}/"))
    page.get_by_role("button", name="I am for this").click()
    expect(page.get_by_role("button", name="You are for this")).to_contain_text("1")
    assert Support.objects.count() == 1
    page.get_by_role("button", name="You are for this").click()
    expect(page.get_by_role("button", name="I am for this")).to_contain_text("0")
    assert Support.objects.count() == 0


@pytest.mark.looks
def test_the_script_keeps_the_page_where_it_is(site, bare, visitor):
    page = visitor()
    page.goto(site.address(f"/en/ideas/board/{bare.public_id}/"))
    page.evaluate("window.same = true")
    page.get_by_role("button", name="I am for this").first.click()
    expect(page.get_by_role("button", name="You are for this")).to_be_visible()
    assert page.evaluate("window.same") is True


def waits(page: Page, title: str) -> None:
    """This text is the next one, and the keys are listened to: the script shows its switch."""
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_label("Use keys")).to_be_visible()


def test_moderating_with_the_keyboard_alone(site, bare, visitor):
    first = IdeaFactory(thread=bare, title="First of two", state="pending")
    second = IdeaFactory(thread=bare, title="Second of two", state="pending")
    page = visitor()
    enter(page, site, "moderator")
    page.goto(site.address("/en/staff/moderation/"))
    waits(page, "First of two")
    reads_well(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("4")
    page.keyboard.press("h")
    waits(page, "Second of two")
    page.keyboard.press("u")
    waits(page, "First of two")
    page.keyboard.press("a")
    waits(page, "Second of two")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="All done")).to_be_visible()
    states = {text.title: text.state for text in Contribution.objects.filter(pk__in=[first.pk, second.pk])}
    assert states == {"First of two": "visible", "Second of two": "visible"}


@pytest.mark.looks
def test_letters_typed_in_a_note_are_no_commands(site, bare, visitor):
    text = IdeaFactory(thread=bare, title="Waits", state="pending")
    page = visitor()
    enter(page, site, "moderator")
    page.goto(site.address("/en/staff/moderation/"))
    page.get_by_label("A word to the writer").press_sequentially("aha")
    page.get_by_label("Use keys").uncheck()
    page.get_by_role("heading", name="Moderation").click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.keyboard.press("a")
    expect(page.get_by_label("A word to the writer")).to_have_value("aha")
    page.get_by_label("Use keys").check()
    page.get_by_role("heading", name="Moderation").click()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="All done")).to_be_visible()
    assert sent.count("POST") == 1
    assert Contribution.objects.get(pk=text.pk).state == "visible"


@pytest.mark.looks
def test_staff_pages_are_for_everybody(site, thread, visitor):
    idea = Contribution.objects.get(title="Benches on the square")
    page = visitor()
    enter(page, site)
    for path in ("ideas/", f"ideas/{idea.public_id}/", "moderation/decided/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(site.address(f"/en/staff/{path}"))
        reads_well(page)
