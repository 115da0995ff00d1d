"""All addresses of Wagtail's admin, from the resolver itself: a view that a new version brings is walked too."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses() -> Iterator[tuple[str, str, list[str]]]:
    """(view name, address with `{argument}`s, names of the arguments)."""
    for name, route in walked_routes():
        arguments = [one or other for one, other in ARGUMENT.findall(route)]
        path = ARGUMENT.sub(lambda match: "{" + (match.group(1) or match.group(2)) + "}", route)
        path = path.replace("^", "").replace("$", "").replace(r"\.", ".")
        yield name, f"/{path}", arguments


def routes() -> Iterator[tuple[str, str]]:
    """(view name, pattern) of every address of the site."""
    return _walk(get_resolver())


def walked_routes() -> Iterator[tuple[str, str]]:
    return ((name, route) for name, route in routes() if route.startswith("admin/") and ".*" not in route)


def _walk(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield space + (pattern.name or ""), route
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner, route)


def add(parent: Page, kind: str) -> str:
    """The form for a new page of this kind."""
    return reverse("wagtailadmin_pages:add", args=["cms", kind, parent.pk])
