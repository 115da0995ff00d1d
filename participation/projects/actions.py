"""Every write about projects."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participation.areas.models import Area
from participation.core import audit, erasure, events
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.ids import normalise_code
from participation.organisations.models import Organisation
from participation.people.models import Participant

from . import permissions
from .models import Phase, Project, Receipt, Verb


@dataclass(frozen=True)
class PhaseData:
    """One phase as its page has it. `key` is the StreamField block's id and stays the same when words change."""

    key: uuid.UUID | str
    name: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    allows: Sequence[str] = field(default_factory=list)


def check_project(*, phases: Sequence[PhaseData], area_code: str | None) -> Area | None:
    """The rules of `publish_project`, to be asked before anything is saved. Gives the area; raises ActionError."""
    for phase in phases:
        if phase.opens_at and phase.closes_at and phase.opens_at >= phase.closes_at:
            raise Invalid(_("The phase “%(name)s” closes before it opens.") % {"name": phase.name})
        if not set(phase.allows) <= set(Verb.values):
            raise Invalid(_("The phase “%(name)s” allows something we don't know.") % {"name": phase.name})
    if len({str(phase.key) for phase in phases}) != len(phases):
        raise Invalid(_("A phase is in the list twice."))
    if not area_code:
        return None
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise Unknown(_("We have no area with the code %(code)s.") % {"code": area_code})
    return area


@transaction.atomic
def publish_project(
    *,
    organisation: Organisation,
    page_key: uuid.UUID,
    name: str,
    phases: Sequence[PhaseData],
    area_code: str | None = None,
    actor: Any = None,
) -> Project:
    """Make the project of this page what its page says. Saying the same again changes nothing."""
    if not permissions.may_publish(actor, organisation):
        raise Forbidden
    area = check_project(phases=phases, area_code=area_code)
    project = Project.objects.select_for_update().filter(page_key=page_key).first()
    if project is None:
        project = Project.objects.create(organisation=organisation, page_key=page_key, name=name, area=area)
        changed, verb = True, "project.made"
    else:
        if project.organisation_id != organisation.pk:
            raise Forbidden(_("This project belongs to another organisation."))
        changed, verb = _update(project, name=name, area=area), "project.changed"
    if _sync_phases(project, phases) or changed:
        audit.record(organisation, actor, verb, project)
        events.publish(f"project.{project.public_id}", what="published")
    return project


def _update(project: Project, **values: Any) -> bool:
    """Save what differs; True when something did."""
    differing = [name for name, value in values.items() if getattr(project, name) != value]
    for name in differing:
        setattr(project, name, values[name])
    if differing:
        project.save(update_fields=[*differing, "updated_at"])
    return bool(differing)


def _sync_phases(project: Project, phases: Sequence[PhaseData]) -> bool:
    """Rows as the list says: changed, added and removed by key. True when something differed."""
    known = {phase.key: phase for phase in project.phases.all()}
    wanted = [_phase(project, position, data) for position, data in enumerate(phases)]
    gone = [phase.pk for key, phase in known.items() if key not in {each.key for each in wanted}]
    stale = [each for each in wanted if each.key not in known or _facts(each) != _facts(known[each.key])]
    if gone:
        Phase.objects.filter(pk__in=gone).delete()
    for each in stale:
        each.pk = known[each.key].pk if each.key in known else None
        each.save()
    return bool(gone or stale)


def _phase(project: Project, position: int, data: PhaseData) -> Phase:
    return Phase(
        project=project,
        key=uuid.UUID(str(data.key)),
        name=data.name,
        position=position,
        opens_at=data.opens_at,
        closes_at=data.closes_at,
        allows=list(data.allows),
    )


def _facts(phase: Phase) -> tuple[Any, ...]:
    return (phase.name, phase.position, phase.opens_at, phase.closes_at, phase.allows)


def close_project(project: Project, *, actor: Any = None) -> Project:
    """Nothing more is taken in. The answer to residents is on the project's page."""
    return _set_status(project, Project.Status.CLOSED, "project.closed", actor)


def reopen_project(project: Project, *, actor: Any = None) -> Project:
    """The phases decide again."""
    return _set_status(project, Project.Status.RUNNING, "project.reopened", actor)


@transaction.atomic
def _set_status(project: Project, status: str, verb: str, actor: Any) -> Project:
    if not permissions.may_publish(actor, project.organisation):
        raise Forbidden
    if _update(project, status=status):
        audit.record(project.organisation, actor, verb, project)
        events.publish(f"project.{project.public_id}", what=status)
    return project


@transaction.atomic
def receipt_for(participant: Participant, project: Project) -> Receipt:
    """This participant's code in this project; the same one every time. A resident's act: no audit entry."""
    if participant.organisation_id != project.organisation_id:
        raise Unknown
    receipt, _made = Receipt.objects.get_or_create(participant=participant, project=project)
    return receipt


@transaction.atomic
def erase_by_receipt(code: str, *, actor: Any = None) -> dict[str, int]:
    """At the wish of who has this code: everything of that participant, everywhere or nowhere; gives the number of rows
    per app. The audit entry says in which project, not who. Raises Unknown."""
    receipts = Receipt.objects.select_related("project", "participant__organisation")
    receipt = receipts.filter(code=normalise_code(code)).first()
    if receipt is None:
        raise Unknown
    participant = receipt.participant
    audit.record(participant.organisation, actor, "participant.erased", receipt.project)
    erased = erasure.erase(participant)
    participant.delete()
    return erased
