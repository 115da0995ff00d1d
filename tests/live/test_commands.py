"""What facilitators do in the room, one by one and two at once."""

import json
import uuid

import pytest

from participation.contributions import actions as contributions
from participation.contributions.models import Cluster, Contribution, Thread
from participation.core import erasure
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.core.models import AuditEntry
from participation.live.actions import command, contribute, support
from participation.live.actions.answers import Entry, commit
from participation.live.models import Attendance, Session
from participation.live.queries import snapshot
from participation.moderation import actions as moderation
from participation.people.models import Participant
from surveys.models import Answer
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, option, run, slide, text, wall
from tests.live.test_script import publish

pytestmark = pytest.mark.django_db


def do(session, verb, /, **args):
    return command(session, verb, args, staff(session.organisation, "facilitator"))


def position(session):
    return Session.objects.get(pk=session.pk).current.position


def show(session, view="console", language="nl", person=None):
    return snapshot(Session.objects.get(pk=session.pk), view, person, language)


def write(session, words, person=None, step=None, language="nl"):
    step = step or first(session)
    person = person or uuid.uuid4()
    contribute(session.pk, person, None, step.thread.public_id, words, "", language)
    return step.thread.contributions.get(text=words)


def answer(session, value, person=None, **more):
    entry = Entry(person or uuid.uuid4(), uuid.uuid4(), "nl", first(session).question_id, value, **more)
    return commit(session.pk, [entry])[0]


# --- Two facilitators -------------------------------------------------------------------------------


def test_of_two_who_press_next_at_the_same_step_one_moves_the_room(organisation):
    session = open_session(organisation, choice("One"), choice("Two"), choice("Three"))
    seen = str(session.current.key)
    rev = do(session, "next", at=seen)["rev"]
    assert do(session, "next", at=seen) == {"rev": rev}
    assert do(session, "previous", at=seen) == {"rev": rev}
    assert position(session) == 40
    assert AuditEntry.objects.filter(verb__in=["live.next", "live.previous"]).count() == 1


def test_next_from_the_step_one_sees_goes_on(organisation):
    session = open_session(organisation, choice("One"), slide("Two"), choice("Three"))
    for _each in range(2):
        do(session, "next", at=str(Session.objects.get().current.key))
    assert position(session) == 60
    do(session, "previous", at=str(Session.objects.get().current.key))
    assert position(session) == 40


def test_at_is_a_key(organisation):
    with pytest.raises(Invalid):
        do(make_session(organisation), "next", at="somewhere")


# --- A break, the clock -----------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["participant", "screen", "console"])
def test_a_break_has_words_that_everybody_reads(organisation, view):
    session = open_session(organisation)
    do(session, "pause", text="Coffee until ten past eight")
    assert show(session, view)["session"]["pause_text"] == "Coffee until ten past eight"
    do(session, "pause", text="Until a quarter past")
    do(session, "resume")
    do(session, "pause")
    session = Session.objects.get()
    assert (session.state, session.pause_text) == ("paused", "")


def test_a_break_begins_nothing(organisation):
    session = make_session(organisation)
    do(session, "pause", text="x")
    assert Session.objects.get().state == "lobby"


def test_more_time_is_added_to_what_is_left(organisation):
    session = open_session(organisation)
    do(session, "timer", seconds=60)
    before = first(session).timer_ends_at
    do(session, "timer", more=60)
    assert (first(session).timer_ends_at - before).total_seconds() == 60


# --- A step made in the room ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "heading"),
    [
        ({"type": "slide", "title": "Coffee", "text": "Until eight"}, "Coffee"),
        ({"type": "wall", "text": "What do you miss?"}, "What do you miss?"),
        ({"type": "stage", "text": "Ask the mayor", "approve_first": True}, "Ask the mayor"),
    ],
)
def test_a_slide_a_wall_and_a_stage_can_be_inserted(organisation, args, heading):
    session = open_session(organisation, choice("One"), choice("Two"))
    do(session, "insert_step", **args)
    shown = show(session)
    assert [step["label"] for step in shown["script"]] == ["One", heading, "Two"]
    assert [step["inserted"] for step in shown["script"]] == [False, True, False]
    assert (shown["step"]["type"], shown["step"]["open"]) == (args["type"], args["type"] != "slide")
    if shown["step"]["thread"]:
        note = write(session, "Hello", step=Session.objects.get().current)
        assert note.state == ("pending" if args.get("approve_first") else "visible")


