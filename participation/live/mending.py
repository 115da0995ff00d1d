"""The words of the present step, one by one, for who mends a typing error or puts a translation beside them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys import kinds

from .models import Step
from .room import LANGUAGES, Room


def texts(room: Room, language: str) -> list[dict[str, Any]]:
    """`key` and `name` as the command `fix_text` wants them, `what` it is in the reader's language, the `text` in the
    language it was written in, and `translations` by language."""
    step = room.current
    if step is None:
        return []
    with override(language):
        return list(_of_question(room, step) if step.question else _of_step(room, step))


def _of_step(room: Room, step: Step) -> Iterator[dict[str, Any]]:
    names = {"label": _("Question")}
    if step.type == Step.Type.SLIDE:
        names = {"title": _("Title"), "text": _("Text")}
    elif step.type == Step.Type.TALK:
        names = {"label": _("Question"), "text": _("Text")}
    elif step.type == Step.Type.SCORES:
        names = {"title": _("Title")}
    for name, what in names.items():
        by_language = {each: step.labels.get(each, {}).get(name, "") for each in LANGUAGES}
        yield _entry(room, str(step.key), name, what, by_language)


def _of_question(room: Room, step: Step) -> Iterator[dict[str, Any]]:
    version = room.session.version
    assert version is not None
    question = room.question(step, room.session.source_language)
    labels = version.structure["labels"]

    def by_language(key: str, name: str) -> dict[str, str]:
        return {each: labels.get(each, {}).get(key, {}).get(name, "") for each in LANGUAGES}

    block = kinds.get(question.kind).block()
    written = labels[room.session.source_language].get(question.key, {})
    for name, child in block.child_blocks.items():  # as the editor's form has them: databases keep no order
        if name in written:
            yield _entry(room, question.key, name, str(child.label), by_language(question.key, name))
    for listed in kinds.get(question.kind).lists:
        for number, item in enumerate(question.config[listed], 1):
            what = _("Option %(number)s") % {"number": number}
            yield _entry(room, item["key"], "label", what, by_language(item["key"], "label"))


def _entry(room: Room, key: str, name: str, what: str, by_language: dict[str, str]) -> dict[str, Any]:
    source = room.session.source_language
    others = {each: text for each, text in by_language.items() if each != source}
    return {"key": key, "name": name, "what": what, "text": by_language[source], "translations": others}
