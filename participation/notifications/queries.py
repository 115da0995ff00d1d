"""What became of somebody's input, and what still has to be said. A number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from participation.contributions.models import Contribution, Support
from participation.core.ids import normalise_code
from participation.core.pages import addresses
from participation.needs.models import Backing, Evidence, LiesBehind, Need
from participation.needs.sources import CHANNELS, key_of, text_of
from participation.organisations.models import Organisation
from participation.programmes.models import AnswersNeed, Programme
from participation.programmes.queries import programmes_of
from participation.projects.models import Project, Receipt
from surveys import kinds
from surveys.models import Answer, Response
from surveys.structure import questions

from . import roads
from .roads import Around, Road, Step

Key = tuple[str, int]


@dataclass(frozen=True)
class Trace:
    """The way of somebody's answers in one project: their own words first, of these what came furthest."""

    receipt: Receipt
    project: Project
    project_url: str
    roads: list[Road]
    programmes: list[tuple[Programme, str]]

    @property
    def own(self) -> list[Road]:
        return [road for road in self.roads if road.kind != "support"]

    @property
    def supported(self) -> list[Road]:
        """Ideas of others that led to something."""
        return [road for road in self.roads if road.kind == "support" and road.stage > roads.SAID]

    @property
    def quiet(self) -> list[Road]:
        """Ideas of others that led to nothing yet."""
        return [road for road in self.roads if road.kind == "support" and road.stage == roads.SAID]

    @property
    def heard(self) -> int:
        """How many inputs led to something."""
        return sum(road.stage > roads.SAID for road in self.roads)


def receipt_of(organisation: Organisation, typed: str) -> Receipt | None:
    """By the code as somebody typed it; a code of another organisation is unknown here."""
    rows = Receipt.objects.select_related("project", "participant__organisation__site")
    return rows.filter(code=normalise_code(typed), participant__organisation=organisation).first()


def trace(receipt: Receipt, language: str | None = None) -> Trace:
    """Everything this participant gave in this project, and what came of each."""
    language = language or get_language() or "nl"
    project = receipt.project
    answers = list(_answers(receipt))
    written = list(_contributions(Q(participant=receipt.participant_id), project))
    supports = list(
        Support.objects.filter(
            participant=receipt.participant_id,
            contribution__thread__project=project,
            contribution__is_test=False,
        )
    )
    backed = {each.pk: each for each in _contributions(Q(supports__in=supports), project)}
    quotes = _quotes(answers, [*written, *backed.values()])
    programmes = list(programmes_of(project))
    around = _around(project, quotes, programmes, language, receipt.participant.organisation.site)
    found = [
        *_answer_roads(answers, quotes, around, language),
        *(_written_road(each, quotes, around) for each in written),
        *(
            _support_road(each, backed[each.contribution_id], quotes, around)
            for each in supports
            if each.contribution_id in backed
        ),
    ]
    found.sort(key=lambda road: (road.kind == "support", -road.stage, -road.at.timestamp()))
    return Trace(
        receipt,
        project,
        around.pages.get(project.page_key, ""),
        found,
        [(each, around.pages.get(each.page_key, "")) for each in programmes],
    )


def _answers(receipt: Receipt) -> QuerySet[Answer]:
    return (
        Answer.objects.filter(
            response__participant=receipt.participant_id,
            response__submitted_at__isnull=False,
            response__is_test=False,
            question__questionnaire__project=receipt.project_id,
        )
        .select_related("response__version", "response__collector", "question__questionnaire")
        .order_by("response_id", "question_id", "round", "pk")
    )


def _contributions(which: Q, project: Project) -> QuerySet[Contribution]:
    return (
        Contribution.objects.filter(which, thread__project=project, is_test=False)
        .select_related("thread", "parent")
        .prefetch_related("replies", "decisions")
        .distinct()
    )


def _quotes(answers: Iterable[Answer], contributions: Iterable[Contribution]) -> dict[Key, list[Evidence]]:
    """All evidence from these, with needs, what lies behind them, programmes and activities."""
    answering = AnswersNeed.objects.select_related("programme").prefetch_related("programme__activities")
    behind = LiesBehind.objects.select_related("latent").prefetch_related(
        Prefetch("latent__answers", answering)
    )
    needs = Need.objects.prefetch_related(Prefetch("answers", answering), Prefetch("front_links", behind))
    backings = Backing.objects.prefetch_related(Prefetch("need", needs)).order_by("created_at")
    rows = (
        Evidence.objects.filter(Q(answer__in=list(answers)) | Q(contribution__in=list(contributions)))
        .select_related("answer", "contribution", "field_note")
        .prefetch_related(Prefetch("backings", backings))
        .order_by("created_at")
    )
    found: dict[Key, list[Evidence]] = defaultdict(list)
    for evidence in rows:
        found[key_of(evidence)].append(evidence)
    return found


