"""Storing answers, many in one transaction. The only place where a live answer is written.

Whether a question still takes answers is judged here, under the session's lock, and nowhere before: an answer that
was sent in time but arrives after the closing is refused, and one that is acknowledged is in the database.
"""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.forms import Field
from django.utils import timezone
from django.utils.translation import override

from participation.core.errors import Invalid
from participation.core.ids import new_public_id
from participation.core.rows import insert, prepared, run
from participation.live import hidden, translations
from participation.live.models import Attendance, HandledMessage, Session, Step
from participation.live.shapes import is_final, is_open
from participation.people.models import Participant
from participation.projects.models import Verb
from participation.projects.permissions import allows
from surveys import kinds
from surveys.actions import Given, record_answers, set_collector
from surveys.models import Answer, Collector, Response
from surveys.structure import FrozenQuestion

from .gate import Outcome, announce, handled, lock, lock_known, raise_rev
from .introducing import place
from .seating import seat, seats_people

ALONE = (Response.GivenBy.SELF.value, 1)
BELIEVED = 1.0  # seconds until a project's phase is looked at again


@dataclass(frozen=True)
class Entry:
    """One person joined (`question_id` is None), or answered. `value` was cleaned by the kind's field; an empty one
    takes the answer back. `message_id` is None for a plain POST."""

    participant: uuid.UUID
    message_id: uuid.UUID | None = None
    language: str = "nl"
    question_id: int | None = None
    value: Any = None
    pending: bool = False  # a text that staff want to read before others see it
    phone: uuid.UUID | None = None  # of which this is a further seat (see `live.seats`)
    seat: int = 0


@dataclass
class Memory:
    """What a writer knows of a session from its earlier commits, so that it need not ask again. It holds only what
    other processes add to and nobody changes, and how the room is since it last moved; when a commit fails, begin with
    an empty one."""

    people: set[uuid.UUID] = field(default_factory=set)  # who have their rows
    responses: dict[uuid.UUID, int] = field(default_factory=dict)
    # As it is until the room moves:
    session: Session | None = None
    steps: dict[int, Step] = field(default_factory=dict)  # by question
    talks: list[Step] = field(default_factory=list)  # that give a table to whoever comes in
    removed: frozenset[uuid.UUID] = frozenset()
    # Whether the project's phase takes answers, and until when (monotonic) that is believed.
    is_allowed: bool = False
    allowed_until: float = 0.0

    def lock(self, session_id: int, entries: Sequence[Entry], now: datetime) -> Session:
        """The session, held until the transaction ends, with the next revision when there are answers that may be
        taken. Reads the room when it has moved."""
        found = lock_known(self.session, now, raising=self.may_take(entries)) if self.session else None
        if found is None:
            found = lock(session_id)
            if found.rehearsing or (self.session is not None and self.session.rehearsing):
                self.people, self.responses = set(), {}  # after a rehearsal its rows are gone
            told = Q(question__isnull=False) | Q(type=Step.Type.TALK)
            steps = Step.objects.filter(told, session=found).select_related("question")
            self.steps = {step.question_id: step for step in steps if step.question_id}
            self.talks = [step for step in steps if seats_people(found, step)]
            self.removed = _removed(found)
            self.session, self.allowed_until = found, 0.0
            if self.may_take(entries):
                raise_rev(found, room=False)
        return found

    def may_take(self, entries: Sequence[Entry]) -> bool:
        """Some of these are answers to what is open, as far as we know the room."""
        steps = (self.steps.get(entry.question_id) for entry in entries if entry.question_id)
        return self.session is not None and any(step and is_open(self.session, step) for step in steps)

    def takes_answers(self, session: Session) -> bool:
        if time.monotonic() > self.allowed_until:
            self.is_allowed = allows(session.project, Verb.SESSION)
            self.allowed_until = time.monotonic() + BELIEVED
        return self.is_allowed


def commit(
    session_id: int, entries: Sequence[Entry], *, memory: Memory | None = None, tell: bool = True
) -> list[Outcome]:
    """Store all entries or none; gives one outcome for each, in the same order.

    An id that was handled before gets its old outcome and stores nothing. Of several answers by one person to one
    question the last one counts. `tell=False`: the caller announces the revision itself.
    """
    memory = memory or Memory()
    now = timezone.now()
    with transaction.atomic():
        session = memory.lock(session_id, entries, now)
        batch = _Batch(session, entries, memory, now)
        batch.judge()
        batch.store()
        if batch.are_seated and not batch.accepted:
            raise_rev(session, room=False)
        if (batch.accepted or batch.are_seated) and tell:
            announce(session)
    memory.people.update(batch.people)
    memory.responses.update(batch.responses)
    return batch.outcomes


