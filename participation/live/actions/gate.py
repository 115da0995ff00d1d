"""What every write in a session shares: the lock on its row, the revision, and the memory of handled messages."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from participation.core import events
from participation.core.errors import Unknown
from participation.core.rows import prepared, run
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


def is_writing() -> bool:
    """Inside such a transaction."""
    return _inside.get()


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


def lock_known(known: Session, now: datetime, *, raising: bool = False) -> Session | None:
    """The same for somebody who read the session before: one cheap query, which raises the revision too when answers
    will be written. None, and nothing is done, when the room has moved since."""
    if raising:
        found = run(
            "UPDATE live_session SET rev = rev + 1, updated_at = %s WHERE id = %s AND room_rev = %s RETURNING rev",
            [prepared(Session, "updated_at", now), known.pk, known.room_rev],
        )
    else:
        sql = "SELECT rev FROM live_session WHERE id = %s AND room_rev = %s"
        if connection.vendor == "postgresql":
            sql += " FOR NO KEY UPDATE"
        found = run(sql, [known.pk, known.room_rev])
    if not found:
        return None
    known.rev = found[0][0]
    return known


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
    if not wanted or not _is_any_handled(session_id, wanted):
        return {}
    rows = HandledMessage.objects.filter(session_id=session_id, message_id__in=wanted)
    return {
        (sender, key): outcome for sender, key, outcome in rows.values_list("sender", "message_id", "outcome")
    }


def _is_any_handled(session_id: int, message_ids: list[uuid.UUID]) -> bool:
    """Almost never: a phone sends again only when it is in doubt."""
    field = HandledMessage._meta.get_field("message_id")
    places = ", ".join(["%s"] * len(message_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM live_handledmessage WHERE session_id = %s AND message_id IN ({places}) LIMIT 1",  # noqa: S608
            [session_id, *(field.get_db_prep_value(each, connection) for each in message_ids)],
        )
        return cursor.fetchone() is not None


def remember(session: Session, sender: str, message_id: uuid.UUID | None, outcome: Outcome) -> Outcome:
    """Keep the outcome with the write it belongs to, and give it back."""
    if message_id is not None:
        HandledMessage.objects.create(session=session, sender=sender, message_id=message_id, outcome=outcome)
    return outcome


def follow_thread(topic: str, data: dict[str, Any]) -> None:
    """Somebody else wrote in, or moderated, a thread of ours: the session has a new revision."""
    if is_writing():
        return
    thread = data.get("thread", "")
    here = Q(steps__thread__public_id=thread) | Q(steps__tables__thread__public_id=thread)
    found = Session.objects.filter(here).values_list("pk", flat=True).distinct().order_by()
    for session_id in found:
        with writing():
            session = lock(session_id)
            raise_rev(session, room=False)
            announce(session)
