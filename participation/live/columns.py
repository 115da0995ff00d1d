"""The columns that every export of a session has, whatever was asked: their names, and for the code book what they say."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .room import LANGUAGES

TEXT_FIELDS = (
    "id",
    "step",
    "where",
    "channel",
    "given_by",
    "people",
    "table",
    "cluster",
    "text",
    "name",
    "supports",
    "state",
    "pinned",
    "answered_at",
    "language",
)


def of_answers() -> list[tuple[str, str]]:
    return [
        (_("Person"), _("A number that belongs to one person, or one table, in this session only.")),
        (
            _("Round"),
            _("1 for the first time that a question was asked, 2 when it was asked again, and so on."),
        ),
        (
            _("Channel"),
            _(
                "live: on a phone in the room; hands: show of hands; cards: voting cards; own: at their own pace."
            ),
        ),
        (
            _("Given by"),
            _("self: the person; helper: with somebody who helped; table: a table together."),
        ),
        (_("People"), _("How many people this answer stands for: more than one for a table.")),
        (_("Language"), _("The language in which the questions were read.")),
        (_("Sent in"), _("When the person answered for the first time.")),
    ]


def of_texts() -> list[tuple[str, str]]:
    return [
        (_("Text number"), _("A number that belongs to one text.")),
        (_("Step"), _("The number of the step in the script.")),
        (
            _("Where"),
            _(
                "wall: on a wall; stage: a question to the stage; talk: at a table; statements: added to a question."
            ),
        ),
        (_("Channel"), _("live: during the session; own: at their own pace.")),
        (_("Given by"), _("self: the person; helper: with somebody who helped; table: a table together.")),
        (_("People"), _("How many people wrote it together on one phone.")),
        (pgettext("where people sit", "Table"), _("The number of the table, and its name.")),
        (_("Group"), _("The group of notes in which staff put it.")),
        (_("Text"), _("The words themselves.")),
        (_("Name"), _("The name that somebody put under it, if any.")),
        (_("Supports"), _("How many people are for this.")),
        (_("State"), _("visible: everybody could read it; pending: it waits for approval.")),
        (_("Pinned"), _("1 when staff put it on top.")),
        (_("Answered at"), _("When it was answered on the stage.")),
        (_("Language"), _("The language of the writer's phone.")),
        *((_in(code), _("What staff translated into this language.")) for code in LANGUAGES),
        (_("Time"), _("When it was written.")),
    ]


def _in(language: str) -> str:
    return _("Translation ({language})").format(language=language)


def text_row(note: dict[str, Any]) -> list[Any]:
    """As `of_texts` names them."""
    fixed = [_flat(note[field]) for field in TEXT_FIELDS]
    return [*fixed, *(note["translations"].get(code) for code in LANGUAGES), note["at"]]


def _flat(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
