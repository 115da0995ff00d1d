import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.contributions import actions
from participation.contributions.models import Contribution, Support, Thread
from participation.core import events
from participation.core.errors import Closed, Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.projects.models import Verb
from tests.contributions.factories import (
    CommentFactory,
    IdeaFactory,
    ReplyFactory,
    SupportFactory,
    ThreadFactory,
)
from tests.factories import ParticipantFactory, PhaseFactory, ProjectFactory, staff

State = Contribution.State


def project_that_allows(organisation, *verbs):
    project = ProjectFactory(organisation=organisation)
    PhaseFactory(project=project, allows=list(verbs))
    return project


def test_publishing_twice_is_one_thread_with_the_newest_settings(organisation):
    key = uuid.uuid4()
    for name in ("Old name", "New name"):
        actions.publish_board(
            organisation=organisation,
            project=None,
            page_key=key,
            name=name,
            approve_first=name == "New name",
            closes_at=None,
            actor=staff(organisation, "editor"),
        )
    assert list(Thread.objects.values_list("name", "approve_first", "kind")) == [("New name", True, "board")]


def test_a_researcher_publishes_no_board(organisation):
    with pytest.raises(Forbidden):
        actions.publish_board(
            organisation=organisation,
            project=None,
            page_key=uuid.uuid4(),
            name="Ideas",
            actor=staff(organisation, "researcher"),
        )


def test_a_board_takes_no_project_of_another_organisation(organisation, neighbour):
    with pytest.raises(Unknown):
        actions.publish_board(
            organisation=organisation,
            project=ProjectFactory(organisation=neighbour),
            page_key=uuid.uuid4(),
            name="Ideas",
        )


def test_an_idea_is_kept_as_plain_text_and_visible_at_once(thread, participant):
    made = actions.contribute(
        thread, participant=participant, title=" Benches ", text="One\r\nTwo ", name="Ans", language="en"
    )
    made.refresh_from_db()
    assert (made.title, made.text, made.name, made.language, made.state) == (
        "Benches",
        "One\nTwo",
        "Ans",
        "en",
        State.VISIBLE,
    )


def test_an_idea_waits_where_staff_approve_first(organisation, participant):
    thread = ThreadFactory(organisation=organisation, approve_first=True)
    assert actions.contribute(thread, participant=participant, text="Benches").state == State.PENDING


def test_an_idea_with_a_flag_waits(thread, participant):
    made = actions.contribute(thread, participant=participant, text="Benches", flag="many")
    assert (made.state, made.flag) == (State.PENDING, "many")


def test_sending_the_same_form_twice_stores_one_idea(thread, participant):
    sent = {"participant": participant, "text": "Benches", "client_id": uuid.uuid4()}
    first, second = actions.contribute(thread, **sent), actions.contribute(thread, **sent)
    assert (first.pk, Contribution.objects.count()) == (second.pk, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": "  "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "x", "title": "x" * 121}, "title"),
        ({"text": "x", "name": "x" * 61}, "name"),
        ({"text": "x", "name": "\ud800"}, "name"),
    ],
)
def test_text_that_can_not_be_kept_is_refused_by_field(thread, participant, fields, wrong):
    with pytest.raises(Invalid) as refused:
        actions.contribute(thread, participant=participant, **fields)
    assert (list(refused.value.errors), Contribution.objects.count()) == ([wrong], 0)


def test_nothing_is_added_after_the_closing_date(organisation, participant):
    thread = ThreadFactory(organisation=organisation, closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Closed):
        actions.contribute(thread, participant=participant, text="Too late")


@pytest.mark.parametrize("kind", ["board", "wall"])
def test_the_phase_decides_what_is_allowed(organisation, participant, kind):
    project = project_that_allows(organisation, Verb.SUPPORT)
    thread = ThreadFactory(organisation=organisation, project=project, kind=kind)
    with pytest.raises(Closed):
        actions.contribute(thread, participant=participant, text="Not now")


