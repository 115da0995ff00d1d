"""What Wagtail's first page says to somebody who makes pages between two other tasks."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from participation.people import mail

from .grounds import organisations_of
from .models import IdeaBoardPage, NewsPage, ProjectPage, ResultsPage, SessionPage, SurveyPage
from .tester import may_write

BELOW_A_PROJECT = (
    (SurveyPage, _("Survey"), "list-ul"),
    (SessionPage, _("Session"), "group"),
    (IdeaBoardPage, _("Idea board"), "comment"),
    (NewsPage, _("News"), "doc-full"),
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
                for each in organisations_of(user).exclude(site=None).select_related("site")
            ],
            "projects": [self._project(user, page) for page in projects_of(user)],
            "new_project": self._new_project(user),
        }

    def _project(self, user: Any, page: ProjectPage) -> dict[str, Any]:
        buttons = [
            {
                "label": label,
                "icon": icon,
                "url": reverse("wagtailadmin_pages:add", args=["cms", model._meta.model_name, page.pk]),
            }
            for model, label, icon in BELOW_A_PROJECT
            if may_write(user, model, page)
        ]
        return {"page": page, "buttons": buttons}

    def _new_project(self, user: Any) -> str:
        organisation = organisations_of(user).exclude(site=None).select_related("site__root_page").first()
        if (
            organisation is None
            or organisation.site is None
            or not may_write(user, ProjectPage, organisation.site.root_page)
        ):
            return ""
        return reverse("wagtailadmin_pages:add", args=["cms", "projectpage", organisation.site.root_page_id])


def projects_of(user: Any) -> list[ProjectPage]:
    """The newest running projects, in the language in which pages are written first."""
    found = ProjectPage.objects.none()
    for path in organisations_of(user).exclude(site=None).values_list("site__root_page__path", flat=True):
        found = found | ProjectPage.objects.filter(path__startswith=path, finished=False)
    return list(found.filter(alias_of=None).order_by("-pk")[:PROJECTS])
