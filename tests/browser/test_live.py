"""The main job with four browsers at once: console, projector, and two phones, one of them without JavaScript."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from surveys import kinds
from tests.factories import ProjectFactory
from tests.live.factories import choice, make_session, open_session, option, run, slide, wall

from .checks import axe, enlarged, keyboard_walk, overflow
from .steady import connected, still
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
    return connected(page)  # the keys are listened to, and nothing is posted


def join(site, session, page: Page) -> Page:
    """As people do: type the code on the page for it."""
    page.goto(site.address("/join/"))
    page.locator("input[name=code]").fill(session.code)
    page.locator("form:has(input[name=code]) button[type=submit]").click()
    page.wait_for_url("**/join/" + session.code + "/")
    return page


def opened(console: Page, phone: Page, question: str) -> None:
    """What the console just opened is there: for who asked, and for who answers."""
    expect(console.locator("#controls [data-key=opening]")).to_contain_text("Close")
    expect(phone.get_by_role("heading", name=question)).to_be_visible()
    expect(phone.get_by_role("button", name="Send")).to_be_visible()


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
    expect(phone.locator("#live .oogst-saved")).to_contain_text("You can change your answer")
    plain.reload()
    plain.get_by_label("Harbour").check()
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#live .oogst-saved")).to_contain_text("You can change your answer")
    console.get_by_role("button", name="Show results").click()
    for each in (projector, phone):
        expect(each.get_by_text("50%").first).to_be_visible()
    plain.reload()
    expect(plain.get_by_text("50%").first).to_be_visible()

    # A note on the wall, by the phone without JavaScript; everybody sees it.
    console.get_by_role("button", name="Next").click()
    console.get_by_role("button", name="Open for notes").click()
    opened(console, phone, "What would you make together?")
    expect(projector.get_by_role("heading", name="What would you make together?")).to_be_visible()
    plain.reload()
    plain.get_by_label("Your idea or remark").fill(NOTE)
    plain.get_by_role("button", name="Send").click()
    for each in (plain, phone, projector):
        expect(each.get_by_text(NOTE).first).to_be_visible()

    # The end, and the code that leads back: the phone with a script sees it come.
    console.locator("summary", has_text="More").click()
    console.get_by_text("End the session").click()
    console.get_by_role("button", name="Yes, end it").click()
    expect(console.get_by_text("This session has ended.")).to_be_visible()
    expect(projector.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(phone.get_by_role("heading", name="Follow your answer")).to_be_visible()
    plain.reload()
    code = plain.locator(".oogst-receipt-box__code").inner_text()

    # Staff make evidence and a need of it, and show it; whoever has the code reads that.
    desk = visitor(width=1280)
    enter(desk, site, "researcher")
    desk.goto(site.address("/en/staff/evidence/"))
    desk.get_by_role("link", name=NOTE).click()
    desk.get_by_label("The words you quote").fill("A play about how our town began")
    desk.get_by_text("Or write a new need").click()
    desk.get_by_label("The new need in one sentence").fill(NEED)
    desk.get_by_role("button", name="Quote", exact=True).click()
    desk.get_by_role("link", name=NEED).click()
    desk.get_by_role("link", name="Show it to residents").click()
    desk.get_by_label("I read the sentence and every quote I chose").check()
    desk.get_by_role("button", name="Show it").click()
    expect(desk.get_by_text("Residents can read this need now.")).to_be_visible()
    plain.goto(site.address("/en/receipt/"))
    plain.get_by_label("Your code").fill(code)
    plain.get_by_role("button", name="Show the way of my answer").click()
    expect(plain.get_by_text("1 already led to something")).to_be_visible()
    expect(plain.get_by_text(NOTE).first).to_be_visible()
    expect(plain.get_by_text(NEED)).to_be_visible()
    plain.get_by_role("link", name="See who else said this").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(NEED)
    expect(plain.get_by_text("A play about how our town began")).to_be_visible()


def reads_well(page: Page) -> list[str]:
    """What is wrong on a narrow and on a wide window, for eyes and for the keyboard."""
    found = []
    for width in (320, 1280):
        found += overflow(page, width) + axe(page) + keyboard_walk(page)
    return found


@pytest.mark.looks
def test_the_screens_can_be_read_and_walked(site, session, console, visitor):
    phone, projector = visitor(), visitor()
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    join(site, session, phone)
    connected(phone)
    projector.locator(".oogst-screen--fitted").wait_for()  # it has its connection
    found = {"before it begins": [reads_well(each) for each in (console, phone, projector)]}
    console.get_by_role("button", name="Begin").click()
    console.get_by_role("button", name="Open the question").click()
    opened(console, phone, "Where do you meet?")
    expect(projector.locator(".oogst-screen__options")).to_be_visible()
    found["question"] = [reads_well(each) for each in (console, phone, projector)]
    phone.get_by_label("Library").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#live .oogst-saved")).to_contain_text("You can change your answer")
    console.get_by_role("button", name="Show results").click()
    expect(console.locator("#who")).to_contain_text("The room sees this")
    for each in (phone, projector):
        expect(each.get_by_text("100%").first).to_be_visible()
    for summary in ("More", "Clock", "Show as a table"):
        console.locator("summary", has_text=summary).first.click()
    found["results"] = [reads_well(each) for each in (console, phone, projector)]
    assert found == {when: [[], [], []] for when in found}


def test_a_quick_question_by_keyboard_and_a_phone_that_is_removed(site, session, console, visitor):
    phone = join(site, session, visitor(width=390))
    console.keyboard.press("ArrowRight")
    expect(console.locator("#heading")).to_have_text("Where do you meet?")
    console.keyboard.press("q")
    dialog = console.get_by_role("dialog", name="A quick question")
    assert axe(console) == []
    dialog.get_by_text("Idea wall").click()
    dialog.get_by_label("Question, or title of the slide").fill("What do you miss?")
    dialog.get_by_text("We read everything before others see it").click()
    console.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="What do you miss?")).to_be_visible()
    for text in ("Something rude", "Somewhere to dance"):
        phone.get_by_label("Your idea or remark").fill(text)
        phone.get_by_role("button", name="Send").click()
        expect(console.locator("#queue")).to_contain_text(text)

    # Hidden by a key, taken back by another, shown: the next one has the focus each time.
    waiting = console.locator("#queue > li[tabindex]")
    expect(waiting).to_have_count(2)
    console.keyboard.press("w")
    expect(waiting.first).to_be_focused()
    console.keyboard.press("h")
    expect(waiting).to_have_count(1)
    expect(console.get_by_role("button", name="Undo")).to_be_visible()
    console.keyboard.press("z")
    expect(waiting).to_have_count(2)
    expect(waiting.filter(has_text="Somewhere to dance")).to_be_focused()
    console.keyboard.press("a")
    expect(console.locator("#results")).to_contain_text("Somewhere to dance")
    expect(phone.locator(".oogst-wall")).to_contain_text("Somewhere to dance")

    expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="More").click()
    console.locator("summary", has_text="Remove this phone").click()
    console.get_by_role("button", name="Remove this phone").click()
    expect(phone.get_by_role("heading", name="You can't take part here any more")).to_be_visible()
    expect(console.locator("#results")).not_to_contain_text("Somewhere to dance")


def others(site, session, phone) -> dict[str, list[str]]:
    """What is before and after the questions: the code, the results, a step at one's own pace."""
    project = ProjectFactory(organisation=site.organisation, name="More to do")
    own = make_session(
        site.organisation, slide(LONG_QUESTION[:120], LONG_QUESTION), pacing="own", project=project
    )
    run(own, "start")
    run(session, "end")
    pages = {
        "code": "/join/",
        "results": f"/join/{session.code}/",
        "own pace": f"/join/{own.code}/",
        "through": f"/join/{own.code}/?step=2",
    }
    found = {}
    for name, address in pages.items():
        phone.goto(site.address(address))
        found[name] = enlarged(connected(phone))
    return found


