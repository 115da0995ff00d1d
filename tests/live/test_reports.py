"""What came of a session: the figures, the staff's page, the page for everybody, the Word document."""

import datetime as dt
import html
import io
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from participation.core.models import AuditEntry
from participation.live import reports
from participation.live.actions import contribute
from participation.live.actions.answers import Entry, commit
from participation.live.models import ChosenQuote, Session
from participation.live.reports import report
from participation.live.turnout import People
from participation.projects.models import Admission
from surveys import kinds
from surveys.models import Answer
from tests.factories import ProjectFactory, staff
from tests.live.evenings import answer, counted_by_staff, evening, example, open_all, table_of
from tests.live.factories import choice, first, make_session, run, slide, text, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(organisation):
    return evening(organisation)


@pytest.fixture
def desk(client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    return client


def address(session, what="report/"):
    return f"/live/{session.code}/{what}"


def said(response) -> str:
    return " ".join(response.content.decode().split())


# --- The figures ------------------------------------------------------------------------------------


def test_people_are_counted_by_the_way_they_took_part(session):
    assert report(session, "nl").people == People(phones=4, hands=3, cards=1, tables=1, at_tables=3)
    assert report(session, "nl").people.total == 4 - 1 + 3 + 3 + 1


def test_who_was_in_a_rehearsal_is_not_counted(session):
    session.attendances.update(is_test=True)
    assert report(session, "nl").people == People(hands=3, cards=1)


def test_own_pace_is_counted_apart(organisation):
    session = run(make_session(organisation, choice()), "open")
    answer(session, first(session), "lib")
    answering = answer(session, first(session), "sea")
    Answer.objects.filter(response__participant=answering).delete()
    session.collector.responses.filter(participant=answering).delete()
    counted_by_staff(session, first(session), "sea", "own", participant_id=answering)
    made = report(session, "nl")
    assert (made.people.phones, made.people.own, made.people.total) == (1, 1, 2)
    assert {each.channel: each.n for each in made.steps[0].result.channels} == {"live": 1, "own": 1}


def test_a_question_that_was_asked_again_is_there_twice(session):
    step = report(session, "nl").steps[1]
    assert [(each.name, each.result.n, each.result.tally["counts"]) for each in step.rounds] == [
        ("Ronde 1", 6, {"lib": 2, "sea": 4}),
        ("Ronde 2", 2, {"lib": 2, "sea": 0}),
    ]


def test_more_than_one_channel_is_shown_beside_the_others(session):
    before, after = report(session, "en").steps[1].rounds
    [table] = before.by_channel
    assert [(each.channel, each.n) for each in table.channels] == [("cards", 1), ("hands", 3), ("live", 2)]
    assert [(label, [bar.n for bar in bars]) for label, bars in table.rows] == [
        ("Library", [1, 0, 1]),
        ("Harbour", [0, 3, 1]),
    ]
    assert after.by_channel == []


def test_texts_are_there_with_support_groups_and_tables(session):
    made = report(session, "nl")
    grouped = [
        [(group.name, [(each.text, each.supports) for each in group.texts]) for group in step.groups]
        for step in made.steps[3:]
    ]
    assert grouped == [
        [("Green", [("More trees", 0)]), ("", [("A café", 2)])],
        [("", [("When?", 0)])],
        [("Tafel 1: By the window", [("We want light", 0)]), ("Tafel 2", [])],
    ]
    assert [each.is_answered for each in made.steps[4].texts] == [True]
    assert [each.text for each in made.steps[2].rounds[0].texts] == ["=1+1", "A bench"]


@pytest.mark.parametrize("slug", sorted(kinds.all_kinds()))
def test_every_kind_is_in_the_report(organisation, desk, slug):
    session = run(make_session(organisation, example(slug)), "start")
    [step] = open_all(session)
    values = kinds.get(slug).example()["values"]
    for value in values:
        answer(session, step, value)
    counted_by_staff(session, step, values[0], "hands")
    assert report(session, "nl").steps[0].result.n == len(values) + 1
    assert desk.get(address(session)).status_code == 200
    assert desk.get(address(session, "report.docx")).status_code == 200


def test_five_and_fifty_steps_cost_the_same(organisation, desk):
    def cost(size):
        script = [raw for number in range(size) for raw in (choice(f"{number}"), text(), wall())]
        session = run(make_session(organisation, *script), "start")
        for step in open_all(session):
            if step.question_id:
                value = "lib" if step.question.kind == "single_choice" else "Words"
                commit(session.pk, [Entry(uuid.uuid4(), None, "nl", step.question_id, value)])
        table_of(session, first(session), 1, *["A note"] * size)
        found = []
        for what in ("report/", "report.docx"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address(session, what)).status_code == 200
            found.append(len(queries))
        return found

    cost(1)
    assert cost(5) == cost(50)


# --- The staff's page -------------------------------------------------------------------------------


def test_the_report_is_there_while_the_session_runs_and_when_it_ended(desk, session):
    assert "Report so far" in said(desk.get(address(session)))
    run(session, "end")
    page = said(desk.get(address(session)))
    assert "Report so far" not in page
    assert "10 people took part." in page
    assert "The report is ready" in said(desk.get(address(session, "console/")))


@pytest.mark.parametrize("role", ["editor", "researcher"])
def test_editors_and_researchers_read_it_too(client, organisation, session, role):
    client.force_login(staff(organisation, role))
    assert client.get(address(session)).status_code == 200


def test_a_moderator_does_not(client, organisation, session):
    client.force_login(staff(organisation, "moderator"))
    assert client.get(address(session)).status_code == 403


def test_a_private_session_keeps_its_report_for_staff(desk, organisation):
    session = run(evening(organisation, is_private=True), "end")
    assert desk.get(address(session)).status_code == 200
    assert desk.get(f"/join/{session.code}/").status_code == 404


def test_another_organisation_does_not_know_it(client, neighbour, session):
    client.force_login(staff(neighbour))
    asked = [
        client.get(address(session), headers={"host": "buur.example"}),
        client.get(address(session, "report.docx"), headers={"host": "buur.example"}),
        client.post(address(session), {"what": "words", "words": "x"}, headers={"host": "buur.example"}),
        client.post(address(session, "export/"), {"format": "json"}, headers={"host": "buur.example"}),
    ]
    assert [response.status_code for response in asked] == [404] * 4


def test_an_organisation_that_the_project_admitted_reads_it_and_nothing_more(client, organisation, neighbour):
    project = ProjectFactory(organisation=organisation)
    Admission.objects.create(project=project, organisation=neighbour, level="contribute")
    session = evening(organisation, project=project)
    client.force_login(staff(neighbour))
    page = client.get(address(session), headers={"host": "buur.example"})
    assert "More trees" in said(page)
    assert 'name="choose"' not in said(page)
    assert "export/" not in said(page)
    assert client.get(address(session, "report.docx"), headers={"host": "buur.example"}).status_code == 200
    client.post(address(session), {"what": "words", "words": "Ours"}, headers={"host": "buur.example"})
    taken = client.post(address(session, "export/"), {"format": "json"}, headers={"host": "buur.example"})
    assert taken.status_code == 404
    assert Session.objects.get(pk=session.pk).report_words == ""


def test_staff_write_above_it(desk, session):
    day = timezone.localdate() + dt.timedelta(days=30)
    desk.post(address(session), {"what": "words", "words": " Thank you! ", "hear_before": f"{day}"})
    found = Session.objects.get(pk=session.pk)
    assert (found.report_words, found.hear_before) == ("Thank you!", day)
    assert AuditEntry.objects.filter(verb="live.report_written").count() == 1


def test_a_day_that_is_over_is_no_promise(desk, session):
    before = timezone.localdate() - dt.timedelta(days=1)
    response = desk.post(address(session), {"what": "words", "words": "x", "hear_before": f"{before}"})
    assert response.status_code == 422
    assert "This day is over." in said(response)
    assert Session.objects.get(pk=session.pk).report_words == ""


def test_staff_choose_quotes_in_the_order_of_choosing(desk, session):
    made = report(session, "nl")
    texts = [made.steps[5].texts[0], made.steps[2].rounds[0].texts[1], made.steps[4].texts[0]]
    for each in [*texts, texts[0]]:
        response = desk.post(address(session), {"choose": f"{each.kind}:{each.key}:1"})
        assert response["Location"] == f"{address(session)}#{each.kind}-{each.key}"
    assert [each.text for each in report(session, "nl").quotes] == ["We want light", "A bench", "When?"]
    assert [each.is_chosen for each in report(session, "nl").steps[2].rounds[0].texts] == [False, True]
    desk.post(address(session), {"choose": f"{texts[1].kind}:{texts[1].key}:0"})
    assert [each.text for each in report(session, "nl").quotes] == ["We want light", "When?"]


def test_a_quote_that_is_hidden_or_taken_back_is_gone(desk, session):
    made = report(session, "nl")
    for each in (made.steps[3].texts[0], made.steps[2].rounds[0].texts[0]):
        desk.post(address(session), {"choose": f"{each.kind}:{each.key}:1"})
    made.steps[3].step.thread.contributions.update(state="removed")
    Answer.objects.update(state="hidden")
    assert report(session, "nl").quotes == []


def test_only_what_everybody_may_read_is_chosen(desk, organisation):
    """No vote, and no spoken answer: of those people were told that only staff have them."""
    session = run(make_session(organisation, choice(), example("spoken_answer")), "start")
    vote, spoken = open_all(session)
    answer(session, vote, "lib")
    answer(session, spoken, {"text": "Between us"})
    for each in Answer.objects.all():
        desk.post(address(session), {"choose": f"answer:{each.pk}:1"})
    assert not ChosenQuote.objects.exists()


def test_a_text_of_another_session_is_not_chosen(desk, organisation, session):
    other = evening(organisation)
    text, note = report(other, "nl").steps[2].rounds[0].texts[0], report(other, "nl").steps[3].texts[0]
    for each in (f"answer:{text.key}", f"contribution:{note.key}", "answer:x", "answer:", "people:1"):
        assert desk.post(address(session), {"choose": f"{each}:1"}).status_code == 302
    assert not ChosenQuote.objects.exists()


def test_a_text_leads_to_the_reading_view_with_its_words(client, organisation, session):
    client.force_login(staff(organisation))
    page = said(client.get(address(session)))
    key = report(session, "nl").steps[2].rounds[0].texts[1].key
    assert f"/staff/evidence/quote/answer/{key}/?fragment=A%20bench" in page


# --- The page for everybody -------------------------------------------------------------------------


def ended_page(client, session) -> str:
    client.cookies["django_language"] = "en"
    return said(client.get(f"/join/{session.code}/"))


def test_everybody_reads_words_promise_quotes_and_results(client, session):
    day = dt.date(2099, 3, 5)
    Session.objects.filter(pk=session.pk).update(report_words="Thank <b>you</b>", hear_before=day)
    ChosenQuote.objects.create(session=session, answer=Answer.objects.get(value="A bench"))
    page = ended_page(client, run(session, "end"))
    assert "Thank &lt;b&gt;you&lt;/b&gt;" in page
    assert "You'll hear from us before Thursday 5 March 2099." in page
    assert page.count("A bench") == 2
    assert "2 people are for this" in page
    assert "Choose for the report" not in page
    assert "Good evening" not in page


def test_what_the_room_did_not_see_is_not_published(client, session):
    session.steps.update(results_shown=False)
    page = ended_page(client, run(session, "end"))
    assert "A bench" not in page
    assert "More trees" not in page
    assert "2 people answered." in page


def test_words_of_a_cloud_that_the_room_did_not_see_are_not_published(client, organisation):
    session = run(make_session(organisation, example("word_cloud")), "start", "open")
    answer(session, first(session), ["Unseen"])
    assert [each.label for each in report(session, "nl").steps[0].result.charts[0].bars] == ["Unseen"]
    page = ended_page(client, run(session, "end"))
    assert "Unseen" not in page
    assert "1 person answered." in page


def test_of_notes_that_are_not_published_nobody_reads_that_there_are_none(client, organisation):
    session = run(make_session(organisation, wall()), "start", "open", "hide_results")
    contribute(session.pk, uuid.uuid4(), None, first(session).thread.public_id, "Benches", "", "nl")
    page = ended_page(client, run(session, "end"))
    assert ("Benches" in page, "Nobody wrote anything here." in page) == (False, False)


def test_what_staff_read_first_is_published(client, organisation):
    session = run(make_session(organisation, text(approve_first=True), wall(approve_first=True)), "start")
    for step in open_all(session):
        step.results_shown = False
        step.save()
    answer(session, first(session), "Read first")
    assert "Read first" in ended_page(client, run(session, "end"))


# --- What was written along ---------------------------------------------------------------------------


def test_what_was_said_is_folded_up_by_the_minute_and_whole_at_the_end_of_the_document(desk, session):
    session.captions.all().delete()
    begin = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
    for minute in range(61):
        for words in ("Well,", f"minute {minute}."):
            line = session.captions.create(text=words)
            session.captions.filter(pk=line.pk).update(at=begin + dt.timedelta(minutes=minute))
    shown = said(desk.get(address(session)))
    assert "</time> Well, minute 59.</p>" in shown
    assert ("minute 60." in shown, f"/live/{session.code}/captions/transcript/" in shown) == (False, True)
    lines = [each.text for each in word(desk, session).paragraphs if each.text]
    assert lines[-61:][::60] == ["20:30  Well, minute 0.", "21:30  Well, minute 60."]


def test_what_was_said_becomes_a_field_note_and_so_evidence(client, organisation):
    project = ProjectFactory(organisation=organisation)
    session = evening(organisation, project=project)
    session.captions.all().delete()
    for words in ("The stairs are steep.", "A" * 300, "B" * 300):
        session.captions.create(text=words)
    session.captions.update(at=dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC))
    client.force_login(staff(organisation, "researcher"))
    client.cookies["django_language"] = "en"
    content = client.get(address(session)).content.decode()
    [link] = re.findall(r'href="([^"]+)">Keep as a field note', content)
    form = client.get(html.unescape(link)).context["form"]
    begun = {name: form[name].value() for name in ("verbatim", "heard_on", "project")}
    assert begun == {
        "verbatim": f"The stairs are steep. {'A' * 300}",
        "heard_on": dt.date(2026, 3, 5),
        "project": project.pk,
    }
    client.force_login(staff(organisation, "editor"))
    assert "Keep as a field note" not in client.get(address(session)).content.decode()


