"""What every write in a session shares: the lock on its row, the revision, and the memory of handled messages."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from participation.core import events
from participation.core.errors import Unknown
from participation.live.models import HandledMessage, Session

# {"rev": n} when it was stored, {"code": "closed"} when it was refused for good.
Outcome = dict[str, Any]

_inside: ContextVar[bool] = ContextVar("inside_a_live_action", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that raises the revision itself, so that `follow_thread` need not."""
    token = _inside.set(True)
    try:
        with transaction.atomic():
            yield
    finally:
        _inside.reset(token)


def lock(session_id: int) -> Session:
    """The session, held until the transaction ends: writes in one session queue up, in every process."""
    found = (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "project", "collector")
        .defer("script", "waiting", "labels")  # large, and most writes need none of them
        .filter(pk=session_id)
        .first()
    )
    if found is None:
        raise Unknown
    return found


def raise_rev(session: Session, *, room: bool, **changes: Any) -> int:
    """Write the next revision (and `changes`) to the locked session. `room`: the room itself moved."""
    session.rev += 1
    changes["rev"] = session.rev
    if room:
        changes["room_rev"] = session.rev
    for name, value in changes.items():
        setattr(session, name, value)
    session.save(update_fields=[*changes, "updated_at"])
    return session.rev


def announce(session: Session) -> None:
    """Tell every process on commit; each rereads the database."""
    events.publish(session.topic, rev=session.rev, room=session.room_rev == session.rev)


def handled(session_id: int, message_ids: Iterable[uuid.UUID | None]) -> dict[tuple[str, uuid.UUID], Outcome]:
    """The outcomes of the messages we know already, by sender and id."""
    wanted = [each for each in message_ids if each]
    if not wanted:
        return {}
    rows = HandledMessage.objects.filter(session_id=session_id, message_id__in=wanted)
    return {
        (sender, key): outcome for sender, key, outcome in rows.values_list("sender", "message_id", "outcome")
    }


def remember(session: Session, sender: str, message_id: uuid.UUID | None, outcome: Outcome) -> Outcome:
    """Keep the outcome with the write it belongs to, and give it back."""
    if message_id is not None:
        HandledMessage.objects.create(session=session, sender=sender, message_id=message_id, outcome=outcome)
    return outcome


def follow_thread(topic: str, data: dict[str, Any]) -> None:
    """Somebody else wrote in, or moderated, a thread of ours: the session has a new revision."""
    if _inside.get():
        return
    found = Session.objects.filter(steps__thread__public_id=data.get("thread", "")).values_list(
        "pk", flat=True
    )
    for session_id in found:
        with writing():
            session = lock(session_id)
            raise_rev(session, room=False)
            announce(session)
