"""The frozen questionnaire as Python objects, in one reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .media import Media

SAID = "said-"  # with the id of an earlier recording: the item of what staff wrote out of that one

Fill = Callable[[Any], Any]


@dataclass(frozen=True)
class FrozenQuestion:
    """One question, ready to ask: `config` holds what the kind froze, with the words of one language in it.

    Lists in `config` are lists of `{"key", "label"}`.
    """

    key: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    config: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FrozenSection:
    key: str
    title: str
    intro: str
    questions: list[FrozenQuestion]


class Words:
    """Labels by key in the wanted language, falling back to the source language word by word."""

    def __init__(self, labels: dict[str, dict[str, dict[str, str]]], language: str, source: str) -> None:
        self._wanted = labels.get(language, {})
        self._source = labels.get(source, {})

    def of(self, key: str) -> dict[str, str]:
        wanted = {name: text for name, text in self._wanted.get(key, {}).items() if text}
        return {**self._source.get(key, {}), **wanted}


def sections(structure: dict[str, Any], language: str, media: Media | None = None) -> list[FrozenSection]:
    """All sections in `language` (a code such as "nl"); what is not translated is in the source language. Who shows a
    question gives the `media` of the structure (`surveys.media.of`); without it pictures and files are only named."""
    words = Words(structure["labels"], language, structure["source_language"])
    fill = partial(media.filled, language=language) if media else _as_it_is
    return [_section(raw, words, fill) for raw in structure["sections"]]


def questions(
    structure: dict[str, Any], language: str, media: Media | None = None
) -> Iterator[FrozenQuestion]:
    """All questions in order, without their sections."""
    for section in sections(structure, language, media):
        yield from section.questions


def _as_it_is(config: Any) -> Any:
    return config


def _section(raw: dict[str, Any], words: Words, fill: Fill) -> FrozenSection:
    own = words.of(raw["key"])
    return FrozenSection(
        raw["key"],
        own.get("title", ""),
        own.get("intro", ""),
        [_question(each, words, fill) for each in raw["questions"]],
    )


def _question(raw: dict[str, Any], words: Words, fill: Fill) -> FrozenQuestion:
    own = words.of(raw["key"])
    config = {name: _labelled(fill(value), words) for name, value in raw["config"].items()}
    config.update({name: text for name, text in own.items() if name not in ("label", "help")})
    return FrozenQuestion(
        raw["key"], raw["kind"], own.get("label", ""), own.get("help", ""), raw.get("required", False), config
    )


def _labelled(value: Any, words: Words) -> Any:
    if isinstance(value, list) and value and all(isinstance(each, dict) and "key" in each for each in value):
        return [{**each, "label": words.of(each["key"]).get("label", "")} for each in value]
    return value
