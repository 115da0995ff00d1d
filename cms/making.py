"""`staff/new/<what>/`: from a button that says what somebody wants to make to the form in which it is written."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from participation.organisations import staff_menu
from participation.organisations.staff import staff_required

from .dashboard import new_project_url, running_projects
from .models import IdeaBoardPage, ProgrammePage, SessionPage, SurveyPage
from .tester import may_write

KINDS = {
    "session": (SessionPage, _("Prepare a session")),
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
    organisation = request.organisation  # type: ignore[attr-defined]
    if organisation.site is None or not may_write(request.user, model, organisation.site.root_page):
        raise PermissionDenied
    projects = [
        (page, reverse("wagtailadmin_pages:add", args=["cms", model._meta.model_name, page.pk]))
        for page in running_projects(organisation)
    ]
    if len(projects) == 1:
        return redirect(projects[0][1])
    context = {
        "staff_nav": staff_menu.menu(request),
        "title": title,
        "projects": projects,
        "new_project": new_project_url(request.user, organisation),
    }
    return render(request, "cms/staff/making.html", context)
