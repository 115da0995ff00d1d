"""Every write of moderation: a reader reports, staff approve or hide, and may undo what they decided."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.contributions.actions import announce
from participation.contributions.models import Contribution
from participation.core import audit
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.text import clean_text
from participation.people.models import Participant

from . import permissions
from .models import Decision, Reason, Report

NOTE_LENGTH = 500


@transaction.atomic
def report(contribution: Contribution, *, participant: Participant, reason: str, note: str = "") -> Report:
    """A reader says: look at this. Saying it again changes nothing until staff decided; then it counts anew."""
    if participant.organisation_id != contribution.organisation_id:
        raise Unknown
    if not permissions.may_report(contribution):
        raise Unknown
    made, _new = Report.objects.update_or_create(
        contribution=contribution,
        participant=participant,
        defaults={
            "organisation_id": contribution.organisation_id,
            "reason": _reason(reason),
            "note": _note(note),
            "decision": None,
        },
    )
    announce(contribution, "reported")
    return made


@transaction.atomic
def approve(contribution: Contribution, *, actor: Any) -> Decision:
    """Everybody may read it; open reports are settled."""
    return _decide(contribution, Contribution.State.VISIBLE, Decision.Outcome.APPROVED, actor)


@transaction.atomic
def hide(contribution: Contribution, *, reason: str, note: str = "", actor: Any) -> Decision:
    """Nobody but staff and the writer sees it; the writer reads the reason and the note."""
    return _decide(
        contribution,
        Contribution.State.HIDDEN,
        Decision.Outcome.HIDDEN,
        actor,
        reason=_reason(reason),
        note=_note(note),
    )


def _decide(contribution: Contribution, state: str, outcome: str, actor: Any, **why: str) -> Decision:
    contribution = _locked(contribution, actor)
    if contribution.state == Contribution.State.REMOVED:
        raise Unknown(_("The writer took this back."))
    decision = Decision.objects.create(
        organisation_id=contribution.organisation_id,
        contribution=contribution,
        outcome=outcome,
        before=contribution.state,
        actor=actor,
        **why,
    )
    Report.objects.filter(contribution=contribution, decision=None).update(decision=decision)
    _move(contribution, state)
    audit.record(contribution.organisation, actor, f"moderation.{outcome}", contribution, **why)
    return decision


@transaction.atomic
def undo(decision: Decision, *, actor: Any) -> Contribution:
    """As it was before: the state returns and the reports are open again. Only the newest decision can be undone."""
    contribution = _locked(decision.contribution, actor)
    newest = contribution.decisions.first()
    if newest is None or newest.pk != decision.pk or contribution.state == Contribution.State.REMOVED:
        raise Unknown(_("This was decided again in the meantime."))
    outcome, before = decision.outcome, decision.before
    decision.delete()
    _move(contribution, before)
    audit.record(contribution.organisation, actor, "moderation.undo", contribution, outcome=outcome)
    return contribution


def _locked(contribution: Contribution, actor: Any) -> Contribution:
    """The row as it is now, held until the commit: two moderators decide one after the other."""
    locked = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("thread__organisation", "organisation")
        .get(pk=contribution.pk)
    )
    if not permissions.may_moderate(actor, locked.thread):
        raise Forbidden
    return locked


def _move(contribution: Contribution, state: str) -> None:
    contribution.state = state
    contribution.save(update_fields=["state", "updated_at"])
    announce(contribution, "state", state=state)


def _reason(reason: str) -> str:
    if reason not in Reason.values:
        raise Invalid(_("Choose a reason."), errors={"reason": [_("Choose a reason.")]})
    return reason


def _note(note: str) -> str:
    try:
        return clean_text(note, NOTE_LENGTH)
    except ValidationError as error:
        raise Invalid(error.messages[0], errors={"note": error.messages})
