import io

import pytest
from openpyxl import load_workbook

from surveys import workbooks
from surveys.exports import Table, safe_cell


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t1", "\r1", "  =1", "\u00a0=1", "＝1", "＠x", "\ufeff=1"]
)
def test_what_a_spreadsheet_would_run_gets_a_quote(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Benches;=1", "Benches;'=1"),
        ("Benches; +1; @x", "Benches; '+1; '@x"),
        ('a;"=1', "a;\"'=1"),
        ("a\n=1\n-1", "a\n'=1\n'-1"),
        ("a\t＝1", "a\t'＝1"),
        ("\n-x", "\n'-x"),
        ("yes ;-) no; a - b", "yes ;-) no; a - b"),
    ],
)
def test_a_spreadsheet_that_splits_elsewhere_runs_nothing_either(text, cell):
    """Dutch ones split at semicolons, and take the quotes around our cells for letters."""
    assert safe_cell(text) == cell


@pytest.mark.parametrize(("value", "cell"), [("a=1", "a=1"), (-1, -1), (2.5, 2.5), (None, ""), ("", "")])
def test_anything_else_stays_as_it_is(value, cell):
    assert safe_cell(value) == cell


def test_a_spreadsheet_gives_back_what_was_put_in_it():
    rows = [["=1+1", 2.5, None, "né\nee"], ["http://x", -3, "", "x" * 40_000], [" @a", True, "12", "7"]]
    file = io.BytesIO()
    workbooks.write(
        file, [("Answers: [all] of a name that is long", Table(["=a", "b", "c", "d"], iter(rows)))]
    )
    book = load_workbook(file)
    assert book.sheetnames == ["Answers all of a name that is l"]
    read = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert read == [
        ["=a", "b", "c", "d"],
        ["=1+1", 2.5, None, "né\nee"],
        ["http://x", -3, None, "x" * 32_767],
        [" @a", 1, "12", "7"],
    ]
    assert not any(cell.hyperlink or cell.data_type == "f" for row in book.active.iter_rows() for cell in row)