@pytest.mark.parametrize(
    "args",
    [
        {"type": "slide", "text": "No title"},
        {"type": "wall", "title": "No text"},
        {"type": "talk", "title": "No text"},
        {"text": "no kind"},
        {"type": "wall", "text": "x" * 301},
        {"type": "wall", "text": "x", "approve_first": "yes"},
    ],
)
def test_an_inserted_step_must_make_sense(organisation, args):
    with pytest.raises(Invalid):
        do(open_session(organisation), "insert_step", **args)


def test_a_step_is_inserted_right_after_the_present_one_however_many_there_are(organisation):
    session = run(make_session(organisation, slide("One"), slide("Two")), "start")
    start = str(first(session).key)
    for number in range(25):
        do(session, "goto", step=start)
        do(session, "insert_step", type="slide", title=f"Extra {number}")
    labels = [step["label"] for step in show(session)["script"]]
    assert labels == ["One", *(f"Extra {number}" for number in reversed(range(25))), "Two"]


@pytest.mark.parametrize(
    "args",
    [
        {"type": "slide", "title": "x"},
        {"type": "wall", "text": "x"},
        {"kind": "single_choice", "text": "x", "options": ["Yes", "No"]},
    ],
)
def test_an_inserted_step_can_be_taken_out_again(organisation, args):
    session = open_session(organisation, choice("One"), choice("Two"))
    do(session, "insert_step", **args)
    do(session, "remove_step")
    assert [step["label"] for step in show(session)["script"]] == ["One", "Two"]
    assert position(session) == 20
    assert not Thread.objects.exists()
    assert len(Session.objects.get().version.structure["sections"][0]["questions"]) == 2


def test_a_step_that_was_answered_or_belongs_to_the_script_stays(organisation):
    session = open_session(organisation, choice("One"))
    with pytest.raises(Invalid):
        do(session, "remove_step")
    do(session, "insert_step", type="wall", text="x")
    write(session, "Hello", step=Session.objects.get().current)
    with pytest.raises(Invalid):
        do(session, "remove_step")


# --- Words that are mended and translated -----------------------------------------------------------


def test_a_mended_text_keeps_its_translation_and_its_votes(organisation):
    session = open_session(organisation, choice("Waar ontmoetje elkaar?"))
    key = str(first(session).question.key)
    answer(session, "lib")
    do(session, "fix_text", key=key, text="Where do you meet?", lang="en")
    do(session, "fix_text", key="lib", text="The library", lang="en")
    do(session, "fix_text", key=key, text="Waar ontmoet je elkaar?")
    assert show(session)["step"]["question"]["label"] == "Waar ontmoet je elkaar?"
    english = show(session, language="en")
    assert english["step"]["question"]["label"] == "Where do you meet?"
    assert english["step"]["question"]["config"]["options"][0]["label"] == "The library"
    assert english["results"]["tally"] == {"counts": {"lib": 1, "sea": 0}}


def test_the_console_lists_the_words_of_a_question(organisation):
    session = open_session(organisation, choice("Waar?"))
    key = str(first(session).question.key)
    do(session, "fix_text", key=key, name="help", text="Denk aan een plek")
    do(session, "fix_text", key="lib", text="The library", lang="en")
    assert [
        (each["key"], each["name"], each["text"], each["translations"]) for each in show(session)["texts"]
    ] == [
        (key, "label", "Waar?", {"en": ""}),
        (key, "help", "Denk aan een plek", {"en": ""}),
        ("lib", "label", "Library", {"en": "The library"}),
        ("sea", "label", "Harbour", {"en": ""}),
    ]


def test_a_slide_has_a_title_and_a_text_and_a_wall_its_words(organisation):
    session = run(make_session(organisation, slide("Hello", "Sit down"), wall("Ideas")), "start")
    assert [(each["name"], each["text"]) for each in show(session)["texts"]] == [
        ("title", "Hello"),
        ("text", "Sit down"),
    ]
    do(session, "fix_text", key=str(first(session).key), name="text", text="")
    assert show(session)["step"]["text"] == ""
    run(session, "next")
    assert [(each["name"], each["text"]) for each in show(session)["texts"]] == [("label", "Ideas")]


@pytest.mark.parametrize("args", [{"text": ""}, {"text": "x", "lang": "xx"}])
def test_a_heading_is_not_emptied_and_a_language_is_one_we_speak(organisation, args):
    session = open_session(organisation)
    with pytest.raises(Invalid):
        do(session, "fix_text", key=str(first(session).question.key), **args)


