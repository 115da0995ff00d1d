import pytest

from surveys.exports import safe_cell


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r1", "  =1", "\u00a0=1", "＝1", "＠x", "\n-x", "\ufeff=1"]
)
def test_what_a_spreadsheet_would_run_gets_a_quote(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [("a=1", "a=1"), (-1, -1), (2.5, 2.5), (None, ""), ("", "")])
def test_anything_else_stays_as_it_is(value, cell):
    assert safe_cell(value) == cell
