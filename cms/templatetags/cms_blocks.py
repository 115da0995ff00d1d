"""What blocks show of other pages: only while those are live, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django import template
from wagtail.models import Page

from surveys.models import Questionnaire

register = template.Library()


def _shown(page: Page | None) -> Page | None:
    """The page in the reader's language when there is one; None while it is not public."""
    return page.localized.specific if page and page.live else None


@register.simple_tag(takes_context=True)
def survey_of(context: Any, page: Page | None) -> dict[str, Any] | None:
    """Title, address and results of a chosen survey page; None when it may not be shown."""
    from cms.queries import survey_results

    page = _shown(page)
    if page is None or not page.show_results:
        return None
    questionnaire = Questionnaire.objects.filter(page_key=page.object_key).first()
    if questionnaire is None:
        return None
    return {"title": page.title, "url": _address(context, page), "results": survey_results(questionnaire)}


@register.simple_tag(takes_context=True)
def page_card(context: Any, page: Page | None) -> dict[str, Any] | None:
    page = _shown(page)
    return {"title": page.title, "lead": page.lead, "url": _address(context, page)} if page else None


@register.filter
def illustrated(items: Iterable[Any]) -> bool:
    """Whether all have a picture: a list with some pictures has holes in it."""
    pictures = [item["page"].picture if isinstance(item, dict) else item.page.picture for item in items]
    return bool(pictures) and all(pictures)


def _address(context: Any, page: Page) -> str:
    return page.get_url(context.get("request")) or ""
