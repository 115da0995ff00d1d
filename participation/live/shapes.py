"""The protocol's shapes (docs/live-protocol.md) from a room: plain data in one reader's language. No query here."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys import kinds
from surveys.kinds.base import Chart
from surveys.origin import with_lines
from surveys.structure import FrozenQuestion

from . import hidden, mending, scores, slides, talk_shapes
from .models import Session, Step
from .room import Room
from .talk_shapes import Place

PARTICIPANT, SCREEN, CONSOLE = "participant", "screen", "console"
VIEWS = (PARTICIPANT, SCREEN, CONSOLE)
NOTHING_TO_TAKE = (Step.Type.SLIDE, Step.Type.SCORES)
ORDERS = ("newest", "support")
ORDER_OF_TYPE: dict[str, str] = {Step.Type.WALL: "newest", Step.Type.STAGE: "support"}


@dataclass(frozen=True)
class Result:
    """What a step brought: `n` people, and the kind's tally (or a thread's texts)."""

    n: int
    tally: dict[str, Any]
    earlier: "Result | None" = None  # of the round before, when both are compared
    channels: dict[str, int] = field(default_factory=dict)  # how they came in: people by channel
    tables: dict[str, int] | None = None  # {"n": tables that answered together, "people": at those}
    seats: dict[uuid.UUID, Place] | None = None  # who sits where, of a conversation in small groups


@dataclass(frozen=True)
class State:
    """Everything a screen may need at one revision."""

    room: Room
    rev: int
    participants: int
    result: Result | None = None  # of the current step
    queue: list[dict[str, Any]] = field(
        default_factory=list
    )  # what waits for approval; filled for the console
    at: Place | None = None  # whose phone it is, of a conversation in small groups


def session_shape(state: State, language: str) -> dict[str, Any]:
    session = state.room.session
    return {
        "code": session.code,
        "title": session.title(language),
        "state": _state(session),
        "pacing": Session.Pacing.OWN.value if session.at_own_pace else session.pacing,
        "participants": state.participants,
        "locked": session.locked,
        "pause_text": session.pause_text,
        "captions_on_screen": session.captions_on_screen,
        "rehearsing": session.rehearsing,
    }


def _state(session: Session) -> str:
    """As a screen should take it: what is open at one's own pace runs, also after it was led."""
    if session.at_own_pace:
        return Session.State.RUNNING.value
    return Session.State.ENDED.value if session.is_over else session.state


def step_shape(room: Room, step: Step, language: str, *, told: bool | None = None) -> dict[str, Any]:
    """`told`: whether this reader may know what is right. Left out: the room does when the results are shown, and nobody
    at one's own pace (see `live.views.own`)."""
    if told is None:
        told = step.results_shown and not room.session.at_own_pace
    words = step.words(language, room.session.source_language)
    return {
        "key": str(step.key),
        "number": room.number(step),
        "of": len(room.steps),
        "type": step.type,
        "open": is_open(room.session, step) and not (told and is_final(room.session, step)),
        "results_shown": step.results_shown,
        "round": step.round,
        "title": words.get("title", "") or (words.get("label", "") if step.type == Step.Type.TALK else ""),
        "text": words.get("text", ""),
        **slides.shape(step.labels, words, room.media, language, room.session.source_language),
        "question": question_shape(room, step, language, told) if step.question else None,
        "thread": {"id": step.thread.public_id, "label": words.get("label", "")}
        if step.thread and not step.question
        else None,
        "add_to": _add_to(room, step),
        "seating": _seating(step) if step.type == Step.Type.TALK else None,
        "sorted_by": order_of(step) if step.type in ORDER_OF_TYPE else None,
        "compared": step.compared,
        "timer": _utc(step.timer_ends_at),
    }


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def question_shape(room: Room, step: Step, language: str, told: bool) -> dict[str, Any]:
    question = room.question(step, language)
    kind = kinds.get(question.kind)
    config = kind.revealed_config(question) if told else kind.public_config(question)
    return {
        "key": question.key,
        "kind": question.kind,
        "label": question.label,
        "help": question.help,
        "required": question.required,
        "config": config,
    }