def test_staff_put_a_translation_beside_a_note(organisation):
    session = open_session(organisation, wall())
    note = write(session, "A bench", language="en")
    do(session, "translate", contribution=note.public_id, lang="nl", text="Een bankje")
    shown = show(session, "participant")["results"]["tally"]["texts"][0]
    assert (shown["text"], shown["lang"], shown["translations"]) == ("A bench", "en", {"nl": "Een bankje"})
    do(session, "translate", contribution=note.public_id, lang="nl", text="")
    assert show(session, "participant")["results"]["tally"]["texts"][0]["translations"] == {}
    with pytest.raises(Invalid):
        do(session, "translate", contribution=note.public_id, lang="xx", text="x")


# --- Two moments ------------------------------------------------------------------------------------


def test_two_rounds_of_a_question_stand_beside_each_other(organisation):
    session = open_session(organisation)
    for value in ("lib", "lib", "sea"):
        answer(session, value)
    do(session, "reset_step")
    answer(session, "sea")
    do(session, "compare", on=True)
    for view in ("participant", "screen", "console"):
        shown = show(session, view)
        assert shown["step"]["compared"] is True
        assert (shown["results"]["n"], shown["results"]["tally"]["counts"]) == (1, {"lib": 0, "sea": 1})
        earlier = shown["results"]["earlier"]
        assert earlier["round"] == 0
        assert (earlier["n"], earlier["tally"]["counts"]) == (3, {"lib": 2, "sea": 1})
        assert [bar["n"] for bar in earlier["charts"][0]["bars"]] == [2, 1]
    do(session, "compare", on=False)
    assert show(session)["results"]["earlier"] is None
    do(session, "compare", on=True)
    do(session, "reset_step")
    assert show(session)["step"]["compared"] is False


def test_what_was_asked_once_can_not_be_compared(organisation):
    with pytest.raises(Invalid):
        do(open_session(organisation), "compare", on=True)
    with pytest.raises(Invalid):
        do(open_session(organisation, wall()), "compare", on=True)


# --- Order and groups -------------------------------------------------------------------------------


def texts(session, view="screen"):
    return [each["text"] for each in show(session, view)["results"]["tally"]["texts"]]


def test_questions_to_the_stage_stand_by_support_and_answered_ones_last(organisation):
    session = open_session(organisation, wall(kind="stage"))
    notes = {words: write(session, words) for words in ("One", "Two", "Three")}
    for words, n in (("Two", 2), ("Three", 1)):
        for _each in range(n):
            support(session.pk, uuid.uuid4(), None, notes[words].public_id, True)
    assert texts(session) == ["Two", "Three", "One"]
    do(session, "sort", by="newest")
    assert (texts(session), show(session)["step"]["sorted_by"]) == (["Three", "Two", "One"], "newest")
    do(session, "mark_answered", contribution=notes["Three"].public_id, on=True)
    do(session, "pin", contribution=notes["One"].public_id, on=True)
    assert texts(session) == ["One", "Two", "Three"]


@pytest.mark.parametrize(("script", "by"), [(choice(), "newest"), (wall(), "loudest")])
def test_only_notes_are_sorted_and_in_a_known_way(organisation, script, by):
    with pytest.raises(Invalid):
        do(open_session(organisation, script), "sort", by=by)


def test_notes_are_put_together(organisation):
    session = open_session(organisation, wall())
    notes = [write(session, words) for words in ("A bench", "A tree", "A play")]
    do(session, "make_cluster", label="Outside", contribution=notes[0].public_id)
    green = Cluster.objects.get()
    do(session, "put_in_cluster", contribution=notes[1].public_id, cluster=str(green.pk))
    do(session, "rename_cluster", cluster=str(green.pk), label="Green")
    do(session, "make_cluster", label="Together")
    tally = show(session, "participant")["results"]["tally"]
    assert [(each["name"], each["n"]) for each in tally["clusters"]] == [("Green", 2), ("Together", 0)]
    assert [each["cluster"] for each in tally["texts"]] == [None, str(green.pk), str(green.pk)]
    do(session, "hide", contribution=notes[1].public_id)
    do(session, "put_in_cluster", contribution=notes[0].public_id)
    assert show(session)["results"]["tally"]["clusters"][0]["n"] == 0
    do(session, "remove_cluster", cluster=str(green.pk))
    assert (Cluster.objects.count(), Contribution.objects.count()) == (1, 3)


