"""For the admin's templates."""

from typing import Any

from django import template
from django.apps import apps
from wagtail.models import Page

from cms.tester import may_write

register = template.Library()

PageType = tuple[Any, str, str, Any]  # name, app, model, description


@register.simple_tag
def writable(page_types: list[PageType], parent: Page, user: Any) -> list[PageType]:
    """Those types of page that this person's role writes."""
    return [
        page_type
        for page_type in page_types
        if may_write(user, apps.get_model(page_type[1], page_type[2]), parent)
    ]
