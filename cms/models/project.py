"""A project with its phases, and what was done with what people said."""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import FileBlock, PhaseBlock, findings, key_of, only, words
from cms.forms import ProjectPageForm, ResultsPageForm
from cms.next_steps import NextPanel, for_project
from participation.core.errors import Invalid
from participation.organisations.models import Organisation, Role
from participation.projects.actions import PhaseData, close_project, publish_project, reopen_project
from participation.projects.models import Project

from .base import SitePage, short_text
from .room import RoomPage


class ProjectPage(RoomPage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = [
        "cms.SurveyPage",
        "cms.SessionPage",
        "cms.IdeaBoardPage",
        "cms.ProgrammePage",
        "cms.ResultsPage",
        "cms.NewsPage",
    ]
    page_description = _("One question to residents, from start to answer. Surveys and sessions go below it.")
    base_form_class = ProjectPageForm

    question = models.CharField(
        _("the question"),
        max_length=200,
        help_text=_("One sentence, as you would ask it at the counter."),
    )
    who_decides = short_text(_("who decides"), help_text=_("Who takes the decision in the end, and when?"))
    influence = short_text(
        _("what residents can change"), help_text=_("And what is settled already. Be honest about both.")
    )
    phases = StreamField(
        only("phase", PhaseBlock()),
        blank=True,
        verbose_name=_("phases"),
        help_text=_("In the order in which they come. Without phases everything is open all the time."),
    )
    area_code = models.CharField(
        _("area"),
        max_length=12,
        blank=True,
        help_text=_("The page then shows a map and figures of it."),
    )
    body = StreamField(words(), blank=True, verbose_name=_("more about it"))
    documents = StreamField(only("file", FileBlock()), blank=True, verbose_name=_("documents"))
    answer = StreamField(
        words(),
        blank=True,
        verbose_name=_("the answer"),
        help_text=_("What you heard, what was decided, why, and what happens now."),
    )
    finished = models.BooleanField(
        _("this project is finished"),
        default=False,
        help_text=_(
            "Nothing more is taken in. It needs an answer first: people want to hear what became of it."
        ),
    )

    override_translatable_fields = [SynchronizedField("area_code")]
    content_panels = [
        NextPanel(for_project),
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("phases"),
        MultiFieldPanel([FieldPanel("who_decides"), FieldPanel("influence")], heading=_("Who decides what")),
        FieldPanel("area_code"),
        FieldPanel("body"),
        FieldPanel("documents"),
        MultiFieldPanel([FieldPanel("answer"), FieldPanel("finished")], heading=_("At the end: the answer")),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("question"),
        index.SearchField("who_decides"),
        index.SearchField("influence"),
        index.SearchField("body"),
        index.SearchField("answer"),
    ]

    class Meta:
        verbose_name = _("project")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        from cms.queries import project_context

        return project_context(self, request)

    def publish_object(self, organisation: Organisation, project: Project | None, actor: Any) -> None:
        if self.finished and not self.answer:
            raise Invalid(
                gettext("Write the answer before you finish the project."),
                errors={"answer": gettext("What did you hear, what was decided, why, and what happens now?")},
            )
        made = publish_project(
            organisation=organisation,
            page_key=self.translation_key,
            name=self.title,
            phases=self.phase_data(),
            area_code=self.area_code or None,
            actor=actor,
        )
        (close_project if self.finished else reopen_project)(made, actor=actor)

    def project_under(self, parent: Page, organisation: Organisation) -> None:
        """A project is not part of another."""

    def phase_data(self) -> list[PhaseData]:
        return [
            PhaseData(
                key=key_of(block),
                name=block.value["title"],
                opens_at=block.value["opens_at"],
                closes_at=block.value["closes_at"],
                allows=block.value["allows"],
            )
            for block in self.phases
        ]


class ResultsPage(SitePage):
    """What was heard, decided, why, and what happened."""

    parent_page_types = ["cms.ProjectPage"]
    subpage_types: list[str] = []
    page_description = _("What you heard, what was decided, why, and what happened")
    written_by = (Role.EDITOR, Role.RESEARCHER)
    base_form_class = ResultsPageForm

    figure = models.CharField(
        _("the figure"),
        max_length=20,
        blank=True,
        help_text=_("One number that says most, such as “412” or “3 in 4”. It is on your home page too."),
    )
    figure_label = models.CharField(
        _("what the figure says"),
        max_length=120,
        blank=True,
        help_text=_("For example: people told us what they miss in the evening."),
    )
    heard = StreamField(findings(), blank=True, verbose_name=_("what we heard"))
    needs = ParentalManyToManyField(
        "needs.Need", blank=True, related_name="+", verbose_name=_("what people need")
    )
    decided = short_text(_("what was decided"))
    why = short_text(_("why"))
    happened = short_text(_("what happened, and what happens now"))

    content_panels = [
        *SitePage.head_panels,
        MultiFieldPanel([FieldPanel("figure"), FieldPanel("figure_label")], heading=_("In one figure")),
        FieldPanel("heard"),
        FieldPanel("needs", widget=CheckboxSelectMultiple),
        FieldPanel("decided"),
        FieldPanel("why"),
        FieldPanel("happened"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("heard"),
        index.SearchField("decided"),
        index.SearchField("why"),
        index.SearchField("happened"),
    ]

    class Meta:
        verbose_name = _("results")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        from cms.queries import results_context

        return results_context(self, request)
