"""Staff put a translation beside what somebody answered in their own words."""

import csv
import io
import json
import uuid

import pytest
from docx import Document

from participation.core import erasure
from participation.core.errors import Forbidden, Invalid, Unknown
from participation.live import translations
from participation.live.actions import command
from participation.live.actions.answers import Entry, Memory, commit
from participation.live.models import ChosenQuote, Session
from participation.live.queries import snapshot
from participation.people.models import Participant
from surveys.models import Answer
from tests.factories import staff
from tests.live.evenings import evening
from tests.live.factories import choice, first, make_session, open_session, run, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),
]
ENGLISH = {"en": "A bench"}


def do(session, verb, /, **args):
    return command(session, verb, args, staff(session.organisation, "facilitator"))


@pytest.fixture
def session(organisation):
    return run(open_session(organisation, text()), "show_results")


@pytest.fixture
def person():
    return uuid.uuid4()


@pytest.fixture
def bench(session, person):
    return write(session, "Een bankje", person)


def write(session, words, person, memory=None, **more):
    question = first(session).question_id
    assert "rev" in commit(session.pk, [Entry(person, None, "nl", question, words, **more)], memory=memory)[0]
    return Answer.objects.filter(response__participant=person).first()


def translate(session, answer, words="A bench", lang="en"):
    return do(session, "translate", answer=str(answer.pk), lang=lang, text=words)


def seen(session, view="participant", language="en"):
    shown = snapshot(Session.objects.get(pk=session.pk), view, None, language)
    return shown["results"]["tally"]["texts"]


def kept(session):
    return translations.of(first(session))


@pytest.mark.parametrize("view", ["participant", "screen", "console"])
def test_every_screen_has_it_beside_the_words(session, bench, view):
    translate(session, bench)
    assert seen(session, view) == [
        {"id": str(bench.pk), "text": "Een bankje", "lang": "nl", "translations": ENGLISH}
    ]


def test_without_a_text_it_goes(session, bench):
    translate(session, bench)
    translate(session, bench, "Un banc", "nl")
    translate(session, bench, "")
    assert seen(session)[0]["translations"] == {"nl": "Un banc"}
    translate(session, bench, "", "nl")
    assert seen(session) == [{"id": str(bench.pk), "text": "Een bankje"}]
    assert kept(session) == {}


def test_other_words_have_no_translation(session, bench, person):
    memory = Memory()
    write(session, "Een tuin", uuid.uuid4(), memory)
    translate(session, bench)
    write(session, "Twee bankjes", person, memory)
    assert [each.get("translations") for each in seen(session)] == [None, None]
    assert kept(session) == {}


def test_an_answer_that_is_taken_back_leaves_nothing(session, bench, person):
    translate(session, bench)
    write(session, "", person)
    assert kept(session) == {}


def test_somebody_who_is_erased_leaves_nothing(session, bench, person):
    other = write(session, "Een tuin", uuid.uuid4())
    translate(session, bench)
    translate(session, other, "A garden")
    erasure.erase(Participant.objects.get(pk=person))
    assert list(kept(session)) == [str(other.pk)]


def test_a_rehearsal_leaves_nothing(organisation, person):
    session = make_session(organisation, text())
    do(session, "rehearse", people=1)
    run(session, "open")
    translate(session, write(session, "Een bankje", person))
    assert kept(session) != {}
    do(session, "end_rehearsal")
    assert kept(session) == {}


def test_it_stays_when_the_answer_is_hidden_and_shown_again(session, bench):
    translate(session, bench)
    do(session, "hide", answer=str(bench.pk))
    assert seen(session) == []
    do(session, "undo_hide", answer=str(bench.pk))
    assert seen(session)[0]["translations"] == ENGLISH


def test_what_waits_can_be_translated_before_everybody_reads_it(session, person):
    waiting = write(session, "Een bankje", person, pending=True)
    translate(session, waiting)
    [queued] = snapshot(session, "console", None, "nl")["queue"]
    assert (queued["text"], queued["translations"]) == ("Een bankje", ENGLISH)
    do(session, "approve", answer=str(waiting.pk))
    assert seen(session)[0]["translations"] == ENGLISH


