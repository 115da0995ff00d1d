"""At one's own pace: one step a page, previous and next, and back at the same place tomorrow."""

from dataclasses import dataclass, replace
from typing import Any

from participation.live import queries, scores, shapes
from participation.live.forms import MOST_STEPS, whole
from participation.live.models import Session, Step
from participation.live.room import Room
from participation.live.shapes import State


@dataclass(frozen=True)
class Part:
    number: int
    label: str
    is_done: bool
    asks: bool  # there is something to answer or to write


@dataclass(frozen=True)
class Way:
    """Where somebody is, and what they did. `step` is None when they are through."""

    step: Step | None
    number: int
    parts: list[Part]

    @property
    def done(self) -> int:
        return sum(part.is_done for part in self.parts)

    @property
    def to_do(self) -> int:
        """Slides are only to look at."""
        return sum(part.asks for part in self.parts)

    @property
    def of(self) -> int:
        return len(self.parts)

    @property
    def after(self) -> int:
        return self.number + 1

    @property
    def before(self) -> int:
        return self.number - 1


def way(room: Room, mine: queries.Mine, asked: str, at_step: int | None, language: str) -> Way:
    """`asked` is the number in the address; without one they go on where they were."""
    parts = [
        Part(
            number,
            shapes.step_label(room, step, language),
            _is_done(step, mine),
            bool(step.question_id or step.thread_id),
        )
        for number, step in enumerate(room.steps, 1)
    ]
    places = {step.pk: number for number, step in enumerate(room.steps, 1)}
    number = whole(asked, MOST_STEPS)
    number = min(max(places.get(at_step or 0, 1) if number is None else number, 1), len(parts) + 1)
    return Way(room.steps[number - 1] if number <= len(parts) else None, number, parts)


def _is_done(step: Step, mine: queries.Mine) -> bool:
    if step.question is not None:
        return str(step.question.key) in mine["answers"]
    return any(step.thread and each["thread"] == step.thread.public_id for each in mine["contributions"])


def at(state: State, step: Step, mine: queries.Mine) -> State:
    """The picture with what others said at this step, when it may be seen: for a question after one's own answer."""
    if step.type == Step.Type.TALK:
        state = replace(state, at=None)  # nobody sits anywhere now
    result = queries.result(state.room, step) if may_know(step, mine) else None
    if result and step.type == Step.Type.SCORES:
        result = replace(result, tally=scores.told(result.tally, mine["answers"]))
    return replace(state, result=result)


def may_know(step: Step, mine: queries.Mine) -> bool:
    """What others said, and of a quiz what is right: after one's own answer, never before."""
    return step.results_shown and (step.question is None or _is_done(step, mine))


def for_script(room: Room, step: Step, shape: dict[str, Any], results: Any, language: str) -> dict[str, Any]:
    """What static/live/participant.js shows instead of the place where a led room would be."""
    html = room.ask_html(step, language) if step.question else ""
    return {"step": {**shape, "html": html}, "results": results}


def prepared(session: Session) -> Session:
    """For the page's template a session that was led and is open again simply runs. Never saved."""
    if session.at_own_pace:
        session.state = Session.State.RUNNING
    return session
