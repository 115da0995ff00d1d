"""The protocol's shapes (docs/live-protocol.md) from a room: plain data in one reader's language. No query here."""

from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.utils.translation import override

from surveys import kinds
from surveys.structure import FrozenQuestion

from .models import Session, Step
from .room import Room

PARTICIPANT, SCREEN, CONSOLE = "participant", "screen", "console"
VIEWS = (PARTICIPANT, SCREEN, CONSOLE)


@dataclass(frozen=True)
class Result:
    """What a step brought: `n` people, and the kind's tally (or a thread's texts)."""

    n: int
    tally: dict[str, Any]


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


def session_shape(state: State, language: str) -> dict[str, Any]:
    session = state.room.session
    return {
        "code": session.code,
        "title": session.title(language),
        "state": session.state,
        "pacing": session.pacing,
        "participants": state.participants,
        "locked": session.locked,
    }


def step_shape(room: Room, step: Step, language: str) -> dict[str, Any]:
    words = step.words(language, room.session.source_language)
    return {
        "key": str(step.key),
        "number": room.number(step),
        "of": len(room.steps),
        "type": step.type,
        "open": is_open(room.session, step),
        "results_shown": step.results_shown,
        "round": step.round,
        "title": words.get("title", ""),
        "text": words.get("text", ""),
        "question": question_shape(room, step, language) if step.question else None,
        "thread": {"id": step.thread.public_id, "label": words.get("label", "")} if step.thread else None,
        "timer": step.timer_ends_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if step.timer_ends_at
        else None,
    }


def question_shape(room: Room, step: Step, language: str) -> dict[str, Any]:
    question = room.question(step, language)
    return {
        "key": question.key,
        "kind": question.kind,
        "label": question.label,
        "help": question.help,
        "required": question.required,
        "config": question.config,
    }


def is_open(session: Session, step: Step) -> bool:
    """Answers and texts are taken at this step now."""
    if session.state != Session.State.RUNNING:
        return False
    return step.is_open or session.pacing == Session.Pacing.OWN


def results_shape(state: State, view: str, language: str) -> dict[str, Any] | None:
    """What this view may see of the present step's results. The projector always knows how many answered."""
    step = state.room.current
    if step is None or state.result is None:
        return None
    if view != CONSOLE and not step.results_shown:
        return {"n": state.result.n, "tally": None} if view == SCREEN else None
    shape: dict[str, Any] = {"n": state.result.n, "tally": state.result.tally}
    if step.question:
        shape["charts"] = _charts(state.room.question(step, language), state.result, language)
    return shape


def _charts(question: FrozenQuestion, result: Result, language: str) -> list[dict[str, Any]]:
    """The tally as bars in the reader's words, which a screen can draw without knowing the kind."""
    with override(language):
        charts = kinds.get(question.kind).charts(question, result.tally, result.n)
        return [
            {
                "title": str(chart.title),
                "total": chart.total,
                "facts": [str(fact) for fact in chart.facts],
                "bars": [
                    {
                        "key": bar.key,
                        "label": str(bar.label),
                        "n": bar.n,
                        "share": bar.share,
                        "text": str(bar.text),
                    }
                    for bar in chart.bars
                ],
            }
            for chart in charts
        ]


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
    return body


def snapshot(state: State, view: str, language: str) -> dict[str, Any]:
    """The shared part of a `snapshot` message; `mine` is added per participant."""
    body = {"type": "snapshot", "view": view, **moved(state, view, language)}
    if view == CONSOLE:
        body["queue"] = state.queue
    return body
