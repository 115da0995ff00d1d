"""The demo replays months in seconds: inside `as_of(moment)` it is that moment for Django and for our actions.

Whatever day it is loaded, what happened lies behind us, what is planned before us, and a Saturday is a Saturday."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone

THURSDAY, FRIDAY, SATURDAY = 3, 4, 5


def days(number: float, hour: int = 12) -> datetime:
    """`number` days from the real now (negative: ago), at a full hour, local time; also inside `as_of`."""
    return _at(timezone.localtime(_now() + timedelta(days=number)), hour)


@dataclass(frozen=True)
class Weekday:
    """The first such day of the week at least `number` days from now (negative: ago)."""

    weekday: int
    number: int

    def at(self, hour: int) -> datetime:
        day = days(self.number)
        return _at(day + timedelta(days=(self.weekday - day.weekday()) % 7), hour)


@dataclass(frozen=True)
class SummerFriday:
    """The first Friday in June, July or August at least `number` days from now; `later` so many days after it."""

    number: int
    later: int = 0

    def at(self, hour: int) -> datetime:
        day = Weekday(FRIDAY, self.number).at(hour)
        while day.month not in (6, 7, 8):
            day += timedelta(days=7)
        return _at(day + timedelta(days=self.later), hour)


Day = int | Weekday | SummerFriday


def on(day: Day, hour: int) -> datetime:
    return days(day, hour) if isinstance(day, int) else day.at(hour)


def half_an_hour_ago() -> datetime:
    """On the hour or half past it."""
    moment = timezone.localtime(_now() - timedelta(minutes=20))
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """What is written inside gets this moment, as it did in the town; never one that is still to come. For the demo
    only; one thread."""
    past = past_or_now(moment)
    with patch("django.utils.timezone.now", lambda: past):
        yield


def past_or_now(moment: datetime) -> datetime:
    return min(moment, _now())


def _now() -> datetime:
    return datetime.now(UTC)


def _at(day: datetime, hour: int) -> datetime:
    """This hour of that day here, also over the change to summer time."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))
