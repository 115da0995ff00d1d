"""The words of the socket: frames in and out. What they mean is in docs/live-protocol.md."""

import json
import math
import re
from typing import Any

from django.utils.translation import override

from participation.core.errors import ActionError, Busy, Closed, Forbidden, Invalid, TooFast, Unknown

from . import shapes
from .shapes import State

VERSION = 1
MOST_BYTES = 16 * 1024
MOST_DEPTH = 12

# Close codes, always after accepting.
GONE, ENDED, TOO_MANY, RESTARTING = 4404, 4410, 4429, 4012
REMOVED = 4403

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


class TooLarge(ActionError):
    code = "too_large"
    default = Invalid.default


class Version(ActionError):
    code = "version"
    default = Invalid.default


ERRORS: dict[str, type[ActionError]] = {
    error.code: error for error in (Closed, Invalid, Unknown, Forbidden, TooFast, TooLarge, Busy, Version)
}


def encode(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def with_mine(snapshot: str, mine: dict[str, Any]) -> str:
    """The shared snapshot, encoded once, with one person's own part."""
    return f'{snapshot[:-1]},"mine":{encode(mine)}}}'


def decode(text: str | None) -> dict[str, Any]:
    """A client's message. Raises TooLarge, or Invalid for anything that isn't one JSON object we could keep."""
    if text is None:
        raise Invalid  # a binary frame
    if len(text) > MOST_BYTES or len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise TooLarge
    try:
        message = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise Invalid from None
    if not isinstance(message, dict):
        raise Invalid
    return message


def message_id(text: str | None) -> str | None:
    """The id to answer with; None where the message has none that we can repeat."""
    try:
        found = decode(text).get("id")
    except ActionError:
        return None
    return found if isinstance(found, str) and len(found) <= 64 and storable(found) else None


def storable(value: Any, depth: int = MOST_DEPTH) -> bool:
    """No text in it has a NUL or a lone surrogate, which no database keeps, and it is not nested without end."""
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is None
    if isinstance(value, dict):
        return depth > 0 and all(storable(key) and storable(each, depth - 1) for key, each in value.items())
    if isinstance(value, list):
        return depth > 0 and all(storable(each, depth - 1) for each in value)
    return True


def ack(key: str, rev: int) -> str:
    return encode({"type": "ack", "id": key, "rev": rev})


def captions(lines: list[str] | None) -> str:
    """None says that there are captions, to a phone that did not ask for them."""
    return encode({"type": "captions", "lines": lines})


def leaders(names: dict[str, str]) -> str:
    people = [{"number": number, "name": name} for number, name in sorted(names.items())]
    return encode({"type": "leaders", "leaders": people})


def error(key: str | None, error: ActionError, language: str) -> str:
    with override(language):
        return encode({"type": "error", "id": key, "code": error.code, "detail": str(error.detail)})


def news(kind: str, state: State, view: str, language: str) -> dict[str, Any] | None:
    """A `step`, `results` or `queue` message; None when this view may not see it now."""
    if kind == "step":
        return {"type": "step", **shapes.moved(state, view, language)}
    if kind == "queue":
        return {"type": "queue", "rev": state.rev, "waiting": state.queue}
    return _results(state, view, language)


def _results(state: State, view: str, language: str) -> dict[str, Any] | None:
    step, results = state.room.current, shapes.results_shape(state, view, language)
    if step is None or results is None:
        return None
    message: dict[str, Any] = {"type": "results", "rev": state.rev, **results}
    if step.question:
        message["question"] = str(step.question.key)
    elif step.thread:
        message["thread"] = step.thread.public_id
    return message


def _refuse(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


_DECODER = json.JSONDecoder(
    parse_constant=_refuse, parse_float=_finite
)  # making one takes longer than using it
