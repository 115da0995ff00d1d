import datetime as dt
import uuid

import pytest
from django.utils import timezone

from participation.live.models import Session
from participation.notifications.waiting import (
    coming_sessions,
    ended_sessions,
    sessions_today,
    waiting,
)
from surveys.models import Collector
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import UserFactory, staff
from tests.needs.factories import NeedFactory, NoteFactory
from tests.queries import queries_of
from tests.surveys.factories import block, publish, response_of, section

START = "/en/staff/"


def session(organisation, **fields):
    code = str(Session.objects.count() + 100000)
    return Session.objects.create(
        organisation=organisation, page_key=uuid.uuid4(), code=code, name=f"Session {code}", **fields
    )


def survey(organisation):
    version = publish(organisation, section(block("open_text")), language="en", name="What do you miss?")
    return response_of(version).collector


def test_each_role_sees_what_waits_for_it(organisation):
    ThreadFactory(organisation=organisation)
    IdeaFactory(thread=ThreadFactory(organisation=organisation), state="pending")
    NeedFactory(organisation=organisation)
    NoteFactory(organisation=organisation)
    found = {
        role: waiting(staff(organisation, role), organisation)
        for role in ("moderator", "researcher", "editor", "owner")
    }
    assert {role: (each.moderation, each.texts, each.needs) for role, each in found.items()} == {
        "moderator": (1, None, None),
        "researcher": (None, 2, 1),
        "editor": (None, None, 1),
        "owner": (1, 2, 1),
    }


def test_a_need_with_a_reason_or_a_programme_no_longer_waits(organisation):
    NeedFactory(organisation=organisation, why_not="No")
    assert waiting(staff(organisation), organisation).needs == 0


def test_todays_and_running_sessions_are_there_and_ended_or_other_ones_not(organisation, neighbour):
    now = timezone.now()
    running = session(organisation, state="running", starts_at=now - dt.timedelta(days=1))
    today = session(organisation, starts_at=timezone.localtime().replace(hour=23, minute=59))
    session(organisation, state="ended", starts_at=now)
    session(organisation, starts_at=now + dt.timedelta(days=2))
    session(neighbour, state="running", starts_at=now)
    assert sessions_today(organisation) == [running, today]


def test_coming_and_past_sessions_are_there_too(organisation, neighbour):
    now = timezone.now()
    later = session(organisation, starts_at=now + dt.timedelta(days=2))
    whenever = session(organisation)
    missed = session(organisation, starts_at=now - dt.timedelta(days=2))
    session(organisation, state="running")
    session(neighbour, starts_at=now + dt.timedelta(days=2))
    past = [
        session(organisation, state="ended", ended_at=now - dt.timedelta(days=days)) for days in (4, 2, 3, 1)
    ]
    assert coming_sessions(organisation) == [missed, later, whenever]
    assert ended_sessions(organisation) == [past[3], past[1], past[2]]


def test_a_private_session_that_ended_has_no_address(organisation):
    session(organisation, state="ended", is_private=True)
    assert [each.console_url for each in ended_sessions(organisation)] == [""]


def test_open_surveys_are_there_with_the_number_of_people(client, organisation, neighbour):
    open_one = survey(organisation)
    survey(neighbour)
    closed = survey(organisation)
    Collector.objects.filter(pk=closed.pk).update(closes_at=timezone.now() - dt.timedelta(hours=1))
    client.force_login(staff(organisation, "moderator"))
    (found,) = waiting(staff(organisation), organisation).surveys
    assert (found, found.n) == (open_one, 1)
    assert "1 person took part" in client.get(START).content.decode()


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("moderator", [True, False, False]),
        ("facilitator", [True, True, False]),
        ("editor", [True, True, True]),
    ],
)
def test_the_buttons_are_those_of_the_role(client, organisation, role, buttons):
    client.force_login(staff(organisation, role))
    page = client.get(START).content.decode()
    assert [
        words in page for words in ("Write a field note", "Prepare a session", "Make a survey")
    ] == buttons


def test_the_start_is_for_staff(client, organisation):
    client.force_login(UserFactory())
    assert client.get(START).status_code == 403


def test_the_start_takes_the_same_queries_for_little_and_for_much(client, organisation):
    def more():
        session(organisation, state="running")
        survey(organisation)
        NeedFactory(organisation=organisation)
        IdeaFactory(thread=ThreadFactory(organisation=organisation), state="pending")

    client.force_login(staff(organisation))
    more()
    few = queries_of(client, START)
    for _ in range(10):
        more()
    assert queries_of(client, START) == few


def test_the_report_of_a_session_is_one_click_away(client, organisation):
    running = session(organisation, state="running")
    ended = session(organisation, state="ended", is_private=True, ended_at=timezone.now())
    waits = session(organisation, starts_at=timezone.now())
    client.force_login(staff(organisation, "researcher"))
    page = client.get(START).content.decode()
    assert [f"/live/{each.code}/report/" in page for each in (running, ended, waits)] == [True, True, False]
    assert "/console/" not in page
    client.force_login(staff(organisation, "moderator"))
    assert "/report/" not in client.get(START).content.decode()
