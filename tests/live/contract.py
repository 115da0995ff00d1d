"""A small session of each kind of question and type of step, played over the socket, and what every view got of it.

At each somebody writes what nobody may read: one text that staff never approved, one that they hid. Everybody has a
nickname. It takes half a second a kind, so each is played once (see the fixture `play` in test_kind_contract.py)."""

import io
import json
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from channels.routing import URLRouter
from django.conf import settings
from django.test import Client
from django.urls import path
from django.utils.translation import override
from docx import Document

from participation.live import queries, scores
from participation.live.blocks import script_blocks
from participation.live.consumers import LiveConsumer
from participation.live.doors import guarded
from participation.live.models import Session, Step
from participation.organisations.models import Organisation
from surveys import kinds
from surveys.kinds.base import Chart, Kind, Row
from surveys.structure import FrozenQuestion
from tests.factories import ProjectFactory, staff
from tests.live.evenings import example
from tests.live.factories import make_session, slide, talk, wall
from tests.live.phones import PATIENCE, Phone, cookie_of, in_thread
from tests.visitors import Page

# What an editor fills in for each type of step that is no question. A new type gets its line here.
STEPS: dict[str, dict[str, Any]] = {
    "slide": slide("Welcome to the square", "Good that you are here"),
    "wall": wall("What would you make together?", approve_first=True),
    "stage": wall("What do you ask the mayor?", approve_first=True, kind="stage"),
    "talk": talk("What did you hear from each other?"),
    "scores": {"type": "scores", "id": str(uuid.UUID(int=9)), "value": {"title": "Who knows the town?"}},
}
ASKED_BEFORE = {"scores": "quiz"}  # what else the script needs
TYPES = [name for name, _block in script_blocks()]
LANGUAGES = ("nl", "en")
NOTES = ["A bench in the shade", "Music on Sunday"]  # what people write on walls and to the stage
WAITS, HIDDEN = "Zomerwens", "Scheldwoord"  # what nobody may read
NICKNAMES = ["Zwaluw", "Ooievaar", "Reiger", "Kieviet", "Grutto", "Lepelaar", "Scholekster"]


@dataclass
class Moment:
    """What every view gets at one moment: over the socket as (view, language), and as a page without a script."""

    snapshots: dict[tuple[str, str], dict[str, Any]]
    pages: dict[tuple[str, str], Page]


@dataclass(eq=False)
class Played:
    """`values` (or notes) is what counts, in the order in which `people` gave it; then come the two who are not read."""

    type: str
    session: Session
    step: Step
    values: list[Any]
    people: list[uuid.UUID]
    before: Moment  # open, with its results shown, and nobody has answered
    hidden: Moment  # everybody has answered, and the room does not see it yet
    after: Moment  # the room sees the results
    frames: dict[str, list[str]]  # view -> all that each socket got, as text
    form: Page  # the first phone's page without a script, to change the answer
    early: dict[str, Any]  # the report (page and document) and the data before anybody answered
    late: dict[str, Any]  # the same after the end, and the page for everybody

    @property
    def kind(self) -> Kind | None:
        return kinds.all_kinds().get(self.type)

    def question(self, language: str) -> FrozenQuestion:
        return queries.room(self.session.pk).question(self.step, language)

    @cached_property
    def tally(self) -> dict[str, Any]:
        """Counted by the kind itself, one answer after another, the newest first."""
        assert self.kind
        given = [(n, value) for n, value in enumerate(self.values, 1)][::-1]
        rows = [
            Row(item, stored, 1, str(n))
            for n, value in given
            for item, stored in self.kind.split(value).items()
        ]
        return self.kind.tally(self.question("nl"), rows)

    def charts(self, language: str, *, in_report: bool = False) -> list[Chart]:
        """What must be drawn, in the reader's words."""
        with override(language):
            if self.step.type == Step.Type.SCORES:
                board = scores.scoreboard(queries.room(self.session.pk))
                return [scores.spread(board) if in_report else scores.chart(board)]
            return (
                self.kind.charts(self.question(language), self.tally, len(self.values)) if self.kind else []
            )


