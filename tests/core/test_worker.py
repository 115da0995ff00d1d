"""Background work inside the web process, and work whose worker died."""

import asyncio
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from participation.core import worker

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def announce(topic: str) -> None:
    from participation.core import events

    events.publish(topic, word="heard")


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.TASK_WORKER_THREAD = True
    done.clear()


def running_since(minutes: int, workers: int = 1) -> DBTaskResult:
    row = DBTaskResult.objects.get(pk=note.enqueue("late").id)
    for number in range(workers):
        row.claim(f"worker-{number}")
    DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now() - timedelta(minutes=minutes))
    return row


def test_work_does_all_that_waits_and_comes_back():
    for word in ("one", "two"):
        note.enqueue(word)
    worker.work()
    assert (done, DBTaskResult.objects.successful().count()) == (["one", "two"], 2)


def test_a_task_that_fails_stops_nobody(settings):
    DBTaskResult.objects.filter(pk=note.enqueue("broken").id).update(task_path="tests.nowhere.task")
    note.enqueue("next")
    worker.work()
    assert (done, DBTaskResult.objects.failed().count()) == (["next"], 1)


async def test_the_application_does_background_work_from_its_first_visitor_on():
    async def application(scope, receive, send):
        await send("answer")

    answers = []

    async def send(message):
        answers.append(message)

    wrapped = worker.WithWorker(application)
    await asyncio.to_thread(note.enqueue, "work")
    await wrapped({"type": "http"}, None, send)
    for _ in range(200):
        if done:
            break
        await asyncio.sleep(0.05)
    [rounds] = worker._running
    rounds.cancel()
    worker._running.clear()
    assert (answers, done) == (["answer"], ["work"])


def test_what_a_dead_worker_left_is_ready_again():
    late, busy = running_since(minutes=90), running_since(minutes=10)
    call_command("sweep_tasks", hours=1, verbosity=0)
    statuses = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert (statuses[late.pk], statuses[busy.pk]) == ("READY", "RUNNING")


def test_a_task_whose_workers_died_three_times_has_failed():
    row = running_since(minutes=90, workers=3)
    worker.give_back(worker.hours_ago(1))
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.RuntimeError")
