"""What the pages show beside their words. Each in a number of queries that does not grow with the site."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from participation.areas.models import Area
from participation.areas.queries import summary as area_summary
from participation.contributions.models import Contribution, Thread
from participation.contributions.views import board_context as ideas_context
from participation.core.moments import span
from participation.programmes.models import Programme
from participation.programmes.queries import chain
from participation.projects.models import Phase, Project
from participation.projects.permissions import is_open
from surveys import kinds
from surveys.models import Questionnaire
from surveys.queries import QuestionResult
from surveys.queries import results as answers_of

from .cards import CLOSED, Card, cards
from .models import (
    HomePage,
    IdeaBoardPage,
    NewsPage,
    ProgrammePage,
    ProjectPage,
    ResultsPage,
    SessionPage,
    SurveyPage,
)
from .models.media import CARD, Picture

NEWS_PER_PAGE = 12
TAKING_PART = (SurveyPage, SessionPage, IdeaBoardPage)


def with_pictures(pages: QuerySet) -> QuerySet:
    """Two more queries, however many pages."""
    return pages.prefetch_related(Prefetch("picture", Picture.objects.prefetch_renditions(*CARD)))


def below(model: type[Page], page: Page) -> QuerySet:
    """Live pages of this type in the tree under `page`, with their pictures. Private sessions are on no list."""
    pages = model.objects.live().descendant_of(page)
    if model is SessionPage:
        pages = pages.filter(is_private=False)
    return with_pictures(pages.select_related("alias_of"))


def rooms(page: Page, request: HttpRequest) -> list[Card]:
    """Everything to take part in under this page; what is open comes first."""
    pages: list[Page] = []
    for model in TAKING_PART:
        pages += below(model, page)
    return cards(pages, request)


# --- Home -----------------------------------------------------------------------------------------------


def home_context(home: HomePage, request: HttpRequest) -> dict[str, Any]:
    found = [card for card in rooms(home, request) if card.state != CLOSED]
    return {
        "open_now": found[:6],
        "more_open": found[6:],
        "projects": projects(home, request),
        "results": results(home, request),
        "news": news(home, request, 3),
        **area_of(home.area_code),
    }


def area_of(code: str) -> dict[str, Any]:
    area = Area.objects.filter(code=code).first() if code else None
    return {"area": area_summary(area)} if area else {}


def projects(home: Page, request: HttpRequest) -> list[dict[str, Any]]:
    """Projects with their present phase; the running ones first. Finished ones are the answer's to tell."""
    pages = list(below(ProjectPage, home).order_by("finished", "-first_published_at"))
    keys = [page.object_key for page in pages]
    known = {
        project.page_key: project
        for project in Project.objects.filter(page_key__in=keys).prefetch_related("phases")
    }
    return [
        {
            "page": page,
            "url": page.get_url(request),
            **standing(page, known.get(page.object_key)),
        }
        for page in pages
    ]


def standing(page: ProjectPage, project: Project | None) -> dict[str, str]:
    """Finished, or the name of the phase it is in, in the page's language."""
    if page.finished:
        return {"status": _("Finished: read the answer"), "status_kind": "success"}
    now = timezone.now()
    current = {str(phase.key) for phase in project.phases.all() if is_open(phase, now)} if project else set()
    phase = next((block.value["title"] for block in page.phases if block.id in current), "")
    return {"status": phase, "status_kind": "warning"}


def results(page: Page, request: HttpRequest) -> list[dict[str, Any]]:
    """The newest three results with a figure."""
    return listed(below(ResultsPage, page).exclude(figure="").order_by("-first_published_at")[:3], request)


def news(page: Page, request: HttpRequest, most: int) -> list[dict[str, Any]]:
    """The newest news in the tree under this page."""
    return listed(below(NewsPage, page).order_by("-published_on", "-pk")[:most], request)


def news_page(home: Page, request: HttpRequest) -> dict[str, Any]:
    """All news of the site in this language, that of projects too."""
    found = below(NewsPage, home).order_by("-published_on", "-pk")
    page_obj = Paginator(found, NEWS_PER_PAGE).get_page(request.GET.get("page"))
    return {"page_obj": page_obj, "news": listed(page_obj.object_list, request)}


# --- Project --------------------------------------------------------------------------------------------


