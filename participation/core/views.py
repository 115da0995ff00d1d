"""Is the house standing?"""

from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set("health", "well", 10)
    if cache.get("health") != "well":
        raise RuntimeError("the cache forgets")


def _layer() -> None:
    async def there_and_back() -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel("health")
        await layer.send(channel, {"type": "health"})
        await layer.receive(channel)

    async_to_sync(there_and_back)()


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and channel layer answer; else 503 with which one does not. No more is told."""
    parts: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "layer": _layer}
    state = {}
    for name, check in parts.items():
        try:
            check()
            state[name] = True
        except Exception:
            state[name] = False
    return JsonResponse(state, status=200 if all(state.values()) else 503)
