"""Threads for the database work of live sessions: one that writes, a few that read.

The event loop never waits for a thread per message; work comes here in batches. One writing thread means that
writes of this process never wait for each other's lock on SQLite. asyncio's own way to a thread makes two futures and
three locks for each piece of work, which takes as long as storing a vote.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from django.db import close_old_connections, connections

Result = TypeVar("Result")
CHECK_EVERY = 1.0  # seconds between looks at the age of a thread's connection


class Threads:
    def __init__(self, name: str, count: int) -> None:
        self._todo: SimpleQueue[_Work | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._serve, name=f"{name}_{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[..., Result], *args: Any) -> Result:
        """The result of `work(*args)`, done in one of these threads. Who stops waiting before it began, undoes it."""
        each = _Work(work, args)
        self._todo.put(each)
        result: Result = await each.future
        return result

    def close(self) -> None:
        """Finish what was begun and let go of the database."""
        for _thread in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        checked = 0.0
        while (each := self._todo.get()) is not None:
            if each.future.cancelled():
                continue
            try:
                # Drop a connection that is too old or broken, as Django does around a request, but not for every batch.
                if time.monotonic() - checked > CHECK_EVERY:
                    close_old_connections()
                    checked = time.monotonic()
                result = each.work(*each.args)
            except BaseException as error:
                close_old_connections()
                each.tell(each.fail, error)
            else:
                each.tell(each.succeed, result)
        connections.close_all()


class _Work:
    def __init__(self, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.work, self.args = work, args
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()

    def tell(self, how: Callable[[Any], None], outcome: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self.loop.call_soon_threadsafe(how, outcome)

    def succeed(self, result: Any) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)
