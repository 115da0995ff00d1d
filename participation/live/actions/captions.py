"""What is said in the room, written along. A line moves nothing in the room: no revision is raised."""

import secrets
import textwrap
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from participation.core import audit, events
from participation.core.errors import Closed, Forbidden, Invalid
from participation.core.text import clean_text
from participation.live import permissions
from participation.live.models import Caption, Session

MOST_LINES = 20  # in one message of a caption service


def write_captions(session: Session, lines: Sequence[str], *, actor: Any = None, key: str = "") -> int:
    """Keep these lines and show them everywhere; gives how many. A line that is too long becomes several. Raises
    Forbidden, Closed when the session has ended, and Invalid."""
    if not permissions.may_caption(actor, session, key):
        raise Forbidden
    if session.is_over:
        raise Closed
    texts = [part for line in lines for part in textwrap.wrap(_clean(line), Caption.LENGTH)]
    if len(texts) > MOST_LINES:
        raise Invalid
    with transaction.atomic():
        Caption.objects.bulk_create(Caption(session=session, text=text) for text in texts)
        if texts:
            events.publish(session.topic, captions=True)
    return len(texts)


@transaction.atomic
def erase_captions(session: Session, *, actor: Any) -> int:
    """Take away all that was written along, for who did not want to be written down. Raises Forbidden."""
    if not permissions.may_run(actor, session.organisation):
        raise Forbidden
    gone, _by_model = session.captions.all().delete()
    audit.record(session.organisation, actor, "live.captions_erased", session, lines=gone)
    events.publish(session.topic, captions=True)
    return gone


def new_key() -> str:
    return secrets.token_urlsafe(20)


def _clean(line: str) -> str:
    try:
        return clean_text(line)
    except ValidationError as error:
        raise Invalid(error.messages[0]) from None
