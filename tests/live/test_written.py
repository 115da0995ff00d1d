"""All that was written on a wall or at tables: a page at a time, for staff, and for everybody where the report is."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.contributions.models import Cluster
from participation.live import reports, written
from participation.live.actions import contribute
from participation.live.models import ChosenQuote
from participation.projects.models import Admission
from tests.factories import ProjectFactory, staff
from tests.live.evenings import evening
from tests.live.factories import choice, first, make_session, open_session, run, wall

pytestmark = pytest.mark.django_db


def write(session, *texts):
    thread = first(session).thread
    for text in texts:
        contribute(session.pk, uuid.uuid4(), None, thread.public_id, text, "", "nl")
    return thread


def said(response):
    """The texts on this page, in order."""
    return re.findall(r'<div class="oogst-resident-text"[^>]*>(?:<p>)?(.*?)<', response.content.decode())


@pytest.fixture
def session(organisation, monkeypatch):
    """A wall with five notes, of which a report shows two and a page three."""
    monkeypatch.setattr(reports, "MOST_TEXTS", 2)
    monkeypatch.setattr(written, "PAGE", 3)
    session = open_session(organisation, wall("Ideas"))
    write(session, *(f"Note {number}" for number in range(1, 6)))
    return run(session, "show_results")


@pytest.fixture
def desk(client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    return client


def link_in(response):
    (found,) = re.findall(r'href="([^"]+)">Read all of them', response.content.decode())
    return found


def test_the_report_leads_to_every_note_a_page_at_a_time(desk, session):
    report = desk.get(f"/live/{session.code}/report/")
    assert "These are 2 of 5." in report.content.decode()
    link = link_in(report)
    assert said(desk.get(link)) == ["Note 1", "Note 2", "Note 3"]
    assert said(desk.get(link, {"page": 2})) == ["Note 4", "Note 5"]
    assert 'rel="next"' in desk.get(link).content.decode()


def test_notes_stand_in_their_groups_in_the_order_of_the_report(desk, session):
    thread = first(session).thread
    green = Cluster.objects.create(thread=thread, name="Green", position=0)
    last = thread.contributions.get(text="Note 5")
    last.cluster = green
    last.save()
    thread.contributions.filter(text="Note 4").update(pinned=True)
    page = desk.get(link_in(desk.get(f"/live/{session.code}/report/")))
    assert said(page) == ["Note 5", "Note 4", "Note 1"]
    assert re.findall(r"level-2\">(.*?)</h2>", page.content.decode()) == ["Green", "Other notes"]


def test_notes_of_tables_stand_by_table(organisation):
    session = evening(organisation)
    step = session.steps.get(type="talk")
    found = written.at(session, step.key, "", "en", public=False)
    assert [(group.name, [each.text for each in group.texts]) for group in found.groups] == [
        ("Table 1: By the window", ["We want light"])
    ]


def test_what_is_hidden_waits_or_was_a_rehearsal_is_not_there(client, desk, session):
    notes = first(session).thread.contributions
    notes.filter(text="Note 1").update(state="hidden")
    notes.filter(text="Note 2").update(is_test=True)
    notes.filter(text="Note 3").update(state="pending")
    key, left = first(session).key, ["Note 4", "Note 5"]
    assert said(desk.get(f"/live/{session.code}/report/{key}/")) == left
    run(session, "end")
    assert said(client.get(f"/join/{session.code}/texts/{key}/")) == left


def test_staff_choose_a_note_that_the_report_does_not_show(desk, session):
    link = link_in(desk.get(f"/live/{session.code}/report/"))
    note = first(session).thread.contributions.get(text="Note 5")
    done = desk.post(f"{link}?page=2", {"choose": f"contribution:{note.public_id}:1"})
    assert done["Location"] == f"{link}?page=2#contribution-{note.public_id}"
    assert ChosenQuote.objects.get().contribution == note
    assert "Chosen. Take it out" in desk.get(done["Location"]).content.decode()


def test_one_and_thirty_notes_cost_the_same(desk, organisation):
    def cost(n):
        session = open_session(organisation, wall())
        write(session, *(f"Note {number}" for number in range(n)))
        with CaptureQueriesContext(connection) as queries:
            assert len(said(desk.get(f"/live/{session.code}/report/{first(session).key}/"))) == n
        return len(queries)

    cost(1)
    assert cost(1) == cost(30)


@pytest.mark.parametrize(("role", "status"), [("researcher", 200), ("editor", 200), ("moderator", 403)])
def test_who_reads_the_report_reads_all_of_it(client, organisation, session, role, status):
    client.force_login(staff(organisation, role))
    assert client.get(f"/live/{session.code}/report/{first(session).key}/").status_code == status


def test_it_is_the_organisations_own_and_that_of_who_it_admitted(client, organisation, neighbour, session):
    project = ProjectFactory(organisation=organisation)
    shared = open_session(organisation, wall(), project=project)
    Admission.objects.create(project=project, organisation=neighbour, level="contribute")
    write(shared, "Ours")
    client.force_login(staff(neighbour))
    there = {"headers": {"host": "buur.example"}}
    assert client.get(f"/live/{session.code}/report/{first(session).key}/", **there).status_code == 404
    page = client.get(f"/live/{shared.code}/report/{first(shared).key}/", **there)
    assert (said(page), 'name="choose"' in page.content.decode()) == (["Ours"], False)
    assert client.get(f"/join/{shared.code}/texts/{first(shared).key}/", **there).status_code == 404


def test_everybody_reads_all_of_it_when_the_session_has_ended(client, session):
    client.cookies["django_language"] = "en"
    address = f"/join/{session.code}/texts/{first(session).key}/"
    assert client.get(address).status_code == 404
    run(session, "end")
    link = link_in(client.get(f"/join/{session.code}/"))
    assert link == address
    page = client.get(link, {"page": 2})
    assert said(page) == ["Note 4", "Note 5"]
    assert "Choose for the report" not in page.content.decode()


def test_what_the_room_did_not_see_is_for_staff_only(client, desk, organisation, session):
    run(session, "hide_results", "end")
    key = first(session).key
    assert client.get(f"/join/{session.code}/texts/{key}/").status_code == 404
    assert desk.get(f"/live/{session.code}/report/{key}/").status_code == 200
    read_first = open_session(organisation, wall(approve_first=True))
    run(read_first, "hide_results", "end")
    assert client.get(f"/join/{read_first.code}/texts/{first(read_first).key}/").status_code == 200


def test_a_private_session_keeps_it_for_staff(desk, organisation):
    session = run(open_session(organisation, wall(), is_private=True), "show_results", "end")
    key = first(session).key
    assert desk.get(f"/join/{session.code}/texts/{key}/").status_code == 404
    assert desk.get(f"/live/{session.code}/report/{key}/").status_code == 200


def test_a_page_that_is_not_for_everybody_is_no_guessed_code(client, organisation):
    session = run(open_session(organisation, wall()), "hide_results", "end")
    address = f"/join/{session.code}/texts/{first(session).key}/"
    assert {client.get(address).status_code for _more_than_may_be_guessed in range(65)} == {404}


def test_where_nobody_writes_there_is_no_page(desk, organisation, session):
    asked = make_session(organisation, choice())
    for key in (first(asked).key, first(session).key, uuid.uuid4()):
        assert desk.get(f"/live/{asked.code}/report/{key}/").status_code == 404
