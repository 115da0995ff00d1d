"""Residents' text: plain in the database, and turned into HTML here and nowhere else."""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

MAX_LENGTH = 5000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# An address as a reader sees it: brackets in pairs, and no punctuation at its end. Reads from left to right once.
_PAIR = r"\([^\s<>\"'()]*\)"
_ADDRESS = re.compile(
    rf"(?<![\w@./])(?:https?://|www\.)(?:[^\s<>\"'()]|{_PAIR})*(?:{_PAIR}|[^\s<>\"'(){{}}\[\].,;:!?*_~])",
    re.IGNORECASE,
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str, max_length: int = MAX_LENGTH) -> str:
    """Plain text as we keep it: NFC, one kind of line end, trimmed. Raises ValidationError on NUL, control
    characters, lone surrogates and on more than `max_length` characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _CONTROL.search(text) or _SURROGATE.search(text):
        raise ValidationError(_("This text has characters we can't keep. Type it again."), code="invalid")
    text = unicodedata.normalize("NFC", text)
    if len(text) > max_length:
        raise ValidationError(
            _("This text is too long: %(length)s characters. The most is %(most)s.")
            % {"length": len(text), "most": max_length},
            code="max_length",
        )
    return text


def render(text: str) -> SafeString:
    """Escaped HTML with line breaks and links. nh3 has the last word, should the rest ever be wrong."""
    text = str(text)[:MAX_LENGTH]
    parts, end = [], 0
    for match in _ADDRESS.finditer(text):
        parts += [escape(text[end : match.start()]), _link(match.group())]
        end = match.end()
    parts.append(escape(text[end:]))
    return mark_safe(
        nh3.clean(
            "".join(parts).replace("\n", "<br>"),
            tags={"a", "br"},
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel="nofollow ugc noopener",
        )
    )


def _link(address: str) -> str:
    target = address if address.lower().startswith("http") else f"http://{address}"
    return f'<a href="{escape(target)}">{escape(address)}</a>'
