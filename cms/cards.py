"""Cards for what residents can do: survey, session, idea board. Whatever the number of pages, a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from participation.contributions import permissions as boards
from participation.contributions.models import Contribution, Thread
from participation.core.moments import day, day_and_time, until
from participation.live.models import Session
from participation.projects.models import Verb
from participation.projects.permissions import allows
from surveys.queries import summaries

OPEN, COMING, CLOSED = "open", "coming", "closed"
STATUS_KIND = {OPEN: "success", COMING: "warning", CLOSED: "inactive"}
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Card:
    """`url` is the page, `start` where one takes part (empty when nobody can now), `results` where one reads what people
    said. `until` sorts: soonest first."""

    page: Page
    kind: Any
    icon: str
    url: str
    state: str
    status: str
    action: str = ""
    start: str = ""
    facts: list[dict[str, str]] = field(default_factory=list)
    people: int = 0
    until: dt.datetime = FAR
    object: Any = None
    results: str = ""

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def text(self) -> str:
        return self.page.lead

    @property
    def status_kind(self) -> str:
        return STATUS_KIND[self.state]

    @property
    def picture(self) -> str:
        return self.page.card_picture


ORDER = {OPEN: 0, COMING: 1, CLOSED: 2}


def cards(pages: Sequence[Page], request: HttpRequest) -> list[Card]:
    """For these live pages of surveys, sessions and boards, in one language. What is open comes first."""
    makers = {"surveypage": _surveys, "sessionpage": _sessions, "ideaboardpage": _boards}
    found: list[Card] = []
    for name, maker in makers.items():
        own = [page for page in pages if page._meta.model_name == name]
        if own:
            found += maker(own, request)
    return sorted(found, key=lambda card: (ORDER[card.state], card.until, -card.page.pk))


def _surveys(pages: Sequence[Page], request: HttpRequest) -> Iterable[Card]:
    known = summaries([page.object_key for page in pages])
    for page in pages:
        summary = known.get(page.object_key)
        if summary is None:
            continue
        collector, minutes = summary.collector, summary.minutes
        state, status = _survey_state(summary)
        facts = [
            _fact("clock", ngettext("About %(n)s minute", "About %(n)s minutes", minutes) % {"n": minutes})
        ]
        if collector.closes_at and state == OPEN:
            facts.append(_fact("calendar", capfirst(until(collector.closes_at))))
        facts += _took_part(summary.people)
        yield Card(
            page,
            _("Survey"),
            "list",
            page.get_url(request),
            state,
            status,
            _("Fill it in") if state == OPEN else "",
            summary.url if state == OPEN else "",
            facts,
            summary.people,
            collector.closes_at or FAR,
            summary.questionnaire,
        )


def _survey_state(summary: Any) -> tuple[str, str]:
    if summary.is_open:
        return OPEN, _("Open")
    opens_at = summary.collector.opens_at
    if opens_at and opens_at > timezone.now():
        return COMING, _("Opens %(day)s") % {"day": day(opens_at)}
    return CLOSED, _("Closed")


def _sessions(pages: Sequence[Page], request: HttpRequest) -> Iterable[Card]:
    keys = [page.object_key for page in pages]
    rows = Session.objects.filter(page_key__in=keys).select_related("project")
    real = Q(attendances__is_test=False)
    rows = rows.prefetch_related("project__phases").annotate(people=Count("attendances", filter=real))
    known = {row.page_key: row for row in rows}
    for page in pages:
        session = known.get(page.object_key)
        if session is None:
            continue
        state, status = _session_state(session)
        to_read = session.is_over and not session.is_private
        facts = []
        if session.starts_at:
            facts.append(_fact("calendar", day_and_time(session.starts_at)))
        if page.place:
            facts.append(_fact("map-pin", page.place))
        facts += _took_part(session.people)
        yield Card(
            page,
            _("Session"),
            "users",
            page.get_url(request),
            state,
            status,
            _session_action(session) if state == OPEN else _("See what people said") if to_read else "",
            join_address(session) if state == OPEN else "",
            facts,
            session.people,
            session.starts_at or FAR,
            session,
            join_address(session) if to_read else "",
        )


def _session_state(session: Session) -> tuple[str, str]:
    if session.is_over:
        return CLOSED, _("Over")
    # A rehearsal is nobody's business: for residents the session has not begun.
    has_begun = session.state != Session.State.LOBBY and not session.rehearsing
    if not has_begun:
        return COMING, _("Not begun")
    if not allows(session.project, Verb.SESSION):
        return CLOSED, _("Closed")
    return OPEN, _("Open") if session.at_own_pace else _("Now")


def _session_action(session: Session) -> str:
    return _("Begin, at your own pace") if session.at_own_pace else _("Join now")


def join_address(session: Session) -> str:
    return reverse("live:room", args=[session.code])


def _boards(pages: Sequence[Page], request: HttpRequest) -> Iterable[Card]:
    visible = Q(contributions__state=Contribution.State.VISIBLE)
    rows = (
        Thread.objects.filter(page_key__in=[page.object_key for page in pages], kind=Thread.Kind.BOARD)
        .select_related("project")
        .prefetch_related("project__phases")
        .annotate(
            ideas=Count("contributions", filter=visible & Q(contributions__parent=None)),
            people=Count("contributions__participant", filter=visible, distinct=True),
        )
    )
    known = {row.page_key: row for row in rows}
    for page in pages:
        thread = known.get(page.object_key)
        if thread is None:
            continue
        is_open = boards.may_contribute(thread)
        facts = [_fact("idea", ngettext("%(n)s idea", "%(n)s ideas", thread.ideas) % {"n": thread.ideas})]
        if is_open and thread.closes_at:
            facts.append(_fact("calendar", capfirst(until(thread.closes_at))))
        facts += _took_part(thread.people)
        yield Card(
            page,
            _("Idea board"),
            "idea",
            page.get_url(request),
            OPEN if is_open else CLOSED,
            _("Open") if is_open else _("Closed"),
            _("Write an idea") if is_open else "",
            reverse("contributions:new", args=[thread.public_id]) if is_open else "",
            facts,
            thread.people,
            thread.closes_at or FAR,
            thread,
        )


def _fact(icon: str, text: str) -> dict[str, str]:
    return {"icon": icon, "text": text}


def _took_part(people: int) -> list[dict[str, str]]:
    if not people:
        return []
    text = ngettext("%(n)s person took part", "%(n)s people took part", people) % {"n": people}
    return [_fact("users", text)]
