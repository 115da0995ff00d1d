"""From a domain object to the page with its words: a page's translation key is the object's `page_key`."""

import uuid
from collections.abc import Iterable

from wagtail.models import Page, Site


def addresses(
    page_keys: Iterable[uuid.UUID], language: str, site: Site | None = None
) -> dict[uuid.UUID, str]:
    """The address of each key's live page, in `language` where that exists; keys without a live page are left out.
    Seen from `site`: a path for its own pages. Without a site: whole addresses, for mails and calendars. One query,
    and Wagtail's own list of sites from its cache."""
    found: dict[uuid.UUID, str] = {}
    pages = Page.objects.live().filter(translation_key__in=set(page_keys)).select_related("locale")
    for page in sorted(pages, key=lambda each: each.locale.language_code == language):
        address = page.get_url(current_site=site) if site else page.full_url
        if address:
            found[page.translation_key] = address
    return found
