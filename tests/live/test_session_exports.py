"""The data of a session, as staff and a command take it."""

import csv
import io
import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from participation.core.models import AuditEntry
from participation.live.actions import command, contribute, introduce
from participation.live.exports import Export
from surveys import kinds
from surveys.models import Answer, Response
from tests.factories import staff
from tests.live.evenings import answer, evening, example, note, open_all
from tests.live.factories import choice, make_session, run, wall

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),
]
FIXED = ["Person", "Round", "Channel", "Given by", "People", "Language", "Sent in"]


@pytest.fixture
def session(organisation):
    return evening(organisation)


@pytest.fixture
def desk(client, organisation):
    client.force_login(staff(organisation, "facilitator"))
    client.cookies["django_language"] = "en"
    return client


def take(client, session, wanted):
    return client.post(f"/live/{session.code}/export/", {"format": wanted})


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode().removeprefix("\ufeff"))))


def without_key(name: str) -> str:
    return re.sub(r" \[[0-9a-f]{8}.*\]$", "", name)


def test_one_row_for_each_person_and_round(desk, session):
    rows = rows_of(take(desk, session, "csv:answers"))
    assert [without_key(name) for name in rows[0]] == [*FIXED, "Where?", "What do you miss?"]
    assert sorted([*row[1:6], *row[7:]] for row in rows[1:]) == sorted(
        [
            ["1", "live", "self", "1", "nl", "Library", ""],
            ["1", "live", "self", "1", "nl", "Harbour", ""],
            ["1", "live", "self", "1", "nl", "", "A bench"],
            ["1", "live", "table", "3", "nl", "", "'=1+1"],
            *[["1", "hands", "self", "1", "nl", "Harbour", ""]] * 3,
            ["1", "cards", "self", "1", "nl", "Library", ""],
            *[["2", "live", "self", "1", "nl", "Library", ""]] * 2,
        ]
    )
    people = {row[0] for row in rows[1:] if row[2] == "live"}
    assert len(people) == 4


def test_a_columns_name_is_its_question_and_the_key_that_stays(session):
    key = session.steps.get(position=40).question.key
    with override("en"):
        assert Export(session, "en").table("answers").header[7] == f"Where? [{key.hex[:8]}]"


def test_texts_have_their_place_support_group_and_state(desk, session):
    session.steps.get(type="stage").thread.contributions.update(state="pending")
    rows = rows_of(take(desk, session, "csv:texts"))
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    shown = ("Step", "Where", "Table", "Group", "Text", "Name", "Supports", "State")
    assert sorted([each[name] for name in shown] for each in found) == [
        ["4", "wall", "", "", "A café", "", "2", "visible"],
        ["4", "wall", "", "Green", "More trees", "", "0", "visible"],
        ["5", "stage", "", "", "When?", "Jo", "0", "pending"],
        ["6", "talk", "1. By the window", "", "We want light", "", "0", "visible"],
    ]


def test_texts_tell_how_somebody_took_part(desk, organisation):
    session = run(make_session(organisation, wall()), "start", "open")
    [ideas] = session.steps.select_related("thread")
    helped, table = uuid.uuid4(), uuid.uuid4()
    for person, words in ((uuid.uuid4(), "Alone"), (helped, "Helped"), (table, "Together")):
        contribute(session.pk, person, None, ideas.thread.public_id, words, "", "nl")
    introduce(session.pk, helped, None, given_by="helper")
    introduce(session.pk, table, None, given_by="table", people=4)
    session = run(session, "end")
    day = timezone.localdate() + timedelta(days=3)
    command(session, "open_at_own_pace", {"until": day.isoformat()}, staff(organisation, "facilitator"))
    contribute(session.pk, uuid.uuid4(), None, ideas.thread.public_id, "Later", "", "nl")
    rows = rows_of(take(desk, session, "csv:texts"))
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [[each[name] for name in ("Text", "Channel", "Given by", "People")] for each in found] == [
        ["Alone", "live", "self", "1"],
        ["Helped", "live", "helper", "1"],
        ["Together", "live", "table", "4"],
        ["Later", "own", "self", "1"],
    ]
    content = desk.get(f"/live/{session.code}/report/").content.decode()
    assert [("At their own pace" in each) for each in content.split('<li id="contribution-')[1:]] == [
        text == "Later" for text in ("Alone", "Helped", "Together", "Later")
    ]


def test_what_was_said_is_a_transcript(desk, session):
    rows = rows_of(take(desk, session, "csv:captions"))
    assert [row[1:] for row in rows] == [["Text"], ["Good evening"]]


def test_what_does_not_count_is_not_in_it(desk, session):
    Answer.objects.filter(value="A bench").update(state="hidden")
    Response.objects.filter(collector__channel="cards").update(is_test=True)
    session.steps.get(type="wall").thread.contributions.update(is_test=True)
    taken = json.loads(b"".join(take(desk, session, "json")))
    assert "A bench" not in json.dumps(taken["answers"])
    assert {row["channel"] for row in taken["answers"]} == {"live", "hands"}
    assert {row["where"] for row in taken["texts"]} == {"stage", "talk"}


