"""From a domain object to the page with its words: a page's translation key is the object's `page_key`."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Place:
    """The page as this reader finds it."""

    title: str
    url: str


class Hidden(Exception):
    """There is a page, but it is offline, or this reader may not see it."""


def place_of(request: HttpRequest, page_key: uuid.UUID) -> Place | None:
    """The page in the reader's language, else in another; None when there never was one (an object can do without).
    Raises Hidden: what is behind a page follows it. A few queries, whatever the site."""
    known = list(Page.objects.filter(translation_key=page_key).select_related("locale").order_by("pk"))
    for page in _best_first((page for page in known if page.live), get_language()):
        url = page.get_url(request)
        if url and _lets_in(request, page):
            return Place(page.title, url)
    if known:
        raise Hidden
    return None


def link_to(request: HttpRequest, page_key: uuid.UUID | None) -> Place | None:
    """The same for a link: None when this reader can't go there."""
    try:
        return place_of(request, page_key) if page_key else None
    except Hidden:
        return None


def said(page_key: uuid.UUID, field: str) -> str:
    """What the live page says in this field, in the reader's language where that exists; empty without a page."""
    pages = Page.objects.live().filter(translation_key=page_key).select_related("locale")
    page = next(iter(_best_first(pages, get_language())), None)
    return str(getattr(page.specific, field, "") or "") if page else ""


def addresses(
    page_keys: Iterable[uuid.UUID], language: str, site: Site | None = None
) -> dict[uuid.UUID, str]:
    """The address of each key's live page, in `language` where that exists; keys without a live page are left out.
    Seen from `site`: a path for its own pages. Without a site: whole addresses, for mails and calendars. One query,
    and Wagtail's own list of sites from its cache."""
    found: dict[uuid.UUID, str] = {}
    pages = Page.objects.live().filter(translation_key__in=set(page_keys)).select_related("locale")
    for page in reversed(_best_first(pages, language)):
        address = page.get_url(current_site=site) if site else page.full_url
        if address:
            found[page.translation_key] = address
    return found


def _best_first(pages: Iterable[Page], language: str | None) -> list[Page]:
    """Those in the reader's language before the others."""
    return sorted(pages, key=lambda page: page.locale.language_code != language)


def _lets_in(request: HttpRequest, page: Page) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
