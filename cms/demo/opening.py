"""The demo's opening evening: it was held weeks ago, so its report, results and export are there to see."""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from participation.contributions import actions as boards
from participation.contributions.models import Contribution
from participation.live import actions as live
from participation.live.actions.answers import Entry, commit
from participation.live.models import Session
from participation.people.models import User
from surveys.models import Answer

from .clock import as_of, days
from .guessing import grade, points, votes
from .opening_said import (
    ABOVE,
    ANSWERED,
    CAPTIONS,
    CLUSTERS,
    COUNTED,
    LATER,
    MISSED,
    NOTES,
    QUESTIONS,
    QUOTED,
    WORDS,
)
from .questions import SPACE, key, option_keys, options, question

OPENING = {
    "title": "Startavond: meer te doen",
    "slug": "startavond",
    "picture": "library-square",
    "intro": "De eerste avond van dit project, in de bibliotheek. Wat mist Lelystad, en waarom is dat belangrijk?",
}
CODE, DAY = "135791", -20
ROOM, TABLES, LATE = 43, (4, 6), 6  # phones (of which two are of a table), and people at their own pace

OPENING_SCRIPT: list[dict[str, Any]] = [
    {
        "type": "slide",
        "id": key("opening/welcome"),
        "value": {
            "title": "Vanavond luisteren wij",
            "text": "Er is nog geen plan. Eerst willen we weten wat jij mist, en waarom. Je naam is niet nodig.",
        },
    },
    question(
        "single_choice",
        "opening/live",
        "Wie zitten er in de zaal?",
        options=options(
            "opening/live",
            "Ik woon hier al meer dan twintig jaar",
            "Ik ben hier later komen wonen",
            "Ik woon hier pas",
            "Ik woon ergens anders",
        ),
    ),
    question(
        "word_cloud",
        "opening/words",
        "Hoe is een avond in Lelystad? Zeg het in losse woorden.",
        most=3,
    ),
    question(
        "scale",
        "opening/enough",
        "Is er genoeg te doen in Lelystad?",
        low_label="Veel te weinig",
        high_label="Meer dan genoeg",
        low=1,
        high=5,
    ),
    question(
        "open_text",
        "opening/miss",
        "Welke avond had je graag de deur uit gewild, en waarom bleef je thuis?",
        help="Vertel kort wat er gebeurde.",
        rows=3,
    ),
    question(
        "importance_satisfaction",
        "opening/matter",
        "Hoe belangrijk is dit voor jou, en hoe tevreden ben je nu?",
        items=options(
            "opening/matter",
            "Mensen ontmoeten die ik nog niet ken",
            "Iets zelf maken of meedoen",
            "Het verhaal van de stad kennen",
        ),
    ),
    question(
        "statements",
        "opening/statements",
        "Ben je het eens met deze zinnen?",
        statements=options(
            "opening/statements",
            "Als er iets te doen is, hoor ik het op tijd.",
            "Ik ga liever met iemand samen dan alleen.",
            "Ik help mee als iemand mij vraagt.",
        ),
    ),
    question(
        "multiple_choice",
        "opening/when",
        "Wanneer kun jij?",
        options=options(
            "opening/when",
            "Doordeweeks overdag",
            "Doordeweeks ’s avonds",
            "In het weekend",
            "Dat wisselt steeds",
        ),
    ),
    question(
        "points",
        "opening/points",
        "Verdeel 100 punten. Wat mag er als eerste komen?",
        items=options(
            "opening/points",
            "Een plek om binnen te lopen",
            "Iets om samen te maken",
            "Weten wat er al is",
        ),
        total=100,
        may_keep=False,
    ),
    {
        "type": "wall",
        "id": key("opening/wall"),
        "value": {"label": "Wat kunnen we samen klein proberen?", "approve_first": False},
    },
    {
        "type": "stage",
        "id": key("opening/stage"),
        "value": {"label": "Vragen aan de bibliotheek en de gemeente"},
    },
    {
        "type": "slide",
        "id": key("opening/end"),
        "value": {
            "title": "Tot gauw",
            "text": "We lezen alles. Met de code op je telefoon zie je wat er met jouw woorden gebeurt.",
        },
    },
]


def begins() -> datetime:
    return days(DAY, hour=19) + timedelta(minutes=30)


def hold(session: Session, facilitator: User) -> None:
    """The whole evening and the week after it, from the first slide to the words above the report."""
    evening = _Evening(session, facilitator)
    with as_of(begins()):
        evening.begin()
    with as_of(begins() + timedelta(minutes=20)):
        evening.ask()
    with as_of(begins() + timedelta(minutes=55)):
        evening.talk()
    evening.say()
    with as_of(begins() + timedelta(minutes=95)):
        evening.ask_again()
        evening.run("end")
    with as_of(days(DAY + 1, hour=10)):
        evening.run("open_at_own_pace", until=days(DAY + 7).date().isoformat())
        evening.answer_late()
    with as_of(days(DAY + 9, hour=11)):
        evening.report()


