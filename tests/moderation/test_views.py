from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.contributions.models import Contribution
from participation.moderation import actions
from participation.moderation.models import Decision, Report
from tests.contributions.factories import CommentFactory, IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory, staff

XSS = "<script>alert(1)</script>"
State = Contribution.State


def url(name, *args):
    return reverse(f"moderation:{name}", args=args)


def text_of(response):
    return response.content.decode()


def state(contribution):
    return Contribution.objects.get(pk=contribution.pk).state


def make_older(contribution, **ago):
    Contribution.objects.filter(pk=contribution.pk).update(
        created_at=contribution.created_at - timedelta(**ago)
    )


@pytest.fixture
def desk(client, moderator):
    """A moderator's browser."""
    client.force_login(moderator)
    return client


def test_a_reader_reports_without_an_account(client, idea):
    response = client.post(url("report", idea.public_id), {"reason": "rude", "note": "Look"}, follow=True)
    assert "A member of staff will look at it." in text_of(response)
    assert list(Report.objects.values_list("contribution", "reason", "note")) == [(idea.pk, "rude", "Look")]


def test_reporting_a_comment_leads_back_to_its_idea(client, idea):
    comment = CommentFactory(parent=idea)
    response = client.post(url("report", comment.public_id), {"reason": "spam"})
    assert response["Location"] == reverse("contributions:idea", args=[idea.public_id])


def test_a_report_without_a_reason_keeps_the_note(client, idea):
    page = text_of(client.post(url("report", idea.public_id), {"note": "Long note"}))
    assert "Long note</textarea>" in page
    assert Report.objects.count() == 0


@pytest.mark.parametrize("hidden", [State.PENDING, State.HIDDEN])
def test_what_nobody_sees_can_not_be_reported(client, thread, hidden):
    text = IdeaFactory(thread=thread, state=hidden)
    assert client.get(url("report", text.public_id)).status_code == 404


def test_the_neighbours_text_can_not_be_reported_here(client, organisation, neighbour):
    text = IdeaFactory(thread=ThreadFactory(organisation=neighbour))
    assert client.post(url("report", text.public_id), {"reason": "rude"}).status_code == 404
    assert Report.objects.count() == 0


def test_an_empty_queue_says_that_all_is_done(desk, organisation, idea):
    assert "All done" in text_of(desk.get(url("queue")))


def test_waiting_and_reported_texts_are_one_queue_oldest_first(desk, idea, waiting, participant):
    actions.report(idea, participant=participant, reason="rude", note="Not kind")
    make_older(waiting, days=1)
    page = text_of(desk.get(url("queue")))
    assert "2 texts wait" in page
    assert "Waits for approval" in page
    page = text_of(desk.get(url("queue"), {"after": waiting.public_id}))
    assert "Benches on the square" in page
    assert "1 report: It is rude or hurts somebody" in page
    assert "Not kind" in page


def test_it_says_why_a_text_waits(desk, thread):
    IdeaFactory(thread=thread, state="pending", flag="trap", text="Mail me: a@example.org")
    page = text_of(desk.get(url("queue")))
    assert "A field that people don&#x27;t see was filled in" in page
    assert "It seems to have an e-mail address: a@example.org" in page


def test_approving_goes_on_to_the_next(desk, thread, waiting):
    later = IdeaFactory(thread=thread, title="The next one", state="pending")
    response = desk.post(url("approve", waiting.public_id), follow=True)
    assert state(waiting) == State.VISIBLE
    assert later.title in text_of(response)
    assert "1 text waits" in text_of(response)


def test_after_the_last_one_what_was_skipped_comes_back(desk, thread, waiting):
    last = IdeaFactory(thread=thread, title="The last one", state="pending")
    response = desk.post(url("approve", last.public_id), follow=True)
    assert waiting.title in text_of(response)


def test_hiding_with_a_reason(desk, waiting):
    desk.post(url("hide", waiting.public_id), {"reason": "off_topic", "note": "Try the other board"})
    assert state(waiting) == State.HIDDEN
    assert Decision.objects.get().note == "Try the other board"


