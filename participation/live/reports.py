"""What a session brought: for the staff's page, the Word document and the page that residents see after the end.

It is made anew each time somebody asks, so it is there the moment a session ends, and while it runs.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from participation.contributions.models import Contribution
from surveys.kinds.base import Chart
from surveys.models import Answer, Collector
from surveys.queries import QuestionResult, results

from . import queries, scores, shapes, translations
from .models import ChosenQuote, Session, Step, Table
from .report_shapes import Group, Minute, Report, ReportStep, Round, Text
from .room import Room
from .tables import name_of, names_of
from .turnout import people

MOST_TEXTS = 100  # of one question, and of one wall; pages of their own have them all
ANSWER, CONTRIBUTION = "answer", "contribution"
Channel = Collector.Channel


def report(session: Session, language: str, *, public: bool = False) -> Report:
    """What was asked and what came of it. The number of queries grows with how often a question was asked again, and
    with nothing else. `public`: only texts that the room saw, or that staff read before others did."""
    found = queries.room(session.pk)
    chosen = list(chosen_quotes(session, language, found.steps))
    return Report(
        found.session,
        found.session.title(language),
        people(session),
        _Maker(found, language, {each.place for each in chosen}, public).steps(),
        chosen,
        [] if public else list(spoken(session)),
    )


def spoken(session: Session) -> Iterable[Minute]:
    """All captions, by the minute. One query."""
    lines = session.captions.values_list("at", "text")
    for minute, found in groupby(lines, lambda line: line[0].replace(second=0, microsecond=0)):
        yield Minute(minute, [text for _at, text in found])


class _Maker:
    """Loads everything once, and then makes the steps of it."""

    def __init__(self, room: Room, language: str, chosen: set[str], public: bool) -> None:
        self.room, self.language, self.chosen, self.public = room, language, chosen, public
        self.results = self._results()
        self.tables = self._tables()
        self.notes = self._notes()

    def steps(self) -> list[ReportStep]:
        return [self._step(number, step) for number, step in enumerate(self.room.steps, 1)]

    def _step(self, number: int, step: Step) -> ReportStep:
        words = step.words(self.language, self.room.session.source_language)
        groups = self._groups(step)
        return ReportStep(
            number,
            step,
            shapes.step_label(self.room, step, self.language),
            words.get("text", ""),
            self._rounds(step),
            groups,
            max(len([text for group in groups for text in group.texts]), self._counted(step)),
            self.scores if step.type == Step.Type.SCORES else None,
        )

    @cached_property
    def scores(self) -> Chart | None:
        """How many people had so many right. Who they are was for the room."""
        board = scores.scoreboard(self.room)
        return scores.spread(board) if board["of"] else None

    # --- Questions

    def _results(self) -> dict[int, list[QuestionResult]]:
        """By question, of each time it was asked."""
        version = self.room.session.version
        if version is None:
            return {}
        last = {step.question_id: step.round for step in self.room.steps if step.question_id}
        found: dict[int, list[QuestionResult]] = defaultdict(list)
        for nth in range(max(last.values(), default=0) + 1):
            wanted = {question: nth for question, round in last.items() if round >= nth}
            for each in results(version.questionnaire, self.language, wanted, MOST_TEXTS):
                if each.question.pk in wanted:
                    found[each.question.pk].append(each)
        return found

    def _rounds(self, step: Step) -> list[Round]:
        """Without the times when nobody answered, but for the last."""
        found = [self._readable(step, each) for each in self.results.get(step.question_id or 0, [])]
        last = len(found) - 1
        asked = [(nth, each) for nth, each in enumerate(found) if each.n or nth == last]
        return [
            Round(round_name(nth) if len(asked) > 1 else "", each, self._answers(step, each))
            for nth, each in asked
        ]

    def _readable(self, step: Step, result: QuestionResult) -> QuestionResult:
        """Without the words of people, when this reader may not have them; how many answered stays."""
        if not result.kind.is_written or self._may_be_read(step, result):
            return result
        return replace(result, tally=result.kind.tally(result.frozen, []))

    def _answers(self, step: Step, result: QuestionResult) -> list[Text]:
        if not result.kind.is_text:
            return []
        found = [
            Text(
                ANSWER,
                each["id"],
                each["text"],
                lang=each.get("lang", ""),
                translated=shapes.in_language(each, self.language),
            )
            for each in translations.beside(step, result.tally.get("texts", []))
            if isinstance(each["text"], str)
        ]
        return [self._marked(each) for each in found]

    def _may_be_read(self, step: Step, result: QuestionResult) -> bool:
        return not self.public or step.results_shown or bool(result.frozen.config.get("approve_first"))

    # --- Texts

    def _tables(self) -> dict[int, list[Table]]:
        found: dict[int, list[Table]] = defaultdict(list)
        for table in Table.objects.filter(step__session=self.room.session).select_related("thread"):
            found[table.step_id].append(table)
        return found

    def _notes(self) -> dict[int, list[Contribution]]:
        """By thread: pinned ones first, then those with the most support."""
        threads = {step.thread_id for step in self.room.steps if step.thread_id}
        threads |= {table.thread_id for tables in self.tables.values() for table in tables}
        found: dict[int, list[Contribution]] = defaultdict(list)
        if threads:
            for note in _first_notes(threads):
                found[note.thread_id].append(note)
        return found

    def _groups(self, step: Step) -> list[Group]:
        if self.public and not is_public(step):
            return []
        groups = self._clusters(step, self.notes[step.thread_id]) if step.thread_id else []
        names = names_of(self.room.session, step, self.language) if step.pk in self.tables else {}
        for table in self.tables.get(step.pk, []):
            texts = [self._note(note) for note in self.notes[table.thread_id]]
            name = names.get(table.thread.page_key) or table.name
            groups.append(Group(name_of(table.number, name, self.language), texts))
        return groups

    def _clusters(self, step: Step, notes: Sequence[Contribution]) -> list[Group]:
        """In the order of staff; what is in none comes last."""
        found: dict[tuple[float, int, str], list[Text]] = defaultdict(list)
        for note in notes:
            cluster = note.cluster
            key = (cluster.position, cluster.pk, cluster.name) if cluster else (float("inf"), 0, "")
            found[key].append(self._note(note))
        return [Group(key[-1], found[key]) for key in sorted(found)]

    def _counted(self, step: Step) -> int:
        threads = {step.thread_id, *(table.thread_id for table in self.tables.get(step.pk, []))}
        return sum(self.notes[thread][0].n_notes for thread in threads if self.notes.get(thread))  # type: ignore[attr-defined,index,arg-type]

    def _note(self, note: Contribution) -> Text:
        return note_text(self.room.session, note, self.language, self.chosen)

    def _marked(self, text: Text) -> Text:
        return replace(text, is_chosen=text.place in self.chosen)


def is_public(step: Step) -> bool:
    """Everybody may read what was written there: the room saw it, or staff read it before others did."""
    read_first = step.thread.approve_first if step.thread else step.config.get("approve_first")
    return step.results_shown or bool(read_first)


def note_text(session: Session, note: Contribution, language: str, chosen: Container[str]) -> Text:
    """A note that was read with its `support_count`; `chosen` are the places of the quotes in the report."""
    is_live = session.pacing == Session.Pacing.LIVE
    text = Text(
        CONTRIBUTION,
        note.public_id,
        note.text,
        note.name,
        note.support_count,  # type: ignore[attr-defined]
        note.answered_at is not None,
        lang=note.language,
        translated=_translated(note, language),
        is_later=is_live and session.channel_at(note.created_at) == Channel.OWN,
    )
    return replace(text, is_chosen=text.place in chosen)


def _first_notes(threads: Iterable[int]) -> QuerySet[Contribution]:
    """The first of each thread, each with `support_count` and `n_notes`, the number of notes in its thread."""
    visible: Any = Contribution.objects.ideas().visible().with_counts()
    order = [F("pinned").desc(), F("support_count").desc(), F("created_at").asc(), F("pk").asc()]
    return (
        visible.filter(thread__in=threads, is_test=False)
        .annotate(
            place=Window(RowNumber(), partition_by="thread", order_by=order),
            n_notes=Window(Count("pk"), partition_by="thread"),
        )
        .filter(place__lte=MOST_TEXTS)
        .select_related("cluster", "thread")
        .order_by("thread", "place")
    )


def chosen_quotes(session: Session, language: str = "", steps: Iterable[Step] = ()) -> Iterable[Text]:
    """What staff chose, in that order, as far as everybody may still read it; with what staff translated into this
    language (`steps` know that of answers). One query."""
    asked = {step.question_id: step for step in steps if step.question_id}
    visible = Q(answer__state=Answer.State.VISIBLE) | Q(contribution__state=Contribution.State.VISIBLE)
    found = ChosenQuote.objects.filter(visible, session=session).select_related("answer", "contribution")
    for quote in found:
        if quote.contribution:
            note = quote.contribution
            translated = _translated(note, language)
            yield Text(
                CONTRIBUTION,
                note.public_id,
                note.text,
                note.name,
                is_chosen=True,
                lang=note.language,
                translated=translated,
            )
        elif quote.answer and isinstance(quote.answer.value, str) and quote.answer.value:
            answer = quote.answer
            beside = translations.of_one(asked.get(answer.question_id), answer.pk, answer.value)
            yield Text(
                ANSWER,
                str(answer.pk),
                answer.value,
                is_chosen=True,
                translated=beside.get(language, ""),
            )


def _translated(note: Contribution, language: str) -> str:
    return str(note.translations.get(language, "")) if note.language != language else ""


def round_name(nth: int) -> str:
    """What the rounds of a question are called, from 0: by the number that the exports have too."""
    return _("Round {number}").format(number=nth + 1)