def test_a_group_belongs_to_one_wall_of_one_session(organisation):
    session, other = open_session(organisation, wall()), open_session(organisation, wall())
    note = write(session, "A bench")
    do(other, "make_cluster", label="Elsewhere")
    cluster = str(Cluster.objects.get().pk)
    for verb, args in (
        ("put_in_cluster", {"contribution": note.public_id, "cluster": cluster}),
        ("rename_cluster", {"cluster": cluster, "label": "x"}),
        ("remove_cluster", {"cluster": cluster}),
        ("remove_cluster", {"cluster": "x"}),
    ):
        with pytest.raises(Unknown):
            do(session, verb, **args)
    with pytest.raises(Invalid):
        do(open_session(organisation, choice()), "make_cluster", label="x")


# --- The queue --------------------------------------------------------------------------------------


def test_what_was_hidden_in_the_queue_waits_there_again(organisation):
    session = open_session(organisation, wall(approve_first=True))
    note = write(session, "A bench")
    before = show(session)["queue"]
    assert [(each["text"], each["step"]) for each in before] == [("A bench", 1)]
    do(session, "hide", contribution=note.public_id)
    assert show(session)["queue"] == []
    do(session, "undo_hide", contribution=note.public_id)
    assert show(session)["queue"] == before
    do(session, "approve", contribution=note.public_id)
    do(session, "undo_hide", contribution=note.public_id)  # it was not hidden: nothing to do
    assert texts(session) == ["A bench"]


@pytest.mark.parametrize(("approve_first", "state"), [(True, "pending"), (False, "visible")])
def test_an_answer_that_was_hidden_is_as_it_was(organisation, approve_first, state):
    session = open_session(organisation, text(approve_first=approve_first))
    answer(session, "Rude", pending=approve_first)
    key = str(Answer.objects.get().pk)
    do(session, "hide", answer=key)
    do(session, "undo_hide", answer=key)
    assert Answer.objects.get().state == state


# --- Removing a phone -------------------------------------------------------------------------------


def test_a_removed_phone_is_refused_everything_and_its_answers_stay(organisation):
    session = open_session(organisation, wall(), choice())
    person, steps = uuid.uuid4(), list(session.steps.all())
    note = write(session, "Rude", person)
    run(session, "next", "open")
    given = Entry(person, uuid.uuid4(), "nl", steps[1].question_id, "lib")
    commit(session.pk, [given])
    do(session, "remove", contribution=note.public_id)
    later = Entry(person, uuid.uuid4(), "nl", steps[1].question_id, "sea")
    assert commit(session.pk, [later, later]) == [{"code": "forbidden"}] * 2
    with pytest.raises(Forbidden):
        write(session, "More", person, steps[0])
    with pytest.raises(Forbidden):
        support(session.pk, person, None, note.public_id, True)
    assert show(session)["results"]["tally"]["counts"] == {"lib": 1, "sea": 0}
    assert Contribution.objects.get().state == "visible"
    # Let back, the very same message is taken.
    do(session, "let_back", person=show(session)["removed"][0]["person"])
    assert "rev" in commit(session.pk, [later])[0]


def test_everybody_on_that_phone_is_removed(organisation):
    session = open_session(organisation)
    one, two, other = (uuid.uuid4() for _each in range(3))
    for person in (one, two, other):
        answer(session, "lib", person)
    Attendance.objects.filter(participant=two).update(phone=one, seat=1, nickname="Sam")
    do(session, "remove", person=str(Attendance.objects.get(participant=two).pk))
    removed = Attendance.objects.exclude(removed_at=None)
    assert set(removed.values_list("participant", flat=True)) == {one, two}
    assert {each["name"] for each in show(session)["removed"]} == {"", "Sam"}


def test_what_was_hidden_with_a_phone_comes_back_with_it(organisation):
    session = open_session(organisation, wall(), text())
    person, steps = uuid.uuid4(), list(session.steps.all())
    rude, fine = write(session, "Rude", person), write(session, "Fine", person)
    write(session, "Somebody else's")
    do(session, "hide", contribution=rude.public_id)
    run(session, "next", "open")
    commit(session.pk, [Entry(person, None, "nl", steps[1].question_id, "Words")])
    do(session, "remove", answer=str(Answer.objects.get().pk), hide_texts=True)
    assert Answer.objects.get().state == "hidden"
    states = dict(Contribution.objects.values_list("text", "state"))
    assert states == {"Rude": "hidden", "Fine": "hidden", "Somebody else's": "visible"}
    do(session, "let_back", person=show(session)["removed"][0]["person"])
    fine.refresh_from_db()
    rude.refresh_from_db()
    assert (fine.state, rude.state, Answer.objects.get().state) == ("visible", "hidden", "visible")
    assert show(session)["removed"] == []


