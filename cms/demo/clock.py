"""The demo replays months in seconds: inside `as_of(moment)` it is that moment for Django and for our actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


def days(number: float, hour: int = 12) -> datetime:
    """`number` days from the real now (negative: ago), at a full hour, local time; also inside `as_of`."""
    day = timezone.localtime(datetime.now(UTC) + timedelta(days=number))
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """What is written inside gets this moment, as it did in the town. For the demo only; one thread."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield
