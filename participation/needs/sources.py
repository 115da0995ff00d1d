"""All texts of an organisation that can be quoted: answers to text questions, what people wrote on boards and
walls, and field notes. One shape for the three."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.contributions.models import Contribution
from participation.core.errors import Unknown
from participation.live.models import Session
from participation.live.queries import notes_of
from participation.organisations.models import Organisation
from participation.projects.models import Project
from surveys.kinds import all_kinds
from surveys.models import Answer
from surveys.structure import questions

from .models import CHANNEL_NAMES, Evidence, FieldNote, FromSource, Reading

ANSWER, CONTRIBUTION, NOTE = "answer", "contribution", "note"
CHANNELS = CHANNEL_NAMES
# Who talks in a session answers there too: three doors of one room are one channel.
ROOMS = dict.fromkeys(("live", "hands", "cards", "own", "wall", "stage", "talk", "statements"), "session")
PAGE_LENGTH = 20


class AnswerText(models.Func):
    """A text answer's JSON string as text: searchable, whatever the database does with accents in JSON."""

    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s #>> '{}')", **extra)


@dataclass(frozen=True)
class Source:
    """One text with where it comes from. `key` finds it again; `row` is the model's object."""

    kind: str
    key: str
    text: str
    channel: str
    heard_on: dt.date
    origin: str  # what was asked, or where it was written or heard
    organisation_id: int
    project: Project | None
    row: Any
    quotes: list[Evidence] = field(default_factory=list)
    is_read: bool = False

    @property
    def channel_label(self) -> str:
        return str(CHANNELS.get(self.channel, self.channel))

    @property
    def link(self) -> dict[str, Any]:
        """The field by which Evidence and Reading point at this source."""
        return link_to(self.row)


def link_to(row: Answer | Contribution | FieldNote) -> dict[str, Any]:
    if isinstance(row, Answer):
        return {"answer": row}
    return {"contribution": row} if isinstance(row, Contribution) else {"field_note": row}


def answers(organisation: Organisation) -> models.QuerySet[Answer]:
    """Text answers of finished responses, ours and those of projects we share; hidden ones left out."""
    kinds = [slug for slug, kind in all_kinds().items() if kind.is_text]
    shared = Project.objects.visible_to(organisation).values("pk")
    return Answer.objects.filter(
        Q(question__questionnaire__organisation=organisation)
        | Q(question__questionnaire__project__in=shared),
        question__kind__in=kinds,
        response__submitted_at__isnull=False,
        response__is_test=False,
        item="",  # a recording is not read but written out first
    ).exclude(Q(state=Answer.State.HIDDEN) | Q(value=""))


def contributions(organisation: Organisation) -> models.QuerySet[Contribution]:
    shared = Project.objects.visible_to(organisation).values("pk")
    ours = Q(organisation=organisation) | Q(thread__project__in=shared)
    return Contribution.objects.filter(ours, is_test=False).exclude(state=Contribution.State.HIDDEN)


def notes(organisation: Organisation) -> models.QuerySet[FieldNote]:
    return FieldNote.objects.visible_to(organisation)


def _loaded(kind: str, organisation: Organisation) -> models.QuerySet[Any]:
    if kind == ANSWER:
        return answers(organisation).select_related(
            "question__questionnaire__project__organisation", "response__collector", "response__version"
        )
    if kind == CONTRIBUTION:
        return contributions(organisation).select_related("thread__project__organisation", "parent")
    if kind == NOTE:
        return notes(organisation).select_related("project__organisation", "created_by")
    raise Unknown


def find(organisation: Organisation, kind: str, key: str, language: str = "nl") -> Source:
    """The source with its quotes. Raises Unknown when it is not there or not for this organisation."""
    name = "pk" if kind == ANSWER else "public_id"
    try:
        row = _loaded(kind, organisation).filter(**{name: key}).first()
    except ValueError:
        row = None
    if row is None:
        raise Unknown
    return _with_marks(organisation, [of(row, language)])[0]


def of(row: Answer | Contribution | FieldNote, language: str = "nl") -> Source:
    """The one shape, from a row loaded with its relations."""
    if isinstance(row, Answer):
        return _of_answer(row, language)
    return _of_contribution(row) if isinstance(row, Contribution) else _of_note(row)


def _of_answer(row: Answer, language: str) -> Source:
    key = str(row.question.key)
    asked = (each.label for each in questions(row.response.version.structure, language) if each.key == key)
    questionnaire = row.question.questionnaire
    return Source(
        ANSWER,
        str(row.pk),
        text_of(row),
        row.response.collector.channel,
        timezone.localdate(row.created_at),
        next(asked, "") or questionnaire.name,
        questionnaire.organisation_id,
        questionnaire.project,
        row,
    )


def _of_contribution(row: Contribution) -> Source:
    return Source(
        CONTRIBUTION,
        row.public_id,
        text_of(row),
        row.thread.kind,
        timezone.localdate(row.created_at),
        row.thread.name,
        row.organisation_id,
        row.thread.project,
        row,
    )


def _of_note(row: FieldNote) -> Source:
    origin = " · ".join(part for part in (row.place, row.context) if part) or str(_("Field note"))
    return Source(
        NOTE, row.public_id, row.verbatim, "note", row.heard_on, origin, row.organisation_id, row.project, row
    )


def text_of(row: Answer | Contribution | FieldNote) -> str:
    """The words themselves: an idea's title stands above its text."""
    if isinstance(row, Answer):
        return row.value if isinstance(row.value, str) else ""
    if isinstance(row, Contribution):
        return f"{row.title}\n{row.text}" if row.title else row.text
    return row.verbatim


