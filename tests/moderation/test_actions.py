import pytest

from participation.contributions.models import Contribution
from participation.core import events
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.moderation import actions
from participation.moderation.models import Decision, Report
from tests.contributions.factories import IdeaFactory, ThreadFactory
from tests.factories import ParticipantFactory, staff

State = Contribution.State


def state(contribution):
    return Contribution.objects.get(pk=contribution.pk).state


def test_a_reader_reports_once_and_the_last_words_count(idea, participant):
    actions.report(idea, participant=participant, reason="rude")
    actions.report(idea, participant=participant, reason="spam", note=" Look ")
    assert list(Report.objects.values_list("reason", "note", "decision")) == [("spam", "Look", None)]


def test_a_report_after_a_decision_opens_the_case_again(idea, participant, moderator):
    actions.report(idea, participant=participant, reason="rude")
    actions.approve(idea, actor=moderator)
    actions.report(idea, participant=participant, reason="rude")
    assert Report.objects.filter(decision=None).count() == 1


def test_reporting_hides_nothing(idea, participant):
    actions.report(idea, participant=participant, reason="rude")
    assert state(idea) == State.VISIBLE


@pytest.mark.parametrize("hidden", [State.PENDING, State.HIDDEN, State.REMOVED])
def test_what_nobody_reads_is_not_reported(thread, participant, hidden):
    with pytest.raises(Unknown):
        actions.report(IdeaFactory(thread=thread, state=hidden), participant=participant, reason="rude")


def test_a_participant_of_another_organisation_reports_nothing_here(idea, neighbour):
    with pytest.raises(Unknown):
        actions.report(idea, participant=ParticipantFactory(organisation=neighbour), reason="rude")


@pytest.mark.parametrize("fields", [{"reason": "ugly"}, {"reason": "rude", "note": "x\x00"}])
def test_a_report_needs_a_reason_and_clean_text(idea, participant, fields):
    with pytest.raises(Invalid):
        actions.report(idea, participant=participant, **fields)


def test_approving_shows_it_and_settles_the_reports(idea, participant, moderator, waiting):
    actions.report(idea, participant=participant, reason="rude")
    decision = actions.approve(idea, actor=moderator)
    actions.approve(waiting, actor=moderator)
    assert (state(idea), state(waiting)) == (State.VISIBLE, State.VISIBLE)
    assert Report.objects.get().decision == decision


def test_hiding_keeps_the_reason_and_the_note_for_the_writer(idea, moderator):
    actions.hide(idea, reason="private", note="There is a phone number in it.", actor=moderator)
    decision = idea.decisions.get()
    assert state(idea) == State.HIDDEN
    assert (decision.outcome, decision.reason, decision.note, decision.before) == (
        "hidden",
        "private",
        "There is a phone number in it.",
        "visible",
    )


def test_hiding_needs_a_reason(idea, moderator):
    with pytest.raises(Invalid):
        actions.hide(idea, reason="", actor=moderator)
    assert state(idea) == State.VISIBLE


def test_undoing_gives_back_the_state_and_the_reports(idea, waiting, participant, moderator):
    actions.report(idea, participant=participant, reason="rude")
    actions.undo(actions.hide(idea, reason="rude", actor=moderator), actor=moderator)
    actions.undo(actions.approve(waiting, actor=moderator), actor=moderator)
    assert (state(idea), state(waiting)) == (State.VISIBLE, State.PENDING)
    assert (Report.objects.get().decision, Decision.objects.count()) == (None, 0)


def test_only_the_newest_decision_is_undone(idea, moderator):
    first = actions.hide(idea, reason="rude", actor=moderator)
    actions.approve(idea, actor=moderator)
    with pytest.raises(Unknown):
        actions.undo(first, actor=moderator)
    assert state(idea) == State.VISIBLE


def test_what_the_writer_took_back_is_not_decided_about(thread, moderator):
    with pytest.raises(Unknown):
        actions.approve(IdeaFactory(thread=thread, state=State.REMOVED), actor=moderator)


@pytest.mark.parametrize(
    ("role", "kind", "allowed"),
    [
        ("owner", "board", True),
        ("moderator", "board", True),
        ("moderator", "wall", True),
        ("facilitator", "wall", True),
        ("facilitator", "stage", True),
        ("facilitator", "board", False),
        ("editor", "board", False),
        ("researcher", "wall", False),
    ],
)
def test_who_decides_where(organisation, role, kind, allowed):
    text = IdeaFactory(thread=ThreadFactory(organisation=organisation, kind=kind))
    try:
        actions.hide(text, reason="rude", actor=staff(organisation, role))
    except Forbidden:
        assert not allowed
    else:
        assert allowed


def test_a_moderator_of_the_neighbour_decides_nothing_here(idea, neighbour):
    for decide in (actions.approve, lambda text, actor: actions.hide(text, reason="rude", actor=actor)):
        with pytest.raises(Forbidden):
            decide(idea, actor=staff(neighbour, "moderator"))


def test_every_decision_is_in_the_audit_log(idea, moderator):
    actions.undo(actions.hide(idea, reason="rude", actor=moderator), actor=moderator)
    actions.approve(idea, actor=moderator)
    entries = AuditEntry.objects.order_by("id").values_list("verb", "target_id", "actor")
    assert list(entries) == [
        (verb, idea.public_id, moderator.pk)
        for verb in ("moderation.hidden", "moderation.undo", "moderation.approved")
    ]


def test_the_thread_hears_of_a_new_state(idea, moderator, django_capture_on_commit_callbacks):
    heard = []

    def listener(topic, data):
        heard.append((topic, data["what"], data["state"]))

    events.listen("thread.", listener)
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide(idea, reason="rude", actor=moderator)
    events._listeners["thread."].remove(listener)
    assert heard == [(f"thread.{idea.thread.public_id}", "state", "hidden")]
