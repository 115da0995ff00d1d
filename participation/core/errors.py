"""What an action may raise. `code` is the protocol's (docs/live-protocol.md), the text is the reader's."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class ActionError(Exception):
    """Base: the write was refused and nothing was changed."""

    code = "invalid"
    default: Any = _("That did not work.")

    def __init__(self, detail: Any = None, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(detail or self.default)
        self.detail = detail or self.default
        self.errors = errors or {}


class Forbidden(ActionError):
    code = "forbidden"
    default = _("You are not allowed to do this.")


class Closed(ActionError):
    code = "closed"
    default = _("This is closed. Nothing can be added or changed any more.")


class Invalid(ActionError):
    code = "invalid"
    default = _("This answer does not fit the question.")


class Unknown(ActionError):
    code = "unknown"
    default = _("We don't know this (any more).")


class TooFast(ActionError):
    code = "too_fast"
    default = _("That goes too fast. Wait a moment and try again.")


class Busy(ActionError):
    code = "busy"
    default = _("It is very busy. We will try again by ourselves.")
