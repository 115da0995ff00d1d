"""How much one phone, and one address, may write in a while.

A town hall is one address: many from one address are looked at first, never refused. A phone that writes more than
people do has to wait.
"""

import uuid

from django.http import HttpRequest

from participation.core.clients import too_fast
from participation.core.errors import TooFast

from .models import Contribution

PER_PHONE = {"idea": "10/h", "comment": "30/h", "support": "60/m", "report": "20/h"}
PER_ADDRESS = "300/h"


def slow_down(request: HttpRequest, identity: uuid.UUID, what: str) -> None:
    """Count one `what` of this phone; raises TooFast above its limit."""
    if too_fast(request, f"contributions.{what}", PER_PHONE[what], who=identity.hex):
        raise TooFast


def flag(request: HttpRequest, trapped: bool) -> str:
    """Why staff should look first, or nothing. Counts one text of this address."""
    many = too_fast(request, "contributions.text", PER_ADDRESS)
    if trapped:
        return Contribution.Flag.TRAP
    return Contribution.Flag.MANY if many else ""
