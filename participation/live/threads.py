"""Threads for the database work of live sessions: one that writes, a few that read.

The event loop never waits for a thread per message; work comes here in batches. One writing thread means that
writes of this process never wait for each other's lock on SQLite.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import close_old_connections, connections

Result = TypeVar("Result")
CHECK_EVERY = 1.0  # seconds between looks at the age of a thread's connection


class Threads:
    def __init__(self, name: str, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._count = count
        self._checked: dict[int, float] = {}

    async def run(self, work: Callable[..., Result], *args: Any) -> Result:
        """The result of `work(*args)`, done in one of these threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._work, work, args)

    def close(self) -> None:
        """Finish what was begun and let go of the database."""
        together = threading.Barrier(self._count)  # so that each thread gets one
        for _each in range(self._count):
            self._pool.submit(_let_go, together)
        self._pool.shutdown(wait=True)

    def _work(self, work: Callable[..., Result], args: tuple[Any, ...]) -> Result:
        self._check_connection()
        try:
            return work(*args)
        except Exception:
            close_old_connections()
            raise

    def _check_connection(self) -> None:
        """Drop a connection that is too old or broken, as Django does around a request, but not for every batch."""
        now, me = time.monotonic(), threading.get_ident()
        if now - self._checked.get(me, 0.0) > CHECK_EVERY:
            close_old_connections()
            self._checked[me] = now


def _let_go(together: threading.Barrier) -> None:
    together.wait(timeout=10)
    connections.close_all()
