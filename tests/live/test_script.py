"""From a page's script to a session: publishing, translating, changing it in the room."""

import copy
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from participation.contributions.models import Thread
from participation.core import erasure
from participation.core.errors import Closed, Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.live.actions import add_translation, command, publish_session
from participation.live.actions.answers import Entry, commit
from participation.live.codes import issue, normalise
from participation.live.models import IssuedCode, Session
from participation.live.queries import snapshot
from participation.people.models import Participant
from surveys import kinds
from surveys.models import Answer, QuestionnaireVersion
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, run, slide, stream, text, wall

pytestmark = pytest.mark.django_db


def publish(session, *script, **extra):
    settings = {"project": None, "name": session.name, "language": "nl", "actor": None, **extra}
    return publish_session(
        organisation=session.organisation, page_key=session.page_key, script=stream(*script), **settings
    )


def labels(session, language="nl"):
    session = Session.objects.get(pk=session.pk)
    shown = snapshot(session, "console", None, language)
    return [step["label"] for step in shown["script"]]


# --- Publishing -------------------------------------------------------------------------------------


def test_a_published_page_is_a_session_in_the_lobby_with_a_code(organisation):
    session = make_session(organisation, slide(), choice(), wall(), name="Evening")
    assert (session.state, session.name, session.title("en")) == ("lobby", "Evening", "Evening")
    assert session.code.isdigit()
    assert len(session.code) == 6
    assert [step.type for step in session.steps.all()] == ["slide", "question", "wall"]
    assert session.collector.channel == "live"


def test_publishing_the_same_again_changes_nothing(organisation):
    script = [slide(), choice(), wall()]
    session = make_session(organisation, *script)
    before = Session.objects.filter(pk=session.pk).values().get()
    again = publish(session, *copy.deepcopy(script))
    assert Session.objects.filter(pk=again.pk).values().get() == before
    assert QuestionnaireVersion.objects.count() == 1


def test_a_changed_page_changes_a_session_that_has_not_begun(organisation):
    one, two = choice("One"), choice("Two")
    session = make_session(organisation, one, two)
    one["value"]["label"] = "First"
    publish(session, two, one)
    assert labels(session) == ["Two", "First"]


def test_a_room_that_has_begun_keeps_its_script_until_the_new_one_is_taken(organisation):
    one, two = choice("One"), choice("Two")
    session = open_session(organisation, one)
    changed = copy.deepcopy(one)
    changed["value"]["label"] = "First"
    publish(session, changed, two)
    assert labels(session) == ["One"]
    assert snapshot(session, "console", None, "nl")["new_version"] is True
    run(session, "take_new_version")
    assert labels(session) == ["First", "Two"]
    step = first(session)
    assert (step.is_open, Session.objects.get(pk=session.pk).current_id) == (True, step.pk)


def test_taking_a_new_version_where_there_is_none_is_unknown(organisation):
    with pytest.raises(Unknown):
        run(open_session(organisation), "take_new_version")


def test_when_the_present_step_is_gone_the_room_shows_another(organisation):
    one, two = choice("One"), choice("Two")
    session = open_session(organisation, one)
    publish(session, two)
    session = run(session, "take_new_version")
    assert (labels(session), session.current.position) == (["Two"], 20)


def test_answers_stay_with_their_question_through_versions(organisation):
    one = choice("One")
    session = open_session(organisation, one)
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", first(session).question_id, "lib")])
    changed = copy.deepcopy(one)
    changed["value"]["label"] = "First"
    publish(session, changed)
    run(session, "take_new_version")
    assert snapshot(Session.objects.get(), "console", None, "nl")["results"]["n"] == 1


def test_an_ended_session_keeps_its_script(organisation):
    session = run(open_session(organisation, choice("One")), "end")
    publish(session, choice("Two"))
    assert labels(session) == ["One"]


def test_a_copied_page_has_a_wall_of_its_own(organisation):
    script = [wall()]
    make_session(organisation, *script)
    make_session(organisation, *copy.deepcopy(script))
    assert Thread.objects.count() == 2


def test_another_organisation_can_not_take_over_a_page(organisation, neighbour):
    session = make_session(organisation)
    with pytest.raises(Forbidden):
        publish_session(
            organisation=neighbour,
            project=None,
            page_key=session.page_key,
            name="x",
            script=stream(choice()),
            language="nl",
            actor=None,
        )


@pytest.mark.parametrize(("role", "allowed"), [("editor", True), ("facilitator", True), ("moderator", False)])
def test_who_may_publish(organisation, role, allowed):
    actor = staff(organisation, role)
    if allowed:
        assert make_session(organisation, actor=actor).pk
    else:
        with pytest.raises(Forbidden):
            make_session(organisation, actor=actor)


# --- Codes ------------------------------------------------------------------------------------------


