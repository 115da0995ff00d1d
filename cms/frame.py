"""What stands around every page: menu, languages, foot. Each part is read when a template asks for it, once a request."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page

from participation.organisations import staff_menu
from participation.organisations.models import Organisation
from participation.organisations.permissions import is_staff_member

from .models import OrganisationTheme
from .models.theme import theme_class

Link = dict[str, Any]


class Frame:
    """For one request in one language."""

    names = (
        "home_url",
        "nav_items",
        "language_links",
        "footer_links",
        "search_url",
        "join_url",
        "receipt_url",
        "staff_url",
        "login_url",
        "logout_url",
        "theme_class",
        "theme_css_url",
        "organisation_logo_url",
        "staff_nav",
        "is_staff_member",
        "alternates",
        "canonical_url",
    )

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.organisation: Organisation | None = getattr(request, "organisation", None)
        self.user = getattr(request, "user", None)
        self.language = get_language() or settings.LANGUAGE_CODE

    # --- Where the site is ---------------------------------------------------------------------------

    @cached_property
    def homes(self) -> dict[str, Page]:
        """The live home pages by language. One query."""
        if self.organisation is None or self.organisation.site is None:
            return {}
        pages = Page.objects.live().filter(
            translation_key__in=Page.objects.filter(pk=self.organisation.site.root_page_id).values(
                "translation_key"
            )
        )
        return {page.locale.language_code: page for page in pages.select_related("locale")}

    @cached_property
    def links(self) -> list[tuple[Link, bool, bool]]:
        """Pages below home with a place in the menu or at the foot: (link, in menu, at foot). One query."""
        home = self.homes.get(self.language)
        if home is None:
            return []
        pages = (
            Page.objects.child_of(home)
            .live()
            .filter(Q(show_in_menus=True) | Q(standardpage__show_in_footer=True))
            .annotate(at_foot=F("standardpage__show_in_footer"))
        )
        return [(self._link(page), page.show_in_menus, bool(page.at_foot)) for page in pages]

    def _link(self, page: Page) -> Link:
        url = page.get_url(self.request) or ""
        return {"title": page.title, "url": url, "current": self.request.path.startswith(url)}

    @cached_property
    def home_url(self) -> str:
        return f"/{self.language}/"

    @cached_property
    def nav_items(self) -> list[Link]:
        return [link for link, in_menu, _at_foot in self.links if in_menu]

    @cached_property
    def footer_links(self) -> list[Link]:
        return [link for link, _in_menu, at_foot in self.links if at_foot]

    # --- Languages -----------------------------------------------------------------------------------

    @cached_property
    def page(self) -> Page | None:
        """The page that is served; None on a room's own address."""
        return getattr(self.request, "served_page", None)

    @cached_property
    def translations(self) -> dict[str, str]:
        """Addresses of the served page by language, its own included. One query."""
        if self.page is None:
            return {}
        pages = Page.objects.live().filter(translation_key=self.page.translation_key)
        found = {}
        for page in pages.filter(alias_of=None).select_related("locale"):
            url = page.get_url(self.request)
            if url:
                found[page.locale.language_code] = url
        return found

    @cached_property
    def language_links(self) -> list[Link]:
        return [
            {"url": self._in_language(code), "code": code, "label": name, "current": code == self.language}
            for code, name in LANGUAGE_NAMES
        ]

    def _in_language(self, code: str) -> str:
        """This page in that language; when it was not translated the home page in it."""
        path = self.request.get_full_path()
        if self.page is not None:
            return self.translations.get(code, f"/{code}/")
        if get_language_from_path(self.request.path):
            return translate_url(path, code)
        return f"{reverse('language', args=[code])}?{urlencode({'next': path})}"

    @cached_property
    def alternates(self) -> list[Link]:
        """For `<link rel=alternate hreflang>`: only when there is more than one language."""
        if len(self.translations) < 2:
            return []
        return [
            {"code": code, "url": self.request.build_absolute_uri(url)}
            for code, url in sorted(self.translations.items())
        ]

    @cached_property
    def canonical_url(self) -> str:
        return self.request.build_absolute_uri(self.page.get_url(self.request)) if self.page else ""

    # --- Addresses of rooms --------------------------------------------------------------------------

    @cached_property
    def search_url(self) -> str:
        return _address("search")

    @cached_property
    def join_url(self) -> str:
        return _address("live:join")

    @cached_property
    def receipt_url(self) -> str:
        return _address("notifications:receipt_enter")

    @cached_property
    def staff_url(self) -> str:
        return _address("notifications:start")

    @cached_property
    def login_url(self) -> str:
        return _address("account_login")

    @cached_property
    def logout_url(self) -> str:
        return _address("account_logout")

    # --- Look and staff ------------------------------------------------------------------------------

    @cached_property
    def theme(self) -> OrganisationTheme | None:
        if self.organisation is None or self.organisation.site_id is None:
            return None
        return OrganisationTheme.base_queryset().filter(site=self.organisation.site_id).first()

    @cached_property
    def theme_class(self) -> str:
        if self.organisation is None or not self.theme or not self.theme.properties:
            return ""
        return theme_class(self.organisation)

    @cached_property
    def theme_css_url(self) -> str:
        if self.organisation is None or self.theme is None or not self.theme_class:
            return ""
        address = reverse("theme", args=[self.organisation.public_id])
        return f"{address}?v={self.theme.fingerprint}"

    @cached_property
    def organisation_logo_url(self) -> str:
        if self.theme is None or self.theme.logo is None:
            return ""
        return self.theme.logo.get_rendition("max-480x96|format-webp").url

    @cached_property
    def is_staff_member(self) -> bool:
        return is_staff_member(self.user, self.organisation)

    @cached_property
    def staff_nav(self) -> list[Link]:
        return staff_menu.menu(self.request) if self.is_staff_member else []


# In their own words: a reader looks for the language they know.
LANGUAGE_NAMES = (("nl", "Nederlands"), ("en", "English"))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
