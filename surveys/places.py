"""The page on the site that belongs to a questionnaire or project, found by `page_key`."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page


@dataclass(frozen=True)
class Place:
    title: str
    url: str


class Hidden(Exception):
    """There is a page, but it is offline, or this reader may not see it."""


def place_of(request: HttpRequest, page_key: uuid.UUID) -> Place | None:
    """The page in the reader's language, else in another; None when there never was one (a questionnaire can do without).
    Raises Hidden: a survey follows its page. A few queries, whatever the site."""
    pages = Page.objects.filter(translation_key=page_key).select_related("locale").order_by("pk")
    known = list(pages)
    language = get_language()
    live = [page for page in known if page.live]
    for page in sorted(live, key=lambda page: page.locale.language_code != language):
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


def _lets_in(request: HttpRequest, page: Page) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
