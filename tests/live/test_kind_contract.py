"""Every kind of question and every type of step in its four views: the phone, the projector, the results of the report
(page, Word document, data), and the same as a table. A new one is tested by being there; `contract.py` plays it."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from bs4 import BeautifulSoup
from django.utils.translation import override
from docx.oxml.ns import qn
from openpyxl import load_workbook

from participation.core.templatetags.oogst import number, percent
from participation.people.models import Participant
from participation.projects.models import Receipt
from surveys import kinds
from surveys.forms import QuestionsForm
from surveys.models import Answer
from tests import shelf
from tests.factories import OrganisationFactory
from tests.live import contract
from tests.live.contract import HIDDEN, LANGUAGES, NICKNAMES, NOTES, STEPS, TYPES, WAITS
from tests.surveys.browser import form_data
from tests.visitors import words

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")
every_type = pytest.mark.parametrize("name", TYPES)
every_kind = pytest.mark.parametrize("name", [name for name in TYPES if name in kinds.all_kinds()])
every_language = pytest.mark.parametrize("language", LANGUAGES)
HEADINGS = {"participant": "h1", "screen": "#heading", "console": "#heading"}


@pytest.fixture(scope="module")
def play(django_db_setup, django_db_blocker):
    """`play(name)` has the session of this type, which is played the first time that a test asks for it."""
    played = {}

    def session_of(name):
        if name not in played:
            played[name] = async_to_sync(contract.play)(organisation, name)
        return played[name]

    with django_db_blocker.unblock():
        organisation = OrganisationFactory(default=True)
        yield session_of
        shelf.sweep()


@pytest.fixture
def transactional_db():
    """Not swept behind each test: `play` does it behind the last."""


@pytest.fixture
def played(play, name, transactional_db):
    return play(name)


# --- What must be there -----------------------------------------------------------------------------


def as_table(chart, language):
    """What stands under this chart: the names of the columns and the rows."""
    named = {"nl": ["Antwoord", "Aantal", "Aandeel"], "en": ["Answer", "Number", "Share"]}[language]
    with override(language):
        rows = [
            [
                f"{bar.label} ({bar.mark})" if bar.mark else bar.label,
                *(bar.cells or [number(bar.n), bar.text or percent(bar.share)]),
            ]
            for bar in chart.bars
        ]
    return [[str(cell) for cell in row] for row in [chart.headings or named, *rows]]


def sent_tables(results, language):
    """The same of what came over the socket."""
    charts = (results or {}).get("charts", [])
    return [
        as_table(
            SimpleNamespace(
                headings=chart["headings"], bars=[SimpleNamespace(**bar) for bar in chart["bars"]]
            ),
            language,
        )
        for chart in charts
    ]


def tables_in(part):
    return [
        [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]
        for table in part.select("table")
    ]


def controls_in(part):
    """Which ones, not their names: of many pairs each phone is asked others."""
    return [(each.name, each.get("type")) for each in part.select("input, select, textarea, button, svg")]


def texts_of(played):
    """What people wrote that others may read."""
    if played.step.thread_id:
        return NOTES
    is_read = played.kind and played.kind.is_written and played.kind.is_text
    return [" ".join(value.split()) for value in played.values] if is_read else []


def people_who_count(played):
    """Counted in the database, and nowhere else."""
    if played.step.question_id:
        answers = Answer.objects.filter(question=played.step.question, state=Answer.State.VISIBLE)
        return answers.values("response").distinct().count()
    if played.step.thread_id:
        return played.step.thread.contributions.filter(state="visible").count()
    return {"scores": len(kinds.get("quiz").example()["values"]), "talk": 0}.get(played.type)


def label_of(played):
    value = contract.block_of(played.type)["value"]
    return value.get("label") or value["title"]


# --- What is asked ----------------------------------------------------------------------------------


def test_everything_that_an_editor_can_add_has_an_example():
    assert [name for name in TYPES if name not in {**kinds.all_kinds(), **STEPS}] == []


@every_language
@every_type
def test_every_view_shows_what_it_is_about(played, language):
    for moment in (played.before, played.hidden, played.after):
        for view, heading in HEADINGS.items():
            step, page = moment.snapshots[view, language]["step"], moment.pages[view, language]
            said = (step["question"] or step["thread"] or {"label": step["title"]})["label"]
            assert (view, said, page.part(heading)) == (view, label_of(played), label_of(played))
            assert step["text"] in page.text


@every_type
def test_the_console_can_mend_its_words(played):
    texts = played.before.snapshots["console", "nl"]["texts"]
    assert label_of(played) in [each["text"] for each in texts]


@every_language
@every_kind
def test_a_phone_asks_with_the_same_controls_with_and_without_a_script(played, language):
    if played.kind.closes_with_results:
        return
    shown = played.before.pages["participant", language].soup.select_one("[data-part=ask] .oogst-ask")
    sent = BeautifulSoup(played.before.snapshots["participant", language]["step"]["html"], "html.parser")
    assert controls_in(shown)
    assert controls_in(shown) == controls_in(sent)


@every_kind
def test_a_phone_has_its_own_answer_with_and_without_a_script(played):
    question = played.question("nl")
    form = QuestionsForm([question], data=form_data(played.form.html))
    assert form.is_valid(), form.errors
    own = played.hidden.snapshots["participant", "nl"]["mine"]["answers"]
    assert own == {question.key: played.values[0]} == {question.key: form.answers()[0][1]}
    for language, saved in (("nl", "Bewaard"), ("en", "Saved")):
        assert saved in played.after.pages["participant", language].text


# --- Results on the screens -------------------------------------------------------------------------


@every_type
def test_nobody_in_the_room_sees_results_before_they_are_shown(played):
    for language in LANGUAGES:
        if played.type != "talk":  # its tables are shown while people talk
            assert played.hidden.snapshots["participant", language]["results"] is None
        on_screen = played.hidden.snapshots["screen", language]["results"]
        if played.type != "talk":
            assert on_screen in (None, {"n": people_who_count(played), "tally": None})
        for view in ("participant", "screen"):
            page = played.hidden.pages[view, language]
            assert tables_in(page.soup) == []
            assert [text for text in texts_of(played)[1:] if text in page.text] == []


@every_language
@every_type
def test_phone_projector_and_console_show_the_same_results(played, language):
    wanted = [as_table(chart, language) for chart in played.charts(language)]
    for view in HEADINGS:
        results, page = played.after.snapshots[view, language]["results"], played.after.pages[view, language]
        assert (results and results["n"]) == people_who_count(played)
        if played.kind:
            assert played.values
            assert without_ids(results["tally"]) == without_ids(json.loads(json.dumps(played.tally)))
        assert (view, sent_tables(results, language)) == (view, wanted)
        assert (view, tables_in(page.soup)) == (view, wanted)
        assert [text for text in texts_of(played) if text not in page.text] == []
    assert played.after.pages["screen", language].part("#answers").split()[0] == str(
        people_who_count(played) or 0
    )


def without_ids(tally):
    """The ids of answers are the database's own."""
    texts = tally.get("texts")
    return {**tally, "texts": [each["text"] for each in texts]} if texts else tally


