"""Where on the site a thread lives: an editor's page, found by `page_key`, or the plain list of its ideas."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from .models import Thread


@dataclass(frozen=True)
class Place:
    """`is_open`: this reader may be there. A board follows its page: taken offline or made private, so is the board."""

    title: str
    url: str
    is_open: bool = True


def place_of(request: HttpRequest, thread: Thread) -> Place:
    """The board's page in the reader's language, else in another; the plain list when it never had a page."""
    pages = Page.objects.filter(translation_key=thread.page_key).select_related("locale").order_by("pk")
    listed = reverse("contributions:board", args=[thread.public_id])
    known = list(pages)
    if not known:
        return Place(thread.name, listed)
    language = get_language()
    live = sorted(
        (page for page in known if page.live), key=lambda page: page.locale.language_code != language
    )
    for page in live:
        url = page.get_url(request)
        if url and _lets_in(request, page):
            return Place(page.title, url)
    return Place(thread.name, listed, is_open=False)


def _lets_in(request: HttpRequest, page: Page) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
