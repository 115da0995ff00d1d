"""What somebody typed or chose on a phone and did not send, or what was refused: it is never taken away, it is never
somebody else's, and nothing is called stored that is not."""

import pytest
from playwright.sync_api import Page, expect

from tests.live.factories import choice, open_session, run, text, wall
from tests.surveys.factories import block

pytestmark = pytest.mark.looks
SAVED = "#live .oogst-saved"


@pytest.fixture
def join(site, visitor):
    def come(session) -> Page:
        phone = visitor(width=390)
        phone.goto(site.address(f"/join/{session.code}/"))
        phone.locator("[data-refresh]").wait_for(state="hidden")  # the script is there
        return phone

    return come


def send(phone: Page) -> None:
    phone.get_by_role("button", name="Send", exact=True).click()


def write_too_much(phone: Page, label: str, words: str) -> None:
    """More than fits: an old browser lets people."""
    phone.get_by_label(label).evaluate("field => field.removeAttribute('maxlength')")
    phone.get_by_label(label).fill(words)


def agree(phone: Page):
    return phone.locator("fieldset.oogst-part").first.get_by_label("Agree", exact=True)


def test_who_adds_a_statement_keeps_what_they_chose_above_it(site, join):
    session = open_session(site.organisation, block("statements", may_add=True), choice("And now?"))
    phone = join(session)
    agree(phone).check()
    phone.get_by_label("Your statement").fill("More trees")
    phone.get_by_role("link", name="NL").click()
    expect(phone.get_by_label("Je stelling")).to_have_value("More trees")
    phone.get_by_role("link", name="EN").click()
    expect(agree(phone)).to_be_checked()
    phone.get_by_role("button", name="Send my statement").click()
    expect(phone.locator("[data-part=add] .oogst-saved")).to_contain_text("More trees")
    phone.reload()
    expect(agree(phone)).to_be_checked()
    expect(phone.get_by_label("Your statement")).to_have_value("")
    run(session, "next")
    expect(phone.get_by_role("button", name="New question")).to_be_visible()


def test_the_way_to_the_new_question_is_gone_once_somebody_went_it(site, join):
    session = open_session(site.organisation, choice(), choice("And now?"))
    phone = join(session)
    phone.get_by_label("Library").check()
    run(session, "next", "open")
    phone.get_by_role("button", name="New question").click()
    expect(phone.get_by_role("heading", name="And now?")).to_be_visible()
    expect(phone.locator(".oogst-live-later")).to_have_count(0)


def test_a_text_that_was_refused_is_given_back_and_not_called_sent(site, join):
    phone = join(open_session(site.organisation, wall()))
    write_too_much(phone, "Your idea or remark", "a" * 501)
    send(phone)
    expect(phone.locator("#live .oogst-live-alert")).to_contain_text("a" * 501)
    expect(phone.locator(SAVED)).to_have_count(0)


def test_a_refused_answer_is_mended_by_who_gave_it_and_never_seen_by_the_next_person(site, join):
    phone = join(open_session(site.organisation, text(max_length=20)))
    write_too_much(phone, "Your answer", "a" * 21)
    send(phone)
    expect(phone.locator("#live .oogst-live-alert")).to_be_visible()
    expect(phone.get_by_label("Your answer")).to_have_value("a" * 21)
    phone.get_by_text("This phone", exact=True).click()
    phone.get_by_role("link", name="Someone else on this phone too").click()
    expect(phone.locator("#who")).to_contain_text("You answer as: Person 2")
    expect(phone.get_by_label("Your answer")).to_have_value("")
    phone.get_by_role("link", name="Person 1").click()
    expect(phone.get_by_label("Your answer")).to_have_value("a" * 21)


def test_an_answer_that_waits_can_be_changed_from_what_it_is(site, join):
    phone = join(open_session(site.organisation))
    phone.context.set_offline(True)
    phone.get_by_label("Harbour").check()
    send(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved on this phone")
    phone.get_by_role("button", name="Change my answer").click()
    expect(phone.get_by_label("Harbour")).to_be_checked()


def test_pairs_that_were_chosen_are_asked_again_in_another_language(site, join):
    phone = join(open_session(site.organisation, block("pairwise")))
    radio = phone.locator(".oogst-pair:visible input").first
    radio.check()
    name, value = radio.get_attribute("name"), radio.get_attribute("value")
    phone.get_by_role("link", name="NL").click()
    expect(phone.locator(f'[name="{name}"][value="{value}"]')).to_be_checked()
