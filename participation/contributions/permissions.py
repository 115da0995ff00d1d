"""Who may do what in a thread. The same functions decide what a template shows."""

from typing import Any

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role, is_staff_member
from participation.people.models import Participant
from participation.projects import permissions as projects
from participation.projects.models import Verb

from .models import Contribution, Thread


def _allows(thread: Thread, verb: Verb) -> bool:
    """On a wall or for the stage, taking part in the session is what the phase must allow."""
    asked = verb if thread.kind == Thread.Kind.BOARD else Verb.SESSION
    return thread.is_open() and projects.allows(thread.project, asked)


def may_contribute(thread: Thread) -> bool:
    """Anybody, while the thread and the phase are open."""
    return _allows(thread, Verb.IDEA)


def may_comment(idea: Contribution) -> bool:
    """Anybody, on an idea that everybody may read; never on a comment."""
    return (
        idea.parent_id is None
        and idea.state == Contribution.State.VISIBLE
        and _allows(idea.thread, Verb.COMMENT)
    )


def support_is_open(thread: Thread) -> bool:
    """Whether the phase has room for support; asked once for a whole list."""
    return _allows(thread, Verb.SUPPORT)


def may_support(idea: Contribution) -> bool:
    """Anybody, for an idea that everybody may read; comments are not voted on."""
    return (
        idea.parent_id is None and idea.state == Contribution.State.VISIBLE and support_is_open(idea.thread)
    )


def may_take_back(contribution: Contribution, participant: Participant | None) -> bool:
    """The writer, always: also when everything is closed."""
    return (
        participant is not None
        and contribution.participant_id == participant.pk
        and contribution.state != Contribution.State.REMOVED
    )


def may_publish(actor: Any, organisation: Organisation) -> bool:
    """Whoever makes pages or sessions; None is Wagtail's own clock, publishing what an editor planned."""
    return actor is None or has_role(actor, organisation, Role.EDITOR, Role.FACILITATOR)


def may_read_all(actor: Any, organisation: Organisation) -> bool:
    """Everybody on staff, what waits and what is hidden included."""
    return is_staff_member(actor, organisation)


def may_reply(actor: Any, contribution: Contribution) -> bool:
    """Editors speak for the organisation, on ideas; in public, so only where everybody can read it."""
    return (
        contribution.parent_id is None
        and contribution.state == Contribution.State.VISIBLE
        and has_role(actor, contribution.organisation, Role.EDITOR)
    )


def may_lead(actor: Any, thread: Thread) -> bool:
    """Pin a note, tick off a question: whoever leads the session, or moderates it."""
    return has_role(actor, thread.organisation, Role.FACILITATOR, Role.MODERATOR)


def moderator_roles(kind: str) -> tuple[Role, ...]:
    """Moderators everywhere; facilitators what comes in during their sessions."""
    return (Role.MODERATOR,) if kind == Thread.Kind.BOARD else (Role.MODERATOR, Role.FACILITATOR)


def may_moderate(actor: Any, thread: Thread) -> bool:
    """Approve or hide what is in this thread."""
    return has_role(actor, thread.organisation, *moderator_roles(thread.kind))
