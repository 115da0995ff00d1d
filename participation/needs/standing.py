"""How well a need is supported: people and channels, for and against. A latent need stays a hypothesis until at
least three unrelated people through two channels support it and a second reader agreed."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from participation.organisations.models import Organisation

from .models import Backing, Evidence, Need
from .sources import CHANNELS, ROOMS

PEOPLE_NEEDED = 3
CHANNELS_NEEDED = 2

# A quote stands as long as its source may be seen: not hidden by a moderator.
HIDDEN = Q(evidence__answer__state="hidden") | Q(evidence__contribution__state="hidden")


@dataclass
class Standing:
    """The figures of one need. `people` and `channels` count who speaks for it; `sources` all texts."""

    people: set[Any] = field(default_factory=set)
    rooms: set[str] = field(default_factory=set)
    sources: set[Any] = field(default_factory=set)
    against: set[Any] = field(default_factory=set)
    channels: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    last_heard: dt.date | None = None

    @property
    def is_enough(self) -> bool:
        """Enough people through enough channels; a second reader is still needed."""
        return len(self.people) >= PEOPLE_NEEDED and len(self.rooms) >= CHANNELS_NEEDED

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Sources by channel, most first."""
        return [{"label": CHANNELS.get(name, name), "n": n} for name, n in self.channels.most_common()]


def standings(needs: Iterable[Need], organisation: Organisation) -> dict[int, Standing]:
    """By the need's primary key, every need present: one query. Counts the quotes this organisation may see."""
    found = {need.pk: Standing() for need in needs}
    for row in _rows(found, organisation):
        _count(found[row["need_id"]], row)
    return found


def _rows(pks: Iterable[int], organisation: Organisation) -> QuerySet[Backing, Any]:
    seen = Evidence.objects.visible_to(organisation).values("pk")
    return (
        Backing.objects.filter(need__in=list(pks), evidence__in=seen)
        .exclude(HIDDEN)
        .values(
            "need_id",
            "stance",
            "evidence__answer_id",
            "evidence__contribution_id",
            "evidence__field_note_id",
            channel=F("evidence__channel"),
            heard_on=F("evidence__heard_on"),
            answered_by=F("evidence__answer__response__participant_id"),
            response=F("evidence__answer__response_id"),
            written_by=F("evidence__contribution__participant_id"),
        )
    )


def _count(standing: Standing, row: dict[str, Any]) -> None:
    source = (row["evidence__answer_id"], row["evidence__contribution_id"], row["evidence__field_note_id"])
    # The same phone is the same person in every channel. A note is one conversation, so one person at least.
    person = row["answered_by"] or row["written_by"] or ("response", row["response"], *source[1:])
    standing.quotes += 1
    if source not in standing.sources:
        standing.channels[row["channel"]] += 1
    standing.sources.add(source)
    if row["stance"] == Backing.Stance.AGAINST:
        standing.against.add(person)
    else:
        standing.people.add(person)
        standing.rooms.add(ROOMS.get(row["channel"], row["channel"]))
    standing.last_heard = max(filter(None, (standing.last_heard, row["heard_on"])))


def is_supported(need: Need, standing: Standing) -> bool:
    return standing.is_enough and need.second_reader_id is not None


def what_is_missing(need: Need, standing: Standing) -> list[str]:
    """In words, what a hypothesis still needs; empty when it is supported."""
    missing = []
    if len(standing.people) < PEOPLE_NEEDED:
        missing.append(_("%(n)s of %(needed)s people") % {"n": len(standing.people), "needed": PEOPLE_NEEDED})
    if len(standing.rooms) < CHANNELS_NEEDED:
        missing.append(
            _("%(n)s of %(needed)s channels") % {"n": len(standing.rooms), "needed": CHANNELS_NEEDED}
        )
    if need.second_reader_id is None:
        missing.append(str(_("a second reader who agrees")))
    return [str(each) for each in missing]


def evidence_is_hidden(evidence: Evidence) -> bool:
    """A moderator hid its source. Load answer and contribution with it."""
    source = evidence.answer or evidence.contribution
    return source is not None and source.state == "hidden"
