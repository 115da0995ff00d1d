"""The main job with four browsers at once: console, projector, and two phones, one of them without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ProjectFactory
from tests.live.factories import choice, make_session, wall

from .checks import axe, keyboard_walk, overflow
from .test_needs import enter

NOTE = "A play about how our town began, made by us."
NEED = "Residents want to tell the story of their town together."


@pytest.fixture
def session(site):
    project = ProjectFactory(organisation=site.organisation, name="More to do")
    return make_session(site.organisation, choice(), wall("What would you make together?"), project=project)


@pytest.fixture
def console(site, session, visitor) -> Page:
    page = visitor(width=1280)
    enter(page, site, "facilitator")
    page.goto(site.address(f"/live/{session.code}/console/"))
    return page


def join(site, session, page: Page) -> Page:
    """As people do: type the code on the page for it."""
    page.goto(site.address("/join/"))
    page.locator("input[name=code]").fill(session.code)
    page.locator("form:has(input[name=code]) button[type=submit]").click()
    page.wait_for_url("**/join/" + session.code + "/")
    return page


def test_a_room_from_code_to_receipt(site, session, console, visitor):
    projector, phone = visitor(width=1920, height=1080), visitor(width=360)
    plain = visitor(width=360, javascript=False)
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    for each in (phone, plain):
        join(site, session, each)

    # The first question: asked on the console, answered on both phones, seen by the room.
    console.get_by_role("button", name="Begin").click()
    console.get_by_role("button", name="Open the question").click()
    expect(projector.get_by_role("heading", name="Where do you meet?")).to_be_visible()
    phone.get_by_label("Library").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".oogst-saved")).to_contain_text("Saved")
    plain.reload()
    plain.get_by_label("Harbour").check()
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator(".oogst-saved")).to_contain_text("Saved")
    console.get_by_role("button", name="Show results").click()
    for each in (projector, phone):
        expect(each.get_by_text("50%").first).to_be_visible()
    plain.reload()
    expect(plain.get_by_text("50%").first).to_be_visible()

    # A note on the wall, by the phone without JavaScript; everybody sees it.
    console.get_by_role("button", name="Next").click()
    console.get_by_role("button", name="Open for notes").click()
    expect(projector.get_by_role("heading", name="What would you make together?")).to_be_visible()
    plain.reload()
    plain.get_by_label("Your idea or remark").fill(NOTE)
    plain.get_by_role("button", name="Send").click()
    for each in (plain, phone, projector):
        expect(each.get_by_text(NOTE).first).to_be_visible()

    # The end, and the code that leads back.
    outcome = console.context.request.post(
        console.url,
        form={
            "command": "end",
            "csrfmiddlewaretoken": console.locator("[name=csrfmiddlewaretoken]").first.input_value(),
        },
        headers={"Referer": console.url},
    )
    assert outcome.ok
    plain.reload()
    code = plain.locator(".oogst-receipt-box__code").inner_text()

    # Staff make evidence and a need of it; whoever has the code sees that.
    desk = visitor(width=1280)
    enter(desk, site, "researcher")
    desk.goto(site.address("/en/staff/evidence/"))
    desk.locator("a[href*='/quote/contribution/']").first.click()
    desk.get_by_label("The words you quote").fill("A play about how our town began")
    new_need = desk.get_by_label("The new need in one sentence")
    desk.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    new_need.fill(NEED)
    desk.locator("form:has([name=fragment]) button[type=submit]").first.click()
    desk.goto(site.address("/en/staff/needs/"))
    expect(desk.get_by_text(NEED).first).to_be_visible()
    phone.goto(site.address("/en/receipt/"))
    phone.locator("input[name=code]").last.fill(code)
    phone.locator("main form button[type=submit]").click()
    expect(phone.get_by_text(NOTE).first).to_be_visible()
    expect(phone.get_by_text("1 already led to something")).to_be_visible()


def test_the_screens_can_be_read_and_walked(site, session, console, visitor):
    phone, projector = visitor(width=320), visitor(width=1920, height=1080)
    console.get_by_role("button", name="Begin").click()
    console.get_by_role("button", name="Open the question").click()
    expect(console.get_by_role("button", name="Close the question")).to_be_visible()
    join(site, session, phone)
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    found = {
        "phone": axe(phone) + keyboard_walk(phone) + overflow(phone),
        "screen": axe(projector),
        "console": axe(console) + overflow(console),
    }
    assert found == {"phone": [], "screen": [], "console": []}
