"""The data of a session: its answers, one row for each person and round, its texts and what was said in the room.

In it is what counts: no rehearsal, no text that was hidden or taken back. Texts that still wait for approval are there,
with their state, answers that wait are not. `docs/session-export.md` describes every column and the JSON."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from participation.contributions.models import Contribution
from surveys import kinds
from surveys.exports import CHUNK, Table
from surveys.models import Answer, Response
from surveys.queries import asked_questions, values_of
from surveys.structure import FrozenQuestion

from . import columns, queries, shapes, translations
from .models import Caption, Session, Step
from .models import Table as SessionTable
from .reports import chosen_quotes, people

FORMAT, VERSION = "oogst-session", 1
ANSWERS, TEXTS, CAPTIONS, CODEBOOK = "answers", "texts", "captions", "codebook"
PARTS = {
    ANSWERS: gettext_lazy("Answers"),
    TEXTS: gettext_lazy("What people wrote"),
    CAPTIONS: gettext_lazy("What was said in the room"),
    CODEBOOK: gettext_lazy("Code book"),
}
ALONE = {"given_by": Response.GivenBy.SELF.value, "people": 1}
ASIDE = [Contribution.State.HIDDEN, Contribution.State.REMOVED]


class Export:
    """Everything of one session, in the words of `language`. Each table is read as it is written out."""

    def __init__(self, session: Session, language: str) -> None:
        self.room = queries.room(session.pk)
        self.session, self.language = self.room.session, language
        self.asked = self._asked()
        self.steps = {step.question_id: step for step in self.room.steps if step.question_id}

    def table(self, part: str) -> Table:
        """Raises KeyError for what is no part."""
        return {
            ANSWERS: self._answers,
            TEXTS: self._texts,
            CAPTIONS: self._captions,
            CODEBOOK: self._codebook,
        }[part]()

    def tables(self) -> Iterator[tuple[str, Table]]:
        """A sheet for each part; no sheet for captions when there were none."""
        for part, name in PARTS.items():
            if part != CAPTIONS or self.session.captions.exists():
                yield str(name), self.table(part)

    def json(self) -> Iterator[str]:
        """The whole as one JSON document, in pieces."""
        head = {"format": FORMAT, "version": VERSION, "session": self._session(), "steps": self._steps()}
        yield json.dumps(head, ensure_ascii=False)[:-1]
        for name, rows in (
            ("answers", self._people()),
            ("texts", self._notes()),
            ("captions", self._lines()),
        ):
            yield f', "{name}": ['
            yield from _listed(rows)
            yield "]"
        yield "}\n"

    # --- What was asked

    def _asked(self) -> list[FrozenQuestion]:
        """In the order of the script, then what is not asked any more."""
        if self.session.version is None:
            return []
        place = {str(step.question.key): self.room.number(step) for step in self.room.steps if step.question}
        merged = asked_questions(self.session.version.questionnaire, self.language)
        return sorted(
            (question for question, _asked in merged.values()),
            key=lambda question: place.get(question.key, len(place) + 1000),
        )

    def _session(self) -> dict[str, Any]:
        session, present = self.session, people(self.session)
        return {
            "code": session.code,
            "title": session.title(self.language),
            "language": self.language,
            "organisation": session.organisation.name,
            "project": session.project.name if session.project else None,
            "pacing": session.pacing,
            "state": session.state,
            "started_at": _moment(session.started_at),
            "ended_at": _moment(session.ended_at),
            "people": {"total": present.total, **vars(present)},
            "report": {
                "words": session.report_words,
                "hear_before": session.hear_before.isoformat() if session.hear_before else None,
                "quotes": [each.text for each in chosen_quotes(session)],
            },
        }

    def _steps(self) -> list[dict[str, Any]]:
        asked = {question.key: question for question in self.asked}
        return [self._step_shape(step, asked) for step in self.room.steps]

    def _step_shape(self, step: Step, asked: dict[str, FrozenQuestion]) -> dict[str, Any]:
        question = asked.get(str(step.question.key)) if step.question else None
        return {
            "number": self.room.number(step),
            "key": str(step.key),
            "type": step.type,
            "label": shapes.step_label(self.room, step, self.language),
            "text": step.words(self.language, self.session.source_language).get("text", ""),
            "question": question
            and {
                "key": question.key,
                "kind": question.kind,
                "label": question.label,
                "help": question.help,
                "required": question.required,
                "config": question.config,
            },
        }

    # --- Answers

    def _answers(self) -> Table:
        header = [column for column, _words in columns.of_answers()]
        header += [name for _question, name, _label in self._columns()]
        return Table(header, self._answer_rows())

    def _columns(self) -> Iterator[tuple[FrozenQuestion, str, str]]:
        """Question, the name of its column, and what the column is about."""
        for question in self.asked:
            for column in kinds.get(question.kind).columns(question):
                label = " – ".join(part for part in (question.label, column.label) if part)
                key = ".".join(_short(part) for part in (question.key, *column.suffix.split(".")) if part)
                yield question, f"{label} [{key}]", label

    def _answer_rows(self) -> Iterator[Sequence[Any]]:
        for row in self._people():
            yield [
                row["person"],
                row["round"],
                row["channel"],
                row["given_by"],
                row["people"],
                row["language"],
                row["sent_at"],
                *self._cells(row["answers"]),
            ]

    def _cells(self, given: dict[str, Any]) -> list[Any]:
        """In the right language, also when the row is made after the request that asked for it."""
        with override(self.language):
            return [
                cell if cell is None or isinstance(cell, str | int | float) else json.dumps(cell)
                for question in self.asked
                for cell in kinds.get(question.kind).cells(question, given.get(question.key))
            ]

    def _people(self) -> Iterator[dict[str, Any]]:
        """A person once for each round in which they answered something."""
        for response in self._responses().iterator(chunk_size=CHUNK):
            by_round: dict[int, list[Answer]] = defaultdict(list)
            for answer in response.answers.all():
                by_round[answer.round].append(answer)
            for nth in sorted(by_round):
                yield {
                    "person": response.public_id,
                    "round": nth + 1,
                    "channel": response.collector.channel,
                    "given_by": response.given_by,
                    "people": response.people,
                    "language": response.language,
                    "sent_at": _moment(response.submitted_at),
                    "answers": values_of(by_round[nth]),
                    "translations": self._beside(by_round[nth]),
                }

    def _beside(self, answers: Iterable[Answer]) -> dict[str, dict[str, str]]:
        """Question key -> language -> what staff translated."""
        found = {
            str(each.question.key): translations.of_one(self.steps.get(each.question_id), each.pk, each.value)
            for each in answers
        }
        return {key: texts for key, texts in found.items() if texts}

    def _responses(self) -> QuerySet[Response]:
        visible = Answer.objects.filter(state=Answer.State.VISIBLE).select_related("question")
        found: Any = Response.objects.counted()
        return (
            found.filter(collector__questionnaire__page_key=self.session.page_key)
            .select_related("collector")
            .prefetch_related(Prefetch("answers", visible))
            .order_by("submitted_at", "pk")
        )

    # --- Texts

    def _texts(self) -> Table:
        names = [name for name, _words in columns.of_texts()]
        return Table(names, (columns.text_row(note) for note in self._notes()))

    def _notes(self) -> Iterator[dict[str, Any]]:
        steps = {step.thread_id: self.room.number(step) for step in self.room.steps if step.thread_id}
        tables = {
            table.thread_id: table
            for table in SessionTable.objects.filter(step__session=self.session).select_related("step")
        }
        numbers = {step.pk: self.room.number(step) for step in self.room.steps}
        others = self._others()
        notes: Any = queries.notes_of(self.session).exclude(state__in=ASIDE)
        found = notes.with_counts().select_related("thread", "cluster").order_by("created_at", "pk")
        for note in found.iterator(chunk_size=CHUNK):
            table = tables.get(note.thread_id)
            yield {
                "id": note.public_id,
                "step": numbers[table.step_id] if table else steps[note.thread_id],
                "where": note.thread.kind,
                "table": (f"{table.number}. {table.name}" if table.name else str(table.number))
                if table
                else None,
                "cluster": note.cluster.name if note.cluster else None,
                "text": note.text,
                "name": note.name,
                "supports": note.support_count,
                "state": note.state,
                "pinned": note.pinned,
                "answered_at": _moment(note.answered_at),
                "language": note.language,
                "translations": note.translations,
                "channel": self.session.channel_at(note.created_at),
                **others.get(note.participant_id, ALONE),
                "at": _moment(note.created_at),
            }

    def _others(self) -> dict[Any, dict[str, Any]]:
        """Who did not write for themselves alone. One query."""
        found = self.session.attendances.exclude(**ALONE).values("participant", *ALONE)
        return {each.pop("participant"): each for each in found}

    def _captions(self) -> Table:
        return Table([_("Time"), _("Text")], ([line["at"], line["text"]] for line in self._lines()))

    def _lines(self) -> Iterator[dict[str, Any]]:
        for caption in Caption.objects.filter(session=self.session).iterator(chunk_size=CHUNK):
            yield {"at": _moment(caption.at), "text": caption.text}

    # --- The code book

    def _codebook(self) -> Table:
        header = [
            _("Sheet"),
            _("Column"),
            _("What it says"),
            _("Kind of question"),
            _("Question's key"),
            _("Options"),
        ]
        return Table(header, iter(list(self._explained())))

    def _explained(self) -> Iterator[Sequence[Any]]:
        for name, words in columns.of_answers():
            yield [str(PARTS[ANSWERS]), name, words, None, None, None]
        for question, name, label in self._columns():
            kind = kinds.get(question.kind)
            yield [str(PARTS[ANSWERS]), name, label, str(kind.label), question.key, _options(question)]
        for name, words in columns.of_texts():
            yield [str(PARTS[TEXTS]), name, words, None, None, None]


def _options(question: FrozenQuestion) -> str | None:
    found = [
        each["label"]
        for name in kinds.get(question.kind).lists
        for each in question.config.get(name, [])
        if each.get("label")
    ]
    return " | ".join(found) or None


def _short(key: str) -> str:
    """The first eight digits of an id tell it apart; words stay as they are."""
    try:
        return uuid.UUID(key).hex[:8]
    except ValueError:
        return key


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _listed(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The inside of a JSON list, a good number of rows at a time."""
    rows, before = iter(rows), "\n"
    while chunk := list(islice(rows, CHUNK)):
        yield before + ",\n".join(json.dumps(row, ensure_ascii=False) for row in chunk)
        before = ",\n"
