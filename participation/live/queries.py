"""What the screens of a live session show. First load, reconnect and pages without script use the same `snapshot()`.

Nothing here opens a transaction: on SQLite that would take the write lock.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from participation.contributions.models import Contribution, Support
from participation.organisations.middleware import organisation_for
from participation.organisations.models import Organisation
from surveys import kinds
from surveys.models import Answer
from surveys.queries import QuestionResult, results, tally

from . import doors, shapes
from .models import Attendance, Session, Step
from .room import Room
from .shapes import Result, State

MOST_TEXTS = 60  # on a live screen
REPORT_TEXTS = 200  # of one question in the report

Mine = dict[str, Any]


def session_with_code(organisation: Organisation, code: str) -> Session | None:
    """The session people join with this code at this organisation's site. A private one ends with its session."""
    found = Session.objects.of(organisation).select_related("organisation").filter(code=code).first()
    if found is not None and found.is_private and found.state == Session.State.ENDED:
        return None
    return found


def session_at(host: str, code: str) -> int | None:
    """The same for a handshake: the id of the session with this code at the organisation of this host."""
    organisation = organisation_for(doors.request_at(host))
    found = session_with_code(organisation, code) if organisation else None
    return found.pk if found else None


def attended(session_id: int) -> set[uuid.UUID]:
    """Who has been in this session."""
    return set(Attendance.objects.filter(session_id=session_id).values_list("participant", flat=True))


def pulse(session_id: int) -> tuple[int, int, int] | None:
    """`(rev, room_rev, participants)`, in one query; None when the session is gone."""
    return (
        Session.objects.filter(pk=session_id)
        .annotate(people=Count("attendances"))
        .values_list("rev", "room_rev", "people")
        .first()
    )


def room(session_id: int) -> Room:
    """The session with its script. Raises Session.DoesNotExist."""
    session = Session.objects.select_related("version", "organisation", "project", "collector").get(
        pk=session_id
    )
    steps = Step.objects.filter(session=session).select_related("question", "thread")
    return Room(session, list(steps))


def result(room: Room, step: Step | None) -> Result | None:
    """What came in at this step, in this round: counted by the database, every time."""
    if step is None:
        return None
    if step.question_id:
        return _answers(room, step)
    if step.thread_id:
        return _texts(step)
    return None


def state(session_id: int, *, with_queue: bool = False) -> State:
    """All of the room at this moment. Raises Session.DoesNotExist."""
    found = room(session_id)
    people = Attendance.objects.filter(session_id=session_id).count()
    return State(
        found,
        found.session.rev,
        people,
        result(found, found.current),
        queue(found) if with_queue else [],
    )


def picture(session: Session, view: str, participant: uuid.UUID | None) -> tuple[State, Mine]:
    """What a snapshot is made of: the room for everybody, and one person's own part. A constant number of queries."""
    found = state(session.pk, with_queue=view == shapes.CONSOLE)
    own = mine(found.room, [participant]) if participant else {}
    return found, (own.get(participant) if participant else None) or nothing_yet()


def snapshot(session: Session, view: str, participant: uuid.UUID | None, language: str) -> dict[str, Any]:
    """A whole `snapshot` message for one reader."""
    found, own = picture(session, view, participant)
    return {**shapes.snapshot(found, view, language), "mine": own}


def nothing_yet() -> Mine:
    return {"answers": {}, "contributions": [], "supports": []}


def mine(room: Room, participants: Collection[uuid.UUID]) -> dict[uuid.UUID, Mine]:
    """What each of these people answered (in the present rounds), wrote and supports. A person without any is left out."""
    found: dict[uuid.UUID, Mine] = {}
    _own_answers(room, participants, found)
    threads = [step.thread_id for step in room.steps if step.thread_id]
    if threads:
        _own_texts(threads, participants, found)
    return found


def queue(room: Room) -> list[dict[str, Any]]:
    """Texts that wait for a member of staff, oldest first: contributions, then answers in somebody's own words."""
    threads = [step.thread_id for step in room.steps if step.thread_id]
    texts = Contribution.objects.filter(thread__in=threads, state=Contribution.State.PENDING)
    answers = Answer.objects.filter(  # type: ignore[misc]
        response__collector_id=room.session.collector_id, state=Answer.State.PENDING
    )
    return [
        {"contribution": each.public_id, "text": each.text, "name": each.name}
        for each in texts.order_by("created_at", "id")[:MOST_TEXTS]
    ] + [
        {"answer": str(pk), "text": str(value), "name": ""}
        for pk, value in answers.order_by("id").values_list("id", "value")[:MOST_TEXTS]
    ]


