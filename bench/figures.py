"""The arithmetic: what a benchmark could get wrong without anybody seeing it."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NEVER = math.inf


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that at least this share of all does not exceed; None when there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Iterable[float | None]) -> float | None:
    """Of the figures of several runs. One that is missing makes all of it missing: a run that failed is no good run."""
    found = list(values)
    ordered = sorted(value for value in found if value is not None)
    if not ordered or len(ordered) < len(found):
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


class Seen:
    """What one screen showed when: revisions and the number of answers, in the order in which they came."""

    def __init__(self) -> None:
        self.revs: list[int] = []
        self.times: list[float] = []

    def note(self, rev: int, at: float) -> None:
        if not self.revs or rev > self.revs[-1]:
            self.revs.append(rev)
            self.times.append(at)

    def since(self, rev: int, sent: float) -> float:
        """How long after `sent` this screen first showed that revision; NEVER when it didn't."""
        place = bisect_left(self.revs, rev)
        return max(0.0, self.times[place] - sent) if place < len(self.revs) else NEVER


@dataclass(frozen=True)
class Audit:
    """What the database says of the votes that were acknowledged."""

    lost: int
    double: int
    wrong: int  # another value than the one that was acknowledged
    stranger: int  # somebody who never voted
    count: int  # people with an answer

    @property
    def faults(self) -> int:
        return self.lost + self.double + self.wrong + self.stranger


def audit(acked: Mapping[str, str], sent: Mapping[str, str], rows: Sequence[tuple[str, Any]]) -> Audit:
    """Compare acknowledged and sent votes (person -> value) with the rows (person, value) in the database."""
    times = Counter(person for person, _ in rows)
    stored = dict(rows)
    return Audit(
        lost=sum(person not in stored for person in acked),
        double=sum(times.values()) - len(times),
        wrong=sum(person in stored and stored[person] != value for person, value in acked.items()),
        stranger=sum(person not in sent for person in times),
        count=len(times),
    )


def tally_differs(shown: Mapping[str, Any], rows: Sequence[tuple[str, Any]]) -> bool:
    """Does what a screen shows (`n` and `tally`) differ from COUNT in the database?"""
    counts = Counter(value for _, value in rows)
    told = {key: n for key, n in ((shown["tally"] or {}).get("counts") or {}).items() if n}
    return shown["n"] != len(rows) or told != dict(counts)
