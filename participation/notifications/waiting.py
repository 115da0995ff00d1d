"""What waits for this member of staff today. Only what their roles let them do; a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from participation.live.models import Session
from participation.live.permissions import may_see_report
from participation.moderation.queries import count as moderation_count
from participation.needs import permissions as needs_permissions
from participation.needs import queries as needs_queries
from participation.needs import sources
from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role
from surveys.models import Collector

COMING, ENDED = 5, 3  # the most that are shown


@dataclass(frozen=True)
class Waiting:
    """None where it is not this person's work."""

    sessions: list[Session]  # today's
    coming: list[Session]
    ended: list[Session]
    surveys: list[Collector]
    texts: int | None
    moderation: int | None
    needs: int | None
    may_lead: bool
    may_report: bool
    may_make_session: bool
    may_make_survey: bool
    may_write_note: bool

    @property
    def is_quiet(self) -> bool:
        return not (self.sessions or self.texts or self.moderation or self.needs)


def waiting(user: Any, organisation: Organisation) -> Waiting:
    may_moderate = has_role(user, organisation, Role.MODERATOR, Role.FACILITATOR)
    may_research = needs_permissions.may_research(user, organisation)
    may_decide = needs_permissions.may_decide(user, organisation)
    return Waiting(
        sessions_today(organisation),
        coming_sessions(organisation),
        ended_sessions(organisation),
        running_surveys(organisation),
        sources.waiting(organisation) if may_research else None,
        moderation_count(user, organisation) if may_moderate else None,
        needs_queries.waiting(organisation) if may_decide else None,
        has_role(user, organisation, Role.FACILITATOR),
        may_see_report(user, organisation),
        has_role(user, organisation, Role.FACILITATOR, Role.EDITOR),
        has_role(user, organisation, Role.EDITOR),
        needs_permissions.may_note(user, organisation),
    )


def sessions_today(organisation: Organisation) -> list[Session]:
    """Those that run now, and those that begin before the day is over."""
    busy = Q(state__in=[Session.State.RUNNING, Session.State.PAUSED])
    rows = Session.objects.of(organisation).exclude(state=Session.State.ENDED)
    return with_console(rows.filter(_today() | busy).order_by("starts_at"))


def coming_sessions(organisation: Organisation) -> list[Session]:
    """Those that have not begun and are not for today; without a time last."""
    rows = Session.objects.of(organisation).filter(state=Session.State.LOBBY).exclude(_today())
    return with_console(rows.order_by(F("starts_at").asc(nulls_last=True), "pk")[:COMING])


def ended_sessions(organisation: Organisation) -> list[Session]:
    """The last ones."""
    rows = Session.objects.of(organisation).filter(state=Session.State.ENDED)
    return with_console(rows.order_by(F("ended_at").desc(nulls_last=True), "-pk")[:ENDED])


def _today() -> Q:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(starts_at__isnull=False, starts_at__gte=midnight, starts_at__lt=midnight + dt.timedelta(days=1))


def with_console(sessions: Iterable[Session]) -> list[Session]:
    """Each with its `console_url`; a private one that ended has no address any more."""
    found = list(sessions)
    for session in found:
        gone = session.is_private and session.state == Session.State.ENDED
        session.console_url = "" if gone else f"/live/{session.code}/console/"  # type: ignore[attr-defined]
    return found


def running_surveys(organisation: Organisation) -> list[Collector]:
    """Open web collectors with `n`, the number of people who handed in."""
    now = timezone.now()
    return list(
        Collector.objects.of(organisation)
        .filter(
            Q(opens_at=None) | Q(opens_at__lte=now),
            Q(closes_at=None) | Q(closes_at__gt=now),
            channel=Collector.Channel.WEB,
        )
        .select_related("questionnaire__project")
        .annotate(n=Count("responses", filter=Q(responses__submitted_at__isnull=False)))
        .order_by("closes_at", "pk")
    )