def _add_to(room: Room, step: Step) -> str | None:
    """The thread in which residents add statements of their own to this question."""
    if step.thread is None or step.question is None:
        return None
    config = room.question(step, room.session.source_language).config
    return step.thread.public_id if config.get("may_add") else None


def _seating(step: Step) -> str:
    return Step.Seating.RANDOM.value if step.is_mixed else Step.Seating.CHOICE.value


def order_of(step: Step) -> str:
    """How the texts of a wall or stage are listed: a facilitator's choice, or what is usual."""
    return str(step.config.get("order") or ORDER_OF_TYPE.get(step.type, "newest"))


def is_open(session: Session, step: Step) -> bool:
    """Answers and texts are taken at this step now."""
    if session.is_over or not (session.at_own_pace or session.state == Session.State.RUNNING):
        return False
    if step.type == Step.Type.TALK and session.at_own_pace:
        return False  # nobody is there to talk with
    if step.type in NOTHING_TO_TAKE:
        return False
    if session.at_own_pace:
        return True
    return step.is_open and not _closes(step)


def is_final(session: Session, step: Step) -> bool:
    """At one's own pace who has answered this is told what is right, so that answer stays as it is."""
    return session.at_own_pace and _closes(step)


def _closes(step: Step) -> bool:
    """The results are shown, and they tell what is right."""
    return step.results_shown and bool(step.question and kinds.get(step.question.kind).closes_with_results)


def results_shape(state: State, view: str, language: str, step: Step | None = None) -> dict[str, Any] | None:
    """What this view may see of the results of the present step (or this one, at one's own pace). The projector always
    knows how many answered."""
    step = step or state.room.current
    if step is None or state.result is None:
        return None
    if step.type == Step.Type.TALK:
        return {"n": state.result.n, "tally": _tables(state, step, view, language)}
    if view != CONSOLE and not step.results_shown:
        return {"n": state.result.n, "tally": None} if view == SCREEN else None
    shape: dict[str, Any] = {"n": state.result.n, "tally": state.result.tally}
    if step.type == Step.Type.SCORES:
        with override(language):
            shape["charts"] = [_chart(scores.chart(state.result.tally))]
    if step.question:
        question, earlier = state.room.question(step, language), state.result.earlier
        shape["charts"] = _charts(question, state.result, language)
        shape["earlier"] = earlier and {
            "round": step.round - 1,
            "n": earlier.n,
            "tally": earlier.tally,
            "charts": _charts(question, earlier, language),
        }
    return shape


def _tables(state: State, step: Step, view: str, language: str) -> dict[str, Any]:
    """Everybody sees which tables there are; the notes of all of them once they are brought together."""
    assert state.result is not None
    return talk_shapes.tally(
        state.result.tally,
        state.room.session,
        step,
        language,
        at=state.at if view == PARTICIPANT else None,
        all_notes=view == CONSOLE,
        together=step.results_shown,
    )


def _charts(question: FrozenQuestion, result: Result, language: str) -> list[dict[str, Any]]:
    """The tally as charts in the reader's words, which a screen can draw without knowing the kind."""
    with override(language):
        kind = kinds.get(question.kind)
        made = kind.charts(question, result.tally, result.n)
        charts = with_lines(made, result.channels, result.tables, hands_repeat=kind.hands_repeat)
        return [_chart(chart) for chart in charts]


def _chart(chart: Chart) -> dict[str, Any]:
    """In the language that is active."""
    return {
        "title": str(chart.title),
        "total": chart.total,
        "facts": [str(fact) for fact in chart.facts],
        "form": chart.form,
        "detail": chart.is_detail,
        "headings": [str(heading) for heading in chart.headings],
        "picture": chart.picture,
        "points": chart.points,
        "bars": [
            {
                "key": bar.key,
                "label": str(bar.label),
                "n": bar.n,
                "share": bar.share,
                "text": str(bar.text),
                "cells": [str(cell) for cell in bar.cells],
                "at": bar.at,
                "size": bar.size,
                "picture": bar.picture,
                "mark": str(bar.mark),
                "spread": list(bar.spread),
            }
            for bar in chart.bars
        ],
    }