class _Evening:
    def __init__(self, session: Session, facilitator: User) -> None:
        self.session, self.facilitator = session, facilitator
        self.dice = random.Random(1950)  # noqa: S311  (a believable room, not a secret)
        self.phones = [self._phone(number) for number in range(ROOM)]
        self.steps = {str(step.key): step for step in session.steps.select_related("question", "thread")}

    def _phone(self, number: int) -> uuid.UUID:
        return uuid.uuid5(SPACE, f"{self.session.code}/opening-{number}")

    def run(self, name: str, step: str = "", **args: Any) -> None:
        live.command(self.session, name, {**({"step": key(step)} if step else {}), **args}, self.facilitator)

    def begin(self) -> None:
        """Two tables share a phone, and two people are helped."""
        self.run("start")
        commit(self.session.pk, [Entry(phone) for phone in self.phones])
        for phone, people in zip(self.phones, TABLES, strict=False):
            live.introduce(self.session.pk, phone, None, given_by="table", people=people)
        for phone in self.phones[-2:]:
            live.introduce(self.session.pk, phone, None, given_by="helper")

    def ask(self) -> None:
        told = [self._answers(number) for number in range(ROOM)]
        for name in told[0]:
            self._put(name, [each[name] for each in told])
            for channel, counts in COUNTED.get(name, {}).items():
                by_key = dict(zip(option_keys(name, len(counts)), counts, strict=True))
                self.run("count_hands", channel=channel, counts=by_key)

    def talk(self) -> None:
        """Notes in groups, and questions to the stage of which three are answered."""
        for name, texts in (("opening/wall", NOTES), ("opening/stage", QUESTIONS)):
            self.run("goto", name)
            self.run("open", name)
            for number, (text, supports) in enumerate(texts):
                self._write(name, text, supports, self.phones[number * 3 % ROOM])
        for cluster, found in CLUSTERS.items():
            first, *others = [self._note("opening/wall", text) for text in found]
            self.run("make_cluster", "opening/wall", label=cluster, contribution=first.public_id)
            first.refresh_from_db()
            for note in others:
                self.run("put_in_cluster", contribution=note.public_id, cluster=str(first.cluster_id))
        for text in ANSWERED:
            self.run("mark_answered", contribution=self._note("opening/stage", text).public_id, on=True)

    def say(self) -> None:
        """What was written along, minute by minute."""
        for minute, lines in CAPTIONS:
            with as_of(begins() + timedelta(minutes=minute)):
                live.write_captions(self.session, lines, actor=self.facilitator)

    def ask_again(self) -> None:
        """After the talk the room sees more than it thought."""
        self.run("reset_step", "opening/enough")
        self._put("opening/enough", [grade(self.dice, 3.1) for _phone in self.phones])
        self.run("compare", "opening/enough", on=True)
        self.run("goto", "opening/end")

    def answer_late(self) -> None:
        """Who could not come, at home on their phone."""
        phones = [self._phone(ROOM + number) for number in range(LATE)]
        told = [{**self._answers(), "opening/miss": text} for text in LATER]
        for name in told[0]:
            self._commit(name, phones, [each[name] for each in told])

    def report(self) -> None:
        """Some of the words, which staff chose, and what they say above it all."""
        for text in QUOTED:
            answer = Answer.objects.filter(
                question__questionnaire__page_key=self.session.page_key, value=text
            )
            kind, found = "answer", str(getattr(answer.first(), "pk", ""))
            if not found:
                kind, found = "contribution", self._note("opening/wall", text).public_id
            live.choose_quote(self.session, kind=kind, key=found, on=True, actor=self.facilitator)
        live.write_report(self.session, words=ABOVE, hear_before=days(24).date(), actor=self.facilitator)

    def _put(self, name: str, values: Sequence[Any]) -> None:
        """Most of the room answers; then everybody sees the results."""
        self.run("goto", name)
        self.run("open", name)
        self._commit(name, self.phones, values)
        self.run("show_results", name)
        self.run("close", name)

    def _commit(self, name: str, phones: Sequence[uuid.UUID], values: Sequence[Any]) -> None:
        question_id = self.steps[key(name)].question_id
        commit(
            self.session.pk,
            [
                Entry(phone, question_id=question_id, value=value)
                for phone, value in zip(phones, values, strict=True)
                if value is not None and self.dice.random() < 0.92
            ],
        )

    def _answers(self, number: int = ROOM) -> dict[str, Any]:
        """What one person says, in the order of the script; None for what they leave out."""
        dice = self.dice
        words, weights = zip(*WORDS, strict=True)
        when = [each for each in option_keys("opening/when", 4) if dice.random() < 0.38]
        return {
            "opening/live": dice.choices(option_keys("opening/live", 4), (5, 4, 2, 1))[0],
            "opening/words": list(dict.fromkeys(dice.choices(words, weights, k=dice.choice((1, 2, 3))))),
            "opening/enough": grade(dice, 2.3),
            "opening/miss": MISSED[number] if number < len(MISSED) else None,
            "opening/matter": {
                each: {"importance": grade(dice, important), "satisfaction": grade(dice, satisfied)}
                for each, important, satisfied in zip(
                    option_keys("opening/matter", 3), (4.5, 3.8, 3.5), (2.4, 2.7, 2.1), strict=True
                )
            },
            "opening/statements": votes(dice, "opening/statements", (0.22, 0.71, 0.8)),
            "opening/when": when or option_keys("opening/when", 4)[3:],
            "opening/points": points(dice, "opening/points", (4, 3, 2)),
        }

    def _write(self, name: str, text: str, supports: int, phone: uuid.UUID) -> None:
        thread = self.steps[key(name)].thread
        assert thread is not None
        live.contribute(self.session.pk, phone, None, thread.public_id, text, "", "nl")
        note = self._note(name, text)
        boards.bring_supports(note, dict.fromkeys(self.phones[:supports], timezone.now()))

    def _note(self, name: str, text: str) -> Contribution:
        return Contribution.objects.get(thread=self.steps[key(name)].thread, text=text)
