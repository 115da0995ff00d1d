"""Who may do what in a live session. The same functions decide what the screens show."""

from typing import Any

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role, is_staff_member

from .models import Session


def may_publish(actor: Any, organisation: Organisation) -> bool:
    """Make and change sessions. No actor is the house itself: a scheduled publication, a command."""
    return actor is None or has_role(actor, organisation, Role.EDITOR, Role.FACILITATOR)


def may_run(user: Any, organisation: Organisation) -> bool:
    """Use the console: move the room, open, close, end."""
    return has_role(user, organisation, Role.FACILITATOR)


def may_moderate(user: Any, organisation: Organisation) -> bool:
    """Approve, hide and pin what people wrote, and mark a question as answered."""
    return has_role(user, organisation, Role.FACILITATOR, Role.MODERATOR)


def may_see_screen(user: Any, session: Session) -> bool:
    """See the projector's screen: anyone with the link, or staff only, as the session says."""
    return session.screen_is_public or is_staff_member(user, session.organisation)
