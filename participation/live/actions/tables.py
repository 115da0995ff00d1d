"""The tables of a conversation in small groups: each has a wall of its own, and keeps it."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from participation.contributions.actions import publish_board
from participation.contributions.models import Thread
from participation.live.models import MOST_TABLES, Step, Table
from participation.live.tables import name_of, thread_key

BEYOND = 1000  # numbers that no table has, while they are dealt out anew


def set_tables(step: Step, wanted: Iterable[Mapping[str, str]], approve_first: bool, actor: Any) -> None:
    """Make the tables of this list (each with `key`, and perhaps `name`, `link` and `phone`), and bring those there are
    up to date. One that is not on it any more goes, unless somebody sits or wrote there: then it comes last."""
    known = {table.thread.page_key: table for table in step.tables.select_related("thread")}
    listed = {thread_key(step.session, step, each["key"]): each for each in wanted}
    kept = [table for key, table in known.items() if key not in listed and not _drop(table)]
    step.tables.update(number=F("number") + BEYOND)
    for number, (key, each) in enumerate(listed.items(), 1):
        table = known.get(key) or Table(step=step)
        table.number = number
        for field in ("name", "link", "phone"):
            setattr(table, field, each.get(field, ""))
        table.thread = _thread(step, key, table, approve_first, actor)
        table.save()
    for number, table in enumerate(kept, len(listed) + 1):
        table.number = number
        table.thread = _thread(step, table.thread.page_key, table, approve_first, actor)
        table.save(update_fields=["number"])


def numbered(count: int) -> list[dict[str, str]]:
    """Tables without a name."""
    return [{"key": f"table {number}"} for number in range(1, min(count, MOST_TABLES) + 1)]


def make_numbered(step: Step, count: int) -> list[Table]:
    """So many tables, as many as there are people for. Nobody is asked for permission: the script said so."""
    set_tables(step, numbered(max(count, step.tables.count())), bool(step.config.get("approve_first")), None)
    return list(step.tables.all())


def has_notes(step: Step) -> bool:
    """Somebody wrote at one of its tables."""
    return step.tables.filter(thread__contributions__isnull=False).exists()


def remove_all(step: Step) -> None:
    """The tables of this step with their walls, which are empty."""
    threads = list(step.tables.values_list("thread", flat=True))
    step.tables.all().delete()
    Thread.objects.filter(pk__in=threads).delete()


def _drop(table: Table) -> bool:
    if table.seats.exists() or table.thread.contributions.exists():
        return False
    thread = table.thread
    table.delete()
    thread.delete()
    return True


def _thread(step: Step, key: uuid.UUID, table: Table, approve_first: bool, actor: Any) -> Thread:
    session = step.session
    label = step.labels.get(session.source_language, {}).get("label") or session.name
    return publish_board(
        organisation=session.organisation,
        project=session.project,
        page_key=key,
        name=f"{label[:180]} – {name_of(table.number, table.name, session.source_language)}",
        approve_first=approve_first,
        kind=Thread.Kind.TALK,
        actor=actor,
    )
