"""Tables as a spreadsheet (XLSX), a sheet each, written row by row: memory does not grow with the number of rows."""

import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .exports import Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME_LENGTH, CELL_LENGTH = 31, 32_767  # Excel's own limits
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
WIDTH = 24


def write(file: IO[bytes], sheets: Iterable[tuple[str, Table]]) -> None:
    """Every text is a text: what looks like a formula or an address is neither run nor made a link."""
    book = Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, table in sheets:
        sheet = book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(table.header) - 1), WIDTH)
        _write_row(sheet, 0, table.header, bold)
        for number, row in enumerate(table.rows, 1):
            _write_row(sheet, number, row)
    book.close()


def sheet_name(name: str) -> str:
    return " ".join(FORBIDDEN.sub(" ", name).split()).strip("'")[:NAME_LENGTH] or "1"


def _write_row(sheet: Worksheet, number: int, row: Sequence[Any], *look: Any) -> None:
    for place, value in enumerate(row):
        if isinstance(value, bool | int | float):
            sheet.write_number(number, place, value, *look)
        elif value not in (None, ""):
            sheet.write_string(number, place, str(value)[:CELL_LENGTH], *look)
