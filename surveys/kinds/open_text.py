"""In their own words."""

import random
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from surveys.fields import WordsField
from surveys.structure import FrozenQuestion

from .base import WRITE, Kind, QuestionBlock, Row

LENGTH, ROWS = 2000, 4


# What made-up people write in a rehearsal. It fits most questions, and tells nothing about anybody.
SIMULATED = [
    _("More places to sit together without having to buy something."),
    _("Longer opening hours in the evening."),
    _("A warm welcome."),
    _("I would like to help, but I don't know where to begin."),
    _("Something to do for young people when it rains."),
    _("It is good as it is."),
    _("Better light on the way home, because I don't feel safe there at night."),
    _("More green and less traffic."),
    _("Meeting neighbours I don't know yet."),
    _("That you tell us what happens with our answers."),
]


class Block(QuestionBlock):
    max_length = blocks.IntegerBlock(
        default=LENGTH,
        min_value=10,
        max_value=5000,
        label=_("Most characters"),
        help_text=_("A short limit invites a short answer: 140 for one sentence, 2000 for a story."),
    )
    rows = blocks.IntegerBlock(default=ROWS, min_value=1, max_value=12, label=_("Lines of the text box"))
    approve_first = blocks.BooleanBlock(
        required=False,
        label=_("Approve first"),
        help_text=_(
            "In a session: answers wait in the queue until somebody on staff lets them through. "
            "Nobody but staff reads the answers to a survey."
        ),
    )


class OpenText(Kind):
    slug = "open_text"
    label = _("Own words")
    description = _(
        "People write what they think. Good for finding needs; each answer can be used as evidence."
    )
    icon = "pilcrow"
    group = WRITE
    position = 40
    block = Block
    settings = ("max_length", "rows", "approve_first")
    one_by_one = True
    is_written = True
    is_text = True
    seconds = 60

    def field(self, question: FrozenQuestion) -> forms.Field:
        rows = question.config.get("rows") or ROWS
        widget = forms.TextInput() if rows == 1 else forms.Textarea({"rows": rows})
        return WordsField(
            most=question.config.get("max_length") or LENGTH, widget=widget, required=question.required
        )

    def tally(self, question: FrozenQuestion, rows: Iterable[Row]) -> dict[str, Any]:
        """In the order of `rows`: newest first, one page of them, is the caller's to choose."""
        return {"texts": [{"id": row.id, "text": row.value} for row in rows]}

    def simulate(self, question: FrozenQuestion, rng: random.Random) -> str:
        most = question.config.get("max_length") or LENGTH
        written = str(rng.choice(SIMULATED))
        return written if len(written) <= most else written[:most].strip()

    def example(self) -> dict[str, Any]:
        return {
            "block": {
                "label": "What do you miss in town?",
                "help": "One sentence is enough.",
                "required": False,
                "max_length": 200,
                "rows": 3,
            },
            "values": ["A place to sit together.", "Één brug\nen een bank"],
            "invalid": ["x" * 201, "a\x00b", "\ud800", 7, ["text"], {"text": "text"}, True],
        }


kind = OpenText()
