"""A recorded answer, or a typed one. Nobody but staff hears or reads it.

Stored as two answers: item "recording" has the recording's id, item "" the words: typed by the person, or written out by
staff. When somebody answers again, what staff wrote out of an earlier recording is kept in an item named after that one.
"""

import random
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.core.text import clean_text
from surveys.fields import AnswerField
from surveys.structure import SAID, FrozenQuestion
from surveys.widgets import RecordingInput

from .base import WRITE, Bar, Chart, Column, Kind, QuestionBlock, Row, share

RECORDING, TEXT = "recording", "text"
LENGTH = 2000  # characters of a typed answer


class SpokenField(AnswerField):
    """`{"recording": id}` or `{"text": words}`. Whose recording it is, is seen when staff listen."""

    widget = RecordingInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(None if value == {RECORDING: "", TEXT: ""} else value)

    def read(self, value: Any) -> dict[str, str] | None:
        if not isinstance(value, dict) or not set(value) <= {RECORDING, TEXT}:
            raise self.refuse()
        recording, text = value.get(RECORDING) or "", value.get(TEXT) or ""
        if not isinstance(recording, str) or not isinstance(text, str) or len(text) > 5 * LENGTH:
            raise self.refuse()
        if recording:
            if len(recording) > 12 or not (recording.isascii() and recording.isalnum()):
                raise self.refuse()
            return {RECORDING: recording}
        words = clean_text(text, LENGTH)
        return {TEXT: words} if words else None


class SpokenAnswer(Kind):
    slug = "spoken_answer"
    label = _("Spoken answer")
    description = _(
        "People say what they think, or type it. Staff listen and write it out. Good for stories, and for who writes little."
    )
    icon = "media"
    group = WRITE
    position = 50
    block = QuestionBlock
    is_text = True
    takes_recordings = True
    seconds = 75

    def field(self, question: FrozenQuestion) -> forms.Field:
        return SpokenField(widget=RecordingInput(question.key, LENGTH), required=question.required)

    def hint(self, question: FrozenQuestion) -> str:
        return gettext("At most two minutes. Only staff hear it. You can also type your answer.")

    def split(self, value: Any) -> dict[str, Any]:
        """Always both, so that a new answer takes the place of all of the old one."""
        return {RECORDING: value.get(RECORDING, ""), "": value.get(TEXT, "")}

    def split_again(self, value: Any, before: Mapping[str, Any]) -> dict[str, Any]:
        """What was written out stays with its own recording, and comes back with it."""
        kept = {item: said for item, said in before.items() if item.startswith(SAID)}
        if before.get(RECORDING) and before.get(""):
            kept[f"{SAID}{before[RECORDING]}"] = before[""]
        items = self.split(value)
        if items[RECORDING]:
            items[""] = kept.pop(f"{SAID}{items[RECORDING]}", "")
        return {**kept, **items}

    def join(self, items: Mapping[str, Any]) -> Any:
        found = {RECORDING: items.get(RECORDING), TEXT: items.get("")}
        return {name: each for name, each in found.items() if each}

    def tally(self, question: FrozenQuestion, rows: Iterable[Row]) -> dict[str, Any]:
        """How many spoke and how many typed. What they said is for staff."""
        counts = {"spoken": 0, "typed": 0}
        for row in rows:
            if row.item == RECORDING:
                counts["spoken" if row.value else "typed"] += row.n
        return counts

    def charts(self, question: FrozenQuestion, tally: Mapping[str, Any], n: int) -> list[Chart]:
        total = tally["spoken"] + tally["typed"]
        labels = {"spoken": gettext("Spoken"), "typed": gettext("Typed")}
        bars = [Bar(name, label, tally[name], share(tally[name], total)) for name, label in labels.items()]
        return [Chart("", bars, n)]

    def lines(self, question: FrozenQuestion, value: Any) -> list[str]:
        spoken = [gettext("Your recording")] if value.get(RECORDING) else []
        return spoken + ([value[TEXT]] if value.get(TEXT) else [])

    def columns(self, question: FrozenQuestion) -> list[Column]:
        return [Column("", ""), Column("recording", gettext("recording"))]

    def cells(self, question: FrozenQuestion, value: Any) -> list[Any]:
        given = value or {}
        return [given.get(TEXT), f"/staff/recordings/{given[RECORDING]}/" if given.get(RECORDING) else None]

    def simulate(self, question: FrozenQuestion, rng: random.Random) -> dict[str, str]:
        said = gettext(
            "a place to meet; more green; quiet in the evening; something for the young; a bench in the sun"
        )
        return {TEXT: rng.choice(said.split("; "))}

    def example(self) -> dict[str, Any]:
        return {
            "block": {"label": "Tell us about a place you love.", "help": "", "required": False},
            "values": [{TEXT: "The quay, in the evening."}, {RECORDING: "Ab3dEf6h"}],
            "invalid": [
                {RECORDING: "../etc"}, {RECORDING: 7}, {TEXT: ["x"]}, {TEXT: "x" * 2001}, {"other": "x"}, "text", 7, ["x"],
            ],
        }  # fmt: skip


kind = SpokenAnswer()
