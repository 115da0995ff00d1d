"""Staff's translations of answers in people's own words; a note has its own. They stand in the step's `config`, by answer,
each with a print of the words it is of: whoever changes an answer, takes it back or is erased leaves no translation."""

import hashlib
from collections.abc import Iterable
from typing import Any

from participation.people.models import Participant
from surveys.models import Answer

from .models import Step

NAME = "translations"
MOST = 200  # translated answers of one question


def of(step: Step) -> dict[str, dict[str, Any]]:
    """Answer -> {"of": print of the words, "lang": theirs, "in": {language: text}}."""
    return dict(step.config.get(NAME, {}))


def with_text(step: Step, answer: Answer, language: str, text: str) -> dict[str, Any]:
    """The step's config with this text beside that answer; without it when the text is empty."""
    found, key = of(step), str(answer.pk)
    kept = dict(found.pop(key, {}).get("in", {}))
    kept.pop(language, None)
    if text:
        kept[language] = text
    if kept:
        found[key] = {"of": _print(answer.value), "lang": answer.response.language, "in": kept}
    return _with(step, found)


def without(step: Step) -> dict[str, Any]:
    """The step's config without any."""
    return _with(step, {})


def beside(step: Step, texts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """These texts of a tally, each with `lang` and `translations` where staff put one beside the words it has now."""
    found = of(step)
    return [_beside(found.get(text["id"]), text) for text in texts]


def of_one(step: Step | None, answer: int, words: Any) -> dict[str, str]:
    """Language -> text, beside this answer as it is now."""
    found = _beside(of(step).get(str(answer)), {"text": words}) if step else {}
    return dict(found.get("translations", {}))


def drop_stale(step: Step) -> None:
    """Forget those of answers that are gone or say something else now. Call it in a transaction that has the session."""
    fresh = Step.objects.get(pk=step.pk)
    found = of(fresh)
    rows = Answer.objects.filter(pk__in=[int(key) for key in found]).values_list("pk", "value")
    now = {str(pk): _print(value) for pk, value in rows}
    kept = {key: each for key, each in found.items() if now.get(key) == each["of"]}
    if kept != found:
        Step.objects.filter(pk=step.pk).update(config=_with(fresh, kept))


def forget(participant: Participant) -> None:
    """Those of everything that this person answered, in every session. Call it in a transaction."""
    answers = Answer.objects.filter(response__participant=participant)
    gone = {str(pk) for pk in answers.values_list("pk", flat=True)}
    asked = Step.objects.filter(question__in=answers.values("question"), config__has_key=NAME)
    for step in asked.select_for_update():
        kept = {key: each for key, each in of(step).items() if key not in gone}
        Step.objects.filter(pk=step.pk).update(config=_with(step, kept))


def _beside(known: dict[str, Any] | None, text: dict[str, Any]) -> dict[str, Any]:
    if known is None or known["of"] != _print(text["text"]):
        return text
    return {**text, "lang": known["lang"], "translations": known["in"]}


def _with(step: Step, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    config = {name: value for name, value in step.config.items() if name != NAME}
    return {**config, NAME: found} if found else config


def _print(words: Any) -> str:
    return hashlib.sha256(str(words).encode()).hexdigest()[:16]