def test_a_wanted_code_is_given_when_it_is_free(organisation):
    assert make_session(organisation, code="123456").code == "123456"
    with pytest.raises(Invalid):
        make_session(organisation, code="123456")
    with pytest.raises(Invalid):
        make_session(organisation, code="12345x")


def test_a_code_rests_two_years_also_when_its_session_is_gone(organisation):
    make_session(organisation, code="123456").delete()
    with pytest.raises(Invalid):
        issue("123456")
    IssuedCode.objects.update(issued_at=timezone.now() - timedelta(days=731))
    assert issue("123456") == "123456"


def test_codes_do_not_begin_with_zero_and_differ(organisation):
    codes = {issue() for _each in range(50)}
    assert len(codes) == 50
    assert not any(code.startswith("0") for code in codes)


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "123.456"])
def test_a_typed_code_is_read_as_people_type_it(typed):
    assert normalise(typed) == "123456"


# --- Languages --------------------------------------------------------------------------------------


def test_a_translated_page_adds_its_words_and_what_is_missing_falls_back(organisation):
    question, hall = choice("Waar?"), slide("Welkom", "Ga zitten")
    session = make_session(organisation, hall, question, name="Avond")
    english = copy.deepcopy(question)
    english["value"]["label"] = "Where?"
    publish(
        session, {**hall, "value": {"title": "Welcome", "text": ""}}, english, language="en", name="Evening"
    )
    assert (labels(session, "en"), labels(session, "nl")) == (["Welcome", "Where?"], ["Welkom", "Waar?"])
    assert Session.objects.get().title("en") == "Evening"
    shown = run(session, "start")
    step = snapshot(shown, "participant", None, "en")["step"]
    assert (step["title"], step["text"]) == ("Welcome", "Ga zitten")


def test_a_translation_reaches_a_room_that_has_begun(organisation):
    question = choice("Waar?")
    session = open_session(organisation, question)
    english = copy.deepcopy(question)
    english["value"]["label"] = "Where?"
    add_translation(session, stream(english), "en", "Evening")
    assert labels(session, "en") == ["Where?"]


# --- In the room ------------------------------------------------------------------------------------


def do(session, verb, /, **args):
    return command(session, verb, args, staff(session.organisation, "facilitator"))


@pytest.mark.parametrize("slug", sorted(slug for slug, kind in kinds.all_kinds().items() if kind.is_quick))
def test_a_quick_question_of_every_kind_is_open_at_once(organisation, slug):
    session = open_session(organisation)
    do(session, "insert_step", kind=slug, text="How are you?", options=["Well", "Not well", "In between"])
    shown = snapshot(Session.objects.get(), "participant", None, "nl")["step"]
    assert (shown["open"], shown["question"]["kind"], shown["question"]["label"]) == (
        True,
        slug,
        "How are you?",
    )
    assert shown["html"]


def test_a_quick_question_comes_after_the_present_step_and_stays_through_publishing(organisation):
    one, two = choice("One"), choice("Two")
    session = open_session(organisation, one, two)
    do(session, "insert_step", kind="single_choice", text="Quick", options=["Yes", "No"])
    assert labels(session) == ["One", "Quick", "Two"]
    quick = session.steps.get(inserted=True)
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", quick.question_id, _option(session, quick))])
    changed = copy.deepcopy(one)
    changed["value"]["label"] = "First"
    publish(session, changed, two)
    do(session, "take_new_version")
    assert labels(session) == ["First", "Quick", "Two"]
    do(session, "goto", step=str(quick.key))
    assert snapshot(Session.objects.get(), "console", None, "nl")["results"]["n"] == 1


def test_a_quick_question_survives_a_script_that_was_published_before_it(organisation):
    one = choice("One")
    session = open_session(organisation, one)
    publish(session, one, choice("Two"))
    do(session, "insert_step", kind="open_text", text="Quick", options=[])
    do(session, "take_new_version")
    assert labels(session) == ["One", "Quick", "Two"]


def _option(session, step):
    session = Session.objects.get(pk=session.pk)
    for section in session.version.structure["sections"]:
        for question in section["questions"]:
            if question["key"] == str(step.question.key):
                return question["config"]["options"][0]["key"]
    return None


@pytest.mark.parametrize(
    "args",
    [
        {"kind": "single_choice", "text": "", "options": ["a", "b"]},
        {"kind": "single_choice", "text": "x", "options": ["a"]},
        {"kind": "single_choice", "text": "x", "options": "ab"},
        {"kind": "single_choice", "text": "x", "options": ["a" * 300, "b"]},
    ],
)
def test_a_quick_question_must_make_sense(organisation, args):
    with pytest.raises(Invalid):
        do(open_session(organisation), "insert_step", **args)


