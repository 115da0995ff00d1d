"""The straight way in for a phone's message, with daphne.

Autobahn takes a frame apart in fifteen steps, and daphne wakes a task with what was in it: that takes longer than judging
an answer. One whole, small text frame, which is what a phone sends, is read here at once. Anything else, and anything
that is not as it should be, goes their way: they know what to do about it.
"""

import time
from collections.abc import Callable
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol

WHOLE_TEXT, MASKED, LENGTH = 0x81, 0x80, 0x7F
TWO_BYTES = 126  # instead of the length: it follows, in two bytes
OPEN = WebSocketProtocol.STATE_OPEN


def listen(protocol: Any, hear: Callable[[str], bool]) -> None:
    """Offer each text to `hear` first; what that leaves alone (False) goes the ordinary way. `protocol` is daphne's."""
    ordinary = protocol.dataReceived

    def received(data: bytes) -> None:
        text = text_of(data) if _is_between_messages(protocol) else None
        if text is None or not hear(text):
            ordinary(data)
            return
        protocol.last_ping = time.time()  # somebody is there, as daphne and Autobahn would note
        if protocol.autoPingTimeoutCall:
            protocol._cancelAutoPingTimeoutCall()

    protocol.dataReceived = received


def stop_listening(protocol: Any) -> None:
    """All goes the ordinary way again. Who leaves would otherwise hold on to themselves until the memory is searched."""
    vars(protocol).pop("dataReceived", None)


def text_of(data: bytes) -> str | None:
    """The text of a client's frame, when this is one whole text message of less than 64 KB and nothing else."""
    if len(data) < 6 or data[0] != WHOLE_TEXT or not data[1] & MASKED:
        return None
    start, length = 2, data[1] & LENGTH
    if length == TWO_BYTES:
        start, length = 4, int.from_bytes(data[2:4])
        if length < TWO_BYTES:
            return None
    elif length > TWO_BYTES:
        return None
    if len(data) != start + 4 + length:
        return None
    mask = (data[start : start + 4] * (length // 4 + 1))[:length]
    payload = int.from_bytes(data[start + 4 :]) ^ int.from_bytes(mask)
    try:
        return payload.to_bytes(length).decode()
    except UnicodeDecodeError:
        return None


def _is_between_messages(protocol: Any) -> bool:
    """Open, with nothing left of an earlier frame, or waiting to be taken up."""
    return (
        protocol.state == OPEN
        and not protocol.data
        and protocol.current_frame is None
        and not protocol.inside_message
        and protocol.application_queue.empty()
    )
