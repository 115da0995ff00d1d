"""Every write about notes, quotes and needs: permission, rule, write, audit, in one transaction."""

from .evidence import back_need, drop_evidence, mark_read, may_show, quote, unback_need
from .needs import (
    agree,
    change_need,
    decide_why_not,
    hide_need,
    make_need,
    make_theme,
    put_behind,
    show_need,
    take_from_behind,
)
from .notes import KEEP_FOR, add_note, erase_note, forget_old_notes

__all__ = [
    "KEEP_FOR",
    "add_note",
    "agree",
    "back_need",
    "change_need",
    "decide_why_not",
    "drop_evidence",
    "erase_note",
    "forget_old_notes",
    "hide_need",
    "make_need",
    "make_theme",
    "mark_read",
    "may_show",
    "put_behind",
    "quote",
    "show_need",
    "take_from_behind",
    "unback_need",
]