def project_context(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    project = Project.objects.filter(page_key=page.object_key).prefetch_related("phases").first()
    found = rooms(page, request)
    return {
        "project": project,
        "phases": timeline(page, project.phases.all() if project else []),
        "first": next((card for card in found if card.start and not page.finished), None),
        "rooms": found,
        "voices": voices(project),
        "programmes": listed(below(ProgrammePage, page), request),
        "results": listed(below(ResultsPage, page), request),
        "news": news(page, request, 5),
        **area_of(page.area_code),
    }


def listed(pages: Iterable[Page], request: HttpRequest) -> list[dict[str, Any]]:
    return [{"page": page, "url": page.get_url(request)} for page in pages]


def timeline(page: ProjectPage, phases: Iterable[Phase]) -> list[dict[str, Any]]:
    """For `components/timeline.html`: the words are the page's, past and present are told by the clock."""
    now = timezone.now()
    return [
        {
            "title": block.value["title"],
            "text": block.value["text"],
            "dates": span(block.value["opens_at"], block.value["closes_at"]),
            "state": "past" if page.finished else _state(block.value, now),
        }
        for block in page.phases
    ]


def _state(value: Any, now: dt.datetime) -> str:
    if value["closes_at"] and value["closes_at"] <= now:
        return "past"
    return "future" if value["opens_at"] and value["opens_at"] > now else "current"


def voices(project: Project | None) -> Sequence[Contribution]:
    """The three ideas most people are for."""
    if project is None:
        return []
    ideas = (
        Contribution.objects.ideas().visible().filter(thread__project=project, thread__kind=Thread.Kind.BOARD)
    )
    return list(ideas.with_counts().order_by("-support_count", "-created_at")[:3])  # type: ignore[misc]


# --- Rooms ------------------------------------------------------------------------------------------------


def survey_context(page: SurveyPage, request: HttpRequest) -> dict[str, Any]:
    """The survey's card, and what came in when everybody may see that. Written answers are never shown here."""
    card = next(iter(cards([page], request)), None)
    show = page.show_results and card is not None and card.people > 0
    return {"card": card, "results": survey_results(card.object) if show and card else []}


def survey_results(questionnaire: Questionnaire) -> list[QuestionResult]:
    """What can be counted. What people wrote is read by staff, and quoted by them."""
    found = answers_of(questionnaire, get_language() or "nl", texts=0)
    return [result for result in found if not kinds.get(result.frozen.kind).is_written]


def session_context(page: SessionPage, request: HttpRequest) -> dict[str, Any]:
    return {"card": next(iter(cards([page], request)), None)}


def board_context(page: IdeaBoardPage, request: HttpRequest) -> dict[str, Any]:
    thread = Thread.objects.filter(page_key=page.object_key, kind=Thread.Kind.BOARD).first()
    return ideas_context(request, thread) if thread else {}


def programme_context(page: ProgrammePage, request: HttpRequest) -> dict[str, Any]:
    """The chain from what was heard to what is done; the words of an activity are the page's."""
    programme = Programme.objects.filter(page_key=page.object_key).first()
    words = {block.id: block.value for block in page.activities}
    if programme is None:
        return {"chain": None, "activities": []}
    found = chain(programme, get_language() or "nl")
    activities = [{"step": step, "words": words.get(str(step.activity.key))} for step in found.steps]
    return {"chain": found, "activities": activities}


def results_context(page: ResultsPage, request: HttpRequest) -> dict[str, Any]:
    return {"needs": [need for need in page.needs.all() if need.is_public]}


# --- Search and sitemap -----------------------------------------------------------------------------------


def search(home: Page, words: str) -> Any:
    """Live pages of this home's tree that have these words: one site, one language."""
    hidden = SessionPage.objects.descendant_of(home).filter(is_private=True).values_list("pk", flat=True)
    pages = Page.objects.live().public().descendant_of(home, inclusive=True)
    return pages.exclude(pk__in=list(hidden)).specific().search(words)


def sitemap(homes: Sequence[Page], request: HttpRequest) -> list[dict[str, Any]]:
    """Every public page of these trees with its translations."""
    trees = Q()
    for home in homes:
        trees |= Q(path__startswith=home.path)
    pages = Page.objects.live().public().filter(trees).select_related("locale")
    hidden = SessionPage.objects.filter(trees, is_private=True).values("pk")
    urls: dict[Any, list[dict[str, Any]]] = {}
    for page in pages.exclude(pk__in=hidden):
        url = page.get_full_url(request)
        if url:
            entry = {"url": url, "code": page.locale.language_code, "changed": page.last_published_at}
            urls.setdefault(page.translation_key, []).append(entry)
    return [
        {**entry, "alternates": entries if len(entries) > 1 else []}
        for entries in urls.values()
        for entry in entries
    ]
