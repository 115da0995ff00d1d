"""What a session has beside typed words: an answer that is spoken, a place on the map, a question that is read aloud, and
a translation that staff write."""

import pytest
from playwright.sync_api import Page, expect

from participation.areas.models import Area
from surveys.models import Answer, Recording
from tests.areas.factories import square
from tests.live.factories import choice, make_session, open_session, run, text
from tests.live.test_slides import file, shown_slide
from tests.surveys.factories import block

from .test_needs import enter

pytestmark = pytest.mark.looks


@pytest.fixture
def join(site, visitor):
    def come(session, **how) -> Page:
        phone = visitor(**{"width": 390, **how})
        phone.goto(site.address(f"/join/{session.code}/"))
        return phone

    return come


def test_an_answer_is_spoken_into_a_phone(site, join):
    session = open_session(site.organisation, block("spoken_answer"))
    phone = join(session)
    phone.context.grant_permissions(["microphone"])
    phone.get_by_role("button", name="Record my answer").click()
    expect(phone.get_by_text("0:01")).to_be_visible()
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_role("button", name="Throw away")).to_be_visible()
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#live .oogst-saved")).to_contain_text("Saved")
    recording = Recording.objects.get()
    assert (recording.content_type, recording.file.size > 500) == ("audio/webm", True)
    stored = dict(Answer.objects.values_list("item", "value"))
    assert stored == {"recording": recording.public_id, "": ""}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_place_is_seen_on_the_map_on_phone_and_projector(site, join, visitor, javascript):
    Area.objects.create(code="GM0777", name="Town", kind="gemeente", geometry=square(5, 52, 1))
    place = {"place": "The library", "area": "GM0777", "latitude": 52.5, "longitude": 5.5}
    session = run(make_session(site.organisation, shown_slide(**place)), "start")
    phone = join(session, javascript=javascript)
    projector = visitor(width=1280, height=720, javascript=javascript)
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    for page in (phone, projector):
        expect(page.get_by_text("The library")).to_be_visible()
        drawn = page.get_by_role("img", name="Map of Town: The library")
        expect(drawn).to_be_visible()
        if javascript:
            expect(drawn).to_be_in_viewport(ratio=1)  # a script makes it fit
        frame, pin = drawn.bounding_box(), drawn.locator(".oogst-slide__pin").bounding_box()
        assert frame["x"] < pin["x"] < pin["x"] + pin["width"] < frame["x"] + frame["width"]
        assert frame["y"] < pin["y"] < pin["y"] + pin["height"] < frame["y"] + frame["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_read_aloud_on_a_phone(site, join, javascript):
    voice = file(site.organisation, "voice.mp3")
    session = open_session(site.organisation, choice(audio=voice.pk))
    phone = join(session, javascript=javascript)
    player = phone.locator("#live audio")
    expect(player).to_be_visible()
    expect(player).to_have_attribute("src", voice.url)
    assert player.bounding_box()["height"] >= 40


def test_staff_translate_an_answer_and_each_phone_reads_its_own_language(site, join, visitor):
    session = run(open_session(site.organisation, text()), "show_results")
    dutch, english = join(session, language="nl"), join(session)
    dutch.get_by_label("Jouw antwoord").fill("Een bankje")
    dutch.get_by_role("button", name="Verstuur").click()
    console = visitor()
    enter(console, site, "facilitator")
    console.goto(site.address(f"/live/{session.code}/console/"))
    console.locator("[data-refresh]").first.wait_for(state="hidden")
    console.locator("#results").get_by_role("button", name="More").click()
    dialog = console.get_by_role("dialog", name="This text")
    dialog.get_by_label("Translation: English").fill("A bench")
    dialog.locator(".oogst-console__translation", has_text="English").get_by_role("button").click()
    expect(dialog).to_be_hidden()
    expect(console.locator("#results")).to_contain_text("A bench")
    expect(english.locator(".oogst-wall")).to_contain_text("A bench")
    english.get_by_text("Translated by us. Show the original").click()
    expect(english.locator(".oogst-wall").get_by_text("Een bankje")).to_be_visible()
    expect(dutch.locator(".oogst-wall")).to_contain_text("Een bankje")
    expect(dutch.locator(".oogst-wall")).not_to_contain_text("A bench")


def test_caption_lines_that_were_not_sent_keep_their_order(site, visitor):
    session = open_session(site.organisation)
    page = visitor()
    enter(page, site, "facilitator")
    page.goto(site.address(f"/live/{session.code}/captions/"))
    page.evaluate(
        """() => {
          const network = window.fetch;
          window.fetch = () => new Promise((_, reject) => {
            window.fetch = network;
            window.lose = () => reject(new TypeError("no network"));
          });
        }"""
    )
    field = page.get_by_label("What is said")
    for line in ("First of all.", "Then this."):
        field.fill(line)
        field.press("Enter")
    page.evaluate("lose()")
    expect(field).to_have_value("First of all. Then this.")
    expect(page.get_by_role("status")).to_contain_text("Not sent")
    field.press("Enter")
    expect(page.locator("#lines li")).to_have_text(["First of all. Then this."])
    assert [each.text for each in session.captions.all()] == ["First of all. Then this."]
