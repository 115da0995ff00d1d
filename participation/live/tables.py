"""What the tables of a conversation in small groups are called, and which wall is whose."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Session, Step

NAME = "table "  # in a step's words, before the key of a table


def thread_key(session: Session, step: Step, key: str) -> uuid.UUID:
    """A copied page keeps its blocks' ids: the session's own key keeps their tables apart."""
    return uuid.uuid5(session.page_key, f"{step.key} {key}")


def name_of(number: int, name: str, language: str) -> str:
    """What a table is called: its number, and its name when it has one."""
    with override(language):
        called = _("Table {number}").format(number=number)
    return f"{called}: {name}" if name else called


def names_of(session: Session, step: Step, language: str) -> dict[uuid.UUID, str]:
    """The names of its tables in this language, by the key of their threads."""
    words = step.words(language, session.source_language)
    return {
        thread_key(session, step, key.removeprefix(NAME)): name
        for key, name in words.items()
        if key.startswith(NAME)
    }
