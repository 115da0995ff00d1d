"""A chooser and the text editor show what an id names, and a form that was refused shows again whatever id was sent.
While the admin answers, they know only what the person who asks may see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.http import HttpRequest
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.images.rich_text.contentstate import ImageElementHandler
from wagtail.models import Page

from cms.models import File, Picture

from .checks import may_see_file, may_see_page, may_see_picture

CHECKS = {Page: may_see_page, Picture: may_see_picture, File: may_see_file}
NOTHING = "0"  # an id that no row has

_asking: ContextVar[HttpRequest | None] = ContextVar("who_asks_the_admin", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    token = _asking.set(request)
    try:
        yield
    finally:
        _asking.reset(token)


def may_name(kind: type, value: Any) -> bool:
    request = _asking.get()
    if request is None or request.user.is_superuser:
        return True
    return CHECKS[kind](request.user, value, {})


def silence() -> None:
    BaseChooser.get_instance = _only_own(BaseChooser.get_instance)  # type: ignore[method-assign]
    for handler, method, kind in (
        (PageLinkElementHandler, "get_attribute_data", Page),
        (DocumentLinkElementHandler, "get_attribute_data", File),
        (ImageElementHandler, "create_entity", Picture),
    ):
        setattr(handler, method, _only_own_id(getattr(handler, method), kind))


def _only_own(get_instance: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(get_instance)
    def of_mine(self: BaseChooser, value: Any) -> Any:
        found = get_instance(self, value)
        kind = next((each for each in CHECKS if isinstance(found, each)), None)
        return found if kind is None or may_name(kind, found.pk) else None

    return of_mine


def _only_own_id(method: Callable[..., Any], kind: type) -> Callable[..., Any]:
    """These take the attributes of an element, one of them the id of a row."""

    @wraps(method)
    def of_mine(self: Any, *arguments: Any) -> Any:
        return method(self, *(_without_another_s(each, kind) for each in arguments))

    return of_mine


def _without_another_s(argument: Any, kind: type) -> Any:
    if not isinstance(argument, dict) or "id" not in argument or may_name(kind, argument["id"]):
        return argument
    return {**argument, "id": NOTHING}