@every_language
@every_type
def test_nobody_answered_is_shown_too(played, language):
    with override(language):
        question = played.question(language) if played.kind else None
        empty = played.kind.charts(question, played.kind.tally(question, []), 0) if played.kind else []
    wanted = [as_table(chart, language) for chart in empty]
    for view in HEADINGS:
        results, page = (
            played.before.snapshots[view, language]["results"],
            played.before.pages[view, language],
        )
        assert (results or {"n": 0})["n"] == 0
        if played.kind:
            assert (view, tables_in(page.soup), sent_tables(results, language)) == (view, wanted, wanted)
    assert label_of(played) in [each.text for each in played.early[f"document {language}"].paragraphs]
    nobody = {"nl": ["Niemand gaf hierop antwoord.", "Niemand schreef hier iets."],
              "en": ["Nobody answered this.", "Nobody wrote anything here."]}[language]  # fmt: skip
    said = nobody[0] if played.kind else nobody[1] if played.step.thread_id else label_of(played)
    assert said in played.early[f"report {language}"].text
    assert json.loads(played.early["json"])["answers"] == []
    assert load_workbook(io.BytesIO(played.early["xlsx"])).worksheets[0].max_row == 1


# --- The report -------------------------------------------------------------------------------------


def pages_of_the_report(played, language):
    """For staff, and for everybody after the end."""
    return [played.late[f"report {language}"], played.late[f"everybody {language}"]]


@every_language
@every_type
def test_the_report_has_its_results(played, language):
    wanted = [as_table(chart, language) for chart in played.charts(language, in_report=True)]
    step = len(contract.ASKED_BEFORE.get(played.type, "") and "x") + 1
    for page in pages_of_the_report(played, language):
        [section] = page.soup.select(f"#step-{step}") or [None]
        if section is None:
            assert (played.type, page.address) == ("slide", "/join/{}/")
            continue
        assert words(section.select_one("h3")) == label_of(played)
        assert tables_in(section) == wanted
        assert [text for text in texts_of(played) if text not in words(section)] == []


@every_language
@every_type
def test_the_word_document_has_its_results(played, language):
    document = played.late[f"document {language}"]
    lines = [" ".join(each.text.split()) for each in document.paragraphs]
    assert label_of(played) in lines
    charts = played.charts(language, in_report=True)
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    shown = [
        [row if chart.headings else row[:-1] for row in table]
        for chart, table in zip(charts, found[len(found) - len(charts) :], strict=True)
    ]
    assert shown == [as_table(chart, language) for chart in charts]
    assert [text for text in texts_of(played) if not any(line.startswith(text) for line in lines)] == []


