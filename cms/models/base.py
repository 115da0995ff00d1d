"""What all pages have, and the page that holds one organisation's tree."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms import references
from cms.blocks import SHORT_TEXT
from cms.forms import SitePageForm
from cms.grounds import organisation_of
from cms.models.media import CARD
from cms.tester import RoleTester
from participation.organisations.models import Role


class OrganisationPage(Page):
    """Holds an organisation's home pages, one for each language. Nobody visits it, and editors can't change it."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.HomePage"]
    is_creatable = False
    preview_modes: ClassVar[list] = []
    written_by: ClassVar[tuple[Role, ...] | None] = None
    holds_languages: ClassVar[bool] = True

    class Meta:
        verbose_name = _("organisation")

    def get_admin_default_ordering(self) -> str:
        return "title"

    def permissions_for_user(self, user: Any) -> RoleTester:
        return RoleTester(user, self)


class SitePage(Page):
    """A page of a site: title, a lead and a picture, which cards and shared links show too.

    `written_by` are the roles that may write such pages (an owner always may); None means superusers only.
    `is_fixed` pages can be changed, but not moved, copied or removed.
    """

    lead = models.CharField(
        _("in one or two sentences"),
        max_length=300,
        blank=True,
        help_text=_("On top of the page, on cards, in search results and where people share the page."),
    )
    picture = models.ForeignKey(
        "cms.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("On top of the page, on cards and where people share the page."),
    )

    written_by: ClassVar[tuple[Role, ...] | None] = (Role.EDITOR,)
    is_fixed: ClassVar[bool] = False
    base_form_class = SitePageForm
    show_in_menus_default = False
    head_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("picture")]
    content_panels = head_panels
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("show_in_menus")], heading=_("Address and menu")),
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
            classname="collapsed",
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> RoleTester:
        return RoleTester(user, self)

    def clean(self) -> None:
        """Translations pass no form of ours; a new page has no place yet, so its form looks by its parent."""
        super().clean()
        if self.path:
            references.must_be_own(self, organisation_of(self))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        request.served_page = self  # type: ignore[attr-defined]  # the frame's language links are about it
        context["crumbs"] = self.crumbs(request)
        context["share_picture"] = self.share_picture(request)
        return {**context, **self.more_context(request)}

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        """What this type of page shows that is not written on it: from `cms.queries`."""
        return {}

    @property
    def card_picture(self) -> str:
        """For a card; costs no query when the page came from `queries.with_pictures`."""
        return self.picture.address(CARD[0]) if self.picture else ""

    def share_picture(self, request: HttpRequest) -> str:
        """For open graph, which takes no drawings and wants a whole address."""
        if self.picture is None or self.picture.is_svg():
            return ""
        return request.build_absolute_uri(self.picture.address("fill-1200x630|format-jpeg"))

    def crumbs(self, request: HttpRequest) -> list[dict[str, str | None]]:
        """From the home page to this one; the home page itself has none."""
        if self.depth < 4:
            return []
        above = self.get_ancestors().filter(depth__gte=3, live=True)
        found = [{"title": page.title, "url": page.get_url(request)} for page in above]
        return [*found, {"title": self.title, "url": None}]


def short_text(*args: Any, **kwargs: Any) -> RichTextField:
    """A few lines with links and lists, without headings and pictures."""
    return RichTextField(*args, features=SHORT_TEXT, blank=True, **kwargs)
