"""Words that staff hid for everybody at a step, and that stay hidden whoever says them next. In the step's `config` they
stand as their kind counts them; an answer with such a word is kept, and marked as hidden."""

from collections.abc import Iterable
from typing import Any

from surveys import kinds
from surveys.models import Answer

from .models import Session, Step

NAME = "hidden_words"


def words_of(step: Step) -> list[str]:
    """In the order in which they were hidden."""
    return list(step.config.get(NAME, []))


def with_words(step: Step, words: Iterable[str]) -> dict[str, Any]:
    """The step's config with these words hidden and no others."""
    config = {name: value for name, value in step.config.items() if name != NAME}
    kept = list(dict.fromkeys(words))
    return {**config, NAME: kept} if kept else config


def with_word(answers: Iterable[tuple[int, Any]], slug: str, words: Iterable[str]) -> list[int]:
    """Of answers (id and value) of this kind, the ids of those that say one of these words."""
    kind, hidden = kinds.get(slug), set(words)
    return [pk for pk, value in answers if kind.counted_as(value) in hidden]


def still_hidden(session: Session, answers: Any) -> list[int]:
    """Of a queryset of this session's answers the ids of those whose word is hidden for everybody."""
    found: list[int] = []
    for step in session.steps.filter(question__isnull=False).select_related("question"):
        if step.question and (words := words_of(step)):
            rows = answers.filter(question=step.question, state=Answer.State.HIDDEN)
            found += with_word(rows.values_list("pk", "value"), step.question.kind, words)
    return found
