"""What people write on a wall or to the stage. The texts themselves belong to `contributions`."""

import uuid

from participation.contributions import actions as contributions
from participation.contributions.models import Contribution
from participation.core.errors import Unknown
from participation.live.models import Attendance, Session, Step
from participation.live.shapes import is_open
from participation.people.models import Participant
from participation.people.participants import ensure

from .gate import Outcome, announce, handled, lock, raise_rev, remember, writing


def contribute(
    session_id: int,
    person: uuid.UUID,
    message_id: uuid.UUID | None,
    thread_id: str,
    text: str,
    name: str,
    language: str,
) -> Outcome:
    """Write in an open step's thread. Raises Invalid for the text, Unknown for the thread."""
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        step = _step(session, thread__public_id=thread_id)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": "closed"})
        assert step.thread is not None
        contributions.contribute(
            step.thread,
            participant=_present(session, person),
            text=text,
            name=name,
            language=language,
            client_id=message_id,
        )
        return _kept(session, person, message_id)


def support(
    session_id: int, person: uuid.UUID, message_id: uuid.UUID | None, contribution_id: str, on: bool
) -> Outcome:
    """Be for what somebody wrote, or not any more. Raises Unknown."""
    with writing():
        session = lock(session_id)
        if known := handled(session_id, [message_id]).get((str(person), message_id or person)):
            return known
        contribution = Contribution.objects.filter(
            public_id=contribution_id, thread__steps__session=session
        ).first()
        if contribution is None:
            raise Unknown
        step = _step(session, thread_id=contribution.thread_id)
        if not is_open(session, step):
            return remember(session, str(person), message_id, {"code": "closed"})
        contributions.support(contribution, _present(session, person), on)
        return _kept(session, person, message_id)


def _step(session: Session, **which: object) -> Step:
    found = Step.objects.filter(session=session, **which).select_related("thread__project").first()
    if found is None:
        raise Unknown
    return found


def _present(session: Session, person: uuid.UUID) -> Participant:
    participant = ensure(session.organisation, person)
    Attendance.objects.get_or_create(session=session, participant=participant)
    return participant


def _kept(session: Session, person: uuid.UUID, message_id: uuid.UUID | None) -> Outcome:
    raise_rev(session, room=False)
    announce(session)
    return remember(session, str(person), message_id, {"rev": session.rev})
