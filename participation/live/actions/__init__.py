"""Every write of live sessions."""

from .answers import clean_answer, waits
from .commands import command
from .script import add_translation, publish_session
from .texts import contribute, support

__all__ = ["add_translation", "clean_answer", "command", "contribute", "publish_session", "support", "waits"]
