"""What a kind of question promises. One file in this folder is one kind; nothing else needs to know it.

A kind says: with which block an editor configures it, what of that is frozen, which form field validates an answer
(the same for a POST, a websocket message, an import and a paper form), how answers add up, how they are drawn and
how they are exported. `docs/adding-a-question-kind.md` shows how to make one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from surveys.structure import FrozenQuestion

# Where the page editor's list of blocks shows a kind.
CHOOSE, WRITE, RATE = _("Choose"), _("Write"), _("Rate")


@dataclass(frozen=True)
class Row:
    """`n` times the same stored answer. `id` matters to kinds that list answers one by one."""

    item: str
    value: Any
    n: int = 1
    id: str = ""


@dataclass(frozen=True)
class Column:
    """One column of an export: a stable name after the question's own, and a label."""

    suffix: str
    label: str


@dataclass(frozen=True)
class Bar:
    """`share` from 0 to 1 is the bar's length; `text` stands beside it when a share is not what it shows."""

    key: str
    label: str
    n: int
    share: float | None
    text: str = ""


@dataclass(frozen=True)
class Chart:
    """One figure with its number of people. `facts` are lines such as "Average: 4.2"."""

    title: str
    bars: Sequence[Bar]
    total: int
    facts: Sequence[str] = field(default_factory=list)


class OptionBlock(blocks.StructBlock):
    """An option of a list. Its key is the ListBlock's item id, so that a label may be mended."""

    label = blocks.CharBlock(max_length=200, label=_("Text"))


class QuestionBlock(blocks.StructBlock):
    """What every kind has. Subclass it in the kind's file."""

    label = blocks.CharBlock(max_length=300, label=_("Question"))
    help = blocks.CharBlock(max_length=500, required=False, label=_("Explanation"))
    required = blocks.BooleanBlock(required=False, label=_("People must answer this"))

    class Meta:
        label_format = "{label}"