@pytest.mark.looks
@pytest.mark.parametrize("dark", [False, True])
def test_every_kind_of_question_fits_on_a_small_phone(site, visitor, dark):
    phone = visitor(width=320, dark=dark)
    found = {}
    for slug, kind in kinds.all_kinds().items():
        block = {"type": slug, "id": str(uuid.uuid4()), "value": kind.example()["block"]}
        session = run(open_session(site.organisation, block), "show_results")
        connected(join(site, session, phone))
        found[slug] = enlarged(phone) + axe(phone)
    long = choice(LONG_QUESTION, options=[option(f"k{number}", place) for number, place in enumerate(PLACES)])
    session = run(open_session(site.organisation, long, name=LONG_QUESTION), "show_results")
    connected(join(site, session, phone))
    found["long words"] = enlarged(phone) + axe(phone)
    found |= others(site, session, phone)
    assert found == {key: [] for key in found}


# --- The projector ------------------------------------------------------------------------------------

SIZES = [(1280, 720), (1280, 800), (1920, 1080)]
LONG_QUESTION = (
    "Als je terugdenkt aan het afgelopen jaar, waar en wanneer heb je dan andere inwoners ontmoet met wie je "
    "normaal gesproken nooit zou praten, en wat was er op die plek waardoor het zo vanzelf ging?"
)
PLACES = [
    "Burgerparticipatiebijeenkomsten in het stadhuis",
    "Het arbeidsongeschiktheidsverzekeringskantoor",
    "De bibliotheek, want daar kun je lang blijven zitten zonder iets te kopen",
    "Sport",
    "Langs het water, in de buurt van de haven of het strand",
    "Thuis, met mijn familie en vrienden om de keukentafel heen",
    "In de kerk, de moskee of de tempel",
    "Ergens anders, in een andere stad of een ander dorp",
]


