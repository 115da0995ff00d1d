"""The staff menu: each app registers its own doors, and a person sees those that open for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from .permissions import is_staff_member

Ask = Callable[[Any, Any], Any]  # (user, organisation)


@dataclass(frozen=True)
class Door:
    """`allowed(user, organisation)` as the view itself asks it; `count` is what waits behind the door."""

    title: Any
    url_name: str
    icon: str
    position: int
    allowed: Ask = is_staff_member
    count: Ask | None = None


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    _doors[door.url_name] = door


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """For `staff_nav` of `base_staff.html`; the current door is the one with the longest address that fits."""
    organisation = request.organisation  # type: ignore[attr-defined]
    doors = [
        (door, url)
        for door in sorted(_doors.values(), key=lambda door: door.position)
        if door.allowed(request.user, organisation) and (url := _url(door))
    ]
    fitting = [url for _door, url in doors if request.path.startswith(url)]
    current = max(fitting, key=len, default=None)
    return [
        {
            "title": door.title,
            "url": url,
            "icon": door.icon,
            "current": url == current,
            "count": door.count(request.user, organisation) if door.count else None,
        }
        for door, url in doors
    ]


def _url(door: Door) -> str | None:
    try:
        return reverse(door.url_name)
    except NoReverseMatch:
        return None
