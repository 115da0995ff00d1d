"""What the screens show of a conversation in small groups: who sits where, and what is written at each table.

It is read once for a room. What one phone sees of it depends on its table only, so a frame is made once for each table
(and for who takes its notes), never for each phone."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from participation.contributions.models import Cluster, Contribution

from .models import Seat, Step, Table
from .shapes import Result, State
from .sockets import Socket
from .talk_shapes import Place

MOST_AT_TABLE = 60  # notes of one table, as on a wall
MOST_NAMES = 12


def result(step: Step) -> Result:
    """Four queries, however many people and tables there are."""
    tables = list(Table.objects.filter(step=step).select_related("thread"))
    seats, sitting = _seats(step)
    notes = _notes(tables)
    return Result(
        sum(found[0].n_notes for found in notes.values() if found),  # type: ignore[attr-defined]
        {
            "tables": [_table(each, sitting[each.pk], notes[each.thread_id]) for each in tables],
            "texts": [_text(note, each) for each in tables for note in notes[each.thread_id]],
            "clusters": _clusters(tables),
        },
        seats=seats,
    )


def threads(steps: Iterable[Step]) -> dict[int, Step]:
    """Where people write at these steps: thread -> step. One query when there is a conversation among them."""
    known = {step.thread_id: step for step in steps if step.thread_id}
    talks = {step.pk: step for step in steps if step.type == Step.Type.TALK}
    if talks:
        rows = Table.objects.filter(step__in=talks).values_list("thread", "step")
        known |= {thread: talks[step] for thread, step in rows}
    return known


def seen_by(state: State, person: uuid.UUID | None) -> State:
    """The room as this person sees it."""
    place = _place(state, person)
    return replace(state, at=place) if place else state


def split(state: State, sockets: Iterable[Socket]) -> list[tuple[State, set[Socket]]]:
    """Phones by what they see: those at one table see the same."""
    if state.result is None or state.result.seats is None:
        return [(state, set(sockets))]
    groups: dict[Place | None, set[Socket]] = defaultdict(set)
    for socket in sockets:
        groups[_place(state, socket.participant)].add(socket)
    return [(replace(state, at=place), group) for place, group in groups.items()]


def _place(state: State, person: uuid.UUID | None) -> Place | None:
    if state.result is None or state.result.seats is None or person is None:
        return None
    return state.result.seats.get(person)


def _seats(step: Step) -> tuple[dict[uuid.UUID, Place], dict[int, list[tuple[bool, str, int]]]]:
    """Person -> place, and table -> (takes notes, nickname, people) of who sits there."""
    here = Seat.objects.filter(step=step, participant__attendances__session=step.session_id)
    places: dict[uuid.UUID, Place] = {}
    sitting: dict[int, list[tuple[bool, str, int]]] = defaultdict(list)
    rows = here.order_by("pk").values_list(
        "participant",
        "table",
        "takes_notes",
        "participant__attendances__nickname",
        "participant__attendances__people",
    )
    for person, table, takes_notes, nickname, people in rows:
        places[person] = (table, takes_notes)
        sitting[table].append((takes_notes, nickname, people))
    return places, sitting


def _notes(tables: list[Table]) -> dict[int, list[Contribution]]:
    """By thread, the newest of each: pinned ones first, then those with the most support. Each has `n_notes`, the number
    of notes at its table."""
    newest = [F("pinned").desc(), F("created_at").desc(), F("pk").desc()]
    visible: Any = Contribution.objects.ideas().visible().with_counts()
    rows = (
        visible.filter(thread__in=[each.thread_id for each in tables])
        .annotate(
            place=Window(RowNumber(), partition_by="thread", order_by=newest),
            n_notes=Window(Count("pk"), partition_by="thread"),
        )
        .filter(place__lte=MOST_AT_TABLE)
        .order_by("thread", "-pinned", "-support_count", "created_at", "pk")
    )
    found: dict[int, list[Contribution]] = defaultdict(list)
    for row in rows if tables else ():
        found[row.thread_id].append(row)
    return found


def _table(table: Table, sitting: list[tuple[bool, str, int]], notes: list[Contribution]) -> dict[str, Any]:
    takers = [nickname for takes_notes, nickname, _n in sitting if takes_notes]
    return {
        "id": table.thread.public_id,
        "pk": table.pk,
        "key": table.thread.page_key,
        "number": table.number,
        "name": table.name,
        "link": table.link,
        "phone": table.phone,
        "people": sum(n for _takes, _nickname, n in sitting),
        "nicknames": [nickname for _takes, nickname, _n in sitting if nickname][:MOST_NAMES],
        "has_note_taker": bool(takers),
        "note_taker": takers[0] if takers else "",
        "n": notes[0].n_notes if notes else 0,  # type: ignore[attr-defined]
    }


def _text(note: Contribution, table: Table) -> dict[str, Any]:
    return {
        "id": note.public_id,
        "table": table.thread.public_id,
        "text": note.text,
        "name": note.name,
        "supports": note.support_count,  # type: ignore[attr-defined]
        "pinned": note.pinned,
        "answered": False,
        "cluster": str(note.cluster_id) if note.cluster_id else None,
        "lang": note.language,
        "translations": note.translations,
    }


def _clusters(tables: list[Table]) -> list[dict[str, Any]]:
    visible = Count("notes", filter=Q(notes__state=Contribution.State.VISIBLE))
    ids = {each.thread_id: each.thread.public_id for each in tables}
    found = Cluster.objects.filter(thread__in=ids).annotate(n=visible)
    return [
        {"id": str(each.pk), "table": ids[each.thread_id], "name": each.name, "n": each.n} for each in found
    ]