@dataclass(frozen=True)
class Wanted:
    """What a reader filters on; empty is everything. `state`: new (not read yet), quoted or read."""

    kind: str = ""
    state: str = ""
    project: Project | None = None
    session: Session | None = None
    search: str = ""


def page(organisation: Organisation, wanted: Wanted, number: int | str = 1, language: str = "nl") -> Page:
    """A page of sources, newest first: seven queries, however many there are."""
    keys = Paginator(_keys(organisation, wanted), PAGE_LENGTH).get_page(number)
    chosen = list(keys.object_list)
    found: dict[tuple[str, int], Source] = {}
    for kind in {key["kind"] for key in chosen}:
        pks = [key["pk"] for key in chosen if key["kind"] == kind]
        for row in _loaded(kind, organisation).filter(pk__in=pks):
            found[kind, row.pk] = of(row, language)
    in_order = [found[key["kind"], key["pk"]] for key in chosen if (key["kind"], key["pk"]) in found]
    keys.object_list = _with_marks(organisation, in_order)  # type: ignore[assignment]
    return keys


def waiting(organisation: Organisation) -> int:
    """How many texts nobody has read or quoted yet."""
    return _keys(organisation, Wanted(state="new")).count()


def first_waiting(organisation: Organisation) -> tuple[str, str] | None:
    """Kind and key of the newest text that nobody has read or quoted."""
    first = _keys(organisation, Wanted(state="new")).first()
    row = _loaded(first["kind"], organisation).filter(pk=first["pk"]).first() if first else None
    return key_of_row(row) if row else None


def _keys(organisation: Organisation, wanted: Wanted) -> models.QuerySet[Any, dict[str, Any]]:
    """Kind, key and date of every wanted source, newest first: one UNION."""
    rows = [
        _narrowed(query, kind, organisation, wanted)
        .order_by()
        .values("pk", kind=Value(kind, models.CharField()), heard=heard)
        for kind, query, heard in (
            (ANSWER, answers(organisation), TruncDate("created_at")),
            (CONTRIBUTION, contributions(organisation), TruncDate("created_at")),
            (NOTE, notes(organisation), Cast(F("heard_on"), models.DateField())),
        )
        if wanted.kind in ("", kind)
    ]
    return rows[0].union(*rows[1:], all=True).order_by("-heard", "kind", "-pk")


def _narrowed(
    query: models.QuerySet[Any], kind: str, organisation: Organisation, wanted: Wanted
) -> models.QuerySet[Any]:
    if wanted.project is not None:
        path = {ANSWER: "question__questionnaire__project", CONTRIBUTION: "thread__project", NOTE: "project"}
        query = query.filter(**{path[kind]: wanted.project})
    if wanted.session is not None:
        query = _of_session(query, kind, wanted.session)
    if wanted.search:
        query = _searched(query, kind, wanted.search)
    link = "field_note" if kind == NOTE else kind
    quoted = models.Exists(_marks(Evidence, organisation).filter(**{link: models.OuterRef("pk")}))
    was_read = models.Exists(_marks(Reading, organisation).filter(**{link: models.OuterRef("pk")}))
    states = {"new": ~quoted & ~was_read, "quoted": quoted, "read": was_read}
    return query.filter(states[wanted.state]) if wanted.state in states else query


def _of_session(query: models.QuerySet[Any], kind: str, session: Session) -> models.QuerySet[Any]:
    """What was answered and written in it; a field note belongs to no session."""
    if kind == ANSWER:
        return query.filter(question__questionnaire__page_key=session.page_key)
    return query.filter(pk__in=notes_of(session).values("pk")) if kind == CONTRIBUTION else query.none()


def _searched(query: models.QuerySet[Any], kind: str, search: str) -> models.QuerySet[Any]:
    if kind == ANSWER:
        return query.annotate(words=AnswerText("value")).filter(words__icontains=search)
    if kind == CONTRIBUTION:
        return query.filter(Q(text__icontains=search) | Q(title__icontains=search))
    return query.filter(verbatim__icontains=search)


def _marks(model: type[FromSource], organisation: Organisation) -> models.QuerySet[Any]:
    return model._default_manager.visible_to(organisation)  # type: ignore[attr-defined]


def _with_marks(organisation: Organisation, sources: list[Source]) -> list[Source]:
    """The same sources with our quotes of them, and whether somebody marked them as read."""
    here = Q()
    for source in sources:
        here |= Q(**source.link)
    if not sources:
        return []
    by_source = {(source.kind, source.row.pk): source for source in sources}
    quotes = _marks(Evidence, organisation).filter(here).prefetch_related("backings__need")
    for evidence in quotes.order_by("start", "pk"):
        by_source[key_of(evidence)].quotes.append(evidence)
    read = {key_of(reading) for reading in _marks(Reading, organisation).filter(here)}
    return [replace(source, is_read=key in read) for key, source in by_source.items()]


def key_of_row(row: Answer | Contribution | FieldNote) -> tuple[str, str]:
    """Kind and key with which `find` gives this row again."""
    if isinstance(row, Answer):
        return ANSWER, str(row.pk)
    return (CONTRIBUTION, row.public_id) if isinstance(row, Contribution) else (NOTE, row.public_id)


def key_of(mark: FromSource) -> tuple[str, int]:
    """Kind and primary key of the source that a quote or reading points at."""
    if mark.answer_id:
        return ANSWER, mark.answer_id
    return (CONTRIBUTION, mark.contribution_id) if mark.contribution_id else (NOTE, mark.field_note_id or 0)