@pytest.mark.parametrize("args", [{}, {"person": "1", "answer": "1"}])
def test_removing_names_one_person(organisation, args):
    with pytest.raises(Invalid):
        do(open_session(organisation), "remove", **args)


def test_people_of_another_session_are_unknown(organisation):
    session, other = open_session(organisation), open_session(organisation)
    answer(other, "lib")
    key = str(Attendance.objects.get().pk)
    for verb in ("remove", "let_back"):
        with pytest.raises(Unknown):
            do(session, verb, person=key)
    with pytest.raises(Unknown):
        do(session, "remove", person="x")


@pytest.mark.parametrize("name", ["hide", "approve", "undo_hide"])
def test_a_vote_is_nobodys_to_hide(organisation, name):
    session = open_session(organisation)
    answer(session, "lib")
    with pytest.raises(Unknown):
        do(session, name, answer=str(Answer.objects.get().pk))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("hide", {"answer": "9" * 20}),
        ("remove_cluster", {"cluster": "9" * 20}),
        ("let_back", {"person": "9" * 20}),
    ],
)
def test_a_number_that_no_row_can_have_is_unknown(organisation, name, args):
    with pytest.raises(Unknown):
        do(open_session(organisation), name, **args)


def test_the_log_keeps_no_words_of_a_resident(organisation):
    """They can be taken back; what is in the log stays there."""
    session = open_session(organisation, wall())
    note = write(session, "Mijn buurman Jan is alleen.")
    do(session, "translate", contribution=note.public_id, lang="en", text="My neighbour Jan is alone.")
    entry = AuditEntry.objects.get(verb="live.translate")
    assert entry.data == {"contribution": note.public_id, "answer": "", "lang": "en"}


# --- Statements that residents add ------------------------------------------------------------------


@pytest.fixture
def statements(organisation):
    block = choice("Agree?", "statements", statements=[option("s1", "It is fine.")], may_add=True)
    del block["value"]["options"]
    return open_session(organisation, block)


def asked(session, view="participant"):
    return [each["label"] for each in show(session, view)["step"]["question"]["config"]["statements"]]


def test_a_typing_error_that_was_mended_in_an_added_statement_stays_mended(statements):
    note = write(statements, "To few benches.")
    do(statements, "approve", contribution=note.public_id)
    key = show(statements)["step"]["question"]["config"]["statements"][1]["key"]
    do(statements, "fix_text", key=key, text="Too few benches.")
    other = write(statements, "More trees.")
    do(statements, "approve", contribution=other.public_id)
    assert asked(statements) == ["It is fine.", "Too few benches.", "More trees."]


def test_an_added_statement_waits_and_is_asked_when_staff_show_it(statements):
    answer(statements, {"s1": "agree"})
    assert show(statements, "participant")["step"]["thread"] is None
    assert show(statements, "participant")["step"]["add_to"] == first(statements).thread.public_id
    note = write(statements, "There are too few benches.")
    assert ([each["text"] for each in show(statements)["queue"]], asked(statements)) == (
        ["There are too few benches."],
        ["It is fine."],
    )
    do(statements, "approve", contribution=note.public_id)
    do(statements, "approve", contribution=note.public_id)
    assert asked(statements) == ["It is fine.", "There are too few benches."]
    shown = show(statements)
    new = shown["step"]["question"]["config"]["statements"][1]["key"]
    answer(statements, {new: "disagree"})
    assert show(statements)["results"]["tally"] == {
        "s1": {"agree": 1, "disagree": 0, "pass": 0},
        new: {"agree": 0, "disagree": 1, "pass": 0},
    }
    # Hidden it is asked no more; shown again, its opinions are still there.
    do(statements, "hide", contribution=note.public_id)
    assert asked(statements) == ["It is fine."]
    do(statements, "undo_hide", contribution=note.public_id)
    assert show(statements)["results"]["tally"][new]["disagree"] == 1


def test_a_statement_shown_on_the_moderators_page_is_asked_in_the_room(
    statements, django_capture_on_commit_callbacks
):
    note = write(statements, "There are too few benches.")
    before = Session.objects.get().room_rev
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(note, actor=staff(statements.organisation, "moderator"))
    assert asked(statements) == ["It is fine.", "There are too few benches."]
    assert Session.objects.get().room_rev > before


