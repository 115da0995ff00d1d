"""Every write of live sessions."""

from .answers import clean_answer, waits
from .captions import erase_captions, write_captions
from .commands import command
from .introducing import introduce
from .pace import go_to
from .report import choose_quote, note_export, write_report
from .script import add_translation, publish_session
from .sitting import take_notes, take_seat
from .texts import contribute, support

__all__ = [
    "add_translation",
    "choose_quote",
    "clean_answer",
    "command",
    "contribute",
    "erase_captions",
    "go_to",
    "introduce",
    "note_export",
    "publish_session",
    "support",
    "take_notes",
    "take_seat",
    "waits",
    "write_captions",
    "write_report",
]
