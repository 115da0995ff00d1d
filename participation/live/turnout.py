"""How many people took part in a session, and how."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from surveys import kinds
from surveys.models import Collector, Response

from .models import Attendance, Session

Channel = Collector.Channel


@dataclass(frozen=True)
class People:
    """How many took part, and how. `hands` and `cards`: the most that were counted at one question."""

    phones: int = 0
    own: int = 0
    hands: int = 0
    cards: int = 0
    tables: int = 0  # among the phones: one for a table
    at_tables: int = 0  # people at these
    helped: int = 0

    @property
    def total(self) -> int:
        return self.phones - self.tables + self.at_tables + self.own + self.hands + self.cards


def people(session: Session) -> People:
    """Two queries."""
    here = Attendance.objects.filter(session=session, is_test=False)
    own = Response.objects.filter(
        collector__questionnaire__page_key=session.page_key, collector__channel=Channel.OWN
    )
    table, helper = Q(given_by=Response.GivenBy.TABLE), Q(given_by=Response.GivenBy.HELPER)
    at_own_pace = Q(participant__in=own.counted().values("participant"))
    if session.pacing == Session.Pacing.OWN:
        at_own_pace = Q(pk__isnull=False)
    counts = here.aggregate(
        phones=Count("pk", filter=~at_own_pace | table),
        own=Count("pk", filter=at_own_pace & ~table),
        tables=Count("pk", filter=table),
        at_tables=Sum("people", filter=table, default=0),
        helped=Count("pk", filter=helper),
    )
    return People(**counts, **_counted_by_staff(session))


def _counted_by_staff(session: Session) -> dict[str, int]:
    """The most votes that staff entered at one question, by hands and by cards. Where somebody may vote more than once,
    the most for one thing: so many people there are for sure."""
    rows = (
        Response.objects.counted()
        .filter(
            collector__questionnaire__page_key=session.page_key,
            collector__channel__in=[Channel.HANDS, Channel.CARDS],
        )
        .filter(answers__isnull=False)
        .values_list(
            "collector__channel",
            "answers__question",
            "answers__round",
            "answers__question__kind",
            "answers__item",
            "answers__value",
        )
        .annotate(n=Count("pk", distinct=True))
    )
    votes: dict[tuple[str, int, int], int] = defaultdict(int)
    for channel, question, nth, kind, _item, _value, n in rows:
        key = (channel, question, nth)
        votes[key] = max(votes[key], n) if kinds.get(kind).hands_repeat else votes[key] + n
    found = {"hands": 0, "cards": 0}
    for (channel, _question, _nth), n in votes.items():
        found[channel] = max(found[channel], n)
    return found
