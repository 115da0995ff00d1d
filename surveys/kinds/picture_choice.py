"""One or more options out of a list, each with a picture."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from surveys.fields import OneOrMoreField
from surveys.structure import FrozenQuestion
from surveys.widgets import PictureBoxes, PictureRadios

from .base import (
    CHOOSE,
    Chart,
    OptionBlock,
    QuestionBlock,
    at_most,
    in_liked_order,
    labels_of,
    liking,
    option_bars,
)
from .multiple_choice import MultipleChoice


class Option(OptionBlock):
    picture = ImageChooserBlock(
        required=False,
        label=_("Picture"),
        help_text=_("A light picture with one thing on it. The text above it is what is read aloud."),
    )


class Block(QuestionBlock):
    options = blocks.ListBlock(Option(), min_num=2, max_num=12, label=_("Options"))
    most = blocks.IntegerBlock(
        default=1, min_value=1, label=_("At most"), help_text=_("How many people may choose.")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        at_most(cleaned, "most", "most", len(cleaned["options"]))
        return cleaned


class PictureChoice(MultipleChoice):
    slug = "picture_choice"
    label = _("Choose a picture")
    description = _(
        "People choose from pictures with a few words. Good for places and plans, and for who reads little."
    )
    icon = "image"
    group = CHOOSE
    position = 25
    block = Block
    lists = ("options",)
    settings = ("most",)
    seconds = 20

    def field(self, question: FrozenQuestion) -> forms.Field:
        options, most = question.config["options"], self._most(question)
        widget = PictureRadios(options) if most == 1 else PictureBoxes(options)
        return OneOrMoreField(options=options, most=most, widget=widget, required=question.required)

    def hint(self, question: FrozenQuestion) -> str:
        most = self._most(question)
        return gettext("Choose at most %(most)s.") % {"most": most} if most > 1 else ""

    def charts(self, question: FrozenQuestion, tally: Mapping[str, Any], n: int) -> list[Chart]:
        options = question.config["options"]
        bars = option_bars(options, tally["counts"], n)
        small = [(each.get("picture") or {}).get("small", "") for each in options]
        return [Chart("", [replace(bar, picture=where) for bar, where in zip(bars, small, strict=True)], n)]

    def simulate(self, question: FrozenQuestion, rng: random.Random) -> list[str]:
        keys = list(labels_of(question.config["options"]))
        liked = in_liked_order(liking(question, keys), rng)[: rng.randint(1, self._most(question))]
        return [key for key in keys if key in liked]

    def _most(self, question: FrozenQuestion) -> int:
        return question.config.get("most") or 1

    def example(self) -> dict[str, Any]:
        return {
            "block": {
                "label": "Where would you like to sit together?",
                "help": "",
                "required": False,
                "options": [
                    {"type": "item", "id": "p1", "value": {"label": "At a long table", "picture": None}},
                    {"type": "item", "id": "p2", "value": {"label": "On the grass", "picture": None}},
                    {"type": "item", "id": "p3", "value": {"label": "By the water", "picture": None}},
                ],
                "most": 2,
            },
            "values": [["p1"], ["p1", "p3"]],
            "invalid": [["p1", "p2", "p3"], ["p1", "p1"], ["p9"], "p1", 7, {"p1": True}, [["p1"]]],
        }


kind = PictureChoice()