def _get(client: Client, session: Session, address: str, language: str) -> Page:
    client.cookies["django_language"] = language
    response = client.get(address.format(session.code))
    assert response.status_code == 200
    return Page(address, response.status_code, response.content.decode())


# --- Playing ----------------------------------------------------------------------------------------


async def play(organisation: Organisation, type: str) -> Played:
    consumer = LiveConsumer()
    try:
        return await _Room(organisation, type).played(
            URLRouter([path("ws/live/<str:code>/", guarded(consumer))])
        )
    finally:
        if consumer.hall is not None:
            await in_thread(consumer.hall.close)()


async def _all_heard(phone: Phone) -> str:
    """When the session has ended."""
    while (output := await phone.socket.receive_output(timeout=PATIENCE))["type"] != "websocket.close":
        phone.seen.append(json.loads(output["text"]))
    await phone.leave()
    return json.dumps(phone.seen, ensure_ascii=False)


def block_of(type: str) -> dict[str, Any]:
    """The example as an editor makes it; what people write themselves is read by staff first."""
    kind = kinds.all_kinds().get(type)
    if kind is None:
        return STEPS[type]
    made = example(type)
    if kind.is_written:
        made["value"] = {**made["value"], "approve_first": True}
    return made


class _Room:
    def __init__(self, organisation: Organisation, type: str) -> None:
        self.organisation, self.type = organisation, type
        self.kind = kinds.all_kinds().get(type)

    async def played(self, application: Any) -> Played:
        await in_thread(self._prepare)()
        login = f"{settings.SESSION_COOKIE_NAME}={self.desk.cookies[settings.SESSION_COOKIE_NAME].value}"
        join = {"application": application, "session": self.session}
        self.screen = await Phone.join(**join, view="screen")
        self.console = await Phone.join(**join, view="console", cookie=login)
        self.phones = [await Phone.join(**join) for _value in range(len(self._given()) + 2)]
        for phone, name in zip(self.phones, NICKNAMES, strict=False):
            await phone.ask(type="me", name=name, given_by="self", people=1)
        await self._tell("goto", step=str(self.step.key))
        if self.kind or self.step.thread_id:
            await self._tell("open")
        before, early = await self._seen("show_results"), await in_thread(self._reported)()
        await self._tell("hide_results")
        values = await self._answer()
        hidden = await self._seen(n=len(values))
        form = await in_thread(_get)(self.phone_client, self.session, "/join/{}/?change=1", "nl")
        after = await self._seen("show_results")
        await self.console.command("end")
        everybody = {"screen": [self.screen], "console": [self.console], "participant": self.phones}
        frames = {view: [await _all_heard(each) for each in who] for view, who in everybody.items()}
        late = await in_thread(self._reported)()
        people = [phone.person for phone in self.phones]
        session = await in_thread(Session.objects.get)(pk=self.session.pk)
        return Played(
            self.type,
            session,
            self.step,
            values,
            people,
            before,
            hidden,
            after,
            frames,
            form,
            early,
            late,
        )

    def _prepare(self) -> None:
        script = [block_of(each) for each in (ASKED_BEFORE.get(self.type), self.type) if each]
        project = ProjectFactory(organisation=self.organisation)
        self.session = make_session(self.organisation, *script, project=project)
        self.step = list(self.session.steps.select_related("question", "thread"))[-1]
        self.desk, self.phone_client, self.nobody = Client(), Client(), Client()
        self.desk.force_login(staff(self.organisation, "facilitator"))

    def _given(self) -> list[Any]:
        """What people answer at this step, or at the question before it."""
        asked = self.type if self.kind else ASKED_BEFORE.get(self.type)
        return kinds.get(asked).example()["values"] if asked else NOTES

    async def _tell(self, name: str, **args: Any) -> dict[str, Any]:
        outcome = await self.console.command(name, **args)
        assert outcome["type"] == "ack", (self.type, name, outcome)
        return outcome

    # --- Answering

    async def _answer(self) -> list[Any]:
        if self.kind:
            return await self._answer_question()
        if self.type in ASKED_BEFORE:
            await self._answer_before()
        return await self._write_notes() if self.step.thread_id else []

    async def _answer_before(self) -> None:
        """The quiz of which the scoreboard tells who knows most."""
        asked = await in_thread(lambda: self.session.steps.select_related("question").first())()
        await self._tell("goto", step=str(asked.key))
        await self._tell("open")
        for phone, value in zip(self.phones, self._given(), strict=False):
            assert (await phone.answer(asked.question.key, value))["type"] == "ack"
        await self._tell("show_results")
        await self._heard(await self._tell("goto", step=str(self.step.key)))

    async def _answer_question(self) -> list[Any]:
        assert self.kind
        assert self.step.question
        values = self._given()
        unread = [WAITS, HIDDEN] if self.kind.is_written else []
        like_the_first = [words if isinstance(values[0], str) else [words] for words in unread]
        for phone, value in zip(self.phones, [*values, *like_the_first], strict=False):
            assert (await phone.answer(self.step.question.key, value))["type"] == "ack"
        await self._read_queue("answer")
        return values

    async def _write_notes(self) -> list[Any]:
        assert self.step.thread
        for phone, words in zip(self.phones, [*NOTES, WAITS, HIDDEN], strict=True):
            sent = {"type": "contribute", "thread": self.step.thread.public_id, "text": words}
            assert (await phone.ask(**sent))["type"] == "ack"
        await self._read_queue("contribution")
        note = await in_thread(self.step.thread.contributions.get)(text=NOTES[0])
        for phone in self.phones[1:]:
            await phone.ask(type="support", contribution=note.public_id, on=True)
        return NOTES

    async def _read_queue(self, place: str) -> None:
        """Staff let all through, hide one, and leave one for later."""
        n = await in_thread(lambda: len(queries.queue(queries.room(self.session.pk))))()
        if n:
            news = await self.console.get("queue", where=lambda news: len(news["waiting"]) == n)
            for each in news["waiting"]:
                if each["text"] != WAITS:
                    await self._tell("hide" if each["text"] == HIDDEN else "approve", **{place: each[place]})

    # --- Looking

    async def _seen(self, command: str = "", n: int = 0) -> Moment:
        """When everybody has heard of this command; without one, when the screen knows that `n` have answered."""
        if command:
            await self._heard(await self._tell(command))
        elif n:
            await self.screen.get(
                "results", "step", where=lambda news: (news.get("results") or news).get("n") == n
            )
        snapshots = {}
        for view, who in self._looking().items():
            for language in LANGUAGES:
                await who.say(type="hello", v=1, seen=None, lang=language)
                snapshots[view, language] = await who.get("snapshot")
        return Moment(snapshots, await in_thread(self._pages)())

    def _looking(self) -> dict[str, Phone]:
        return {"participant": self.phones[0], "screen": self.screen, "console": self.console}

    async def _heard(self, ack: dict[str, Any]) -> None:
        for who in self._looking().values():
            await who.get("step", where=lambda news: news["rev"] >= ack["rev"])

    def _pages(self) -> dict[tuple[str, str], Page]:
        self.phone_client.cookies.load(cookie_of(self.organisation, self.phones[0].person))
        places = {
            "participant": (self.phone_client, "/join/{}/"),
            "screen": (self.nobody, "/live/{}/screen/"),
            "console": (self.desk, "/live/{}/console/"),
        }
        return {
            (view, language): _get(client, self.session, address, language)
            for view, (client, address) in places.items()
            for language in LANGUAGES
        }

    def _reported(self) -> dict[str, Any]:
        """ "report nl" and so on: a page; "document nl"; "json" and so on: what is taken along."""
        found: dict[str, Any] = {}
        self.desk.cookies["django_language"] = "nl"
        for form in ("xlsx", "json", "csv:answers", "csv:texts"):
            taken = self.desk.post(f"/live/{self.session.code}/export/", {"format": form})
            found[form] = b"".join(taken)
        for language in LANGUAGES:
            found[f"report {language}"] = _get(self.desk, self.session, "/live/{}/report/", language)
            found[f"everybody {language}"] = _get(self.nobody, self.session, "/join/{}/", language)
            document = self.desk.get(f"/live/{self.session.code}/report.docx")
            found[f"document {language}"] = Document(io.BytesIO(document.content))
        return found
