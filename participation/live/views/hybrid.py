"""For people in the room without a phone: counting hands and cards, and cards to print."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.errors import ActionError
from participation.live import actions, queries
from participation.live.actions import hands
from participation.live.forms import whole
from participation.live.models import Session
from participation.live.room import Room
from participation.organisations.models import Role
from participation.organisations.staff import staff_required
from surveys.models import Collector

from .doors import session_of, unknown
from .screen import join_context

CARDS = 8  # on a page
LETTERS = (
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
)  # each with a colour and a shape of its own, in static/live/cards.css
FIELD = "count:"


@never_cache
@staff_required(Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, code: str) -> HttpResponse:
    """A counter for each option of the present question, large enough for one hand."""
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    if request.method == "POST":
        return _take(request, session)
    return render(request, "live/hands.html", _context(request, session))


def _take(request: HttpRequest, session: Session) -> HttpResponse:
    channel = request.POST.get("channel", "")
    typed = {
        name.removeprefix(FIELD): value.strip()
        for name, value in request.POST.items()
        if name.startswith(FIELD) and isinstance(value, str)
    }
    counts = {
        key: 0 if not value else value if (n := whole(value)) is None else n for key, value in typed.items()
    }
    step = request.POST.get("step", "")
    detail = ""
    try:
        actions.command(
            session, "count_hands", {"step": step, "channel": channel, "counts": counts}, request.user
        )
    except ActionError as error:
        detail = str(error.detail)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"detail": detail}, status=409 if detail else 200)
    if detail:
        messages.error(request, detail)
    else:
        messages.success(request, _("Saved"))
    return redirect(f"{request.path}?{urlencode({'step': step, 'channel': channel})}")


def _context(request: HttpRequest, session: Session) -> dict[str, Any]:
    language = get_language() or "nl"
    room = queries.room(session.pk)
    step = room.step(request.GET.get("step", "")) or room.current
    channel = request.GET.get("channel", "")
    channel = channel if channel in hands.CHANNELS else Collector.Channel.HANDS
    context = {
        "session": session,
        "title": session.title(language),
        "step": step,
        "channel": channel,
        "channels": [(each, each.label) for each in hands.CHANNELS],
        "is_present": step is not None and step == room.current,
        "options": [],
    }
    if step is not None and step.question is not None:
        context |= {"label": room.question(step, language).label, "options": _options(room, step, channel)}
    return context


def _options(room: Room, step: Any, channel: str) -> list[dict[str, Any]]:
    question = room.question(step, get_language() or "nl")
    counted = hands.counted(room.session, step, question, channel)
    return [
        {"name": f"{FIELD}{each.key}", "label": each.label, "n": counted[each.key], "letter": letter}
        for each, letter in zip(hands.countables(question), [*LETTERS, *[""] * 200], strict=False)
    ]


@never_cache
@staff_required(Role.FACILITATOR)
@require_safe
def cards(request: HttpRequest, code: str) -> HttpResponse:
    """On paper: cards with the way in, and cards to vote with."""
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    context = {
        **join_context(request, session),
        "session": session,
        "title": session.title(get_language() or "nl"),
        "copies": range(CARDS),
        "letters": LETTERS,
    }
    return render(request, "live/cards.html", context)