@every_kind
def test_the_data_have_every_answer(played):
    key, data = str(played.step.question.key), json.loads(played.late["json"])
    assert [row["answers"] for row in data["answers"]] == [{key: value} for value in played.values]
    sheet = load_workbook(io.BytesIO(played.late["xlsx"])).worksheets[0]
    with override("nl"):
        cells = [played.kind.cells(played.question("nl"), value) for value in played.values]
    assert [list(row[7:]) for row in sheet.iter_rows(2, values_only=True)] == cells
    rows = list(csv.reader(io.StringIO(played.late["csv:answers"].decode().removeprefix("\ufeff"))))
    assert [row[7:] for row in rows[1:]] == [
        ["" if cell is None else str(cell) for cell in row] for row in cells
    ]


@every_type
def test_the_data_have_every_step_and_every_text(played):
    data = json.loads(played.late["json"])
    step = data["steps"][-1]
    assert (step["type"], step["label"]) == (played.step.type, label_of(played))
    if played.step.thread_id and not played.kind:
        found = {each["text"]: (each["state"], each["supports"]) for each in data["texts"]}
        assert found == {NOTES[0]: ("visible", 3), NOTES[1]: ("visible", 0), WAITS: ("pending", 0)}


# --- For who can't see a picture ---------------------------------------------------------------------


@every_language
@every_type
def test_every_picture_has_its_table_with_a_caption_and_named_cells(played, language):
    moments = [played.before, played.after]
    pages = [moment.pages[view, language] for moment in moments for view in HEADINGS]
    for page in [*pages, *pages_of_the_report(played, language)]:
        assert [len(figure.select("table")) for figure in page.soup.select("figure.oogst-chart")] == [
            1 for _figure in page.soup.select("figure.oogst-chart")
        ]
        for table in page.soup.select("table"):
            assert words(table.select_one("caption"))
            assert {cell.name for cell in table.select("thead tr > *")} == {"th"}
            assert {cell.get("scope") for cell in table.select("thead th")} == {"col"}
            for row in table.select("tbody tr"):
                assert [cell.name for cell in row.select("th, td")][:2] == ["th", "td"]
                assert row.th["scope"] == "row"
    for table in played.late[f"document {language}"].tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


# --- What nobody may know ----------------------------------------------------------------------------


def everything_shown(played):
    """All that a room gets, and all that can be read afterwards, but for what the facilitator has to judge."""
    yield from played.frames["screen"]
    yield played.frames["participant"][0]
    for moment in (played.before, played.hidden, played.after):
        yield from (page.html for (view, _language), page in moment.pages.items() if view != "console")
    for language in LANGUAGES:
        yield from (page.html for page in pages_of_the_report(played, language))
        yield played.late[f"document {language}"].element.xml


@every_type
def test_what_was_hidden_or_waits_is_nowhere(played):
    for shown in everything_shown(played):
        assert WAITS not in shown
        assert HIDDEN not in shown
    for form in ("json", "csv:answers", "csv:texts"):
        assert HIDDEN not in played.late[form].decode()
    asked_to_judge = played.after.snapshots["console", "nl"]["queue"]
    reads_first = (played.kind and played.kind.is_written) or played.step.thread_id
    assert [each["text"] for each in asked_to_judge] == ([WAITS] if reads_first else [])


@every_type
def test_the_projector_gets_nothing_personal(played):
    people = Participant.objects.filter(pk__in=played.people)
    receipts = Receipt.objects.filter(participant__in=people).values_list("code", flat=True)
    secret = {str(pk) for pk in played.people} | {pk.hex for pk in played.people} | set(receipts)
    if played.type != "scores":
        secret |= set(NICKNAMES)
    pages = [
        page.html
        for moment in (played.before, played.hidden, played.after)
        for (view, _language), page in moment.pages.items()
        if view == "screen"
    ]
    for shown in [*played.frames["screen"], *pages]:
        assert [each for each in secret if each in shown] == []


@every_type
def test_no_phone_hears_who_the_others_are(played):
    for person, heard in zip(played.people, played.frames["participant"], strict=True):
        others = {str(other) for other in played.people if other != person}
        assert [each for each in others if each in heard] == []


@every_kind
def test_what_people_said_to_staff_only_is_not_shown(played):
    said = [value["text"] for value in played.values if isinstance(value, dict) and "text" in value]
    public = [*played.frames["screen"], pages_of_the_report(played, "nl")[1].html]
    public += played.frames["participant"][1:]
    for shown in public:
        assert [text for text in said if text in shown] == []
