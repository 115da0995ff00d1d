"""The projector, and the code that phones point their camera at."""

import io
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from participation.live import permissions, queries, shapes, words
from participation.live.models import Session

from .doors import session_of, unknown


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Big, no controls. Without a script it shows the present step, and reloads by hand. With `embed` a public one may
    be framed by another site: a video call, a stream."""
    session = session_of(request, code)
    if session is None or not permissions.may_see_screen(request.user, session):
        return unknown(request, code)
    language = get_language() or "nl"
    state, _mine = queries.picture(session, shapes.SCREEN, None)
    said = words.screen()
    step = shapes.step_shape(state.room, state.room.current, language) if state.room.current else None
    results = shapes.results_shape(state, shapes.SCREEN, language)
    context = {
        **join_context(request, session),
        "session": session,
        "title": session.title(language),
        "people": state.participants,
        "heading": _heading(session, step, language, said),
        "step": step,
        "results": results,
        "words": said,
        **words.nouns(step, results["n"] if results else 0, state.participants),
        "groups": shapes.by_table(results["tally"], language) if step and step["seating"] and results else [],
    }
    response = render(request, "live/screen.html", context)
    if "embed" in request.GET and session.screen_is_public:
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
        response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return response


def _heading(session: Session, step: dict[str, Any] | None, language: str, said: words.Words) -> str:
    """What stands on top; static/live/screen.js says the same."""
    if session.state == Session.State.PAUSED:
        return said["pause"]
    if session.is_over:
        return said["ended"]
    if session.state == Session.State.LOBBY or step is None:
        return session.title(language)
    return str((step["question"] or step["thread"] or {"label": step["title"]})["label"])


@cache_control(max_age=3600, public=True)
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The join address of this host as a QR code."""
    if session_of(request, code) is None:
        return unknown(request, code)
    drawing = io.BytesIO()
    address = request.build_absolute_uri(reverse("live:room", args=[code]))
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=2, scale=8, xmldecl=False, omitsize=True
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def join_context(request: HttpRequest, session: Session) -> dict[str, Any]:
    """Where people join, as they read it: `oogst.example/join`, and the code in two groups of three."""
    return {
        "join_place": f"{request.get_host()}{reverse('live:join')}".rstrip("/"),
        "grouped_code": f"{session.code[:3]} {session.code[3:]}",
        "qr_url": reverse("live:qr", args=[session.code]),
    }
