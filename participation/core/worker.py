"""The background worker inside the web process, for an installation of one process.

The in-memory channel layer lives in one event loop. So the worker is a task of that loop and does the work in one
thread of its own: what a task publishes reaches the sockets, and no visitor waits for it.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
INTERVAL = 1.0
MOST_TRIES = 3
_running: set[asyncio.Task] = set()


def give_back(started_before: datetime) -> int:
    """Tasks whose worker died become ready again, after three tries failed. Gives the number of tasks.

    A task can thus run twice: every task must be safe to run again.
    """
    given = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=started_before):
        if len(task.worker_ids) >= MOST_TRIES:
            task.set_failed(RuntimeError(f"its worker died {MOST_TRIES} times"))
        else:
            # Only while it is still running: its worker may be slow and alive.
            mine = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
            mine.update(status="READY")
        given += 1
    return given


def work() -> None:
    """Do everything that waits, then come back."""
    close_old_connections()
    try:
        if DBTaskResult.objects.ready().exists():
            Worker(
                queue_names=["*"],
                interval=0,
                batch=True,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=f"thread-{get_random_string(12)}",
                excluded_queue_names=[],
            ).run()
    except Exception:
        # For instance a database that is away for a moment. The next round tries again.
        logger.exception("the background worker stumbled")
    finally:
        close_old_connections()


async def _rounds() -> None:
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tasks")
    # One process: whatever is still running was another life's.
    await sync_to_async(give_back, thread_sensitive=False, executor=executor)(timezone.now())
    while True:
        await sync_to_async(work, thread_sensitive=False, executor=executor)()
        await asyncio.sleep(INTERVAL)


class WithWorker:
    """An ASGI application that starts the worker in its own event loop, with the first who knocks."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.started = not settings.TASK_WORKER_THREAD

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.started:
            self.started = True
            _running.add(asyncio.get_running_loop().create_task(_rounds()))
        await self.application(scope, receive, send)


def hours_ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)
