"""Storing answers, many in one transaction. The only place where a live answer is written.

Whether a question still takes answers is judged here, under the session's lock, and nowhere before: an answer that
was sent in time but arrives after the closing is refused, and one that is acknowledged is in the database.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from participation.core.errors import Invalid
from participation.live.models import Attendance, HandledMessage, Session, Step
from participation.live.shapes import is_open
from participation.people.models import Participant
from participation.projects.models import Verb
from participation.projects.permissions import allows
from surveys import kinds
from surveys.actions import Given, record_answers
from surveys.models import Answer, Response
from surveys.structure import FrozenQuestion

from .gate import Outcome, announce, handled, lock, raise_rev


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


@dataclass
class Memory:
    """What a writer knows of a session from its earlier commits, so that it need not ask again. It holds only what
    other processes add to and nobody changes; when a commit fails, begin with an empty one."""

    people: set[uuid.UUID] = field(default_factory=set)  # who have their rows
    responses: dict[uuid.UUID, int] = field(default_factory=dict)


def commit(
    session_id: int, entries: Sequence[Entry], *, memory: Memory | None = None, tell: bool = True
) -> list[Outcome]:
    """Store all entries or none; gives one outcome for each, in the same order.

    An id that was handled before gets its old outcome and stores nothing. Of several answers by one person to one
    question the last one counts. `tell=False`: the caller announces the revision itself.
    """
    memory = memory or Memory()
    with transaction.atomic():
        session = lock(session_id)
        batch = _Batch(session, entries, memory)
        batch.judge()
        if batch.accepted:
            raise_rev(session, room=False)
        batch.store()
        if batch.accepted and tell:
            announce(session)
    memory.people.update(entry.participant for entry in entries)
    memory.responses.update(batch.responses)
    return batch.outcomes


class _Batch:
    def __init__(self, session: Session, entries: Sequence[Entry], memory: Memory) -> None:
        self.session = session
        self.entries = entries
        self.memory = memory
        self.responses: dict[uuid.UUID, int] = {}
        self.known = handled(session.pk, (entry.message_id for entry in entries))
        asked = {entry.question_id for entry in entries if entry.question_id}
        steps = Step.objects.filter(session=session, question_id__in=asked).select_related("question")
        self.steps = {step.question_id: step for step in steps} if asked else {}
        self.is_allowed = not asked or allows(session.project, Verb.SESSION)
        self.fresh: dict[tuple[str, uuid.UUID], Outcome] = {}
        self.accepted: dict[tuple[uuid.UUID, int], Entry] = {}
        self.outcomes: list[Outcome] = []

    def judge(self) -> None:
        """Sort out what is stored: the newest answer per person and question."""
        held = self._answered_before() if self.session.locked else set()
        for entry in self.entries:
            key = (str(entry.participant), entry.message_id) if entry.message_id else None
            outcome = (self.known.get(key) or self.fresh.get(key)) if key else None
            if outcome is None:
                outcome = self._judge(entry, held)
                if key and entry.question_id:
                    self.fresh[key] = outcome
            self.outcomes.append(outcome)

    def _judge(self, entry: Entry, held: set[tuple[uuid.UUID, int]]) -> Outcome:
        """The entry's outcome; its revision is filled in once it is known."""
        if entry.question_id is None:
            return {}
        step = self.steps.get(entry.question_id)
        if step is None:
            return {"code": "unknown"}
        place = (entry.participant, entry.question_id)
        if place in held or not is_open(self.session, step) or not self.is_allowed:
            return {"code": "closed"}
        self.accepted[place] = entry
        return {}

    def store(self) -> None:
        self._join()
        if self.accepted:
            self._find_responses()
            record_answers([self._given(entry) for entry in self.accepted.values()])
        for outcome in self.outcomes:
            if not outcome:
                outcome["rev"] = self.session.rev
        if self.fresh:
            HandledMessage.objects.bulk_create(
                HandledMessage(session=self.session, sender=sender, message_id=message_id, outcome=outcome)
                for (sender, message_id), outcome in self.fresh.items()
            )

    def _answered_before(self) -> set[tuple[uuid.UUID, int]]:
        """Late changes are locked: whoever has answered this round keeps that answer."""
        rows = Answer.objects.filter(  # type: ignore[misc]
            response__collector=self.session.collector,
            response__participant__in={entry.participant for entry in self.entries},
            question_id__in=self.steps,
        ).values_list("response__participant", "question_id", "round")
        return {(person, question) for person, question, nth in rows if self.steps[question].round == nth}

    def _join(self) -> None:
        people = sorted({entry.participant for entry in self.entries} - self.memory.people)
        if not people:
            return
        organisation = self.session.organisation_id
        Participant.objects.bulk_create(
            (Participant(pk=person, organisation_id=organisation) for person in people), ignore_conflicts=True
        )
        Attendance.objects.bulk_create(
            (Attendance(session=self.session, participant_id=person) for person in people),
            ignore_conflicts=True,
        )

    def _find_responses(self) -> None:
        """One response per person; made at the first answer, and submitted with it."""
        languages = {entry.participant: entry.language for entry in self.accepted.values()}
        known = self.memory.responses
        self.responses = {person: known[person] for person in languages if person in known}
        missing = sorted(set(languages) - set(known))
        if not missing:
            return
        Response.objects.bulk_create(
            (
                Response(  # type: ignore[misc]
                    organisation_id=self.session.organisation_id,
                    collector_id=self.session.collector_id,
                    version_id=self.session.version_id,
                    participant_id=person,
                    language=languages[person],
                    submitted_at=timezone.now(),
                )
                for person in missing
            ),
            ignore_conflicts=True,
        )
        rows = Response.objects.filter(collector=self.session.collector_id, participant__in=missing)
        self.responses.update(rows.values_list("participant", "pk"))

    def _given(self, entry: Entry) -> Given:
        assert entry.question_id is not None
        step = self.steps[entry.question_id]
        assert step.question is not None
        return Given(
            Response(pk=self.responses[entry.participant]),
            step.question,
            FrozenQuestion(str(step.question.key), step.question.kind, ""),
            entry.value,
            step.round,
            Answer.State.PENDING if entry.pending else Answer.State.VISIBLE,
            # Statements come one by one: those that were answered before stay.
            partial=isinstance(entry.value, dict),
        )


def clean_answer(question: FrozenQuestion, value: Any, language: str) -> Any:
    """The value as the kind keeps it. Raises Invalid, with what is wrong in the reader's language."""
    with override(language):
        try:
            return kinds.get(question.kind).field(question).clean(value)
        except ValidationError as error:
            raise Invalid(error.messages[0]) from None


def waits(question: FrozenQuestion) -> bool:
    """True for a text that staff want to read before others see it."""
    return kinds.get(question.kind).is_text and bool(question.config.get("approve_first"))