class Kind:
    slug: ClassVar[str]
    label: ClassVar[Any]
    # For the page editor: what people do, and what it is good for.
    description: ClassVar[Any] = ""
    icon: ClassVar[str] = "help"
    group: ClassVar[Any] = CHOOSE
    # Where the page editor lists it, from low to high.
    position: ClassVar[int] = 90
    block: ClassVar[type[QuestionBlock]] = QuestionBlock
    # Names of ListBlocks of OptionBlock in `block`: frozen as lists of keys, their texts as labels.
    lists: ClassVar[tuple[str, ...]] = ()
    # Names of plain numbers and choices in `block` that are frozen as they are.
    settings: ClassVar[tuple[str, ...]] = ()
    # Names of texts in `block`, beside label and help, that are translated.
    words: ClassVar[tuple[str, ...]] = ()
    # True: the tally needs every answer with its id, not counts of equal ones.
    one_by_one: ClassVar[bool] = False
    # True: staff may want to approve what is written before others see it; it can be quoted as evidence.
    is_text: ClassVar[bool] = False
    # Names in the tally that are computed from all answers and don't add up (a mean).
    derived: ClassVar[frozenset[str]] = frozenset()
    # About how long one person takes (see `duration`), for "about 3 more minutes".
    seconds: ClassVar[int] = 15

    # --- Writing the question -----------------------------------------------------------------------

    def freeze(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The immutable part of an editor's block value: keys and settings, no words."""
        frozen: dict[str, Any] = {name: value.get(name) for name in self.settings}
        for name in self.lists:
            frozen[name] = [{"key": child.id} for child in value[name].bound_blocks]
        return frozen

    def labels(self, key: str, value: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The words of an editor's block value, by key."""
        own = {name: str(value.get(name) or "") for name in ("label", "help", *self.words)}
        found = {key: own}
        for name in self.lists:
            found.update(
                {child.id: {"label": str(child.value["label"])} for child in value[name].bound_blocks}
            )
        return found

    # --- Asking -------------------------------------------------------------------------------------

    def field(self, question: FrozenQuestion) -> forms.Field:
        """The field that validates one answer; `clean()` gives the protocol's `value`, JSON-ready, or None/""/[]/{} for
        no answer. It must take both what a browser posts (through its widget) and the protocol's value."""
        raise NotImplementedError

    def duration(self, question: FrozenQuestion) -> int:
        """About how many seconds one person takes."""
        return self.seconds

    def hint(self, question: FrozenQuestion) -> str:
        """How to answer, when the field itself does not say it. Shown after the editor's explanation."""
        return ""

    def lines(self, question: FrozenQuestion, value: Any) -> list[str]:
        """A given answer in words, a line each: for "check your answers"."""
        return [str(value)]

    # --- Storing ------------------------------------------------------------------------------------

    def split(self, value: Any) -> dict[str, Any]:
        """One Answer row for each item: `{item: stored value}`. An ordinary kind has one, with item ""."""
        return {"": value}

    def join(self, items: Mapping[str, Any]) -> Any:
        """The protocol's value again, from the stored rows; None when there are none."""
        return items.get("")

    # --- Adding up ----------------------------------------------------------------------------------

    def tally(self, question: FrozenQuestion, rows: Iterable[Row]) -> dict[str, Any]:
        """Plain data as `docs/live-protocol.md` says. `tally(a + b)` is the sum of both, but for `derived`."""
        raise NotImplementedError

    def charts(self, question: FrozenQuestion, tally: Mapping[str, Any], n: int) -> list[Chart]:
        """The tally as figures in the reader's language, drawn by the default results template. `n` people answered."""
        return []

    def columns(self, question: FrozenQuestion) -> list[Column]:
        return [Column("", "")]

    def cells(self, question: FrozenQuestion, value: Any) -> list[Any]:
        """One cell for each of `columns`; None where there is no answer. `value` may be None."""
        return [value]

    def example(self) -> dict[str, Any]:
        """For tests, docs and demo: {"block": raw block value, "values": [valid...], "invalid": [...]}."""
        raise NotImplementedError


# --- What several kinds need ------------------------------------------------------------------------


def labels_of(options: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {option["key"]: option["label"] for option in options}


def share(part: float, whole: float) -> float | None:
    """From 0 to 1; None when there is no whole."""
    return part / whole if whole else None


def number_text(value: float, decimals: int) -> str:
    """In the reader's notation, without decimals that say nothing."""
    rounded = round(value, decimals)
    return number_format(rounded, decimal_pos=0 if rounded == int(rounded) else decimals, force_grouping=True)


def mean(counts: Mapping[Any, int]) -> float | None:
    """Of `{number: how often}`; None when there are none."""
    n = sum(counts.values())
    return sum(number * times for number, times in counts.items()) / n if n else None


def median(counts: Mapping[Any, int]) -> float | None:
    """The middle of `{number: how often}`, or halfway the two middle ones; None when there are none."""
    n = sum(counts.values())
    if not n:
        return None
    return (_nth(counts, (n - 1) // 2) + _nth(counts, n // 2)) / 2


def _nth(counts: Mapping[Any, int], place: int) -> float:
    seen = 0
    for number in sorted(counts):
        seen += counts[number]
        if seen > place:
            return number
    raise IndexError(place)


def option_bars(options: Iterable[Mapping[str, str]], counts: Mapping[str, int], n: int) -> list[Bar]:
    """A bar for each option, in the editor's order."""
    return [
        Bar(
            option["key"],
            option["label"],
            counts.get(option["key"], 0),
            share(counts.get(option["key"], 0), n),
        )
        for option in options
    ]


def at_most(value: Mapping[str, Any], low: str, high: str, limit: float | None = None) -> None:
    """Refuse a block value whose `low` is above its `high`, or one of both above `limit`."""
    errors = {}
    lowest, highest = value.get(low), value.get(high)
    if lowest is not None and highest is not None and lowest > highest:
        errors[high] = ValidationError(_("This must not be lower than the number before it."))
    for name in (low, high):
        if limit is not None and (value.get(name) or 0) > limit:
            errors[name] = ValidationError(_("There are only %(limit)s.") % {"limit": limit})
    if errors:
        raise StructBlockValidationError(block_errors=errors)
