"""What came in, for staff."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from participation.core.pages import link_to
from participation.organisations import staff_menu
from participation.organisations.models import Role
from participation.organisations.staff import staff_required

from . import actions, exports, permissions, queries
from .models import Collector, Question, Questionnaire

PAGE = 20


def _questionnaire(request: HttpRequest, public_id: str) -> Questionnaire:
    organisation = request.organisation  # type: ignore[attr-defined]
    visible = Questionnaire.objects.visible_to(organisation).select_related("organisation", "project")
    return get_object_or_404(visible, public_id=public_id)


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"staff_nav": staff_menu.menu(request), **more}


@staff_required()
def surveys(request: HttpRequest) -> HttpResponse:
    found = queries.surveys_of(request.organisation)  # type: ignore[attr-defined]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        {"survey": survey, "states": [_state(each) for each in survey.collectors.all()]} for survey in page
    ]
    may_make = permissions.may_make(request.user, request.organisation)  # type: ignore[attr-defined]
    return render(
        request, "surveys/staff/surveys.html", _context(request, page=page, rows=rows, may_make=may_make)
    )


def _state(collector: Collector) -> dict[str, Any]:
    return {"collector": collector, "availability": permissions.availability(collector).value}


@staff_required()
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    questionnaire = _questionnaire(request, public_id)
    context = _context(
        request,
        questionnaire=questionnaire,
        place=link_to(request, questionnaire.page_key),
        results=queries.results(questionnaire, get_language()),
        channels=queries.people_by_channel(questionnaire),
        may_export=permissions.may_export(request.user, questionnaire),
        may_quote=permissions.may_quote(request.user, request.organisation),  # type: ignore[attr-defined]
    )
    return render(request, "surveys/staff/results.html", context)


@staff_required()
def texts(request: HttpRequest, public_id: str, key: uuid.UUID) -> HttpResponse:
    """All answers to one question in people's own words, newest first."""
    questionnaire = _questionnaire(request, public_id)
    question = get_object_or_404(Question, questionnaire=questionnaire, key=key)
    asked = queries.asked_questions(questionnaire, get_language() or "nl").get(str(key))
    if asked is None or not queries.is_text(question):
        raise Http404
    found = queries.text_answers(request.organisation, question=question)  # type: ignore[attr-defined]
    context = _context(
        request,
        questionnaire=questionnaire,
        question=asked[0],
        page=Paginator(found, PAGE).get_page(request.GET.get("page")),
        may_quote=permissions.may_quote(request.user, request.organisation),  # type: ignore[attr-defined]
    )
    return render(request, "surveys/staff/texts.html", context)


@require_POST
@staff_required(Role.RESEARCHER)  # type: ignore[arg-type]  # a stream is no HttpResponse
def responses(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One row a response, as CSV. A POST, because it is noted who took it."""
    organisation = request.organisation  # type: ignore[attr-defined]
    questionnaire = get_object_or_404(Questionnaire.objects.of(organisation), public_id=public_id)
    table = actions.export_responses(questionnaire, actor=request.user, language=get_language() or "nl")
    response = StreamingHttpResponse(exports.as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="responses-{questionnaire.public_id}.csv"'
    return response
