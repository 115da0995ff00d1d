"""The frozen questionnaire as Python objects, in one reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


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


def sections(structure: dict[str, Any], language: str) -> list[FrozenSection]:
    """All sections in `language` (a code such as "nl"); what is not translated is in the source language."""
    words = Words(structure["labels"], language, structure["source_language"])
    return [_section(raw, words) for raw in structure["sections"]]


def questions(structure: dict[str, Any], language: str) -> Iterator[FrozenQuestion]:
    """All questions in order, without their sections."""
    for section in sections(structure, language):
        yield from section.questions


def _section(raw: dict[str, Any], words: Words) -> FrozenSection:
    own = words.of(raw["key"])
    return FrozenSection(
        raw["key"],
        own.get("title", ""),
        own.get("intro", ""),
        [_question(each, words) for each in raw["questions"]],
    )


def _question(raw: dict[str, Any], words: Words) -> FrozenQuestion:
    own = words.of(raw["key"])
    config = {name: _labelled(value, words) for name, value in raw["config"].items()}
    config.update({name: text for name, text in own.items() if name not in ("label", "help")})
    return FrozenQuestion(
        raw["key"], raw["kind"], own.get("label", ""), own.get("help", ""), raw.get("required", False), config
    )


def _labelled(value: Any, words: Words) -> Any:
    if isinstance(value, list) and value and all(isinstance(each, dict) and "key" in each for each in value):
        return [{**each, "label": words.of(each["key"]).get("label", "")} for each in value]
    return value
