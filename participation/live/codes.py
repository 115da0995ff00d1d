"""Join codes: six digits, easy to read from the back of a room."""

import secrets
from datetime import timedelta

from django.utils import timezone

from participation.core.errors import Busy, Invalid

from .models import IssuedCode

LENGTH = 6
REST = timedelta(days=2 * 365)  # how long a code stays out of use


def issue(wanted: str | None = None) -> str:
    """A code that no session had in the last two years. `wanted` asks for a certain one (the demo's, a poster's);
    raises Invalid when it is not free. Call it inside the action's transaction."""
    if wanted is not None:
        if not is_code(wanted) or not _take(wanted):
            raise Invalid
        return wanted
    for _attempt in range(50):
        # Never a leading zero: people leave it out when they type.
        code = str(secrets.randbelow(9 * 10 ** (LENGTH - 1)) + 10 ** (LENGTH - 1))
        if _take(code):
            return code
    raise Busy


def normalise(typed: str) -> str:
    """What a person typed, without blanks, dots and dashes."""
    return "".join(character for character in typed if character.isalnum())[: LENGTH + 1]


def is_code(text: str) -> bool:
    return len(text) == LENGTH and text.isascii() and text.isdigit()


def _take(code: str) -> bool:
    now = timezone.now()
    issued, is_new = IssuedCode.objects.select_for_update().get_or_create(code=code)
    if not is_new and issued.issued_at > now - REST:
        return False
    if not is_new:
        IssuedCode.objects.filter(pk=code).update(issued_at=now)
    return True