def out_of_sight(page: Page) -> list[str]:
    """What sticks out of the window or is cut off by the middle part."""
    return page.evaluate(
        """() => {
          const main = document.getElementById("main-part").getBoundingClientRect();
          const inside = (box, frame) => box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1
            && box.left >= frame.left - 1 && box.right <= frame.right + 1;
          const screen = { top: 0, left: 0, right: innerWidth, bottom: innerHeight };
          const parts = [...document.querySelectorAll("#heading, #people, #corner, #main-part, #main-part li")];
          return parts
            .filter((e) => !inside(e.getBoundingClientRect(), e.localName === "li" ? main : screen)
              || e.scrollWidth > e.clientWidth + 1)
            .map((e) => `${e.id || e.localName}: ${e.textContent.trim().slice(0, 60)}`);
        }"""
    )


@pytest.mark.looks
@pytest.mark.parametrize("count", [2, 5, 8])
@pytest.mark.parametrize("label", ["Waar ontmoet je anderen?", LONG_QUESTION])
def test_everything_on_the_projector_is_in_sight(site, visitor, count, label):
    options = [option(f"k{number}", place) for number, place in enumerate(PLACES[:count])]
    asked = open_session(site.organisation, choice(label, options=options), name=LONG_QUESTION[:200])
    shown = run(open_session(site.organisation, choice(label, options=options)), "show_results")
    waiting = make_session(site.organisation, name=LONG_QUESTION)
    projector = visitor()
    found = {}
    for session in (asked, shown, waiting):
        projector.goto(site.address(f"/live/{session.code}/screen/"))
        projector.locator(".oogst-screen--fitted").wait_for()
        for width, height in SIZES:
            projector.set_viewport_size({"width": width, "height": height})
            expect(projector.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
            still(projector)
            found[session.code, width, height] = out_of_sight(projector)
    assert found == {key: [] for key in found}


def test_the_code_to_scan_keeps_its_white_ground_in_somebodys_own_colours(site, session, visitor):
    projector = visitor()
    projector.emulate_media(color_scheme="dark", forced_colors="active")
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    code = projector.locator(".oogst-screen__lobby .oogst-qr")
    assert code.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 255, 255)"
