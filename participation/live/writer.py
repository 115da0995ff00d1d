"""Group commit: what comes in while a commit runs is stored by the next one, in one transaction.

Idle, an answer is committed at once. The promise of an acknowledgement is a committed transaction, always.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from participation.core.errors import ActionError, Busy

from .actions import answers
from .actions.answers import Entry, Memory
from .actions.gate import Outcome
from .threads import Threads

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

QUEUE = 10_000  # entries that may wait; more are told that it is busy
BATCH = 1_000  # entries in one transaction
BUSY: Outcome = {"code": "busy"}

Waiting = tuple[int, Entry, "asyncio.Future[Outcome]"]


class Writer:
    """One per process. Use it from the event loop."""

    def __init__(self, threads: Threads | None = None, *, queue: int = QUEUE, batch: int = BATCH) -> None:
        self._threads = threads or Threads("live-write", 1)
        self._waiting: deque[Waiting] = deque()
        self._queue, self._batch = queue, batch
        self._task: asyncio.Task[None] | None = None
        self._memories: dict[int, Memory] = {}
        self.on_commit: Callable[[int, list[Entry], list[Outcome]], None] = lambda *_: None

    def put(self, session_id: int, entry: Entry) -> "asyncio.Future[Outcome]":
        """A future with the outcome, done after the commit. Raises Busy when the queue is full."""
        if len(self._waiting) >= self._queue:
            raise Busy
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((session_id, entry, future))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        return future

    async def run(self, work: Callable[..., Result], *args: object) -> Result:
        """Do one action (a command, a text) in the writing thread: after the running commit, before the next.
        Raises what the action raises, and Busy when the database is away."""
        try:
            return await self._threads.run(work, *args)
        except (OperationalError, InterfaceError):
            logger.exception("a live action could not be done")
            raise Busy from None

    async def drain(self) -> None:
        """Return when everything that was put in is stored."""
        while self._task is not None and not self._task.done():
            await asyncio.shield(self._task)

    def forget(self, session_id: int) -> None:
        """Nobody is in this session any more, or what we remember of it is doubtful."""
        self._memories.pop(session_id, None)

    def close(self) -> None:
        self._threads.close()

    async def _run(self) -> None:
        while self._waiting:
            session_id, batch = self._gather()
            entries = [entry for _session, entry, _future in batch]
            outcomes = await self._commit(session_id, entries)
            self._tell(session_id, entries, outcomes)
            for (_session, _entry, future), outcome in zip(batch, outcomes, strict=True):
                if not future.cancelled():
                    future.set_result(outcome)

    def _gather(self) -> tuple[int, list[Waiting]]:
        """The next entries of one session; another session's keep their turn."""
        session_id = self._waiting[0][0]
        batch: list[Waiting] = []
        others: list[Waiting] = []
        while self._waiting and len(batch) < self._batch:
            each = self._waiting.popleft()
            (batch if each[0] == session_id else others).append(each)
        self._waiting.extendleft(reversed(others))
        return session_id, batch

    def _tell(self, session_id: int, entries: list[Entry], outcomes: list[Outcome]) -> None:
        try:
            self.on_commit(session_id, entries, outcomes)
        except Exception:
            logger.exception("nobody was told of %s live answers", len(entries))

    async def _commit(self, session_id: int, entries: list[Entry], retry: bool = True) -> list[Outcome]:
        try:
            memory = self._memories.setdefault(session_id, Memory())
            return await self._threads.run(_commit, session_id, entries, memory)
        except (OperationalError, InterfaceError):
            self.forget(session_id)
            if retry:  # the connection may only have been stale; handled ids make a second try safe
                return await self._commit(session_id, entries, retry=False)
            # The database is away or full: nobody's answer is at fault, and everybody will try again.
            logger.exception("a batch of %s live answers could not be stored", len(entries))
            return [BUSY] * len(entries)
        except Exception:
            self.forget(session_id)  # somebody's rows may have been erased meanwhile
            if len(entries) == 1 and not retry:
                logger.exception("a live answer could not be stored")
                return [{"code": "invalid"}]
        # One bad answer must not cost another's: each on its own.
        return [
            outcome for entry in entries for outcome in await self._commit(session_id, [entry], retry=False)
        ]


def _commit(session_id: int, entries: list[Entry], memory: Memory) -> list[Outcome]:
    try:
        return answers.commit(session_id, entries, memory=memory, tell=False)
    except ActionError as error:
        return [{"code": error.code}] * len(entries)
