import datetime as dt
import uuid

import pytest

from participation.programmes.calendar import escape, fold
from participation.programmes.models import Activity
from tests.needs.factories import ProgrammeFactory


@pytest.fixture
def programme(organisation):
    programme = ProgrammeFactory(organisation=organisation, name="Eating; together, outside")
    Activity.objects.create(
        programme=programme,
        key=uuid.UUID(int=7),
        name="Soup,\nbread",
        starts_at=dt.datetime(2026, 7, 3, 17, 30, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 7, 3, 19, 0, tzinfo=dt.UTC),
        place="Harbour; quay 2",
    )
    return programme


def test_the_calendar_has_each_date_in_local_time_with_escaped_text(client, programme):
    response = client.get(f"/en/programmes/{programme.public_id}/calendar.ics")
    lines = response.content.decode().split("\r\n")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    for line in (
        "UID:00000000-0000-0000-0000-000000000007@testserver",
        "DTSTART;TZID=Europe/Amsterdam:20260703T193000",
        "DTEND;TZID=Europe/Amsterdam:20260703T210000",
        "SUMMARY:Soup\\,\\nbread",
        "LOCATION:Harbour\\; quay 2",
        "DESCRIPTION:Eating\\; together\\, outside",
        "TZID:Europe/Amsterdam",
    ):
        assert line in lines


def test_a_draft_or_the_neighbours_programme_has_no_calendar(client, organisation, neighbour):
    draft = ProgrammeFactory(organisation=organisation, is_published=False)
    theirs = ProgrammeFactory(organisation=neighbour)
    for programme in (draft, theirs):
        assert client.get(f"/en/programmes/{programme.public_id}/calendar.ics").status_code == 404


def test_no_line_is_longer_than_75_octets_and_none_is_cut_in_a_character():
    line = "SUMMARY:" + "één brug, " * 20
    folded = fold(line).split("\r\n")
    assert all(len(each.encode()) <= 75 for each in folded)
    assert "".join([folded[0], *(each[1:] for each in folded[1:])]) == line
    assert all(each.startswith(" ") for each in folded[1:])


def test_backslashes_are_escaped_first():
    assert escape("a\\n;b,\r\nc") == "a\\\\n\\;b\\,\\nc"
