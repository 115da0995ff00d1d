"""Statements that residents add to a question. Each is a contribution first, which staff read; while it is visible it is
asked with the others, under a key of its own, so that opinions on it stay when it is hidden and shown again."""

import uuid
from typing import Any

from django.utils.translation import gettext, override

from participation.contributions.models import Contribution, Thread
from participation.live.models import Session, Step
from participation.live.room import LANGUAGES
from participation.people.models import Participant
from surveys.actions import take_out_words
from surveys.models import Answer

from .gate import announce, lock, raise_rev

LENGTH = 200  # characters, as an editor's
MOST = 60  # statements in one question


def may_add(config: dict[str, Any]) -> bool:
    """Whether residents add to a question with this frozen config."""
    return bool(config.get("may_add"))


def key_of(contribution: Contribution) -> str:
    return str(uuid.uuid5(contribution.thread.page_key, contribution.public_id))


def forget(thread: Thread, public_id: str, *, writer: Participant | None = None) -> None:
    """Its writer wants this statement gone: its words go out of everything that was asked. When others gave an opinion on
    it, the statement stays without them, so that those keep their meaning; else it goes too. Call it in a transaction."""
    key = str(uuid.uuid5(thread.page_key, public_id))
    for step in Step.objects.filter(thread=thread, thread__kind=Thread.Kind.STATEMENTS):
        session = lock(step.session_id)
        if session.version is None or step.question_id is None:
            continue
        opinions = Answer.objects.filter(question=step.question_id, item=key)
        if writer is not None:
            opinions = opinions.exclude(response__participant=writer)
        take_out_words(session.version.questionnaire, key, _removed() if opinions.exists() else None)
        raise_rev(session, room=True)
        announce(session)


def _removed() -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = gettext("(removed)")
    return found


def forget_all(writer: Participant) -> int:
    """Every statement that this person added anywhere."""
    added = writer.contributions.filter(thread__kind=Thread.Kind.STATEMENTS).select_related("thread")
    for note in added:
        forget(note.thread, note.public_id, writer=writer)
    return len(added)


def keep(session: Session, structure: dict[str, Any]) -> bool:
    """Bring the questions of `structure` up to what staff let through, in the words that they have in the room: staff may
    have mended a typing error. True when that changed anything."""
    mended = _words_in_the_room(session)
    labels = structure["labels"].setdefault(structure["source_language"], {})
    asked = {each["key"]: each for section in structure["sections"] for each in section["questions"]}
    changed = False
    steps = Step.objects.filter(session=session, thread__kind=Thread.Kind.STATEMENTS)
    for step in steps.select_related("question", "thread"):
        question = asked.get(str(step.question.key)) if step.question else None
        if question is None or step.thread is None:
            continue
        notes = list(step.thread.contributions.select_related("thread").order_by("created_at", "id"))
        before = question["config"]["statements"]
        added = {key_of(note) for note in notes}
        own = [each for each in before if each["key"] not in added]
        visible = [note for note in notes if note.state == Contribution.State.VISIBLE][: MOST - len(own)]
        question["config"]["statements"] = own + [{"key": key_of(note)} for note in visible]
        labels.update({key_of(note): mended.get(key_of(note)) or {"label": note.text} for note in visible})
        changed = changed or question["config"]["statements"] != before
    return changed


def _words_in_the_room(session: Session) -> dict[str, dict[str, str]]:
    """By key, in the language that they were written in."""
    if session.version is None:
        return {}
    found: dict[str, dict[str, str]] = session.version.structure["labels"].get(session.source_language, {})
    return found