def _around(
    project: Project,
    quotes: dict[Key, list[Evidence]],
    programmes: Iterable[Programme],
    language: str,
    site: Site | None,
) -> Around:
    now = timezone.now()
    closing = [phase.closes_at for phase in project.phases.all() if phase.closes_at and phase.closes_at > now]
    keys = {project.page_key, *(each.page_key for each in programmes)}
    for evidence in (each for several in quotes.values() for each in several):
        for backing in evidence.backings.all():
            keys |= set(_page_keys(backing.need))
    return Around(
        min(closing, default=None), project.status == Project.Status.CLOSED, addresses(keys, language, site)
    )


def _page_keys(need: Need) -> list[Any]:
    near = [need, *(link.latent for link in need.front_links.all())]
    return [answer.programme.page_key for each in near for answer in each.answers.all()]  # type: ignore[attr-defined]


def _answer_roads(
    answers: list[Answer], quotes: dict[Key, list[Evidence]], around: Around, language: str
) -> list[Road]:
    """A quoted answer has a road of its own; the other answers of the same response share one."""
    found: list[Road] = []
    by_response: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_response[answer.response_id].append(answer)
    for rows in by_response.values():
        response = rows[0].response
        origin = f"{CHANNELS.get(response.collector.channel, '')} · {rows[0].question.questionnaire.name}"
        words = {(each.key): each for each in questions(response.version.structure, language)}
        quoted = [row for row in rows if quotes.get(("answer", row.pk))]
        for row in quoted:
            asked = words.get(str(row.question.key))
            step = Step(asked.label if asked else _("You said"), row.created_at, quote=text_of(row))
            road = Road("answer", _("Your answer"), origin, row.created_at, steps=[step])
            found.append(roads.lay(road, quotes["answer", row.pk], around))
        rest = _given([row for row in rows if row not in quoted], words)
        if rest:
            found.append(_choices_road(response, rest, origin, around))
    return found


def _given(rows: Iterable[Answer], words: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Question and answer in words, in the order they were asked."""
    items: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        items[str(row.question.key), row.round][row.item] = row.value
    found = []
    for key, asked in words.items():
        for (question_key, _round), values in items.items():
            if question_key == key:
                kind = kinds.get(asked.kind)
                found.append((asked.label, kind.lines(asked, kind.join(values))))
    return found


def _choices_road(
    response: Response, given: list[tuple[str, list[str]]], origin: str, around: Around
) -> Road:
    at = response.submitted_at or response.created_at
    title = _("Your answers") if len(given) > 1 else _("Your answer")
    step = Step(_("You answered"), at, _("Your answers count in the results, without your name."))
    return roads.lay(Road("choices", title, origin, at, given, [step]), [], around)


def _written_road(contribution: Contribution, quotes: dict[Key, list[Evidence]], around: Around) -> Road:
    kind = "comment" if contribution.parent_id else contribution.thread.kind
    titles = {
        "comment": _("Your comment"),
        "board": _("Your idea"),
        "wall": _("Your note on the wall"),
        "stage": _("Your question"),
        "talk": _("Your note at a table"),
        "statements": _("Your statement"),
    }
    road = Road(kind, titles[kind], contribution.thread.name, contribution.created_at)
    road.steps = [Step(_("You wrote"), contribution.created_at, quote=text_of(contribution))]
    more = [*_moderated(contribution), *roads.replies(contribution)]
    if contribution.answered_at:
        more.append(Step(_("It was answered in the room"), contribution.answered_at, stage=roads.FINISHED))
    return roads.lay(road, quotes.get(("contribution", contribution.pk), []), around, more)


def _moderated(contribution: Contribution) -> list[Step]:
    if contribution.state == Contribution.State.PENDING:
        text = _("A member of staff reads it before others can see it.")
        return [Step(_("It waits for approval"), contribution.created_at, text)]
    if contribution.state != Contribution.State.HIDDEN:
        return []
    decision = next(iter(contribution.decisions.all()), None)  # type: ignore[attr-defined]
    why = (decision.get_reason_display(), decision.note) if decision else ()
    text = " ".join(part for part in why if part)
    at = decision.created_at if decision else contribution.updated_at
    return [Step(_("We don't show it to others"), at, text, stage=roads.FINISHED)]


def _support_road(
    support: Support, idea: Contribution, quotes: dict[Key, list[Evidence]], around: Around
) -> Road:
    road = Road("support", _("An idea you supported"), idea.thread.name, support.created_at)
    road.steps = [Step(_("You supported this idea"), support.created_at, quote=idea.title or idea.text)]
    return roads.lay(road, quotes.get(("contribution", idea.pk), []), around, roads.replies(idea))


@dataclass(frozen=True)
class Unanswered:
    """What residents have not heard about yet; a project should not close before all are empty."""

    needs: list[Need]
    ideas: list[Contribution]

    def __bool__(self) -> bool:
        return bool(self.needs or self.ideas)


def unanswered(project: Project) -> Unanswered:
    """Needs of this project without a published programme or a "why not", and ideas nobody replied to. Two queries."""
    open_needs = Need.objects.filter(project=project, why_not="").exclude(programmes__is_published=True)
    ideas = Contribution.objects.filter(
        thread__project=project,
        thread__kind="board",
        parent=None,
        state=Contribution.State.VISIBLE,
        replies=None,
    )
    return Unanswered(list(open_needs), list(ideas.select_related("thread")))