def test_a_wall_is_open_while_the_phase_has_sessions(organisation, participant):
    project = project_that_allows(organisation, Verb.SESSION)
    thread = ThreadFactory(organisation=organisation, project=project, kind="wall")
    assert actions.contribute(thread, participant=participant, text="A note").state == State.VISIBLE


def test_a_phase_may_allow_comments_without_ideas(organisation, participant):
    project = project_that_allows(organisation, Verb.COMMENT)
    thread = ThreadFactory(organisation=organisation, project=project)
    idea = IdeaFactory(thread=thread)
    comment = actions.contribute(thread, participant=participant, text="Yes", parent=idea)
    assert comment.parent == idea


def test_a_comment_takes_no_comments(idea, participant):
    comment = CommentFactory(parent=idea)
    with pytest.raises(Unknown):
        actions.contribute(idea.thread, participant=participant, text="And?", parent=comment)


@pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.REMOVED])
def test_what_others_can_not_read_takes_no_comments(thread, participant, state):
    with pytest.raises(Unknown):
        actions.contribute(
            thread, participant=participant, text="And?", parent=IdeaFactory(thread=thread, state=state)
        )


def test_an_idea_of_another_thread_is_no_parent(organisation, thread, participant):
    elsewhere = IdeaFactory(thread=ThreadFactory(organisation=organisation))
    with pytest.raises(Unknown):
        actions.contribute(thread, participant=participant, text="And?", parent=elsewhere)


def test_a_participant_of_another_organisation_is_unknown_here(thread, neighbour):
    with pytest.raises(Unknown):
        actions.contribute(thread, participant=ParticipantFactory(organisation=neighbour), text="Hello")


def test_support_counts_once_and_can_be_taken_back(idea, participant):
    counts = [actions.support(idea, participant, on) for on in (True, True, False, False)]
    assert counts == [1, 1, 0, 0]


@pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.REMOVED])
def test_what_others_can_not_read_gets_no_support(thread, participant, state):
    with pytest.raises(Unknown):
        actions.support(IdeaFactory(thread=thread, state=state), participant, True)


def test_a_comment_gets_no_support(idea, participant):
    with pytest.raises(Unknown):
        actions.support(CommentFactory(parent=idea), participant, True)


def test_support_is_refused_in_a_phase_without_it(organisation, participant):
    project = project_that_allows(organisation, Verb.IDEA)
    idea = IdeaFactory(thread=ThreadFactory(organisation=organisation, project=project))
    with pytest.raises(Closed):
        actions.support(idea, participant, True)


def test_a_crowd_that_is_for_an_idea_is_brought_at_once_with_its_moments(idea, participant):
    actions.support(idea, participant, True)
    others = [ParticipantFactory(organisation=idea.organisation) for _person in range(2)]
    day = timezone.now() - timedelta(days=3)
    with CaptureQueriesContext(connection) as one:
        assert actions.bring_supports(idea, {others[0].pk: day}) == 2
    with CaptureQueriesContext(connection) as more:
        assert actions.bring_supports(idea, dict.fromkeys((p.pk for p in (participant, *others)), day)) == 3
    assert len(one) == len(more)
    kept = {each.participant_id: each.created_at == day for each in idea.supports.all()}
    assert kept == {participant.pk: False, others[0].pk: True, others[1].pk: True}
    assert actions.bring_supports(idea, {}) == 3


def test_a_crowd_keeps_to_the_rules_of_support(organisation, neighbour, idea):
    stranger = {ParticipantFactory(organisation=neighbour).pk: timezone.now()}
    known = {ParticipantFactory(organisation=organisation).pk: timezone.now()}
    with pytest.raises(Unknown):
        actions.bring_supports(idea, {**stranger, **known})
    with pytest.raises(Unknown):
        actions.bring_supports(IdeaFactory(thread=idea.thread, state=State.HIDDEN), known)
    closed = project_that_allows(organisation, Verb.IDEA)
    with pytest.raises(Closed):
        actions.bring_supports(
            IdeaFactory(thread=ThreadFactory(organisation=organisation, project=closed)), known
        )
    assert not Support.objects.exists()


