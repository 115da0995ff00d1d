"""Home, news and standard pages."""

import datetime as dt
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import words
from cms.forms import HomePageForm

from .base import SitePage


class HomePage(SitePage):
    """The front door: a promise, the field for a code, and what is open now."""

    parent_page_types = ["cms.OrganisationPage"]
    subpage_types = ["cms.ProjectPage", "cms.NewsIndexPage", "cms.StandardPage"]
    is_creatable = False
    is_fixed = True
    base_form_class = HomePageForm
    page_description = _("The front page of your site")

    promise = models.CharField(
        _("promise"),
        max_length=120,
        help_text=_("One short sentence in large letters: what do people get out of taking part?"),
    )
    area_code = models.CharField(
        _("area"), max_length=12, blank=True, help_text=_("The page then shows a map and figures of it.")
    )

    override_translatable_fields = [SynchronizedField("area_code")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("promise"),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("area_code"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("promise")]

    class Meta:
        verbose_name = _("home page")

    def get_admin_display_title(self) -> str:
        """The home pages of all languages have the same title."""
        return f"{super().get_admin_display_title()} ({self.locale.language_name_local})"

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        from cms.queries import home_context  # here, because queries know every type of page

        return home_context(self, request)


class StandardPage(SitePage):
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    page_description = _("An ordinary page with text and pictures, such as “About us”")

    body = StreamField(words(), blank=True, verbose_name=_("text"))
    show_in_footer = models.BooleanField(
        _("show at the bottom of every page"),
        default=False,
        help_text=_("For pages such as privacy and accessibility."),
    )

    content_panels = [*SitePage.head_panels, FieldPanel("body")]
    promote_panels = [*SitePage.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")


class NewsIndexPage(SitePage):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    max_count_per_parent = 1
    page_description = _("The list of all news")

    class Meta:
        verbose_name = _("news list")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        from cms.queries import news_page

        return news_page(self.get_parent(), request)


class NewsPage(SitePage):
    parent_page_types = ["cms.NewsIndexPage", "cms.ProjectPage"]
    subpage_types: list[str] = []
    page_description = _("One piece of news. Below a project it is on the project's page too.")

    published_on = models.DateField(_("date"), default=dt.date.today)
    body = StreamField(words(), blank=True, verbose_name=_("text"))

    content_panels = [*SitePage.head_panels, FieldPanel("published_on"), FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body"), index.FilterField("published_on")]

    class Meta:
        verbose_name = _("news")
