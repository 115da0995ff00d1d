"""Statements to agree with, to disagree with, or to pass."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from surveys.fields import AnswerField
from surveys.structure import FrozenQuestion
from surveys.widgets import Part, PartsSelect, ScaleSelect

from .base import RATE, Bar, Chart, Column, Kind, OptionBlock, QuestionBlock, Row, labels_of, share

OPINIONS = {"agree": _("Agree"), "disagree": _("Disagree"), "pass": _("Pass")}


class Block(QuestionBlock):
    statements = blocks.ListBlock(
        OptionBlock(),
        min_num=1,
        max_num=30,
        label=_("Statements"),
        help_text=_("One thought each, that somebody can disagree with."),
    )


class StatementsField(AnswerField):
    default_error_messages = {"incomplete": _("Give your opinion on every statement. You may pass.")}

    def __init__(self, *, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.keys = list(keys)

    def read(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or len(value) > len(self.keys):
            raise self.refuse()
        if not all(
            key in self.keys and isinstance(opinion, str) and opinion in OPINIONS
            for key, opinion in value.items()
        ):
            raise self.refuse()
        if self.required and len(value) < len(self.keys):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return value


class Statements(Kind):
    slug = "statements"
    label = _("Statements")
    description = _("People agree, disagree or pass. Good for finding what a group shares.")
    icon = "openquote"
    group = RATE
    position = 70
    block = Block
    lists = ("statements",)
    seconds = 10

    def duration(self, question: FrozenQuestion) -> int:
        return self.seconds * len(question.config["statements"])

    def field(self, question: FrozenQuestion) -> forms.Field:
        statements = question.config["statements"]
        parts = [
            Part((each["key"],), each["label"], ScaleSelect(words=True, choices=list(OPINIONS.items())))
            for each in statements
        ]
        return StatementsField(
            keys=[each["key"] for each in statements],
            widget=PartsSelect([("", parts)]),
            required=question.required,
        )

    def split(self, value: Any) -> dict[str, Any]:
        return dict(value)

    def join(self, items: Mapping[str, Any]) -> Any:
        return dict(items)

    def tally(self, question: FrozenQuestion, rows: Iterable[Row]) -> dict[str, Any]:
        counts = {each["key"]: dict.fromkeys(OPINIONS, 0) for each in question.config["statements"]}
        for row in rows:
            counts.setdefault(row.item, dict.fromkeys(OPINIONS, 0))[row.value] += row.n
        return counts

    def charts(self, question: FrozenQuestion, tally: Mapping[str, Any], n: int) -> list[Chart]:
        charts = []
        for each in question.config["statements"]:
            counts = tally.get(each["key"], {})
            total = sum(counts.values())
            bars = [
                Bar(opinion, str(label), counts.get(opinion, 0), share(counts.get(opinion, 0), total))
                for opinion, label in OPINIONS.items()
            ]
            charts.append(Chart(each["label"], bars, total))
        return charts

    def lines(self, question: FrozenQuestion, value: Any) -> list[str]:
        labels = labels_of(question.config["statements"])
        return [f"{labels[key]} – {OPINIONS[value[key]]}" for key in labels if key in value]

    def columns(self, question: FrozenQuestion) -> list[Column]:
        return [Column(each["key"], each["label"]) for each in question.config["statements"]]

    def cells(self, question: FrozenQuestion, value: Any) -> list[Any]:
        return [(value or {}).get(each["key"]) for each in question.config["statements"]]

    def example(self) -> dict[str, Any]:
        return {
            "block": {
                "label": "Do you agree?",
                "help": "",
                "required": False,
                "statements": [
                    {"type": "item", "id": "t1", "value": {"label": "There is enough to do in the evening."}},
                    {"type": "item", "id": "t2", "value": {"label": "I know my neighbours."}},
                ],
            },
            "values": [{"t1": "agree"}, {"t1": "disagree", "t2": "pass"}, {"t2": "agree"}],
            "invalid": [
                {"t1": "maybe"},
                {"t9": "agree"},
                {"t1": True},
                {"t1": {"agree": 1}},
                ["t1"],
                "agree",
                7,
            ],
        }


kind = Statements()
