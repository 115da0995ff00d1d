"""Tell others after the commit: the only door to the channel layer.

`publish(topic, **data)` waits for the commit, then calls the listeners of this process and sends one message to
the group `topic` on the channel layer (so every process hears it once, not every socket).
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)
Listener = Callable[[str, dict[str, Any]], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def listen(prefix: str, listener: Listener) -> None:
    """Call `listener(topic, data)` in this process after each commit that publishes a topic with this prefix."""
    if listener not in _listeners[prefix]:
        _listeners[prefix].append(listener)


def publish(topic: str, **data: Any) -> None:
    """Announce on commit. `topic` is `<room>.<id>` in letters, digits, dots and dashes; `data` plain JSON."""
    transaction.on_commit(lambda: _deliver(topic, data), robust=True)


async def announce(topic: str, **data: Any) -> None:
    """The same for async code after a commit of its own; only the other processes hear it, through the layer."""
    try:
        await get_channel_layer().group_send(topic, _message(topic, data))
    except Exception:
        logger.exception("channel layer did not take %s", topic)


def _message(topic: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"type": "event", "topic": topic, "data": data}


def _deliver(topic: str, data: dict[str, Any]) -> None:
    for prefix, listeners in list(_listeners.items()):
        if topic.startswith(prefix):
            for listener in listeners:
                try:
                    listener(topic, data)
                except Exception:
                    logger.exception("listener failed on %s", topic)
    try:
        layer = get_channel_layer()
        async_to_sync(layer.group_send)(topic, _message(topic, data))
    except Exception:
        # The write stands; readers catch up by revision. A lost announcement must not fail a request.
        logger.exception("channel layer did not take %s", topic)