def test_hiding_without_a_reason_keeps_the_note_and_the_text_in_sight(desk, waiting):
    page = text_of(desk.post(url("hide", waiting.public_id), {"note": "A long word"}))
    assert "A long word</textarea>" in page
    assert waiting.title in page
    assert state(waiting) == State.PENDING


def test_undo_brings_the_text_back_on_the_desk(desk, waiting):
    desk.post(url("hide", waiting.public_id), {"reason": "rude"})
    decision = Decision.objects.get()
    assert url("undo", decision.public_id) in text_of(desk.get(url("queue")))
    response = desk.post(url("undo", decision.public_id), follow=True)
    assert state(waiting) == State.PENDING
    assert waiting.title in text_of(response)


def test_decisions_can_be_read_back_and_filtered(desk, idea, waiting, moderator):
    actions.hide(idea, reason="rude", note="Kinder please", actor=moderator)
    actions.approve(waiting, actor=moderator)
    page = text_of(desk.get(url("decided"), {"outcome": "hidden"}))
    assert "Kinder please" in page
    assert "Waits for approval" not in page


def test_a_facilitator_sees_the_walls_only(client, organisation, thread, waiting):
    wall = ThreadFactory(organisation=organisation, kind="wall")
    IdeaFactory(thread=wall, title="A note", state="pending")
    client.force_login(staff(organisation, "facilitator"))
    page = text_of(client.get(url("queue")))
    assert "1 text waits" in page
    assert "A note" in page
    response = client.post(url("approve", waiting.public_id), follow=True)
    assert "You are not allowed to do this." in text_of(response)
    assert state(waiting) == State.PENDING


@pytest.mark.parametrize("role", ["editor", "researcher"])
def test_other_roles_have_no_queue(client, organisation, role):
    client.force_login(staff(organisation, role))
    assert [client.get(url(name)).status_code for name in ("queue", "decided")] == [403, 403]


def test_the_neighbours_texts_are_not_in_our_queue_and_not_decided_here(desk, neighbour, moderator):
    theirs = IdeaFactory(thread=ThreadFactory(organisation=neighbour), title="Theirs", state="pending")
    decision = actions.hide(
        IdeaFactory(thread=theirs.thread, title="Theirs too"), reason="rude", actor=staff(neighbour)
    )
    for query in ({}, {"item": theirs.public_id}, {"after": theirs.public_id}):
        assert "Theirs" not in text_of(desk.get(url("queue"), query))
    assert "Theirs" not in text_of(desk.get(url("decided")))
    answers = [
        desk.post(url("approve", theirs.public_id)),
        desk.post(url("hide", theirs.public_id), {"reason": "rude"}),
        desk.post(url("undo", decision.public_id)),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (state(theirs), Decision.objects.count()) == (State.PENDING, 1)


def test_decisions_are_made_by_post(desk, waiting):
    assert desk.get(url("approve", waiting.public_id)).status_code == 405
    assert state(waiting) == State.PENDING


def test_residents_text_stays_text(desk, thread, participant, moderator):
    text = IdeaFactory(thread=thread, title=XSS, text=XSS, name=XSS)
    actions.report(CommentFactory(parent=text, text=XSS), participant=participant, reason="rude", note=XSS)
    pages = [text_of(desk.get(url("queue")))]
    actions.hide(text, reason="rude", note=XSS, actor=moderator)
    pages += [text_of(desk.get(url("decided"))), text_of(desk.get(url("queue"), {"item": text.public_id}))]
    assert [XSS in page for page in pages] == [False, False, False]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


@pytest.mark.parametrize("name", ["queue", "decided"])
def test_the_number_of_queries_stays_the_same(desk, organisation, thread, moderator, name):
    def fill(n):
        for _number in range(n):
            text = IdeaFactory(thread=thread)
            actions.hide(text, reason="rude", actor=moderator)
            text = IdeaFactory(thread=thread)
            for _reader in range(2):
                reader = ParticipantFactory(organisation=organisation)
                actions.report(text, participant=reader, reason="rude")

    fill(1)
    queries_of(desk, url(name))
    few = queries_of(desk, url(name))
    fill(29)
    assert queries_of(desk, url(name)) == few