@dataclass(frozen=True)
class ReportStep:
    """One step with all that came in: a question's result, or the visible texts of a wall, best supported first."""

    number: int
    step: Step
    label: str
    text: str
    result: QuestionResult | None
    texts: list[Contribution]


@dataclass(frozen=True)
class Report:
    session: Session
    participants: int
    steps: list[ReportStep]


def report(session: Session, language: str) -> Report:
    """What was asked and what came of it, for the page after the end. A constant number of queries."""
    found = room(session.pk)
    return Report(
        found.session,
        Attendance.objects.filter(session=session).count(),
        _report_steps(found, language),
    )


def _report_steps(room: Room, language: str) -> list[ReportStep]:
    asked = _results_by_question(room, language)
    texts = _texts_by_thread(room)
    steps = []
    for number, step in enumerate(room.steps, 1):
        words = step.words(language, room.session.source_language)
        steps.append(
            ReportStep(
                number,
                step,
                shapes.step_label(room, step, language),
                words.get("text", ""),
                asked.get(step.question_id) if step.question_id else None,
                texts.get(step.thread_id, []) if step.thread_id else [],
            )
        )
    return steps


def _results_by_question(room: Room, language: str) -> dict[int, QuestionResult]:
    if room.session.version is None:
        return {}
    rounds = {step.question_id: step.round for step in room.steps if step.question_id}
    found = results(room.session.version.questionnaire, language, rounds, REPORT_TEXTS)
    return {each.question.pk: each for each in found}


def _texts_by_thread(room: Room) -> dict[int, list[Contribution]]:
    threads = [step.thread_id for step in room.steps if step.thread_id]
    if not threads:
        return {}
    found: dict[int, list[Contribution]] = {}
    visible = Contribution.objects.ideas().visible().with_counts().filter(thread__in=threads)
    for each in visible.order_by("-pinned", "-support_count", "created_at", "id"):  # type: ignore[misc]
        found.setdefault(each.thread_id, []).append(each)
    return found


def _answers(room: Room, step: Step) -> Result:
    assert step.question is not None
    frozen = room.question(step, room.session.source_language)
    return Result(**tally(step.question, frozen, step.round, MOST_TEXTS))


def _texts(step: Step) -> Result:
    visible = Contribution.objects.filter(  # type: ignore[misc]
        thread_id=step.thread_id, parent=None, state=Contribution.State.VISIBLE
    )
    listed = visible.annotate(n_supports=Count("supports")).order_by("-pinned", "-created_at", "-id")
    texts = [
        {
            "id": each.public_id,
            "text": each.text,
            "name": each.name,
            "supports": each.n_supports,
            "pinned": each.pinned,
            "answered": each.answered_at is not None,
        }
        for each in listed[:MOST_TEXTS]
    ]
    return Result(visible.count(), {"texts": texts})


def _own_answers(room: Room, participants: Collection[uuid.UUID], found: dict[uuid.UUID, Mine]) -> None:
    rounds = {step.question_id: step for step in room.steps if step.question_id}
    rows = Answer.objects.filter(  # type: ignore[misc]
        response__collector_id=room.session.collector_id,
        response__participant__in=list(participants),
        question_id__in=rounds,
    ).values_list("response__participant", "question_id", "round", "item", "value")
    items: dict[tuple[uuid.UUID, int], dict[str, Any]] = {}
    for person, question_id, nth, item, value in rows:
        if nth == rounds[question_id].round:
            items.setdefault((person, question_id), {})[item] = value
    for (person, question_id), stored in items.items():
        question = rounds[question_id].question
        assert question is not None
        answers = found.setdefault(person, nothing_yet())["answers"]
        answers[str(question.key)] = kinds.get(question.kind).join(stored)


def _own_texts(threads: list[int], participants: Collection[uuid.UUID], found: dict[uuid.UUID, Mine]) -> None:
    written = Contribution.objects.filter(thread__in=threads, participant__in=list(participants))
    for each in written.select_related("thread").order_by("created_at", "id"):
        assert each.participant_id is not None
        found.setdefault(each.participant_id, nothing_yet())["contributions"].append(
            {"id": each.public_id, "thread": each.thread.public_id, "text": each.text, "state": each.state}
        )
    supports = Support.objects.filter(
        contribution__thread__in=threads, participant__in=list(participants)
    ).values_list("participant", "contribution__public_id")
    for person, contribution in supports:
        found.setdefault(person, nothing_yet())["supports"].append(contribution)
