"""Responses as a table: one row a response, stable columns. `workbooks.py` writes tables as a spreadsheet."""

import csv
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from . import kinds, queries
from .models import Answer, Questionnaire, Response
from .structure import FrozenQuestion

CHUNK = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A spreadsheet set to Dutch splits at semicolons and does not see our quotes: there a part of a text, or its next line,
# is a cell too. (";-)" is none.)
INNER = re.compile(r"([;\n\r\t][ \u00a0\u200b\ufeff\"]*)(?=[=+@\uff1d\uff0b\uff20]|[-\uff0d](?!\)))")


@dataclass(frozen=True)
class Table:
    """`rows` is read once, from the database, as it is written out."""

    header: Sequence[str]
    rows: Iterator[Sequence[Any]]


def responses(questionnaire: Questionnaire, language: str) -> Table:
    """Submitted responses with their visible answers, oldest first, of all versions and languages, in the words of
    `language`. Who answered is not in it."""
    asked = [question for question, _asked in queries.asked_questions(questionnaire, language).values()]
    header = [_("Response"), _("Sent in"), _("Channel"), _("Language"), _("Version")]
    for question in asked:
        for column in kinds.get(question.kind).columns(question):
            header.append(" – ".join(part for part in (question.label, column.label) if part))
    return Table(header, _rows(questionnaire, asked))


def _rows(questionnaire: Questionnaire, asked: Sequence[FrozenQuestion]) -> Iterator[Sequence[Any]]:
    visible = Answer.objects.filter(round=0, state=Answer.State.VISIBLE).select_related("question")
    found = (
        Response.objects.counted()
        .filter(collector__questionnaire=questionnaire)
        .select_related("collector", "version")
        .prefetch_related(Prefetch("answers", visible))
        .order_by("submitted_at", "pk")
    )
    for response in found.iterator(chunk_size=CHUNK):
        yield [
            response.public_id,
            response.submitted_at.isoformat(timespec="seconds") if response.submitted_at else "",
            response.collector.channel,
            response.language,
            response.version.number,
            *_cells(response, asked),
        ]


def _cells(response: Response, asked: Sequence[FrozenQuestion]) -> Iterator[Any]:
    given = queries.values_of(response.answers.all())
    for question in asked:
        yield from kinds.get(question.kind).cells(question, given.get(question.key))


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a quote before it, wherever a cell could begin; blanks and
    full-width signs before or in its place don't hide it."""
    if not isinstance(value, str):
        return "" if value is None else value
    value = INNER.sub(r"\1'", value)
    start = unicodedata.normalize("NFKC", value).lstrip(" \u00a0\u200b\ufeff\n")
    return f"'{value}" if start.startswith(FORMULA) else value


class _Line:
    """What csv writes to, a line at a time."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(table: Table) -> Iterator[str]:
    """The table as CSV in pieces; with a byte order mark, which Excel needs."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([safe_cell(cell) for cell in table.header])
    while chunk := list(islice(table.rows, CHUNK)):
        yield "".join(writer.writerow([safe_cell(cell) for cell in row]) for row in chunk)


async def streamed(pieces: Iterator[str]) -> AsyncIterator[str]:
    """The same pieces for a streaming answer: the database is asked in a thread."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece
