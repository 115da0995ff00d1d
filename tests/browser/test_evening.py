"""A whole evening in five browsers: a console that is led by keyboard, the projector, and three phones, one of which
loses its network, answers all the same, and comes back when the room has moved on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from participation.contributions.models import Contribution
from participation.live.models import Attendance
from surveys.models import Response
from surveys.queries import values_of
from tests.factories import ProjectFactory
from tests.live.evenings import example
from tests.live.factories import make_session, wall
from tests.surveys.factories import block

from .steady import connected, offline
from .test_needs import enter

NOTES = ["A stage in the park", "A kitchen for all", "Swings"]
TEXTS = ["A bench in the shade", "Something rude", "Longer evenings"]
NAMES = ["Ada", "Bo", "Cas"]
SAVED = "#live .oogst-saved"


def check(*labels: str) -> Callable[[Page], None]:
    def do(phone: Page) -> None:
        for label in labels:
            phone.get_by_label(label, exact=True).check()

    return do


def write(*words: str) -> Callable[[Page], None]:
    def do(phone: Page) -> None:
        fields = phone.locator("#live [data-part=ask]").locator("textarea, input[type=text]")
        for number, word in enumerate(words):
            fields.nth(number).fill(word)

    return do


def rate(**by_statement: str) -> Callable[[Page], None]:
    """By the first word of a statement."""

    def do(phone: Page) -> None:
        for first, label in by_statement.items():
            phone.locator("fieldset.oogst-part", has_text=first).get_by_label(label, exact=True).check()

    return do


def give(**by_item: str) -> Callable[[Page], None]:
    def do(phone: Page) -> None:
        for first, points in by_item.items():
            phone.locator(".oogst-place", has_text=first).locator("input").fill(points)

    return do


def order(*first_words: str) -> Callable[[Page], None]:
    def do(phone: Page) -> None:
        for place, word in enumerate(first_words, 1):
            phone.locator(".oogst-place", has_text=word).locator("select").select_option(str(place))

    return do


@dataclass
class Asked:
    """What each of the three phones does, what is stored of it, and what the projector says of whom."""

    kind: str
    does: list[Callable[[Page], None]]
    stored: list[Any]
    seen: dict[str, str]
    more: dict[str, Any] = field(default_factory=dict)


EVENING = [
    Asked(
        "single_choice",
        [check("In the library"), check("In the library"), check("At the harbour")],
        ["a1", "a1", "a2"],
        {"In the library": "67% (2)", "At the harbour": "33% (1)"},
    ),
    Asked(
        "multiple_choice",
        [check("Books", "A quiet place"), check("Books"), check("Meeting people")],
        [["m1", "m3"], ["m1"], ["m2"]],
        {"Books": "67% (2)", "Meeting people": "33% (1)", "A quiet place": "33% (1)"},
    ),
    Asked(
        "scales",
        [rate(Clean="4", Safe="2"), rate(Clean="5"), rate(Safe="4")],
        [{"s1": 4, "s2": 2}, {"s1": 5}, {"s2": 4}],
        {"Clean": "4.5", "Safe": "3"},
    ),
    Asked(
        "word_cloud",
        [write("green", "quiet"), write("Green"), write("polder")],
        [["green", "quiet"], ["Green"], ["polder"]],
        {"green": "(2)", "quiet": "(1)", "polder": "(1)"},
    ),
    Asked(
        "ranking",
        [order("workshop", "kitchen"), order("workshop"), order("kitchen", "workshop")],
        [["r3", "r2"], ["r3"], ["r2", "r3"]],
        {"A workshop": "8", "A kitchen": "5"},
    ),
    Asked(
        "statements",
        [
            rate(There="Agree", know="Disagree"),
            rate(There="Agree"),
            rate(know="Agree"),
        ],
        [{"t1": "agree", "t2": "disagree"}, {"t1": "agree"}, {"t2": "agree"}],
        {"There is enough": "100%", "I know": "50%"},
    ),
    Asked(
        "points",
        [give(Longer="60", kitchen="40"), give(More="100"), give(kitchen="100")],
        [{"b1": 60, "b2": 40}, {"b3": 100}, {"b2": 100}],
        {"A kitchen": "46.7", "More books": "33.3", "Longer": "20"},
    ),
    Asked(
        "quiz",
        [check("1967"), check("1957"), check("1967")],
        [["q2"], ["q1"], ["q2"]],
        {"1967": "67% (2)", "1957": "33% (1)", "1977": "0% (0)"},
    ),
]
OFFLINE_AT = "multiple_choice"  # the third phone; it returns when the next question is open


@dataclass
class Room:
    console: Page
    projector: Page
    phones: list[Page]

    def press(self, key: str) -> None:
        """When the command before it is done: the buttons say so."""
        expect(self.console.locator("#connection")).to_be_hidden()
        self.console.keyboard.press(key)

    def go_to(self, heading: str) -> None:
        self.press("ArrowRight")
        for page in (self.console, self.projector):
            expect(page.locator("#heading")).to_have_text(heading)

    def open(self) -> None:
        self.press("o")
        expect(self.console.locator("#controls [data-key=opening]")).to_contain_text("Close")

    def show(self, answers: int) -> None:
        expect(self.projector.locator("#answers")).to_contain_text(str(answers))
        self.press("r")
        expect(self.console.locator("#who")).to_contain_text("The room sees this")

    def says(self, seen: dict[str, str]) -> None:
        for label, value in seen.items():
            item = self.projector.locator("#main-part li", has_text=label).first
            expect(item).to_contain_text(value)


def heading_of(asked: Asked) -> str:
    return str(example(asked.kind)["value"]["label"])


def send(phone: Page, does: Callable[[Page], None]) -> None:
    does(phone)
    phone.locator("#live [data-part=ask]").get_by_role("button", name="Send").click()


def introduce(phone: Page, name: str) -> None:
    phone.get_by_text("This phone", exact=True).click()
    phone.get_by_label("Nickname").fill(name)
    phone.locator("#phone").get_by_role("button", name="Save").click()
    expect(phone.locator("#who")).to_contain_text(name)
    phone.get_by_text("This phone", exact=True).click()


@pytest.fixture
def session(site):
    project = ProjectFactory(organisation=site.organisation, name="More to do")
    script = [block(asked.kind, **asked.more) for asked in EVENING]
    scores = {
        "type": "scores",
        "id": "7a4f4b0e-5a39-4a2e-9f0b-0d4f6f7e1c11",
        "value": {"title": "Who knows the town?"},
    }
    told = block("open_text", approve_first=True)
    return make_session(site.organisation, *script, scores, told, wall("What is missing?"), project=project)


@pytest.fixture
def room(site, session, visitor) -> Room:
    console = visitor(width=1280)
    enter(console, site, "facilitator")
    console.goto(site.address(f"/live/{session.code}/console/"))
    projector = visitor(width=1280, height=720)
    projector.goto(site.address(f"/live/{session.code}/screen/"))
    phones = [visitor(width=width) for width in (320, 390, 768)]
    for phone in phones:
        phone.goto(site.address(f"/join/{session.code}/"))
        connected(phone)
    return Room(connected(console), projector, phones)


def test_an_evening_of_ten_kinds_with_a_phone_that_goes_offline_and_returns(session, room):
    for phone, name in zip(room.phones, NAMES, strict=True):
        introduce(phone, name)
    before = None
    for asked in EVENING:
        room.go_to(heading_of(asked))
        room.open()
        if before and before.kind == OFFLINE_AT:
            come_back(room, asked)
        answer(room, asked)
        if before and before.kind == OFFLINE_AT:
            look_back(room, before, asked)
        before = asked
    see_who_knows_most(room)
    read_first_and_show(room)
    write_on_the_wall(room)
    end(room)
    assert given(session) == sorted(
        (
            {asked.kind: asked.stored[number] for asked in EVENING} | {"open_text": TEXTS[number]}
            for number in range(3)
        ),
        key=str,
    )
    assert sorted(Attendance.objects.values_list("nickname", flat=True)) == sorted(NAMES)
    written = {note.text: note.supports.count() for note in Contribution.objects.all()}
    assert written == {NOTES[0]: 1, NOTES[1]: 0, NOTES[2]: 0}


def answer(room: Room, asked: Asked) -> None:
    three, is_offline = room.phones[2], asked.kind == OFFLINE_AT
    for phone, does in zip(room.phones, asked.does, strict=True):
        expect(phone.get_by_role("heading", level=1)).to_have_text(heading_of(asked))
        phone.get_by_role("button", name="Send").wait_for()
        if is_offline and phone is three:
            offline(phone)
        send(phone, does)
        said = "Saved on this phone" if is_offline and phone is three else "You can change your answer"
        expect(phone.locator(SAVED)).to_contain_text(said)
    room.show(2 if is_offline else 3)
    if not is_offline:
        room.says(asked.seen)


def come_back(room: Room, now: Asked) -> None:
    """The room has moved on; nobody has to do anything."""
    three = room.phones[2]
    expect(three.get_by_role("heading", level=1)).not_to_have_text(heading_of(now))
    three.context.set_offline(False)
    expect(three.get_by_role("heading", level=1)).to_have_text(heading_of(now))


def look_back(room: Room, before: Asked, now: Asked) -> None:
    """What was said without a network is counted, once."""
    room.press("ArrowLeft")
    expect(room.projector.locator("#heading")).to_have_text(heading_of(before))
    expect(room.projector.locator("#answers")).to_contain_text("3")
    room.says(before.seen)
    expect(room.phones[2].get_by_role("heading", level=1)).to_have_text(heading_of(before))
    expect(room.phones[2].locator(SAVED)).to_contain_text("Saved")
    room.go_to(heading_of(now))


def see_who_knows_most(room: Room) -> None:
    room.go_to("Who knows the town?")
    board = room.projector.locator("#main-part")
    for place in ("1. Ada", "1. Cas"):
        expect(board).to_contain_text(place)
    expect(board).not_to_contain_text("Bo")  # nobody without a point is among the best
    for phone, place in zip(room.phones, (1, 3, 1), strict=True):
        right = 1 if place == 1 else 0
        expect(phone.get_by_text(f"You: place {place} of 3, with {right} right.")).to_be_visible()


def read_first_and_show(room: Room) -> None:
    """By keyboard: one text is shown, one is hidden, one waits."""
    told = str(example("open_text")["value"]["label"])
    room.go_to(told)
    room.open()
    waiting = room.console.locator("#queue > li[tabindex]")
    for number, (phone, text) in enumerate(zip(room.phones, TEXTS, strict=True), 1):
        expect(phone.get_by_role("heading", level=1)).to_have_text(told)
        send(phone, write(text))
        expect(waiting).to_have_count(number)
    room.press("w")
    for key, left in (("a", 2), ("h", 1)):
        expect(waiting.first).to_be_focused()
        room.press(key)
        expect(waiting).to_have_count(left)
    room.show(1)
    for page in (room.projector, room.phones[1]):
        expect(page.get_by_text(TEXTS[0])).to_be_visible()
    for hidden in TEXTS[1:]:
        expect(room.projector.get_by_text(hidden)).to_have_count(0)


def write_on_the_wall(room: Room) -> None:
    room.go_to("What is missing?")
    room.open()
    for phone, note in zip(room.phones, NOTES, strict=True):
        expect(phone.get_by_role("heading", level=1)).to_have_text("What is missing?")
        send(phone, write(note))
        expect(room.projector.get_by_text(note)).to_be_visible()
    room.phones[1].locator("li", has_text=NOTES[0]).get_by_role("button", name="I am for this").click()
    expect(room.phones[2].locator("li", has_text=NOTES[0])).to_contain_text("(1)")


def end(room: Room) -> None:
    room.console.locator("summary", has_text="More").last.click()
    room.console.get_by_text("End the session").click()
    room.console.get_by_role("button", name="Yes, end it").click()
    codes = set()
    for phone in room.phones:
        expect(phone.get_by_role("heading", name="Follow your answer")).to_be_visible()
        codes.add(phone.locator(".oogst-receipt-box__code").inner_text())
        for text in ("67%", NOTES[0], TEXTS[0]):
            expect(phone.get_by_text(text).first).to_be_visible()
        for hidden in TEXTS[1:]:
            expect(phone.get_by_text(hidden)).to_have_count(0)
    assert len(codes) == 3
    expect(room.projector.get_by_role("heading", name="Thank you")).to_be_visible()


def given(session: Any) -> list[dict[str, Any]]:
    """What each person answered, as it is in the database."""
    people = Response.objects.filter(collector=session.collector).prefetch_related("answers__question")
    found = []
    for person in people:
        answers = list(person.answers.all())
        kinds = {str(each.question.key): each.question.kind for each in answers}
        found.append({kinds[key]: value for key, value in values_of(answers).items()})
    order = [*(asked.kind for asked in EVENING), "open_text"]
    return sorted(({kind: each[kind] for kind in order if kind in each} for each in found), key=str)
