"""Where somebody is in a session at one's own pace, so that they come back to the same place."""

import uuid

from participation.core.errors import Closed, Unknown
from participation.live.models import Attendance

from .gate import lock, writing
from .introducing import present


def go_to(session_id: int, phone: uuid.UUID, step_key: str, *, seat: int = 0) -> None:
    """This person is at this step now. No revision: nobody else sees it at once. Raises Unknown, Closed."""
    with writing():
        session = lock(session_id)
        if not session.at_own_pace:
            raise Closed
        step = next((each for each in session.steps.all() if str(each.key) == step_key), None)
        if step is None:
            raise Unknown
        participant = present(session, phone, seat)
        Attendance.objects.filter(session=session, participant=participant).update(at_step=step)