def test_the_spreadsheet_has_a_sheet_for_each_and_a_code_book_that_names_every_column(desk, session):
    book = load_workbook(io.BytesIO(b"".join(take(desk, session, "xlsx"))))
    assert book.sheetnames == ["Answers", "What people wrote", "What was said in the room", "Code book"]
    answers = [[cell.value for cell in row] for row in book["Answers"].iter_rows()]
    taken = rows_of(take(desk, session, "csv:answers"))
    assert answers[0] == taken[0]
    assert sorted(map(str, answers[1:])) == sorted(
        str([_cell(name, text) for name, text in zip(taken[0], row, strict=True)]) for row in taken[1:]
    )
    explained = [(row[0].value, row[1].value) for row in book["Code book"].iter_rows(2)]
    named = [
        (sheet, cell.value)
        for sheet in ("Answers", "What people wrote")
        for cell in next(book[sheet].iter_rows())
    ]
    assert explained == named
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def _cell(name: str, text: str):
    if name in ("Round", "People"):
        return int(text)
    return {"": None, "'=1+1": "=1+1"}.get(text, text)


@pytest.mark.parametrize("slug", sorted(kinds.all_kinds()))
def test_every_kind_gives_back_what_was_answered(organisation, desk, slug):
    session = run(make_session(organisation, example(slug)), "start")
    [step] = open_all(session)
    values = kinds.get(slug).example()["values"]
    for value in values:
        answer(session, step, value)
    taken = json.loads(b"".join(take(desk, session, "json")))
    assert [row["answers"] for row in taken["answers"]] == [{str(step.question.key): each} for each in values]
    assert [each["question"]["kind"] for each in taken["steps"]] == [slug]
    sheet = load_workbook(io.BytesIO(b"".join(take(desk, session, "xlsx"))))["Answers"]
    assert len({cell.value for cell in sheet[1]}) == len(list(sheet[1]))
    assert sheet.max_row == len(values) + 1


def test_the_json_is_what_the_document_says(desk, session):
    taken = json.loads(b"".join(take(desk, session, "json")))
    written = Path("docs/session-export.md").read_text()
    parts = {
        "": taken,
        "session": taken["session"],
        "steps": taken["steps"][1],
        "answers": taken["answers"][0],
        "texts": taken["texts"][0],
        "captions": taken["captions"][0],
    }
    for part, shape in parts.items():
        missing = [name for name in shape if f"`{name}`" not in written]
        assert (part, missing) == (part, [])
    assert (taken["format"], taken["version"]) == ("oogst-session", 1)
    assert taken["session"]["people"]["total"] == 10


def test_who_took_what_is_noted(desk, session):
    for wanted in ("xlsx", "csv:texts"):
        take(desk, session, wanted)
    noted = AuditEntry.objects.filter(verb="live.exported").order_by("pk")
    assert [(each.target_id, each.data["what"]) for each in noted] == [
        (session.public_id, "xlsx"),
        (session.public_id, "csv:texts"),
    ]


@pytest.mark.parametrize("wanted", ["", "pdf", "csv", "csv:people"])
def test_another_form_is_refused(desk, session, wanted):
    assert take(desk, session, wanted).status_code == 400
    assert not AuditEntry.objects.filter(verb="live.exported").exists()


def test_an_editor_takes_no_answers_along(client, organisation, session):
    client.force_login(staff(organisation, "editor"))
    assert take(client, session, "json").status_code == 403
    assert "export/" not in client.get(f"/live/{session.code}/report/").content.decode()


def test_the_cost_does_not_grow_with_people_or_steps(desk, organisation):
    def cost(size):
        script = [raw for number in range(size) for raw in (choice(f"{number}"), wall())]
        session = run(make_session(organisation, *script), "start")
        for step in open_all(session):
            for number in range(size):
                if step.question_id:
                    answer(session, step, "lib")
                else:
                    note(session, step, f"{number}")
        found = []
        for wanted in ("xlsx", "json", "csv:answers", "csv:texts"):
            with CaptureQueriesContext(connection) as queries:
                b"".join(take(desk, session, wanted))
            found.append(len(queries))
        return found

    cost(1)
    assert cost(1) == cost(6)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command_writes_the_same_as_the_page(desk, session, tmp_path, form):
    file = tmp_path / f"out.{form}"
    call_command("export_session", session.code, "--format", form, "--language", "en", "-o", str(file))
    taken = take(desk, session, {"csv": "csv:answers", "json": "json"}[form])
    assert file.read_bytes() == b"".join(taken)
    assert AuditEntry.objects.filter(verb="live.exported", actor=None).count() == 1


def test_the_command_writes_a_spreadsheet(session, tmp_path):
    file = tmp_path / "out.xlsx"
    call_command("export_session", session.code, "--format", "xlsx", "-o", str(file))
    assert load_workbook(file).sheetnames[0] == "Antwoorden"


def test_the_command_prints_without_a_file(session, capsys):
    call_command("export_session", session.code, "--format", "json")
    assert json.loads(capsys.readouterr().out)["session"]["code"] == session.code


@pytest.mark.parametrize("asked", [["000000"], ["{code}", "--format", "xlsx"]])
def test_the_command_says_what_is_wrong(session, asked):
    with pytest.raises(CommandError):
        call_command("export_session", *[each.format(code=session.code) for each in asked])
    assert not AuditEntry.objects.filter(verb="live.exported").exists()
