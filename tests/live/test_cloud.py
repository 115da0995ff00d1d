"""One rude word goes out of a cloud, for everybody, and comes back when staff want."""

import uuid

import pytest

from participation.core.errors import Forbidden, Invalid
from participation.core.models import AuditEntry
from participation.live import queries, reports
from participation.live.actions import command
from participation.live.actions.answers import Entry, commit
from participation.live.exports import Export
from participation.live.models import Attendance, Session
from surveys.models import Answer
from tests.factories import staff
from tests.live.factories import choice, first, make_session, open_session, run, words
from tests.live.test_script import publish

pytestmark = pytest.mark.django_db


def do(session, verb, /, **args):
    return command(session, verb, args, staff(session.organisation, "facilitator"))


def say(session, *said, person=None, pending=False):
    person = person or uuid.uuid4()
    entry = Entry(person, None, "nl", first(session).question_id, list(said), pending)
    assert "rev" in commit(session.pk, [entry])[0]
    return person


def seen(session, view="screen"):
    """Word -> people, as this view has it, once the results are shown."""
    shown = queries.snapshot(Session.objects.get(pk=session.pk), view, None, "nl")
    return shown["results"]["tally"]["words"]


def states():
    return sorted(Answer.objects.values_list("value", "state"))


@pytest.fixture
def session(organisation):
    return run(open_session(organisation, words()), "show_results")


def test_a_hidden_word_is_seen_nowhere_however_it_is_written(session):
    say(session, "Rude!", "green")
    say(session, "rude")
    do(session, "hide_word", word="RUDE")
    assert seen(session) == seen(session, "participant") == seen(session, "console") == {"green": 1}
    assert states() == [("Rude!", "hidden"), ("green", "visible"), ("rude", "hidden")]
    (step,) = reports.report(Session.objects.get(), "nl").steps
    assert step.result.tally["words"] == {"green": 1}
    export = "".join(Export(Session.objects.get(), "nl").json())
    assert "green" in export
    assert "ude" not in export
    assert AuditEntry.objects.get(verb="live.hide_word").data["word"] == "RUDE"


def test_who_says_it_later_is_not_seen_and_keeps_it_on_their_phone(session):
    do(session, "hide_word", word="rude")
    person = say(session, "RUDE", "blue")
    assert seen(session) == {"blue": 1}
    room = queries.room(session.pk)
    assert queries.mine(room, [person])[person]["answers"] == {
        str(first(session).question.key): ["RUDE", "blue"]
    }
    say(session, "rude!", person=person)  # again, written otherwise
    assert states() == [("rude!", "hidden")]


def test_in_another_round_it_is_still_out(session):
    do(session, "hide_word", word="rude")
    run(session, "reset_step", "show_results")
    say(session, "rude", "blue")
    assert seen(session) == {"blue": 1}


def test_shown_again_it_is_as_before(session):
    say(session, "rude", "green")
    do(session, "hide_word", word="rude")
    say(session, "rude")
    assert queries.snapshot(Session.objects.get(), "console", None, "nl")["hidden_words"] == ["rude"]
    do(session, "show_word", word="Rude")
    assert seen(session) == {"rude": 2, "green": 1}
    shown = queries.snapshot(Session.objects.get(), "console", None, "nl")
    assert (shown["hidden_words"], first(session).config) == ([], {})


def test_where_staff_read_first_it_waits_when_it_is_shown_again(organisation):
    session = run(open_session(organisation, words(approve_first=True)), "show_results")
    say(session, "rude", pending=True)
    do(session, "hide_word", word="rude")
    say(session, "rude", pending=True)
    assert queries.snapshot(Session.objects.get(), "console", None, "nl")["queue"] == []
    do(session, "show_word", word="rude")
    assert states() == [("rude", "pending"), ("rude", "pending")]


def test_a_removed_phones_words_go_and_come_back_but_for_hidden_ones(session):
    person = say(session, "rude", "green")
    do(session, "remove", person=str(Attendance.objects.get(participant=person).pk), hide_texts=True)
    assert seen(session) == {}
    do(session, "hide_word", word="rude")
    do(session, "show_word", word="rude")
    assert seen(session) == {}
    do(session, "hide_word", word="rude")
    do(session, "let_back", person=str(Attendance.objects.get(participant=person).pk))
    assert seen(session) == {"green": 1}


def test_hiding_twice_is_once_and_another_question_has_no_words(organisation, session):
    rev = do(session, "hide_word", word="rude")["rev"]
    assert do(session, "hide_word", word="Rude") == {"rev": rev}
    assert do(session, "show_word", word="blue") == {"rev": rev}
    other = open_session(organisation, choice())
    for verb in ("hide_word", "show_word"):
        with pytest.raises(Invalid):
            do(other, verb, word="lib")
        with pytest.raises(Forbidden):
            command(session, verb, {"word": "rude"}, staff(organisation, "editor"))
    say(session, "rude")
    assert seen(session) == {}


def test_a_script_that_is_published_again_hides_it_still(session):
    do(session, "hide_word", word="rude")
    block = words("One word, again")
    block["id"] = str(first(session).question.key)
    publish(session, block)
    do(session, "take_new_version")
    say(session, "rude", "green")
    assert seen(session) == {"green": 1}


def test_after_a_rehearsal_no_word_is_hidden(organisation):
    session = make_session(organisation, words())
    do(session, "rehearse", people=1)
    run(session, "start")
    do(session, "hide_word", word="rude")
    do(session, "end_rehearsal")
    assert first(session).config == {}


def test_the_console_without_a_script_hides_and_shows_a_word(client, session):
    client.force_login(staff(session.organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    path = f"/live/{session.code}/console/"
    say(session, "a:b:c", "green")
    client.post(path, {"command": "hide_word", "word": "a:b:c"})
    assert seen(session) == {"green": 1}
    content = client.get(path).content.decode()
    assert 'value="show_word:a:b:c"' in content
    client.post(path, {"command": "show_word:a:b:c"})
    assert seen(session) == {"a:b:c": 1, "green": 1}