def test_no_captions_no_heading(desk, session):
    session.captions.all().delete()
    assert "spoken-title" not in said(desk.get(address(session)))
    assert "What was said" not in [each.text for each in word(desk, session).paragraphs]


# --- The Word document ------------------------------------------------------------------------------


def word(client, session):
    response = client.get(address(session, "report.docx"))
    assert response["Content-Disposition"] == f'attachment; filename="report-{session.code}.docx"'
    return Document(io.BytesIO(response.content))


def test_the_document_has_headings_tables_and_quotes(desk, session):
    Session.objects.filter(pk=session.pk).update(report_words="Thank you", hear_before=dt.date(2099, 3, 5))
    ChosenQuote.objects.create(session=session, answer=Answer.objects.get(value="A bench"))
    document = word(desk, session)
    lines = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    headings = [(style, text) for style, text in lines if style.startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "An evening"),
        ("Heading 1", "Who took part"),
        ("Heading 1", "In their own words"),
        ("Heading 1", "What people said"),
        ("Heading 2", "Welcome"),
        ("Heading 2", "Where?"),
        ("Heading 3", "Round 1"),
        ("Heading 3", "Round 2"),
        ("Heading 2", "What do you miss?"),
        ("Heading 2", "Ideas"),
        ("Heading 3", "Green"),
        ("Heading 3", "Other notes"),
        ("Heading 2", "Ask the mayor"),
        ("Heading 2", "Talk"),
        ("Heading 3", "Table 1: By the window"),
        ("Heading 3", "Table 2"),
        ("Heading 1", "What was said"),
    ]
    assert ("Normal", "Thank you") in lines
    assert ("Intense Quote", "You'll hear from us before Thursday 5 March 2099.") in lines
    assert ("Quote", "“A bench”") in lines
    assert ("List Bullet", "A café (2 people are for this)") in lines
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[1:] == [
        [["Answer", "Number", "Share", ""], ["Library", "2", "33%", ""], ["Harbour", "4", "67%", ""]],
        [
            ["Answer", "Voting cards (1)", "Show of hands (3)", "Live session (2)"],
            ["Library", "1 (100%)", "0 (0%)", "1 (50%)"],
            ["Harbour", "0 (0%)", "3 (100%)", "1 (50%)"],
        ],
        [["Answer", "Number", "Share", ""], ["Library", "2", "100%", ""], ["Harbour", "0", "0%", ""]],
    ]