def test_a_typing_error_is_mended_and_the_votes_stay(organisation):
    session = open_session(organisation, choice("Were do you meet?"))
    step = first(session)
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", step.question_id, "lib")])
    do(session, "fix_text", key=str(step.question.key), text="Where do you meet?")
    do(session, "fix_text", key="lib", text="In the library")
    shown = snapshot(Session.objects.get(), "console", None, "nl")
    assert shown["step"]["question"]["label"] == "Where do you meet?"
    assert shown["step"]["question"]["config"]["options"][0] == {"key": "lib", "label": "In the library"}
    assert shown["results"]["tally"] == {"counts": {"lib": 1, "sea": 0}}
    assert AuditEntry.objects.filter(verb="live.fix_text").count() == 2


def test_a_slides_words_can_be_mended(organisation):
    session = run(make_session(organisation, slide("Welcom")), "start")
    do(session, "fix_text", key=str(first(session).key), text="Welcome", name="title")
    assert labels(session) == ["Welcome"]


def test_words_that_are_not_there_can_not_be_mended(organisation):
    with pytest.raises(Unknown):
        do(open_session(organisation), "fix_text", key="nothing", text="x")


# --- Commands ---------------------------------------------------------------------------------------


def test_next_and_previous_stay_within_the_script(organisation):
    session = make_session(organisation, choice("One"), choice("Two"))
    positions = []
    for name in ("previous", "next", "next", "next", "previous", "previous"):
        positions.append(run(session, name).current.position)
    assert positions == [20, 40, 40, 40, 20, 20]


def test_the_first_command_that_shows_something_begins_the_session(organisation):
    session = run(make_session(organisation), "open")
    assert (session.state, session.started_at is not None, session.current_id) == (
        "running",
        True,
        first(session).pk,
    )


def test_a_slide_can_not_be_opened(organisation):
    with pytest.raises(Invalid):
        run(make_session(organisation, slide()), "start", "open")


def test_a_timer_is_a_moment_that_everybody_sees_and_closes_nothing(organisation):
    session = open_session(organisation)
    do(session, "timer", seconds=60)
    ends = first(session).timer_ends_at - timezone.now()
    assert timedelta(seconds=50) < ends <= timedelta(seconds=60)
    assert snapshot(Session.objects.get(), "participant", None, "nl")["step"]["timer"].endswith("Z")
    do(session, "timer", seconds=None)
    assert first(session).timer_ends_at is None
    assert first(session).is_open


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("lock", "locked", True), ("pause", "state", "paused"), ("end", "state", "ended")],
)
def test_doing_a_thing_twice_is_no_error(organisation, name, field, value):
    session = run(open_session(organisation), name, *([] if name == "end" else [name]))
    assert getattr(session, field) == value


def test_after_the_end_nothing_moves(organisation):
    session = run(open_session(organisation), "end")
    with pytest.raises(Closed):
        run(session, "next")
    assert session.collector.closes_at is not None


def test_every_command_raises_the_revision_and_is_in_the_log(organisation):
    session = make_session(organisation)
    actor = staff(organisation, "facilitator")
    before = session.rev
    assert command(session, "start", {}, actor) == {"rev": before + 1}
    session.refresh_from_db()
    assert (session.rev, session.room_rev) == (before + 1, before + 1)
    entry = AuditEntry.objects.get(verb="live.start")
    assert (entry.actor, entry.organisation) == (actor, organisation)


def test_a_refused_command_changes_nothing(organisation):
    session = open_session(organisation)
    with pytest.raises(Invalid):
        do(session, "goto")
    assert Session.objects.get().rev == session.rev


@pytest.mark.parametrize(("name", "allowed"), [("close", False), ("approve", True)])
def test_a_moderator_judges_texts_and_does_not_lead(organisation, name, allowed):
    session = open_session(organisation, text())
    commit(session.pk, [Entry(uuid.uuid4(), None, "nl", first(session).question_id, "Hello", pending=True)])
    args = {"answer": str(Answer.objects.get().pk)} if name == "approve" else {}
    actor = staff(organisation, "moderator")
    if allowed:
        command(session, name, args, actor)
        assert Answer.objects.get().state == "visible"
    else:
        with pytest.raises(Forbidden):
            command(session, name, args, actor)


def test_another_sessions_texts_are_unknown(organisation):
    session, other = open_session(organisation, text()), open_session(organisation, text())
    commit(other.pk, [Entry(uuid.uuid4(), None, "nl", first(other).question_id, "Hello")])
    with pytest.raises(Unknown):
        do(session, "hide", answer=str(Answer.objects.get().pk))


# --- Erasing ----------------------------------------------------------------------------------------


def test_a_persons_attendance_is_handed_over_and_erased(organisation):
    session = open_session(organisation)
    person = uuid.uuid4()
    commit(session.pk, [Entry(person, uuid.uuid4(), "nl", first(session).question_id, "lib")])
    participant = Participant.objects.get(pk=person)
    assert erasure.export(participant)["live"][0]["session"] == "An evening"
    erasure.erase(participant)
    assert not session.attendances.exists()
