"""What people write on a wall, to the stage or at a table. The texts themselves belong to `contributions`."""

import uuid

from django.utils.translation import gettext_lazy as _

from participation.contributions import actions as contributions
from participation.contributions.models import Contribution, Thread
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.live import names
from participation.live.models import Session, Step, threads_of
from participation.live.seats import person_at
from participation.live.shapes import is_open

from . import statements
from .gate import Outcome, announce, handled, lock, raise_rev, remember, writing
from .introducing import present


def contribute(
    session_id: int,
    person: uuid.UUID,
    message_id: uuid.UUID | None,
    thread_id: str,
    text: str,
    name: str,
    language: str,
    *,
    seat: int = 0,
) -> Outcome:
    """Write in an open step's thread. `person` is a phone's id, and `seat` who of the people on it writes. Raises
    Invalid for the text or for a name that staff removed, Unknown for the thread, Forbidden for another table's."""
    phone, person = person, person_at(person, seat)
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        step, thread = _place(session, person, public_id=thread_id)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": "closed"})
        if step.question_id and len(text) > statements.LENGTH:
            raise Invalid(_("Make it shorter: one thought in a sentence."))
        names.check(session, name)
        contributions.contribute(
            thread,
            participant=present(session, phone, seat),
            text=text,
            name=name,
            language=language,
            client_id=message_id,
            is_test=session.rehearsing,
        )
        return _kept(session, person, message_id)


def support(
    session_id: int,
    person: uuid.UUID,
    message_id: uuid.UUID | None,
    contribution_id: str,
    on: bool,
    *,
    seat: int = 0,
) -> Outcome:
    """Be for what somebody wrote, or not any more; `person` and `seat` as above. Raises Unknown."""
    phone, person = person, person_at(person, seat)
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        contribution = Contribution.objects.filter(
            public_id=contribution_id, thread__in=threads_of(session)
        ).first()
        if contribution is None:
            raise Unknown
        step, _thread = _place(session, person, pk=contribution.thread_id)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": "closed"})
        contributions.support(contribution, present(session, phone, seat), on)
        return _kept(session, person, message_id)


def _place(session: Session, person: uuid.UUID, **which: object) -> tuple[Step, Thread]:
    """The step and thread in which this person may write. A table's is for who sits there."""
    thread = Thread.objects.filter(pk__in=threads_of(session), **which).select_related("project").first()
    if thread is None:
        raise Unknown
    if thread.kind != Thread.Kind.TALK:
        return thread.steps.get(session=session), thread
    table = thread.tables.select_related("step").get(step__session=session)
    if not table.seats.filter(participant=person).exists():
        raise Forbidden
    return table.step, thread


def _kept(session: Session, person: uuid.UUID, message_id: uuid.UUID | None) -> Outcome:
    raise_rev(session, room=False)
    announce(session)
    return remember(session, str(person), message_id, {"rev": session.rev})