def test_what_has_no_words_has_no_translation(organisation, session, bench, person):
    other = open_session(organisation, choice())
    write(other, "lib", person)
    vote = Answer.objects.get(question=first(other).question)
    for where, answer in ((other, vote), (other, bench)):
        with pytest.raises(Unknown):
            translate(where, answer)
    for wrong in ({"lang": "xx", "words": "x"}, {"words": "x" * 1001}, {"words": "a\x07b"}):
        with pytest.raises(Invalid):
            translate(session, bench, **wrong)
    with pytest.raises(Forbidden):
        command(session, "translate", {"answer": str(bench.pk), "lang": "en", "text": "x"}, None)


def test_with_many_of_them_no_more_are_taken(session, bench, person, monkeypatch):
    monkeypatch.setattr(translations, "MOST", 1)
    translate(session, bench)
    with pytest.raises(Invalid):
        translate(session, write(session, "Een tuin", uuid.uuid4()))
    translate(session, bench, "")


def test_a_phone_and_a_console_without_a_script_have_it_too(session, bench, client):
    page = f"/live/{session.code}/console/"
    client.force_login(staff(session.organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    assert f"translate:en:answer:{bench.pk}" in client.get(f"{page}?answer={bench.pk}").content.decode()
    client.post(page, {"command": f"translate:en:answer:{bench.pk}", "in-en": "A bench"})
    read = client.get(f"/join/{session.code}/").content.decode()
    assert ("A bench" in read, "Translated by us" in read) == (True, True)
    client.cookies["django_language"] = "nl"
    read = client.get(f"/join/{session.code}/").content.decode()
    assert ("Een bankje" in read, "A bench" in read) == (True, False)


@pytest.fixture
def told(organisation):
    """An evening of which a note and an answer are translated into Dutch, and both chosen for the report."""
    session = evening(organisation)
    missing = session.steps.get(question__kind="open_text")
    answer = Answer.objects.select_related("response").get(value="A bench")
    answer.response.language = "en"
    missing.config = translations.with_text(missing, answer, "nl", "Een bankje")
    missing.save()
    ideas = session.steps.get(type="wall").thread.contributions.get(text="A café")
    ideas.language, ideas.translations = "en", {"nl": "Een café"}
    ideas.save()
    ChosenQuote.objects.create(session=session, answer=answer)
    ChosenQuote.objects.create(session=session, contribution=ideas)
    return session


@pytest.fixture
def desk(client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    return client


@pytest.mark.parametrize(("language", "times"), [("nl", 2), ("en", 0)])
def test_the_report_has_it_beside_the_text_and_the_quote(told, desk, language, times):
    desk.cookies["django_language"] = language
    said = {"nl": "Door ons vertaald", "en": "Translated by us"}[language]
    content = desk.get(f"/live/{told.code}/report/").content.decode()
    assert [content.count(words) for words in ("Een bankje", "Een café", said)] == [times, times, 2 * times]
    file = io.BytesIO(desk.get(f"/live/{told.code}/report.docx").content)
    lines = [each.text for each in Document(file).paragraphs]
    assert [lines.count(f"{said}: {words}") for words in ("Een bankje", "Een café")] == [times, times]


def test_the_data_have_it(told, desk):
    taken = json.loads(b"".join(desk.post(f"/live/{told.code}/export/", {"format": "json"})))
    key = str(told.steps.get(question__kind="open_text").question.key)
    assert [each["translations"] for each in taken["answers"] if each["translations"]] == [
        {key: {"nl": "Een bankje"}}
    ]
    notes = {each["text"]: each["translations"] for each in taken["texts"]}
    assert (notes["A café"], notes["More trees"]) == ({"nl": "Een café"}, {})
    desk.cookies["django_language"] = "en"
    sheet = b"".join(desk.post(f"/live/{told.code}/export/", {"format": "csv:texts"})).decode()
    rows = list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))
    found = {row["Text"]: (row["Translation (nl)"], row["Translation (en)"]) for row in rows}
    assert (found["A café"], found["More trees"]) == (("Een café", ""), ("", ""))
