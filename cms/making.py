"""`staff/new/<what>/`: from a button that says what somebody wants to make to the form in which it is written.

A session does not begin with an empty form: one chooses a script, and gets a draft with its steps."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.errors import ActionError
from participation.organisations import staff_menu
from participation.organisations.models import Organisation
from participation.organisations.staff import staff_required

from . import preparing
from .dashboard import new_project_url, running_projects
from .forms import PrepareForm
from .models import IdeaBoardPage, ProgrammePage, ProjectPage, SessionPage, SurveyPage
from .scripts import SCRIPTS, Script
from .tester import may_write

KINDS = {
    "survey": (SurveyPage, _("Make a survey")),
    "board": (IdeaBoardPage, _("Make an idea board")),
    "programme": (ProgrammePage, _("Make a programme")),
}


@require_safe
@staff_required()
def new(request: HttpRequest, what: str) -> HttpResponse:
    """Straight to the form where there is one project; else the question in which one, or where to begin."""
    if what not in KINDS:
        raise Http404
    model, title = KINDS[what]
    organisation = _organisation(request, model)
    projects = [(page, _empty_form(model, page)) for page in running_projects(organisation)]
    if len(projects) == 1:
        return redirect(projects[0][1])
    context = {
        "staff_nav": staff_menu.menu(request),
        "title": title,
        "projects": projects,
        "new_project": new_project_url(request.user, organisation),
    }
    return render(request, "cms/staff/making.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required()
def session(request: HttpRequest) -> HttpResponse:
    """Choose a script, and in which project; then write on in the editor."""
    organisation = _organisation(request, SessionPage)
    projects = running_projects(organisation)
    form = PrepareForm(
        request.POST or None, projects=projects, initial={"project": request.GET.get("project")}
    )
    if request.method == "POST" and form.is_valid():
        return _begin(request, form.cleaned_data["project"], form.cleaned_data["script"])
    language = get_language() or "nl"
    context = {
        "staff_nav": staff_menu.menu(request),
        "title": _("Prepare a session"),
        "form": form,
        "projects": projects,
        "scripts": [_card(each, language) for each in SCRIPTS.values()],
        "new_project": new_project_url(request.user, organisation),
    }
    return render(request, "cms/staff/scripts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required()
def duplicate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A copy of a session, opened in the editor. A GET asks first: it is where a link in the editor leads."""
    organisation = _organisation(request, SessionPage)
    page = preparing.session_page(organisation, key)
    if page is None:
        raise Http404
    if request.method != "POST":
        context = {"staff_nav": staff_menu.menu(request), "page": page}
        return render(request, "cms/staff/duplicate.html", context)
    try:
        copy = preparing.duplicate(page, request.user)
    except ActionError as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("This is the copy. It has no code and no day yet, and no answers."))
    return redirect("wagtailadmin_pages:edit", copy.pk)


def _begin(request: HttpRequest, project: ProjectPage, slug: str) -> HttpResponse:
    if not slug:
        return redirect(_empty_form(SessionPage, project))
    try:
        page = preparing.prepare(project, SCRIPTS[slug], request.user)
    except ActionError as refusal:
        raise PermissionDenied from refusal
    messages.success(
        request, _("Your draft is ready. Change what does not fit, and publish it when you like.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _card(script: Any, language: str) -> dict[str, Any]:
    words = {
        name: getattr(script, name).to(language) for name in ("name", "title", "what_for", "brings", "advice")
    }
    return {**words, "slug": script.slug, "minutes": script.minutes, "steps": _timed(script, language)}


def _timed(script: Script, language: str) -> list[tuple[str, int]]:
    """What each step says, and how many minutes it takes; none at one's own pace."""
    told = zip(script.outline(language), script.steps, strict=True)
    return [(words, 0 if script.pacing == "own" else round(script.takes(step))) for words, step in told]


def _organisation(request: HttpRequest, model: type[Any]) -> Organisation:
    """The site's, for who may write such pages there."""
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    if organisation.site is None or not may_write(request.user, model, organisation.site.root_page):
        raise PermissionDenied
    return organisation


def _empty_form(model: type[Any], project: ProjectPage) -> str:
    return reverse("wagtailadmin_pages:add", args=["cms", model._meta.model_name, project.pk])