def test_the_document_says_its_language_its_maker_and_what_its_pictures_are(desk, session, organisation):
    document = word(desk, session)
    xml = document.element.xml
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.author == organisation.name
    assert document.sections[0].header.paragraphs[0].text == organisation.name
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert 'descr="Library: 33%"' in xml
    assert xml.count("<w:tblHeader/>") == len(document.tables) == xml.count("<w:tblCaption ")


@pytest.mark.parametrize("strange", ["\x0b", "\x01", "\ufffe", "\uffff"])
def test_characters_that_xml_does_not_know_break_no_document(desk, organisation, strange):
    session = run(make_session(organisation, slide(f"A{strange}B 🌳")), "start")
    assert any("AB 🌳" in each.text for each in word(desk, session).paragraphs)


def test_a_long_list_of_answers_leads_to_all_of_them(desk, organisation, monkeypatch):
    monkeypatch.setattr(reports, "MOST_TEXTS", 1)
    session = evening(organisation)
    content = desk.get(address(session)).content.decode()
    question = session.steps.get(question__kind="open_text").question
    all_of_them = f"/staff/surveys/{question.questionnaire.public_id}/texts/{question.key}/"
    (link,) = re.findall(rf'href="([^"]*{all_of_them})">Read all of them', content)
    listed = desk.get(link).content.decode()
    assert "A bench" in listed
    assert "=1+1" in listed
