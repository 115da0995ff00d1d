import datetime as dt

import pytest

from participation.core.errors import Unknown
from participation.needs import actions, sources
from participation.needs.forms import SourceFilter
from participation.needs.sources import Wanted
from participation.projects.models import Admission
from surveys.actions import record_answer
from surveys.structure import questions
from tests.contributions.factories import CommentFactory, IdeaFactory, ThreadFactory
from tests.factories import ProjectFactory
from tests.live.evenings import evening
from tests.needs.factories import NoteFactory
from tests.queries import queries_of
from tests.surveys.factories import block, publish, response_of, section


def answer(organisation, words, *, submitted=True, project=None, participant=None, channel="web"):
    """A text answer of somebody, in a questionnaire of its own."""
    asked = section(block("open_text", label="What do you miss?"))
    version = publish(organisation, asked, language="en", project=project)
    response = response_of(version, participant, submitted=submitted, channel=channel)
    (frozen,) = questions(version.structure, "en")
    question = version.questionnaire.questions.get()
    record_answer(response, question, frozen, words)
    return response.answers.get()


def texts(organisation, **wanted):
    return [source.text for source in sources.page(organisation, Wanted(**wanted))]


def test_answers_contributions_and_notes_are_one_list_newest_first(organisation, idea):
    NoteFactory(organisation=organisation, verbatim="From the market", heard_on=dt.date(2020, 1, 1))
    answer(organisation, "More trees")
    assert texts(organisation) == ["More trees", "Benches\nTo sit down together.", "From the market"]


def test_a_source_says_what_was_asked_how_and_when(organisation):
    row = answer(organisation, "More trees", channel="live")
    source = sources.find(organisation, "answer", str(row.pk), "en")
    assert (source.origin, source.channel, source.heard_on) == (
        "What do you miss?",
        "live",
        dt.date.today(),
    )


def test_words_with_accents_are_found_in_answers(organisation):
    answer(organisation, "Een café waar Zoë ook komt")
    answer(organisation, "Meer groen")
    assert texts(organisation, search="café waar Zoë") == ["Een café waar Zoë ook komt"]


def test_unfinished_and_hidden_texts_are_not_in_the_list(organisation, idea):
    answer(organisation, "Still typing", submitted=False)
    hidden = answer(organisation, "Rude")
    hidden.state = "hidden"
    hidden.save()
    idea.state = "hidden"
    idea.save()
    assert texts(organisation) == []


def test_a_text_waits_until_it_is_quoted_or_marked_as_read(organisation, who, idea, note):
    assert sources.waiting(organisation) == 2
    actions.quote(**who, source=note, fragment="I sit at home.")
    assert (texts(organisation, state="new"), texts(organisation, state="quoted")) == (
        ["Benches\nTo sit down together."],
        [note.verbatim],
    )
    actions.mark_read(**who, source=idea)
    assert (sources.waiting(organisation), texts(organisation, state="read")) == (
        0,
        ["Benches\nTo sit down together."],
    )
    actions.mark_read(**who, source=idea, on=False)
    assert sources.waiting(organisation) == 1


def test_filters_narrow_by_kind_project_and_words(organisation, idea, note):
    CommentFactory(parent=idea, text="In the shade")
    assert texts(organisation, kind="note") == [note.verbatim]
    assert texts(organisation, project=idea.thread.project, search="shade") == ["In the shade"]


def test_another_organisations_texts_are_unknown(organisation, neighbour):
    theirs = [
        NoteFactory(organisation=neighbour),
        IdeaFactory(thread=ThreadFactory(organisation=neighbour)),
        answer(neighbour, "More trees"),
    ]
    assert texts(organisation) == []
    for row in theirs:
        with pytest.raises(Unknown):
            sources.find(organisation, *sources.key_of_row(row))


@pytest.mark.parametrize("key", ["0", "abc", "9" * 40, "²"])
def test_a_key_that_is_none_is_unknown(organisation, key):
    with pytest.raises(Unknown):
        sources.find(organisation, "answer", key)


def test_a_project_that_admitted_us_shares_its_texts(organisation, neighbour):
    project = ProjectFactory(organisation=neighbour)
    answer(neighbour, "More trees", project=project)
    NoteFactory(organisation=neighbour, project=project, verbatim="From the market")
    Admission.objects.create(project=project, organisation=organisation)
    assert sorted(texts(organisation)) == ["From the market", "More trees"]


def test_the_page_is_for_research(client, organisation):
    from tests.factories import staff

    client.force_login(staff(organisation, "editor"))
    assert client.get("/en/staff/evidence/").status_code == 403


def test_nonsense_in_the_address_is_ignored(logged_in, note):
    page = logged_in.get("/en/staff/evidence/?kind=x&state=y&project=z&page=nine")
    assert (page.status_code, note.verbatim in page.content.decode()) == (200, True)


def test_reading_goes_on_to_the_next_text_that_nobody_read(logged_in, organisation, idea, note):
    first = logged_in.post(f"/en/staff/evidence/read/contribution/{idea.public_id}/")
    assert first.url == f"/en/staff/evidence/quote/note/{note.public_id}/"
    last = logged_in.post(first.url.replace("quote", "read", 1))
    assert last.url == "/en/staff/evidence/"


def test_the_list_takes_the_same_queries_for_few_and_for_many(logged_in, organisation, who, project):
    def one_of_each():
        thread = ThreadFactory(organisation=organisation, project=project)
        for row in (
            NoteFactory(organisation=organisation, project=project),
            IdeaFactory(thread=thread),
            answer(organisation, "More trees in my street", project=project),
        ):
            text = sources.text_of(row)
            actions.quote(**who, source=row, fragment=text[:12])

    one_of_each()
    few = queries_of(logged_in, "/en/staff/evidence/")
    for _ in range(5):
        one_of_each()
    assert queries_of(logged_in, "/en/staff/evidence/") == few


def test_all_that_was_said_in_a_session_is_there_and_can_be_read_by_itself(organisation, idea):
    NoteFactory(organisation=organisation)
    answer(organisation, "Elsewhere")
    session = evening(organisation)
    added = ThreadFactory(organisation=organisation, kind="statements")
    session.steps.filter(position=40).update(thread=added)
    IdeaFactory(thread=added, title="", text="Added")
    read = {
        source.text: source.channel_label for source in sources.page(organisation, Wanted(session=session))
    }
    assert read == {
        "A bench": "Live session",
        "=1+1": "Live session",
        "More trees": "Wall in a session",
        "A café": "Wall in a session",
        "When?": "Question to the stage",
        "We want light": "Conversation at a table",
        "Added": "Statement added in a session",
    }


def test_words_of_a_table_and_an_added_statement_are_of_the_session_they_came_from(organisation):
    assert {sources.ROOMS[kind] for kind in ("talk", "statements", "own", "hands")} == {"session"}


def test_a_quote_of_an_added_statement_says_how_it_came_in(organisation, researcher):
    thread = ThreadFactory(organisation=organisation, kind="statements")
    said = IdeaFactory(thread=thread, title="", text="More light")
    evidence = actions.quote(organisation=organisation, actor=researcher, source=said, fragment="More light")
    assert evidence.channel_label == "Statement added in a session"


def test_another_organisations_session_is_no_filter(organisation, neighbour):
    theirs = evening(neighbour)
    form = SourceFilter({"session": theirs.code}, organisation=organisation)
    assert not form.is_valid()
    assert SourceFilter({"session": theirs.code}, organisation=neighbour).is_valid()
