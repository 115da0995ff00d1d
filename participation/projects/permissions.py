"""Who may do what in a project, and what its phases allow residents."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role

from .models import Phase, Project, Verb


def may_publish(actor: Any, organisation: Organisation) -> bool:
    """Editors publish projects. No actor is the house itself: a scheduled publication, a command."""
    return actor is None or has_role(actor, organisation, Role.EDITOR)


def allows(project: Project | None, verb: Verb | str, moment: datetime | None = None) -> bool:
    """May residents do this now? No project, or one without phases: everything. Else a phase that is open must list
    the verb. A closed project allows nothing. Reads `project.phases.all()`, so a prefetch serves a whole list."""
    if project is None:
        return True
    if project.status == Project.Status.CLOSED:
        return False
    phases = list(project.phases.all())
    if not phases:
        return True
    moment = moment or timezone.now()
    return any(is_open(phase, moment) and verb in phase.allows for phase in phases)


def is_open(phase: Phase, moment: datetime) -> bool:
    """The same rule as `PhaseQuerySet.open_at`: the opening moment counts, the closing moment does not."""
    begun = phase.opens_at is None or phase.opens_at <= moment
    return begun and (phase.closes_at is None or moment < phase.closes_at)
