"""A few words each, drawn together as a cloud."""

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from participation.core.text import clean_text
from surveys.fields import AnswerField
from surveys.structure import FrozenQuestion
from surveys.widgets import ListInput

from .base import WRITE, Bar, Chart, Kind, QuestionBlock, Row, liking, number_text, one_liked, share, sizes

LENGTH, WORDS, MOST_WORDS = 40, 3, 5
# How many different words a tally keeps, and a cloud shows: what was said less often is counted apart.
MOST_KEPT, MOST_SHOWN = 120, 60
SPACE = re.compile(r"\s+")
# Signs around a word that don't make it another word. A sign of its own, such as a heart, stays.
MARKS = ".,;:!?…'\"‘’“”«»()[]-–—*#"
SIMULATED = _(
    "cosy; meeting people; quiet; books; green; safe; children; together; learning; close by; free; open in the evening"
)


class Block(QuestionBlock):
    most = blocks.IntegerBlock(
        default=WORDS,
        min_value=1,
        max_value=MOST_WORDS,
        label=_("Words for each person"),
        help_text=_("One for a first thought, three for a richer cloud."),
    )
    approve_first = blocks.BooleanBlock(
        required=False,
        label=_("Approve first"),
        help_text=_("In a session: each word waits in the queue until somebody on staff lets it through."),
    )


def counted_as(word: str) -> str:
    """The same for what people would call the same word: `Groen!` and `groen`."""
    plain = SPACE.sub(" ", unicodedata.normalize("NFKC", word)).casefold()
    return plain.strip(MARKS + " ") or plain.strip()


class WordsListField(AnswerField):
    """Up to `most` words; the same word twice is one."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > self.most:
            raise self.refuse()
        words: dict[str, str] = {}
        for each in value:
            if not isinstance(each, str) or len(each) > 10 * LENGTH:
                raise self.refuse()
            word = clean_text(SPACE.sub(" ", each), LENGTH)
            if word:
                words.setdefault(counted_as(word), word)
        return list(words.values())


class WordCloud(Kind):
    slug = "word_cloud"
    label = _("Word cloud")
    description = _("People type a few words; what many say grows. Good for a first feeling in a room.")
    icon = "comment"
    group = WRITE
    position = 45
    block = Block
    settings = ("most", "approve_first")
    is_written = True
    derived = frozenset({"spelling", "others"})
    seconds = 10

    def duration(self, question: FrozenQuestion) -> int:
        return self.seconds * self._most(question)

    def hint(self, question: FrozenQuestion) -> str:
        most = self._most(question)
        if most == 1:
            return gettext("One word, or a few that belong together.")
        return gettext("At most %(most)s words. One is enough.") % {"most": most}

    def field(self, question: FrozenQuestion) -> forms.Field:
        most = self._most(question)
        widget = ListInput(most, _("Word %(number)s"), {"maxlength": LENGTH, "autocapitalize": "off"})
        return WordsListField(most=most, widget=widget, required=question.required)

    def _most(self, question: FrozenQuestion) -> int:
        return question.config.get("most") or WORDS

    def split(self, value: Any) -> dict[str, Any]:
        """Each word by itself, so that staff can judge it by itself."""
        return {str(number): word for number, word in enumerate(value, 1)}

    def join(self, items: Mapping[str, Any]) -> Any:
        return [items[number] for number in sorted(items)]

    def counted_as(self, value: Any) -> str:
        return counted_as(str(value))

    def tally(self, question: FrozenQuestion, rows: Iterable[Row]) -> dict[str, Any]:
        """How many people said each word, the most said first, however it was written; `spelling` is how most people wrote
        it. At most 120 words: `others` says how many different ones are left out."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            written[counted_as(row.value)][row.value] += row.n
        counts = {word: spellings.total() for word, spellings in written.items()}
        kept = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_KEPT]
        return {
            "words": {word: counts[word] for word in kept},
            "spelling": {word: _commonest(written[word]) for word in kept},
            "others": len(counts) - len(kept),
        }

    def charts(self, question: FrozenQuestion, tally: Mapping[str, Any], n: int) -> list[Chart]:
        words = dict(list(tally["words"].items())[:MOST_SHOWN])
        size, spelling = sizes(words), tally["spelling"]
        bars = [
            Bar(word, spelling[word], times, share(times, n), size=size[word])
            for word, times in words.items()
        ]
        others = tally["others"] + len(tally["words"]) - len(words)
        headings = [gettext("Word"), gettext("People"), gettext("Share")]
        return [Chart("", bars, n, self._facts(others), "cloud", headings)]

    def _facts(self, others: int) -> list[str]:
        if not others:
            return []
        text = ngettext("And %(n)s other word.", "And %(n)s other words.", others)
        return [text % {"n": number_text(others, 0)}]

    def lines(self, question: FrozenQuestion, value: Any) -> list[str]:
        return list(value)

    def cells(self, question: FrozenQuestion, value: Any) -> list[Any]:
        return ["; ".join(value) if value else None]

    def simulate(self, question: FrozenQuestion, rng: random.Random) -> list[str]:
        likes = liking(question, str(SIMULATED).split("; "))
        words = dict.fromkeys(one_liked(likes, rng) for _each in range(rng.randint(1, self._most(question))))
        return [word.capitalize() if rng.random() < 0.3 else word for word in words]

    def example(self) -> dict[str, Any]:
        return {
            "block": {
                "label": "What do you think of when you think of the library?",
                "help": "",
                "required": False,
                "most": 3,
            },
            "values": [["Quiet"], ["quiet!", "boeken", "één plek"], ["books"]],
            "invalid": [
                ["a", "b", "c", "d"],
                ["x" * 41],
                ["a\x00b"],
                ["\ud800"],
                [7],
                [["quiet"]],
                "quiet",
                7,
                {"1": "quiet"},
                True,
            ],
        }


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


kind = WordCloud()
