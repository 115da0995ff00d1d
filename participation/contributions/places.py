"""Where on the site a thread lives: an editor's page, or the plain list of its ideas."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from participation.core import pages

from .models import Thread


@dataclass(frozen=True)
class Place(pages.Place):
    """`is_open`: this reader may be there. A board follows its page: taken offline or made private, so is the board."""

    is_open: bool = True


def place_of(request: HttpRequest, thread: Thread) -> Place:
    """The board's page; the plain list when it never had one."""
    listed = reverse("contributions:board", args=[thread.public_id])
    try:
        page = pages.place_of(request, thread.page_key)
    except pages.Hidden:
        return Place(thread.name, listed, is_open=False)
    return Place(page.title, page.url) if page else Place(thread.name, listed)
