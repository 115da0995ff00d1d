"""All that was written at one step of a session, a page at a time. A report shows the first of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, When

from participation.contributions.models import Contribution

from . import queries, reports, shapes
from .models import Session, Step, Table
from .report_shapes import Group, is_written
from .tables import name_of, names_of

PAGE = 50


@dataclass(frozen=True)
class Written:
    """One page of it, in the groups and the order of the report."""

    label: str  # of the step
    number: int
    page: Page[Contribution]
    groups: Sequence[Group]


def at(session: Session, key: uuid.UUID, number: str, language: str, *, public: bool) -> Written | None:
    """That page of the notes of this step; None when nobody writes there, or when `public` and only the room may know.
    The number of queries does not grow."""
    room = queries.room(session.pk)
    step = room.step(str(key))
    if step is None or not is_written(step) or (public and not reports.is_public(step)):
        return None
    tables = _tables(session, step, language)
    page = Paginator(_notes(step, list(tables)), PAGE).get_page(number)
    chosen = set() if public else {each.place for each in reports.chosen_quotes(session)}

    def name(note: Contribution) -> str:
        return tables[note.thread_id] if tables else (note.cluster.name if note.cluster else "")

    groups = [
        Group(name(found[0]), [reports.note_text(session, note, language, chosen) for note in found])
        for found in (
            list(each)
            for _key, each in groupby(
                page, lambda note: (note.thread_id, note.cluster_id if not tables else 0)
            )
        )
    ]
    return Written(shapes.step_label(room, step, language), room.number(step), page, groups)


def _tables(session: Session, step: Step, language: str) -> dict[int, str]:
    """By thread what each table is called, in their order; empty for what is no conversation."""
    if step.type != Step.Type.TALK:
        return {}
    names = names_of(session, step, language)
    return {
        table.thread_id: name_of(table.number, names.get(table.thread.page_key) or table.name, language)
        for table in Table.objects.filter(step=step).select_related("thread")
    }


def _notes(step: Step, tables: list[int]) -> Any:
    visible: Any = Contribution.objects.ideas().visible().with_counts()
    threads = {*tables, step.thread_id} - {None}
    found = visible.filter(thread__in=threads, is_test=False).select_related("cluster")
    first = [F("cluster__position").asc(nulls_last=True), "cluster_id"]
    if tables:
        first = [Case(*(When(thread=thread, then=place) for place, thread in enumerate(tables)))]
    return found.order_by(*first, "-pinned", "-support_count", "created_at", "pk")