def at_once(act, times=4):
    """What went wrong when `act` is done by several threads at the same moment."""
    start, failures = threading.Barrier(times), []

    def tap():
        start.wait()
        try:
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    taps = [threading.Thread(target=tap) for _ in range(times)]
    for tapping in taps:
        tapping.start()
    for tapping in taps:
        tapping.join()
    return failures


@pytest.mark.django_db(transaction=True)
def test_supporting_twice_at_the_same_moment_is_one_support(idea, participant):
    assert at_once(lambda: actions.support(idea, participant, True)) == []
    assert idea.supports.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sending_the_same_form_twice_at_the_same_moment_is_one_idea(thread, participant):
    sent = {"participant": participant, "text": "Benches", "client_id": uuid.uuid4()}
    assert at_once(lambda: actions.contribute(thread, **sent)) == []
    assert thread.contributions.count() == 1


def test_two_people_with_one_form_are_two_ideas(organisation, thread, participant):
    client_id = uuid.uuid4()
    for writer in (participant, ParticipantFactory(organisation=organisation)):
        actions.contribute(thread, participant=writer, text="Benches", client_id=client_id)
    assert thread.contributions.count() == 2


def test_a_reply_sets_the_status_and_is_audited(idea, organisation):
    editor = staff(organisation, "editor")
    made = actions.reply(idea, text="Yes, in May.", status="accepted", actor=editor)
    idea.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (made.text, made.author, idea.status) == ("Yes, in May.", editor, "accepted")
    assert (entry.verb, entry.actor, entry.target_id) == ("contributions.reply", editor, idea.public_id)


@pytest.mark.parametrize("role", ["moderator", "researcher", "facilitator"])
def test_only_editors_and_owners_reply(idea, organisation, role):
    with pytest.raises(Forbidden):
        actions.reply(idea, text="Yes", status="accepted", actor=staff(organisation, role))


def test_an_editor_of_another_organisation_does_not_reply(idea, neighbour):
    with pytest.raises(Forbidden):
        actions.reply(idea, text="Yes", status="accepted", actor=staff(neighbour, "editor"))


def test_a_status_has_to_be_on_the_list(idea, organisation):
    with pytest.raises(Invalid):
        actions.set_status(idea, status="maybe", actor=staff(organisation, "editor"))


def test_a_facilitator_pins_and_ticks_off(idea, organisation):
    facilitator = staff(organisation, "facilitator")
    actions.pin(idea, True, actor=facilitator)
    actions.mark_answered(idea, True, actor=facilitator)
    idea.refresh_from_db()
    assert (idea.pinned, idea.answered_at is not None) == (True, True)


@pytest.fixture
def heard():
    said = []

    def listener(topic, data):
        said.append((topic, data["what"], data["contribution"]))

    events.listen("thread.", listener)
    yield said
    events._listeners["thread."].remove(listener)


def test_the_thread_hears_what_happened_after_the_commit(
    idea, organisation, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.support(idea, idea.participant, True)
        actions.set_status(idea, status="considered", actor=staff(organisation, "editor"))
        assert heard == []
    topic = f"thread.{idea.thread.public_id}"
    assert heard == [(topic, "supported", idea.public_id), (topic, "status", idea.public_id)]


def test_taking_back_leaves_nothing_when_nobody_reacted(idea):
    SupportFactory(contribution=idea)
    assert actions.take_back(idea, idea.participant) is True
    assert Contribution.objects.count() == 0


@pytest.mark.parametrize("reaction", [CommentFactory, ReplyFactory])
def test_taking_back_leaves_an_empty_place_under_the_words_of_others(idea, reaction):
    reaction(**{"parent" if reaction is CommentFactory else "contribution": idea})
    idea.translations = {"en": "What staff made of the same words"}
    assert actions.take_back(idea, idea.participant) is False
    idea.refresh_from_db()
    assert (idea.title, idea.text, idea.participant, idea.state) == ("", "", None, State.REMOVED)
    assert idea.translations == {}
    assert idea.comments.count() + idea.replies.count() == 1


def test_nobody_else_takes_it_back(idea, participant):
    with pytest.raises(Forbidden):
        actions.take_back(idea, participant)