def grouped(tally: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The texts of a wall, or of a question, in the groups that staff made, then those in none (`name` is empty when
    there are no groups); each with its translation into this language as `translated`, or empty."""
    texts = translated(tally.get("texts", []), language)
    clusters = tally.get("clusters", [])
    groups = [
        {**each, "texts": [text for text in texts if text.get("cluster") == each["id"]]} for each in clusters
    ]
    rest = [text for text in texts if text.get("cluster") is None]
    with override(language):
        alone = {"name": str(_("Not in a group")) if clusters else "", "n": len(rest), "texts": rest}
    return [each for each in (*groups, alone) if each["texts"]]


def translated(texts: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Each with its translation into this language as `translated`, or empty."""
    return [{**text, "translated": in_language(text, language)} for text in texts]


def readable(results: dict[str, Any] | None, language: str) -> dict[str, Any] | None:
    """Results of a question for a page without a script: what people wrote with its translation into this language."""
    if not results or not results["tally"] or "texts" not in results["tally"]:
        return results
    tally = {**results["tally"], "texts": translated(results["tally"]["texts"], language)}
    return {**results, "tally": tally, "earlier": readable(results.get("earlier"), language)}


def by_table(tally: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The notes of a conversation, as a view gets them, in a group for each table where there are any."""
    texts = translated(tally["texts"], language)
    groups = [
        {
            "name": each["label"],
            "n": each["n"],
            "texts": [text for text in texts if text["table"] == each["id"]],
        }
        for each in tally["tables"]
    ]
    return [group for group in groups if group["texts"]]


def in_language(text: dict[str, Any], language: str) -> str:
    """Staff's translation, or empty. An answer has a language here once it was translated."""
    return str(text.get("translations", {}).get(language, "")) if text.get("lang") != language else ""


def script_shape(room: Room, language: str) -> list[dict[str, Any]]:
    """The console's list of steps."""
    return [
        {
            "key": str(step.key),
            "number": number,
            "type": step.type,
            "label": step_label(room, step, language),
            "open": step.is_open,
            "results_shown": step.results_shown,
            "inserted": step.inserted,
        }
        for number, step in enumerate(room.steps, 1)
    ]


def step_label(room: Room, step: Step, language: str) -> str:
    if step.question:
        return room.question(step, language).label
    words = step.words(language, room.session.source_language)
    return words.get("label") or words.get("title", "")


def moved(state: State, view: str, language: str) -> dict[str, Any]:
    """The body of a `step` message: all of the room's present place."""
    room = state.room
    body: dict[str, Any] = {
        "rev": state.rev,
        "session": session_shape(state, language),
        "step": step_shape(room, room.current, language) if room.current else None,
        "results": results_shape(state, view, language),
    }
    if view == PARTICIPANT and room.current and room.current.question:
        body["step"]["html"] = room.ask_html(room.current, language)
    if view == CONSOLE:
        body["script"] = script_shape(room, language)
        body["new_version"] = room.session.waiting is not None
        body["texts"] = mending.texts(room, language) if room.current else []
        body["hidden_words"] = hidden.words_of(room.current) if room.current else []
        body["removed"] = [
            {"person": str(each.pk), "name": each.nickname, "at": _utc(each.removed_at)}
            for each in room.removed
        ]
    return body


def snapshot(state: State, view: str, language: str) -> dict[str, Any]:
    """The shared part of a `snapshot` message; `mine` is added per participant."""
    body = {"type": "snapshot", "view": view, **moved(state, view, language)}
    if view == CONSOLE:
        body["queue"] = state.queue
    return body