def test_added_statements_stay_when_the_script_is_published_again(statements):
    note = write(statements, "There are too few benches.")
    do(statements, "approve", contribution=note.public_id)
    block = choice("Do you agree?", "statements", statements=[option("s1", "It is fine.")], may_add=True)
    del block["value"]["options"]
    block["id"] = str(first(statements).question.key)
    publish(statements, block)
    do(statements, "take_new_version")
    assert asked(statements) == ["It is fine.", "There are too few benches."]
    assert show(statements)["step"]["question"]["label"] == "Do you agree?"


def _texts_of_versions(session):
    return json.dumps([each.structure for each in session.version.questionnaire.versions.all()])


def test_an_erased_statement_keeps_its_opinions_and_loses_its_words(statements):
    writer = uuid.uuid4()
    note = write(statements, "My neighbour Jan is a bore.", writer)
    do(statements, "approve", contribution=note.public_id)
    key = show(statements)["step"]["question"]["config"]["statements"][1]["key"]
    answer(statements, {key: "agree"}, writer)
    answer(statements, {key: "disagree"})
    rev = Session.objects.get().room_rev
    assert erasure.erase(Participant.objects.get(pk=writer))["live"] > 0
    session = Session.objects.get()
    assert session.room_rev > rev
    assert "Jan" not in _texts_of_versions(session)
    assert asked(statements) == ["It is fine.", "(verwijderd)"]
    assert show(statements)["results"]["tally"][key] == {"agree": 0, "disagree": 1, "pass": 0}
    assert not Contribution.objects.exists()


def test_an_erased_statement_without_opinions_of_others_goes(statements):
    writer = uuid.uuid4()
    note = write(statements, "My neighbour Jan is a bore.", writer)
    do(statements, "approve", contribution=note.public_id)
    key = show(statements)["step"]["question"]["config"]["statements"][1]["key"]
    answer(statements, {key: "agree"}, writer)
    erasure.erase(Participant.objects.get(pk=writer))
    assert asked(statements) == ["It is fine."]
    assert "Jan" not in _texts_of_versions(Session.objects.get())
    answer(statements, {"s1": "agree"})
    assert show(statements)["results"]["tally"] == {"s1": {"agree": 1, "disagree": 0, "pass": 0}}


def test_a_statement_that_its_writer_takes_back_loses_its_words_too(
    statements, django_capture_on_commit_callbacks
):
    writer, other = uuid.uuid4(), uuid.uuid4()
    note = write(statements, "My neighbour Jan is a bore.", writer)
    kept = write(statements, "More trees.", other)
    for each in (note, kept):
        do(statements, "approve", contribution=each.public_id)
    with django_capture_on_commit_callbacks(execute=True):
        contributions.take_back(note, Participant.objects.get(pk=writer))
    assert asked(statements) == ["It is fine.", "More trees."]
    assert "Jan" not in _texts_of_versions(Session.objects.get())


def test_a_statement_is_one_sentence(statements):
    with pytest.raises(Invalid):
        write(statements, "x" * 201)


# --- Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["editor", "researcher"])
@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("pause", {"text": "x"}),
        ("insert_step", {"type": "slide", "title": "x"}),
        ("remove_step", {}),
        ("compare", {"on": True}),
        ("sort", {"by": "newest"}),
        ("undo_hide", {"answer": "1"}),
        ("translate", {"contribution": "x", "lang": "nl"}),
        ("make_cluster", {"label": "x"}),
        ("rename_cluster", {"cluster": "1", "label": "x"}),
        ("remove_cluster", {"cluster": "1"}),
        ("put_in_cluster", {"contribution": "x"}),
        ("remove", {"person": "1"}),
        ("let_back", {"person": "1"}),
    ],
)
def test_only_who_leads_commands(organisation, verb, args, role):
    session = open_session(organisation)
    with pytest.raises(Forbidden):
        command(session, verb, args, staff(organisation, role))
    assert Session.objects.get().rev == session.rev


def test_the_same_id_is_done_once_and_each_command_is_in_the_log(organisation):
    session = open_session(organisation, wall())
    actor, key = staff(organisation, "facilitator"), uuid.uuid4()
    first_time = command(session, "make_cluster", {"label": "Green"}, actor, key)
    assert command(session, "make_cluster", {"label": "Green"}, actor, key) == first_time
    assert Cluster.objects.count() == 1
    assert AuditEntry.objects.get(verb="live.make_cluster").actor == actor
