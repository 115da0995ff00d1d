"""What residents may read of a need: its checked quotes, without a trace of who said them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from . import fragments, sources
from .models import Backing, Evidence, Need


@dataclass(frozen=True)
class Heard:
    """One quote for the public: the words, how and when they came in."""

    text: str
    channel: Any
    heard_on: dt.date
    speaks_for: bool


def may_be_read(evidence: Evidence) -> bool:
    """Its source is there, visible, and still says this. Load `answer`, `contribution` and `field_note` with it."""
    source = evidence.answer or evidence.contribution or evidence.field_note
    if source is None or not fragments.stands_in(evidence, sources.text_of(source)):
        return False
    if evidence.field_note is not None:
        return evidence.field_note.consent
    return getattr(source, "state", None) == "visible"


def backings() -> QuerySet[Backing]:
    """With all that `may_be_read` looks at."""
    return Backing.objects.select_related(
        "evidence__answer", "evidence__contribution", "evidence__field_note"
    ).order_by("-evidence__heard_on", "-evidence_id")


def public_quotes(needs: Iterable[Need]) -> dict[int, list[Heard]]:
    """By the need's primary key, newest first; nothing for a need that is not public. One query."""
    found: dict[int, list[Heard]] = defaultdict(list)
    shown = backings().filter(need__in=[need.pk for need in needs], need__is_public=True, is_public=True)
    for backing in shown:
        if may_be_read(backing.evidence):
            found[backing.need_id].append(heard(backing))
    return found


def heard(backing: Backing) -> Heard:
    evidence = backing.evidence
    return Heard(
        evidence.quote,
        sources.CHANNELS.get(evidence.channel, evidence.channel),
        evidence.heard_on,
        backing.stance == Backing.Stance.FOR,
    )
