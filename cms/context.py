"""What every page's frame shows."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from .frame import Frame

ADMIN = "/admin/"


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's parts as callables: a template that does not ask for one costs no query."""
    if request.path_info.startswith(ADMIN):
        return {}  # Wagtail's own templates use some of these names
    frames: dict[str | None, Frame] = request.__dict__.setdefault("_site_frames", {})
    frame = frames.get(get_language())
    if frame is None:
        frame = frames[get_language()] = Frame(request)
    parts: dict[str, Any] = {name: partial(getattr, frame, name) for name in Frame.names}
    return {"organisation": frame.organisation, **parts}
