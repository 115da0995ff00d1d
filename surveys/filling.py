"""One person's way through a questionnaire: what was asked, what they answered, where they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from participation.people.models import Participant

from . import kinds, media, queries
from .models import Collector, QuestionnaireVersion, Response
from .structure import FrozenQuestion, FrozenSection, sections

# Who was reading when a newer version came may still begin with the one on the screen.
GRACE = timedelta(days=1)


@dataclass
class Filling:
    """`values` holds the protocol's values by question key."""

    collector: Collector
    version: QuestionnaireVersion
    response: Response | None
    sections: list[FrozenSection]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_submitted(self) -> bool:
        return bool(self.response and self.response.submitted_at)

    @property
    def total(self) -> int:
        """Every section is a step, and so is the look at all answers."""
        return len(self.sections) + 1

    @cached_property
    def next_step(self) -> int:
        """The first step after the last one with an answer."""
        answered = [
            number
            for number, section in enumerate(self.sections, 1)
            if any(question.key in self.values for question in section.questions)
        ]
        return max(answered, default=0) + 1

    def minutes_from(self, step: int) -> int:
        """About how many minutes from this step (1 is the first) to the end."""
        seconds = sum(duration(section.questions) for section in self.sections[step - 1 :])
        return max(1, math.ceil(seconds / 60))


def duration(questions: list[FrozenQuestion]) -> int:
    """About how many seconds these questions take."""
    return sum(kinds.get(question.kind).duration(question) for question in questions)


def filling(
    collector: Collector, participant: Participant | None, language: str, number: int | None = None
) -> Filling | None:
    """This person's. A response stays on its version; who has none begins with version `number` when that was on their
    screen not long ago, else with the newest. None when nothing was published. Four queries at most,
    and those of its pictures."""
    response = None
    if participant is not None:
        response = collector.responses.filter(participant=participant).select_related("version").first()
    version = response.version if response else _version_to_begin(collector, number)
    if version is None:
        return None
    if response is not None:
        response.collector = collector
    values = (
        queries.values_of(response.answers.filter(round=0).select_related("question")) if response else {}
    )
    found = sections(version.structure, language, media.of(version.structure))
    return Filling(collector, version, response, found, values)


def _version_to_begin(collector: Collector, number: int | None) -> QuestionnaireVersion | None:
    versions = list(collector.questionnaire.versions.order_by("-number")[:2])
    if (
        len(versions) == 2
        and versions[1].number == number
        and timezone.now() < versions[0].created_at + GRACE
    ):
        return versions[1]
    return versions[0] if versions else None
