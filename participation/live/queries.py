"""What the screens of a live session show. First load, reconnect and pages without script use the same `snapshot()`.

Nothing here opens a transaction: on SQLite that would take the write lock.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone

from participation.contributions.models import Cluster, Contribution, Support
from participation.core.rows import run
from participation.organisations.middleware import organisation_for
from participation.organisations.models import Organisation
from surveys import kinds, media
from surveys.models import Answer, Collector
from surveys.queries import tally

from . import doors, scores, shapes, slides, talks, translations
from .models import Attendance, Caption, Session, Step, threads_of
from .room import Room
from .shapes import Result, State

MOST_TEXTS = 60  # on a live screen
PEOPLES = (Collector.Channel.LIVE, Collector.Channel.OWN)  # the channels of people's own answers
SHOWN_CAPTIONS = 3  # lines
CAPTION_STAYS = timedelta(minutes=1)  # for who comes in later

# Asked five times a second of each room in which something happens.
PULSE = """
SELECT rev, room_rev,
    (SELECT COUNT(*) FROM live_attendance WHERE session_id = live_session.id),
    (SELECT MAX(id) FROM live_caption WHERE session_id = live_session.id)
FROM live_session WHERE id = %s
"""

Mine = dict[str, Any]


def session_with_code(organisation: Organisation, code: str) -> Session | None:
    """The session people join with this code at this organisation's site. A private one ends with its session."""
    found = Session.objects.of(organisation).select_related("organisation").filter(code=code).first()
    if found is not None and found.is_private and found.is_over:
        return None
    return found


def session_at(host: str, code: str) -> int | None:
    """The same for a handshake: the id of the session with this code at the organisation of this host."""
    organisation = organisation_for(doors.request_at(host))
    found = session_with_code(organisation, code) if organisation else None
    return found.pk if found else None


def attended(session_id: int, people: Collection[uuid.UUID] | None = None) -> set[uuid.UUID]:
    """Who (of these people) has been in this session."""
    rows = Attendance.objects.filter(session_id=session_id)
    if people is not None:
        rows = rows.filter(participant__in=people)
    return set(rows.values_list("participant", flat=True))


def notes_of(session: Session) -> QuerySet[Contribution]:
    """What people wrote in it, in every state, but for rehearsals: on walls, to the stage, at tables, as statements."""
    return Contribution.objects.filter(thread__in=threads_of(session), is_test=False)


def pulse(session_id: int) -> tuple[int, int, int, int | None] | None:
    """`(rev, room_rev, participants, last caption)`, in one query; None when the session is gone."""
    found = run(PULSE, [session_id])
    return (found[0][0], found[0][1], found[0][2], found[0][3]) if found else None


def last_captions(session_id: int, most: int = SHOWN_CAPTIONS, *, recent: bool = False) -> list[str]:
    """The last lines that were written along, oldest first. `recent`: only what is being said now."""
    lines = Caption.objects.filter(session_id=session_id).order_by("-id")
    if recent:
        lines = lines.filter(at__gt=timezone.now() - CAPTION_STAYS)
    return list(lines.values_list("text", flat=True)[:most])[::-1]


def room(session_id: int) -> Room:
    """The session with its script. Raises Session.DoesNotExist."""
    session = Session.objects.select_related("version", "organisation", "project", "collector").get(
        pk=session_id
    )
    steps = list(Step.objects.filter(session=session).select_related("question", "thread"))
    structure = session.version.structure if session.version else None
    shown = media.of(structure, [step.labels.get(slides.MEDIA) for step in steps])
    removed = Attendance.objects.filter(session=session, removed_at__isnull=False).order_by("-removed_at")
    own = Collector.objects.filter(questionnaire__page_key=session.page_key, channel__in=PEOPLES)
    return Room(session, steps, shown, removed, own.values_list("pk", flat=True))


def result(room: Room, step: Step | None) -> Result | None:
    """What came in at this step, in this round: counted by the database, every time."""
    if step is None:
        return None
    if step.question_id:
        return _answers(room, step)
    if step.thread_id:
        return _texts(step)
    if step.type == Step.Type.TALK:
        return talks.result(step)
    if step.type == Step.Type.SCORES:
        board = scores.scoreboard(room)
        return Result(board["of"], board)
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
    found = talks.seen_by(state(session.pk, with_queue=view == shapes.CONSOLE), participant)
    own = mine(found.room, [participant]) if participant else {}
    return found, (own.get(participant) if participant else None) or nothing_yet()


def snapshot(session: Session, view: str, participant: uuid.UUID | None, language: str) -> dict[str, Any]:
    """A whole `snapshot` message for one reader."""
    found, own = picture(session, view, participant)
    return {**shapes.snapshot(found, view, language), "mine": own}


@dataclass(frozen=True)
class Stop:
    """One step of a session at one's own pace: how many people are there now, and how many did it."""

    number: int
    step: Step
    label: str
    here: int
    done: int


def stops(room: Room, language: str) -> list[Stop]:
    """How far people are. A constant number of queries."""
    present = Attendance.objects.filter(session=room.session, is_test=room.session.rehearsing)
    here = dict(present.values_list("at_step").annotate(n=Count("id")))
    answers = Answer.objects.filter(
        response__collector__questionnaire__page_key=room.session.page_key,
        response__is_test=room.session.rehearsing,
    ).values_list("question", "round")
    done = {(question, nth): n for question, nth, n in answers.annotate(n=Count("response", distinct=True))}
    threads = [step.thread_id for step in room.steps if step.thread_id]
    written = Contribution.objects.filter(thread__in=threads, parent=None)
    writers = dict(written.values_list("thread").annotate(n=Count("participant", distinct=True)))
    first = room.steps[0].pk if room.steps else None
    found = []
    for number, step in enumerate(room.steps, 1):
        there = here.get(step.pk, 0) + (here.get(None, 0) if step.pk == first else 0)
        n = (
            done.get((step.question_id, step.round), 0)
            if step.question_id
            else writers.get(step.thread_id, 0)
        )
        found.append(Stop(number, step, shapes.step_label(room, step, language), there, n))
    return found


def stop_of(session: Session, person: uuid.UUID) -> int | None:
    """The step where this person was last."""
    return (
        Attendance.objects.filter(session=session, participant=person)
        .values_list("at_step", flat=True)
        .first()
    )


def nothing_yet() -> Mine:
    return {"answers": {}, "contributions": [], "supports": []}


def mine(room: Room, participants: Collection[uuid.UUID]) -> dict[uuid.UUID, Mine]:
    """What each of these people answered (in the present rounds), wrote and supports. A person without any is left out."""
    found: dict[uuid.UUID, Mine] = {}
    _own_answers(room, participants, found)
    threads = talks.threads(room.steps)
    if threads:
        _own_texts(list(threads), participants, found)
    return found


def queue(room: Room) -> list[dict[str, Any]]:
    """Texts that wait for a member of staff, oldest first: contributions, then answers in somebody's own words."""
    threads = talks.threads(room.steps)
    texts = Contribution.objects.filter(thread__in=threads, state=Contribution.State.PENDING)
    answers = Answer.objects.filter(  # type: ignore[misc]
        response__collector__in=room.collectors, state=Answer.State.PENDING
    )
    by_question = {step.question_id: step for step in room.steps if step.question_id}
    return [
        {
            "contribution": each.public_id,
            "text": each.text,
            "name": each.name,
            "lang": each.language,
            "translations": each.translations,
            "step": room.number(threads[each.thread_id]),
        }
        for each in texts.order_by("created_at", "id")[:MOST_TEXTS]
    ] + [
        {
            "answer": str(pk),
            "text": str(value),
            "name": "",
            "lang": language,
            "translations": translations.of_one(by_question.get(question), pk, value),
            "step": room.number(by_question[question]) if question in by_question else None,
        }
        for pk, value, question, language in answers.order_by("id").values_list(
            "id", "value", "question", "response__language"
        )[:MOST_TEXTS]
    ]


def _answers(room: Room, step: Step) -> Result:
    assert step.question is not None
    frozen = room.question(step, room.session.source_language)
    rounds = [step.round, step.round - 1] if step.compared and step.round else [step.round]
    found = [
        Result(**tally(step.question, frozen, each, MOST_TEXTS, test=room.session.rehearsing))
        for each in rounds
    ]
    for each in found:
        if "texts" in each.tally:
            each.tally["texts"] = translations.beside(step, each.tally["texts"])
    return replace(found[0], earlier=found[1]) if len(found) > 1 else found[0]


_ORDER = {"newest": ["-created_at", "-id"], "support": ["-n_supports", "created_at", "id"]}


def _texts(step: Step) -> Result:
    """Pinned ones first, what was answered last."""
    visible = Contribution.objects.filter(  # type: ignore[misc]
        thread_id=step.thread_id, parent=None, state=Contribution.State.VISIBLE
    )
    listed = visible.annotate(
        n_supports=Count("supports"), is_answered=Case(When(answered_at=None, then=0), default=1)
    ).order_by("-pinned", "is_answered", *_ORDER[shapes.order_of(step)])
    clusters = Cluster.objects.filter(thread=step.thread_id).annotate(
        n=Count("notes", filter=Q(notes__state=Contribution.State.VISIBLE))
    )
    texts = [
        {
            "id": each.public_id,
            "text": each.text,
            "name": each.name,
            "supports": each.n_supports,
            "pinned": each.pinned,
            "answered": each.answered_at is not None,
            "cluster": str(each.cluster_id) if each.cluster_id else None,
            "lang": each.language,
            "translations": each.translations,
        }
        for each in listed[:MOST_TEXTS]
    ]
    groups = [{"id": str(each.pk), "name": each.name, "n": each.n} for each in clusters]
    return Result(visible.count(), {"texts": texts, "clusters": groups})


def _own_answers(room: Room, participants: Collection[uuid.UUID], found: dict[uuid.UUID, Mine]) -> None:
    rounds = {step.question_id: step for step in room.steps if step.question_id}
    rows = Answer.objects.filter(  # type: ignore[misc]
        response__collector__in=room.collectors,
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
