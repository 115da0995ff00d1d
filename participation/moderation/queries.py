"""What waits for a decision, oldest first, and what was decided."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from participation.contributions.models import Contribution, ContributionQuerySet
from participation.organisations.models import Organisation

from . import permissions
from .models import Decision, Report

PER_PAGE = 30


def moderable(actor: Any, organisation: Organisation) -> ContributionQuerySet:
    """Every text this person may decide about, whether it waits or not."""
    return (
        Contribution.objects.of(organisation)
        .filter(thread__kind__in=permissions.kinds(actor, organisation))
        .exclude(state=Contribution.State.REMOVED)
    )


def waiting(actor: Any, organisation: Organisation) -> ContributionQuerySet:
    """One queue: texts that wait for approval, and visible texts with open reports. Oldest first."""
    reported = Exists(Report.objects.filter(contribution=OuterRef("pk"), decision=None))
    pending = Q(state=Contribution.State.PENDING)
    visible = Q(state=Contribution.State.VISIBLE)
    queue = moderable(actor, organisation).filter(is_test=False).filter(pending | (visible & Q(reported)))
    return queue.order_by("created_at", "id")


def count(actor: Any, organisation: Organisation) -> int:
    """How many wait for this person."""
    return waiting(actor, organisation).count()


def next_item(
    actor: Any, organisation: Organisation, *, wanted: str = "", after: str = ""
) -> Contribution | None:
    """The text `wanted` (waiting or not); else the first that waits behind `after`; else the first of all."""
    everything = moderable(actor, organisation).select_related("thread__project", "parent", "organisation")
    if wanted and (found := everything.filter(public_id=wanted).first()):
        return found
    queue = waiting(actor, organisation).select_related("thread__project", "parent", "organisation")
    passed = everything.filter(public_id=after).first() if after else None
    if passed:
        later = Q(created_at__gt=passed.created_at) | Q(created_at=passed.created_at, id__gt=passed.pk)
        return queue.filter(later).first() or queue.first()
    return queue.first()


def open_reports(contribution: Contribution) -> list[dict[str, Any]]:
    """Open reports by reason with their number and notes, most first."""
    found: dict[str, dict[str, Any]] = {}
    for report in contribution.reports.filter(decision=None).order_by("created_at"):
        row = found.setdefault(report.reason, {"label": report.get_reason_display(), "n": 0, "notes": []})
        row["n"] += 1
        if report.note:
            row["notes"].append(report.note)
    return sorted(found.values(), key=lambda row: -row["n"])


def my_last(actor: Any, organisation: Organisation) -> Decision | None:
    """This person's newest decision here: what the undo key takes back."""
    mine = Decision.objects.of(organisation).filter(actor=actor)
    return mine.select_related("contribution").first()


def decided(actor: Any, organisation: Organisation, *, outcome: str = "", page: Any = 1) -> Page:
    """Decisions on what this person may moderate, newest first; `is_newest` can be undone. Two queries."""
    later = Decision.objects.filter(contribution=OuterRef("contribution"), id__gt=OuterRef("id"))
    rows = (
        Decision.objects.of(organisation)
        .filter(contribution__thread__kind__in=permissions.kinds(actor, organisation))
        .filter(contribution__is_test=False)
        .exclude(contribution__state=Contribution.State.REMOVED)
        .annotate(is_newest=~Exists(later), report_count=Count("reports"))
        .select_related("contribution__thread", "actor")
        .order_by("-created_at", "-id")
    )
    return Paginator(rows.filter(outcome=outcome) if outcome else rows, PER_PAGE).get_page(page)