class _Batch:
    def __init__(self, session: Session, entries: Sequence[Entry], memory: Memory, now: datetime) -> None:
        self.session = session
        self.entries = entries
        self.memory = memory
        self.now = now
        self.people: set[uuid.UUID] = set()  # who have their rows
        self.responses: dict[uuid.UUID, int] = {}
        self.known: dict[tuple[str, uuid.UUID], Outcome] = {}
        self.asked = {entry.question_id for entry in entries if entry.question_id}
        self.steps, self.removed = memory.steps, memory.removed
        self.is_allowed = not self.asked or memory.takes_answers(session)
        self.fresh: dict[tuple[str, uuid.UUID], Outcome] = {}
        self.accepted: dict[tuple[uuid.UUID, int], Entry] = {}
        self.first: dict[uuid.UUID, int] = {}  # responses that are made now
        self.are_seated = False  # somebody was given a table
        self.outcomes: list[Outcome] = []

    def judge(self) -> None:
        """Sort out what is stored: the newest answer per person and question. Remembers the ids that are new; that some
        of them were handled before is rare, and found out by that."""
        self._judge_all()
        if self.fresh and not self._remember():
            self.known = handled(self.session.pk, (entry.message_id for entry in self.entries))
            self._judge_all()

    def _judge_all(self) -> None:
        self.fresh, self.accepted, self.outcomes = {}, {}, []
        held = self._held()
        for entry in self.entries:
            key = (str(entry.participant), entry.message_id) if entry.message_id else None
            outcome = (self.known.get(key) or self.fresh.get(key)) if key else None
            if outcome is None:
                outcome = self._judge(entry, held)
                if key and entry.question_id and outcome.get("code") != "forbidden":
                    self.fresh[key] = outcome
            self.outcomes.append(outcome)

    def _judge(self, entry: Entry, held: set[tuple[uuid.UUID, int]]) -> Outcome:
        if entry.question_id is None:
            return {"rev": self.session.rev}
        if self._is_removed(entry):
            return {"code": "forbidden"}
        step = self.steps.get(entry.question_id)
        if step is None:
            return {"code": "unknown"}
        place = (entry.participant, entry.question_id)
        if place in held or not is_open(self.session, step) or not self.is_allowed:
            return {"code": "closed"}
        self.accepted[place] = self._together(self.accepted.get(place), entry)
        return {"rev": self.session.rev}

    def _is_removed(self, entry: Entry) -> bool:
        return entry.participant in self.removed or entry.phone in self.removed

    def _together(self, before: Entry | None, entry: Entry) -> Entry:
        """The newer of two answers to a question; parts that only the older one named are kept, as in the database."""
        if before is None or not (isinstance(before.value, dict) and isinstance(entry.value, dict)):
            return entry
        question = self.steps[entry.question_id or 0].question
        assert question is not None
        kind = kinds.get(question.kind)
        return replace(entry, value=kind.join({**kind.split(before.value), **kind.split(entry.value)}))

    def store(self) -> None:
        self._join()
        if self.accepted:
            self._find_responses()
            record_answers([self._given(entry) for entry in self.accepted.values()], self.now)
            for question in {entry.question_id for entry in self.accepted.values()}:
                if question and translations.of(self.steps[question]):
                    translations.drop_stale(self.steps[question])

    def _remember(self) -> bool:
        """Keep the outcomes with the ids of their messages; False when some of these ids were there already."""
        rows = [
            {
                "session_id": self.session.pk,
                "sender": sender,
                "message_id": message_id,
                "outcome": outcome,
                "at": self.now,
            }
            for (sender, message_id), outcome in self.fresh.items()
        ]
        return len(insert(HandledMessage, rows, "DO NOTHING", ("id",))) == len(rows)

    def _held(self) -> set[tuple[uuid.UUID, int]]:
        """Who may not change which answer any more: late changes are locked, or they were told what is right."""
        final = {pk for pk, step in self.steps.items() if pk in self.asked and is_final(self.session, step)}
        if not (self.session.locked or final):
            return set()
        before = self._answered_before()
        return before if self.session.locked else {place for place in before if place[1] in final}

    def _answered_before(self) -> set[tuple[uuid.UUID, int]]:
        """Who answered what in this round."""
        rows = Answer.objects.filter(  # type: ignore[misc]
            response__collector__questionnaire__page_key=self.session.page_key,
            response__participant__in={entry.participant for entry in self.entries},
            question_id__in={entry.question_id for entry in self.entries},
        ).values_list("response__participant", "question_id", "round")
        rounds = {question: step.round for question, step in self.steps.items()}
        return {(person, question) for person, question, nth in rows if rounds.get(question) == nth}

    def _join(self) -> None:
        here = [entry for entry in self.entries if not self._is_removed(entry)]
        places = {entry.participant: place(entry.phone, entry.seat) for entry in here}
        self.people = set(places)
        people = sorted(self.people - self.memory.people)
        if not people:
            return
        organisation = self.session.organisation_id
        Participant.objects.bulk_create(
            (Participant(pk=person, organisation_id=organisation) for person in people), ignore_conflicts=True
        )
        Attendance.objects.bulk_create(
            (
                Attendance(
                    session=self.session,
                    participant_id=person,
                    is_test=self.session.rehearsing,
                    **places[person],
                )
                for person in people
            ),
            ignore_conflicts=True,
        )
        seated = [seat(self.session, step, people) for step in self.memory.talks]
        self.are_seated = any(seated)

    def _find_responses(self) -> None:
        """One response per person; made at the first answer, and submitted with it."""
        languages = {entry.participant: entry.language for entry in self.accepted.values()}
        known = self.memory.responses
        self.responses = {person: known[person] for person in languages if person in known}
        missing = sorted(languages.keys() - self.responses.keys())
        if not missing:
            return
        collector = self.session.collector_id
        if self.session.at_own_pace:
            collector = self._own_pace(missing)
            missing = sorted(set(missing) - set(self.responses))
        if not missing:
            return
        given = self._others(missing)
        rows: dict[str, dict[str, Any]] = {
            new_public_id(): {
                "organisation_id": self.session.organisation_id,
                "collector_id": collector,
                "version_id": self.session.version_id,
                "participant_id": person,
                "language": languages[person],
                "submitted_at": self.now,
                "created_at": self.now,
                "updated_at": self.now,
                "is_test": self.session.rehearsing,
                **dict(zip(("given_by", "people"), given.get(person, ALONE), strict=True)),
            }
            for person in missing
        }
        wanted = [{"public_id": key, **row} for key, row in rows.items()]
        made = insert(Response, wanted, "DO NOTHING", ("public_id", "id"))
        self.first = {rows[key]["participant_id"]: pk for key, pk in made}
        self.responses.update(self.first)
        if len(self.first) < len(missing):
            found = Response.objects.filter(collector=collector, participant__in=missing)
            self.responses.update(found.values_list("participant", "pk"))

    def _others(self, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, int]]:
        """Who of these people don't answer for themselves alone: `{participant: (given_by, people)}`."""
        places = ", ".join(["%s"] * len(people))
        rows = run(
            "SELECT participant_id, given_by, people FROM live_attendance WHERE session_id = %s"  # noqa: S608
            f" AND participant_id IN ({places}) AND (given_by <> %s OR people <> 1)",
            [self.session.pk, *(prepared(Attendance, "participant_id", each) for each in people), ALONE[0]],
        )
        return {uuid.UUID(str(person)): (given_by, n) for person, given_by, n in rows}

    def _own_pace(self, people: Sequence[uuid.UUID]) -> int:
        """The collector of answers at one's own pace. Who answered before, also when it was led, goes on with that
        response: nobody has two."""
        assert self.session.collector is not None
        asked = self.session.collector.questionnaire
        before = Response.objects.filter(collector__questionnaire=asked, participant__in=people)
        self.responses.update(before.values_list("participant", "pk"))
        known = asked.collectors.filter(channel=Collector.Channel.OWN).first()
        if known is None:
            known = set_collector(asked, Collector.Channel.OWN)
            raise_rev(self.session, room=True)  # a room has the collectors of its people's answers
        return known.pk

    def _given(self, entry: Entry) -> Given:
        assert entry.question_id is not None
        step = self.steps[entry.question_id]
        assert step.question is not None
        return Given(
            self.responses[entry.participant],
            step.question,
            FrozenQuestion(str(step.question.key), step.question.kind, ""),
            entry.value,
            step.round,
            Answer.State.PENDING if entry.pending else Answer.State.VISIBLE,
            # Statements come one by one: those that were answered before stay.
            partial=isinstance(entry.value, dict),
            is_first=entry.participant in self.first,
            hidden=hidden.words_of(step),
        )


def _removed(session: Session) -> frozenset[uuid.UUID]:
    """Whom staff removed. It moves the room."""
    gone = Attendance.objects.filter(session=session, removed_at__isnull=False)
    return frozenset(each for row in gone.values_list("participant", "phone") for each in row if each)


def judge_of(question: FrozenQuestion) -> Field:
    """The kind's field, made once for everybody who answers this question of a room."""
    made: Field | None = vars(question).get("_judge")
    if made is None:
        made = vars(question)["_judge"] = kinds.get(question.kind).field(question)
    return made


def clean_answer(question: FrozenQuestion, value: Any, language: str) -> Any:
    """The value as the kind keeps it. Raises Invalid, with what is wrong in the reader's language."""
    try:
        return judge_of(question).clean(value)
    except ValidationError as error:
        with override(language):  # its texts are lazy
            raise Invalid(error.messages[0]) from None


def waits(question: FrozenQuestion) -> bool:
    """True for a text that staff want to read before others see it."""
    return kinds.get(question.kind).is_written and bool(question.config.get("approve_first"))
