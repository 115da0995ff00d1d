"""Days and times as people say them."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from participation.core.moments import clock, day, day_and_time, span, until

ZONE = dt.timezone(dt.timedelta(hours=1))  # Amsterdam in December
EVENING = dt.datetime(2026, 12, 3, 19, 30, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def in_november_2026(monkeypatch):
    now = dt.datetime(2026, 11, 22, 12, tzinfo=ZONE)
    monkeypatch.setattr(timezone, "now", lambda: now)


def in_both(say):
    said = []
    for language in ("nl", "en"):
        with translation.override(language):
            said.append(say())
    return tuple(said)


def test_a_time_is_said_as_in_the_language():
    assert in_both(lambda: clock(EVENING)) == ("19.30 uur", "19:30")
    assert in_both(lambda: day_and_time(EVENING)) == (
        "donderdag 3 december, 19.30 uur",
        "Thursday 3 December, 19:30",
    )


def test_the_year_is_said_when_it_is_another():
    assert in_both(lambda: day(dt.date(2027, 1, 2))) == ("zaterdag 2 januari 2027", "Saturday 2 January 2027")


@pytest.mark.parametrize(
    ("closes_at", "dutch", "english"),
    [
        (
            dt.datetime(2026, 12, 17, tzinfo=ZONE),
            "tot en met woensdag 16 december",
            "until the end of Wednesday 16 December",
        ),
        (
            dt.datetime(2026, 12, 16, 23, 59, tzinfo=ZONE),
            "tot en met woensdag 16 december",
            "until the end of Wednesday 16 December",
        ),
        (
            dt.datetime(2026, 12, 16, 17, tzinfo=ZONE),
            "tot woensdag 16 december, 17.00 uur",
            "until Wednesday 16 December, 17:00",
        ),
    ],
)
def test_what_closes_at_midnight_has_a_whole_last_day(closes_at, dutch, english):
    assert in_both(lambda: until(closes_at)) == (dutch, english)


@pytest.mark.parametrize(
    ("first", "last", "dutch"),
    [
        (
            dt.datetime(2026, 12, 3, tzinfo=ZONE),
            dt.datetime(2027, 1, 1, tzinfo=ZONE),
            "3 december tot en met 31 december",
        ),
        (dt.datetime(2027, 1, 1, tzinfo=ZONE), None, "vanaf 1 januari 2027"),
        (None, dt.datetime(2027, 1, 1, tzinfo=ZONE), "tot en met 31 december"),
        (None, None, ""),
    ],
)
def test_a_span_is_from_its_first_day_to_its_last(first, last, dutch):
    with translation.override("nl"):
        assert span(first, last) == dutch


def test_templates_say_it_in_the_same_words():
    template = Template("{% load oogst %}{{ at|day_and_time }}; {{ at|clock }}; {{ at|until }}")
    with translation.override("nl"):
        assert template.render(Context({"at": EVENING})) == (
            "donderdag 3 december, 19.30 uur; 19.30 uur; tot donderdag 3 december, 19.30 uur"
        )
