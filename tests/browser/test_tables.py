"""A conversation in small groups: two phones at two tables, the console that leads it, the screen that shows it."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from participation.live.actions import contribute, take_seat
from participation.live.actions.answers import Entry, commit
from participation.live.models import Seat, Session
from tests.live.factories import first, make_session, open_session, run, table, talk

from .checks import axe, keyboard_walk, overflow
from .steady import connected, still
from .test_needs import enter

CALL = "https://call.example.org/green"


@pytest.fixture
def session(site):
    listed = [table("a", "Green", link=CALL, phone="+31 320 123 456"), table("b", "Blue")]
    return make_session(site.organisation, talk("What does your street need?", *listed, by="choice"))


@pytest.fixture
def console_of(site, visitor) -> Callable[[Session], Page]:
    def come(session: Session) -> Page:
        page = visitor(width=1280, height=900)
        enter(page, site, "facilitator")
        page.goto(site.address(f"/live/{session.code}/console/"))
        return connected(page)

    return come


@pytest.fixture
def console(session, console_of) -> Page:
    return console_of(session)


def test_two_tables_talk_and_are_brought_together(site, session, console, visitor):
    projector = visitor(width=1920, height=1080)
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    phones = [visitor(width=320), visitor(width=390)]
    for phone in phones:
        phone.goto(site.address(f"/join/{session.code}/"))
        connected(phone)
    console.get_by_role("button", name="Begin").click()
    console.get_by_role("button", name="Open tables").click()

    # Each chooses a table; the green one has a video call and a number.
    green, blue = phones
    green.get_by_role("button", name="Table 1: Green").click()
    blue.get_by_role("button", name="Table 2: Blue").click()
    expect(green.get_by_role("heading", name="Your table 1")).to_be_visible()
    call = green.get_by_role("link", name="Open the video call")
    for name, value in (("href", CALL), ("target", "_blank"), ("rel", re.compile("noopener"))):
        expect(call).to_have_attribute(name, value)
    dial = green.get_by_role("link", name="Call +31 320 123 456")
    expect(dial).to_have_attribute("href", "tel:+31320123456")
    expect(projector.locator(".oogst-tables__item")).to_have_text(
        [re.compile("Green.*1 person"), re.compile("Blue.*1 person")]
    )

    # They write, each for their own table; somebody takes the notes.
    green.get_by_role("button", name="I take the notes").click()
    expect(green.get_by_text("You take the notes.")).to_be_visible()
    for phone, words in ((green, "A bench in the shade"), (blue, "Light on the path")):
        phone.get_by_label("A note of your table").fill(words)
        phone.get_by_role("button", name="Send", exact=True).click()
        expect(phone.locator("[data-part=results]")).to_have_text(re.compile(words))
    expect(console.locator("#results")).to_contain_text("A bench in the shade")
    expect(console.locator("#results")).to_contain_text("Light on the path")
    expect(console.locator(".oogst-tables__item").first).to_contain_text("Somebody takes notes")
    expect(projector.get_by_text("Light on the path")).to_have_count(0)
    expect(green.get_by_text("Light on the path")).to_have_count(0)
    found = [
        problem for phone in phones for problem in (*overflow(phone, 320), *axe(phone), *keyboard_walk(phone))
    ]
    assert found + axe(console) == []

    # Together: everybody reads both.
    console.get_by_role("button", name="Close tables").click()
    expect(green.get_by_text("The conversation is over.")).to_be_visible()
    console.get_by_role("button", name="Bring together").click()
    for each in (green, blue, projector):
        for words in ("A bench in the shade", "Light on the path"):
            expect(each.locator(".oogst-group").get_by_text(words)).to_be_visible()
    expect(green.locator(".oogst-live-note")).to_be_visible()
    assert [problem for phone in phones for problem in (*overflow(phone, 320), *axe(phone))] == []


MANY = 6  # tables, with so many long notes each


@pytest.fixture
def together(site) -> Session:
    """Everything is brought together, and it is more than goes on one screen."""
    session = open_session(site.organisation, talk("What does your street need?", count=MANY))
    walls = [each.thread.public_id for each in first(session).tables.select_related("thread")]
    for number in range(MANY):
        person = uuid.uuid4()
        commit(session.pk, [Entry(person)])
        wall = walls[Seat.objects.get(participant=person).table.number - 1]
        for note in range(MANY):
            words = f"Wish {number}.{note}. " + "A place to sit in the shade near the shop. " * 6
            contribute(session.pk, person, uuid.uuid4(), wall, words, "", "en")
    return run(session, "close", "show_results")


def shown(page: Page) -> list[str]:
    """Which notes are on the projector, whole."""
    room = page.locator("#main-part").bounding_box()
    assert room
    for note in page.locator(".oogst-group li:visible").all():
        box = note.bounding_box()
        assert box
        assert box["y"] + box["height"] <= room["y"] + room["height"] + 1
    return re.findall(r"Wish \d\.\d", " ".join(page.locator(".oogst-group li:visible").all_inner_texts()))


def open_screen(site, session, page: Page, query: str = "") -> Page:
    """With a clock that stands still until a test lets some time pass."""
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.goto(site.address(f"/live/{session.code}/screen/{query}"))
    expect(page.get_by_role("button", name="More notes")).to_be_visible()
    still(page)
    return page


def test_the_projector_shows_every_note_once_and_says_how_far_it_is(site, together, visitor):
    page = open_screen(site, together, visitor(width=1280, height=800))
    expect(page.locator(".oogst-group__n").first).to_have_text(re.compile(r"1–\d of 6"))
    seen = shown(page)
    everything = {f"Wish {table}.{note}" for table in range(MANY) for note in range(MANY)}
    for _page in range(MANY * MANY):
        if set(seen) == everything:
            break
        page.keyboard.press("ArrowRight")
        seen += shown(page)
    assert sorted(seen) == sorted(everything)
    page.clock.resume()  # axe takes its time
    assert axe(page) == []


def test_a_page_of_notes_turns_by_itself_after_time_to_read_it_and_never_once_somebody_turned_it(
    site, together, visitor
):
    page = visitor(width=1280, height=800)
    page.emulate_media(reduced_motion="no-preference")
    open_screen(site, together, page)
    first_page = shown(page)
    page.clock.run_for(20_000)
    assert shown(page) == first_page
    page.clock.run_for(45_000)
    second_page = shown(page)
    assert not set(first_page) & set(second_page)
    page.get_by_role("button", name="Notes before these").click()
    assert shown(page) == first_page
    page.clock.run_for(300_000)
    assert shown(page) == first_page


def test_notes_stay_for_who_asked_for_little_motion(site, together, visitor):
    page = open_screen(site, together, visitor(width=1280, height=800))
    before = shown(page)
    page.clock.run_for(300_000)
    assert shown(page) == before


def test_in_a_frame_of_a_video_call_notes_turn_only_by_hand(site, together, visitor):
    page = visitor(width=1280, height=800)
    page.emulate_media(reduced_motion="no-preference")
    page.clock.install()
    screen = site.address(f"/live/{together.code}/screen/?embed")
    call = f'<iframe title="The room" src="{screen}" width="1000" height="600"></iframe>'
    page.context.grant_permissions(["local-network-access"])  # a page made up here counts as from far away
    page.route("http://call.localhost/", lambda route: route.fulfill(content_type="text/html", body=call))
    page.goto("http://call.localhost/")
    frame = page.frame_locator("iframe")
    on = frame.get_by_role("button", name="More notes")
    expect(on).to_be_visible()
    notes = frame.locator(".oogst-group li:visible .oogst-resident-text")
    first_page = notes.all_inner_texts()
    page.clock.run_for(300_000)
    expect(notes).to_have_text(first_page)
    on.click()
    for text in first_page:
        expect(notes.filter(has_text=text)).to_have_count(0)
    frame.get_by_role("button", name="Notes before these").click()
    expect(notes).to_have_text(first_page)


def test_the_console_has_each_note_once_also_after_a_reload(site, together, console_of):
    page = console_of(together)
    expect(page.locator("#results .oogst-group")).to_have_count(MANY)
    expect(page.locator("#results [data-id]")).to_have_count(MANY * MANY)
    expect(page.locator("#results .oogst-resident-text")).to_have_count(MANY * MANY)


def test_the_console_groups_notes_of_tables_and_moves_somebody_by_keys(site, session, console_of, visitor):
    opened = run(session, "open")
    green = first(opened).tables.get(number=1).thread.public_id
    writer = uuid.uuid4()
    take_seat(session.pk, writer, None, first(session).key, green)
    contribute(session.pk, writer, uuid.uuid4(), green, "A bench in the shade", "", "en")
    phone = visitor(width=390)
    phone.goto(site.address(f"/join/{session.code}/"))
    phone.get_by_role("button", name="Table 1: Green").click()
    expect(phone.get_by_role("heading", name="Your table 1")).to_be_visible()
    page = console_of(opened)
    note = page.locator("#results [data-id]")
    expect(note).to_have_count(1)
    page.locator("[data-refresh]").first.wait_for(state="hidden")

    # G: a group at the first table. Its number puts the note in it.
    page.keyboard.press("g")
    groups = page.get_by_role("dialog", name="Groups")
    groups.get_by_label("Of which table?").select_option(label="Table 1: Green")
    groups.get_by_label("New group").fill("Rest")
    groups.get_by_role("button", name="Make").click()
    expect(page.locator("#results [data-cluster]").first).to_contain_text("Rest")
    page.keyboard.press("Escape")
    note.focus()
    page.keyboard.press("1")
    expect(page.locator("#results [data-cluster]", has_text="Rest").locator("[data-id]")).to_have_count(1)

    # V: who came last goes to the other table, and Z brings them back.
    page.keyboard.press("v")
    move = page.get_by_role("dialog", name="Move somebody to another table")
    who = move.get_by_label("Who?")
    expect(who).to_be_focused()
    expect(who.locator("optgroup").first).to_have_attribute("label", "Table 1: Green (2)")
    expect(who.locator("optgroup").last).to_have_attribute("label", "Table 2: Blue (0)")
    assert axe(page) == []
    who.select_option(label="Seat 2")
    move.get_by_label("To which table?").select_option(label="Table 2: Blue")
    move.get_by_role("button", name="Move").click()
    expect(phone.get_by_role("heading", name="Your table 2")).to_be_visible()
    expect(move).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("They sit at the other table now.")
    page.keyboard.press("z")
    expect(phone.get_by_role("heading", name="Your table 1")).to_be_visible()
    expect(page.locator("#status")).not_to_contain_text("They sit at the other table now.")
