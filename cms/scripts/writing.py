"""What a ready-made script is made of, and how it becomes the blocks of a session page."""

import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple

from surveys import kinds


class Say(NamedTuple):
    """The same words in each language."""

    nl: str
    en: str

    def to(self, language: str) -> str:
        return self.nl if language == "nl" else self.en


Raw = dict[str, Any]
# What a step takes in a room: to read it, answer, look at what came of it and say something about that.
MINUTES = {
    "slide": 2,
    "single_choice": 2,
    "multiple_choice": 2,
    "scale": 2,
    "word_cloud": 3,
    "statements": 3,
    "ranking": 4,
    "points": 4,
    "importance_satisfaction": 4,
    "open_text": 4,
    "wall": 5,
    "talk": 10,
    "stage": 8,
}
ALONE = 0.5  # of that, at one's own pace


@dataclass(frozen=True)
class Script:
    """`name`, `what_for`, `brings` and `advice` are for the card from which an editor chooses."""

    slug: str
    name: Say
    title: Say  # as residents read it
    what_for: Say
    brings: Say
    advice: Say
    intro: Say  # on the page that residents read
    steps: tuple[Raw, ...]
    pacing: str = "live"

    @property
    def minutes(self) -> int:
        """All of it, in fives."""
        return 5 * round(sum(map(self.takes, self.steps)) / 5)

    def takes(self, step: Raw) -> float:
        """Minutes for one step."""
        return step.get("minutes", MINUTES[step["type"]]) * (ALONE if self.pacing == "own" else 1)

    def outline(self, language: str) -> list[str]:
        """What the steps say, in order."""
        return [_first_words(step).to(language) for step in self.steps]

    def blocks(self, language: str) -> list[Raw]:
        """Raw blocks with ids of their own, as an editor would have typed them."""
        return [
            {"type": step["type"], "id": str(uuid.uuid4()), "value": _written(step["value"], language)}
            for step in self.steps
        ]

    def dictionary(self, source: str, target: str) -> dict[str, str]:
        """Every sentence in `source` -> the same in `target`."""
        said = [self.title, self.intro, *_sentences([step["value"] for step in self.steps])]
        return {each.to(source): each.to(target) for each in said}


def slide(title: Say, text: Say, minutes: int = MINUTES["slide"]) -> Raw:
    return {"type": "slide", "value": {"title": title, "text": text}, "minutes": minutes}


def wall(label: Say, **more: Any) -> Raw:
    return {"type": "wall", "value": {"label": label, **more}}


def talk(label: Say, text: Say, size: int, minutes: int = MINUTES["talk"]) -> Raw:
    """A conversation at tables of about so many people, given out at random."""
    value: Raw = {"label": label, "text": text, "by": "random", "tables": [], "count": None, "size": size}
    return {"type": "talk", "value": {**value, "approve_first": False}, "minutes": minutes}


def stage(label: Say) -> Raw:
    return {"type": "stage", "value": {"label": label}}


def ask(kind: str, label: Say, help: Say | None = None, **more: Any) -> Raw:
    """A question. A list of `Say` becomes the options (statements, subjects) of that name."""
    return {"type": kind, "value": {"label": label, "help": help or "", "required": False, **more}}


def is_question(step: Raw) -> bool:
    return step["type"] in kinds.all_kinds()


def _written(value: Any, language: str) -> Any:
    if isinstance(value, Say):
        return value.to(language)
    if isinstance(value, dict):
        return {name: _written(each, language) for name, each in value.items()}
    if isinstance(value, list):
        return [
            {"type": "item", "id": str(uuid.uuid4()), "value": {"label": each.to(language)}} for each in value
        ]
    return value


def _sentences(value: Any) -> list[Say]:
    if isinstance(value, Say):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [sentence for part in parts for sentence in _sentences(part)]


def _first_words(step: Raw) -> Say:
    found: Say = step["value"].get("label") or step["value"]["title"]
    return found
