"""Who may do what in a live session. The same functions decide what the screens show."""

from typing import Any

from django.utils.crypto import constant_time_compare

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


def may_caption(user: Any, session: Session, key: str = "") -> bool:
    """Write along with what is said: facilitators, and who was given the key."""
    has_key = bool(session.caption_key) and constant_time_compare(key, session.caption_key)
    return has_key or may_run(user, session.organisation)


def may_see_screen(user: Any, session: Session) -> bool:
    """See the projector's screen: anyone with the link, or staff only, as the session says."""
    return session.screen_is_public or is_staff_member(user, session.organisation)


REPORTERS = (Role.FACILITATOR, Role.RESEARCHER, Role.EDITOR)


def may_see_report(user: Any, organisation: Organisation) -> bool:
    """Read the report of its sessions, and of those of projects that admitted it (`Session.objects.visible_to`)."""
    return has_role(user, organisation, *REPORTERS)


def may_write_report(user: Any, session: Session) -> bool:
    """Write above it and choose quotes: it is the word of the organisation that asked."""
    return may_see_report(user, session.organisation)


def may_export(user: Any, session: Session) -> bool:
    """The answers one by one: only where they were asked."""
    return has_role(user, session.organisation, Role.FACILITATOR, Role.RESEARCHER)
