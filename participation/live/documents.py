"""The report of a session as a Word document: headings, tables, quotes; to change, to mail, to file."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from participation.core import moments
from participation.core.templatetags.oogst import number, percent
from surveys.kinds.base import Bar, Chart
from surveys.queries import QuestionResult

from .paper import draw, field, language_of, letters, mark_row, printable, tell
from .report_shapes import ByChannel, Group, Report, ReportStep, Round, Text
from .turnout import People

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
WIDE = Cm(16)  # what fits between the margins
BESIDE = Cm(4.8)  # the column of drawn bars


def word(report: Report, language: str, *, where: str = "", address: str = "") -> bytes:
    """The document in the reader's language (which is active). `address`: where everybody reads the results."""
    return _Writer(report, language, where, address).written()


class _Writer:
    def __init__(self, report: Report, language: str, where: str, address: str) -> None:
        self.report, self.where, self.address = report, where, address
        self.session = report.session
        self.document = Document()
        self._set_up(LANGUAGES.get(language, language))

    def written(self) -> bytes:
        self._top()
        self._people(self.report.people)
        if self.report.quotes:
            self._heading(_("In their own words"), 1)
            self._quotes(self.report.quotes)
        self._heading(_("What people said"), 1)
        for step in self.report.steps:
            self._step(step)
        if self.report.spoken:
            self._spoken()
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    # --- The sheet of paper

    def _set_up(self, language: str) -> None:
        document = self.document
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        letters(document)
        language_of(document, language)
        about = document.core_properties
        about.title, about.author = self.report.title, self.session.organisation.name
        about.subject, about.language = _("Report of the session"), language
        about.comments, about.keywords = "", ""
        about.created = about.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        section.header.paragraphs[0].text = self.session.organisation.name
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        field(foot, "PAGE")
        foot.add_run(" / ")
        field(foot, "NUMPAGES")

    def _top(self) -> None:
        self._heading(self.report.title, 0)
        project = self.session.project
        facts = [
            moments.day_and_time(self.report.day) if self.report.day else "",
            self.where,
            project.name if project else "",
            self.session.organisation.name,
        ]
        self._line(" · ".join(fact for fact in facts if fact), "Subtitle")
        for part in self.session.report_words.split("\n"):
            if part.strip():
                self._line(part)
        if self.session.hear_before:
            day = moments.day(self.session.hear_before)
            self._line(_("You'll hear from us before %(day)s.") % {"day": day}, "Intense Quote")
        if self.address and not self.session.is_private:
            self._line(_("The results for everybody: %(address)s") % {"address": self.address})

    def _people(self, people: People) -> None:
        self._heading(_("Who took part"), 1)
        total = ngettext("%(people)s person took part.", "%(people)s people took part.", people.total)
        self._line(total % {"people": number(people.total)})
        rows = [
            (_("On a phone"), people.phones),
            (_("Tables that answered together, on one phone"), people.tables),
            (_("People at these tables"), people.at_tables),
            (_("By show of hands (the most at one question)"), people.hands),
            (_("With voting cards (the most at one question)"), people.cards),
            (_("At their own pace"), people.own),
            (_("With somebody who helped"), people.helped),
        ]
        self._table([_("How"), _("People")], [[how, number(n)] for how, n in rows if n], _("Who took part"))

    def _spoken(self) -> None:
        """On a page of its own, at the end."""
        self.document.add_page_break()
        self._heading(_("What was said"), 1)
        self._line(_("It was typed fast: there may be mistakes in it."))
        for minute in self.report.spoken:
            at = timezone.localtime(minute.at)
            self._line(f"{at:%H:%M}  {minute.text}")

    # --- Steps

    def _step(self, step: ReportStep) -> None:
        self._heading(step.label, 2)
        if step.text:
            self._line(step.text)
        for each in step.rounds:
            self._round(each)
        if step.is_written:
            self._groups(step)
        if step.chart:
            self._chart(step.chart, step.label)

    def _round(self, asked: Round) -> None:
        if asked.name:
            self._heading(asked.name, 3)
        result = asked.result
        if not result.n:
            self._line(_("Nobody answered this."))
            return
        if result.kind.is_text and not result.charts:
            self._answered(result)
            self._texts(asked.texts)
            if result.n > len(asked.texts):
                self._line(_("The export has them all."))
            return
        charts = result.charts
        for chart in charts:
            self._chart(chart, result.frozen.label)
        if not charts:
            self._answered(result)
        self._channels(asked)

    def _answered(self, result: QuestionResult) -> None:
        said = ngettext("%(people)s person answered.", "%(people)s people answered.", result.n)
        self._line(said % {"people": number(result.n)})
        if result.kind.is_text and len(result.channels) > 1:
            self._line(" · ".join(f"{each.label}: {each.counted}" for each in result.channels))

    def _chart(self, chart: Chart, label: str) -> None:
        if chart.title:
            self._heading(str(chart.title), 3)
        title = str(chart.title or label)
        head = [str(each) for each in chart.headings] or [
            _("Answer"),
            pgettext("how many", "Number"),
            _("Share"),
        ]
        rows = [
            [
                _marked(bar.label, bar.mark),
                *(bar.cells or (number(bar.n), str(bar.text) or percent(bar.share))),
            ]
            for bar in chart.bars
        ]
        drawn = not chart.headings
        table = self._table([*head, ""] if drawn else head, rows, title, beside=BESIDE if drawn else None)
        for cells, bar in zip(table, chart.bars, strict=True):
            if drawn:
                draw(cells[-1], bar.share or 0, str(bar.label))
        said = ngettext("%(people)s person answered.", "%(people)s people answered.", chart.total)
        self._line(said % {"people": number(chart.total)})
        for fact in chart.facts:  # some begin with "of these"
            self._line(str(fact))

    def _channels(self, asked: Round) -> None:
        for table in asked.by_channel:
            head = [_("Answer"), *(f"{each.label} ({each.counted})" for each in table.channels)]
            title = " – ".join(part for part in (_("How answers came in"), str(table.title)) if part)
            self._line(title, "Caption")
            self._table(head, list(_channel_rows(table)), title)

    def _groups(self, step: ReportStep) -> None:
        if step.rounds and step.groups:
            self._heading(_("Added by people who took part"), 3)
        if not step.groups and not step.rounds:
            self._line(_("Nobody wrote anything here."))
        for place, group in enumerate(step.groups):
            self._group(group, place > 0)
        if step.n_texts > len(step.texts):
            self._line(_("The export has them all."))

    def _group(self, group: Group, follows: bool) -> None:
        name = group.name or (_("Other notes") if follows else "")
        if name:
            self._heading(name, 3)
        if group.texts:
            self._texts(group.texts)
        else:
            self._line(_("Nobody wrote anything here."))

    def _texts(self, texts: Iterable[Text]) -> None:
        for text in texts:
            self._line(f"{text.text}{_about(text)}", "List Bullet")
            self._translation(text)

    def _quotes(self, quotes: Iterable[Text]) -> None:
        for text in quotes:
            self._line(f"“{text.text}”" + (f" – {text.name}" if text.name else ""), "Quote")
            self._translation(text)

    def _translation(self, text: Text) -> None:
        if text.translated:
            self._line(_("Translated by us: %(text)s") % {"text": text.translated})

    # --- Parts

    def _heading(self, text: str, level: int) -> None:
        self.document.add_heading(printable(text), level)

    def _line(self, text: str, style: str | None = None) -> None:
        self.document.add_paragraph(printable(text), style)

    def _table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], title: str, beside: int | None = None
    ) -> list[Any]:
        """A table with its head repeated on each page, and rows in one piece; gives the cells of `rows`, which may have
        fewer texts than the head."""
        table = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        tell(table, title)
        widths = _widths(len(head), beside)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        found = []
        for place, row in enumerate([head, *rows]):
            added = table.add_row()
            mark_row(added, "w:cantSplit")
            if place == 0:
                mark_row(added, "w:tblHeader")
            cells = added.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
            for nth, (cell, text) in enumerate(zip(cells, row, strict=False)):
                self._fill(cell, str(text), is_head=place == 0, is_first=nth == 0, last=place == len(rows))
            found.append(cells)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)
        return found[1:]

    def _fill(self, cell: Any, text: str, *, is_head: bool, is_first: bool, last: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.add_run(printable(text)).bold = is_head
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = not last  # a small table stays on one page
        if not is_first:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(columns: int, beside: int | None) -> list[int]:
    """The first column gets what the numbers leave."""
    others = [int(min(Cm(3.8), WIDE * 0.72 / max(columns - 1, 1)))] * (columns - 1)
    if beside:
        others = [int(Cm(2.2))] * (columns - 2) + [beside]
    return [int(WIDE) - sum(others), *others]


def _channel_rows(table: ByChannel) -> Iterable[list[str]]:
    for label, bars in table.rows:
        yield [label, *(_channel_cell(bar) for bar in bars)]


def _channel_cell(bar: Bar | None) -> str:
    if bar is None or not (bar.text or bar.n or bar.share is not None):
        return "–"
    share = f" ({percent(bar.share)})" if not bar.text and bar.share is not None else ""
    return f"{bar.text or number(bar.n)}{share}"


def _marked(label: Any, mark: Any) -> str:
    return f"{label} ({mark})" if mark else str(label)


def _about(text: Text) -> str:
    parts = [text.name]
    if text.supports:
        said = ngettext("%(n)s person is for this", "%(n)s people are for this", text.supports)
        parts.append(said % {"n": text.supports})
    if text.is_answered:
        parts.append(_("Answered"))
    if text.is_later:
        parts.append(_("At their own pace"))
    told = " · ".join(part for part in parts if part)
    return f" ({told})" if told else ""
