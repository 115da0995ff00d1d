"""What Wagtail's first page says to somebody who makes pages between two other tasks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from participation.organisations.models import Organisation
from participation.people import mail

from .grounds import organisation_of, organisations_of
from .models import (
    IdeaBoardPage,
    NewsPage,
    ProgrammePage,
    ProjectPage,
    ResultsPage,
    SessionPage,
    SurveyPage,
)
from .next_steps import Link
from .tester import may_write

BELOW_A_PROJECT = (
    (SurveyPage, _("Survey"), "list-ul"),
    (SessionPage, _("Session"), "group"),
    (IdeaBoardPage, _("Idea board"), "comment"),
    (NewsPage, _("News"), "doc-full"),
    (ProgrammePage, _("Programme"), "tasks"),
    (ResultsPage, _("Results"), "success"),
)
PROJECTS = 5


class StartPanel(Component):
    """The way to the staff pages, and a button for each thing one can make, in each project that runs."""

    name = "oogst_start"
    template_name = "cms/admin/start_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "starts": [
                (each, mail.address(each, "notifications:start", get_language() or "nl"))
                for each in _with_site(user)
            ],
            "projects": [
                {"page": page, "buttons": buttons_below(page, user)}
                for each in _with_site(user)
                for page in running_projects(each)
            ],
            "new_project": next(filter(None, (new_project_url(user, each) for each in _with_site(user))), ""),
        }


def buttons_below(page: ProjectPage, user: Any) -> list[Link]:
    """One for each thing that somebody may make in this project."""
    return [
        Link(label, _begin_url(model, page), icon)
        for model, label, icon in BELOW_A_PROJECT
        if may_write(user, model, page)
    ]


def _begin_url(model: type[Any], page: ProjectPage) -> str:
    """The form in which it is written; for a session the choice of a script, on the organisation's own site."""
    if model is SessionPage and (organisation := organisation_of(page)):
        language = get_language() or "nl"
        return f"{mail.address(organisation, 'make_session', language)}?project={page.pk}"
    return reverse("wagtailadmin_pages:add", args=["cms", model._meta.model_name, page.pk])


def new_project_url(user: Any, organisation: Organisation) -> str:
    """Where a project is begun; empty for who may not."""
    site = organisation.site
    if site is None or not may_write(user, ProjectPage, site.root_page):
        return ""
    return reverse("wagtailadmin_pages:add", args=["cms", "projectpage", site.root_page_id])


def running_projects(organisation: Organisation) -> list[ProjectPage]:
    """The newest that are not finished, in the language in which pages are written first."""
    path = organisation.site.root_page.path if organisation.site else None
    if path is None:
        return []
    found = ProjectPage.objects.filter(path__startswith=path, finished=False, alias_of=None)
    return list(found.order_by("-pk")[:PROJECTS])


def _with_site(user: Any) -> QuerySet[Organisation]:
    return organisations_of(user).exclude(site=None).select_related("site__root_page")
