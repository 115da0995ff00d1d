"""Who may report, and who decides."""

from typing import Any

from participation.contributions.models import Contribution, Thread
from participation.contributions.permissions import may_moderate, moderator_roles
from participation.organisations.models import Organisation
from participation.organisations.permissions import has_role

__all__ = ["kinds", "may_moderate", "may_report"]


def may_report(contribution: Contribution) -> bool:
    """Anybody who can read it."""
    return contribution.state == Contribution.State.VISIBLE


def kinds(actor: Any, organisation: Organisation | None) -> list[str]:
    """The kinds of thread this person may moderate; empty for who may not moderate at all."""
    return [kind for kind in Thread.Kind.values if has_role(actor, organisation, *moderator_roles(kind))]
