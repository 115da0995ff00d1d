"""The facilitator's console. Every button is also an ordinary form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.core.errors import ActionError
from participation.live import actions, queries, shapes, words
from participation.live.models import Session
from participation.organisations.models import Role
from participation.organisations.staff import staff_required
from surveys import kinds

from .doors import session_of, unknown
from .screen import join_context

TIMERS = (30, 60, 120, 300)


@never_cache
@staff_required(Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def console(request: HttpRequest, code: str) -> HttpResponse:
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    if request.method == "POST":
        return _command(request, session)
    return _show(request, session)


def _command(request: HttpRequest, session: Session) -> HttpResponse:
    name, _separator, key = request.POST.get("command", "").partition(":")
    try:
        actions.command(session, name, _args(request, name, key), request.user)
    except ActionError as error:
        messages.error(request, str(error.detail))
    return redirect("live:console", code=session.code)


def _args(request: HttpRequest, name: str, key: str) -> dict[str, Any]:
    """A button says `name` or `name:key`; the rest of a form are its fields. The command's own form judges it all."""
    data = request.POST
    if name == "insert_step":
        options = [line for line in data.get("options", "").splitlines() if line.strip()]
        return {"kind": data.get("kind"), "text": data.get("text"), "options": options}
    if name == "fix_text":
        return {"key": data.get("key"), "text": data.get("text"), "lang": get_language()}
    if name == "timer":
        return {"seconds": int(key) if key.isascii() and key.isdigit() else None}
    if name == "goto":
        return {"step": key}
    if name in ("approve", "hide"):
        place, _separator, which = key.partition(":")
        return {place: which} if place in ("answer", "contribution") else {}
    if name in ("pin", "mark_answered"):
        on, _separator, which = key.partition(":")
        return {"contribution": which, "on": on == "1"}
    return {}


def _show(request: HttpRequest, session: Session) -> HttpResponse:
    language = get_language() or "nl"
    state, _mine = queries.picture(session, shapes.CONSOLE, None)
    shape = shapes.snapshot(state, shapes.CONSOLE, language)
    context = {
        **join_context(request, session),
        "session": session,
        "title": session.title(language),
        "people": state.participants,
        "step": shape["step"],
        "results": shape["results"],
        "script": shape["script"],
        "new_version": shape["new_version"],
        "queue": shape["queue"],
        "kinds": [(slug, kind.label) for slug, kind in kinds.all_kinds().items()],
        "timers": [(seconds, seconds // 60) for seconds in TIMERS],
        "words": words.console(),
        "report": queries.report(session, language) if session.state == Session.State.ENDED else None,
    }
    return render(request, "live/console.html", context)
