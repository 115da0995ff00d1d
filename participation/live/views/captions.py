"""Writing along with what is said: by hand, or by a caption service; and all of it to read afterwards."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation.core.clients import too_fast
from participation.core.errors import ActionError, Invalid, TooFast
from participation.core.forms import PlainTextField
from participation.live import actions, permissions, queries
from participation.live.models import Caption, Session

from .doors import session_of, unknown

A_MINUTE = "300/m"  # messages, for each session
MOST_BYTES = 8 * 1024
STATUS = {"too_fast": 429, "closed": 409, "forbidden": 403}


class LineForm(forms.Form):
    text = PlainTextField(most=Caption.LENGTH)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def captions(request: HttpRequest, code: str) -> HttpResponse:
    """One large field; each Enter sends a line. For facilitators, and for who has the key in the address."""
    session, key = session_of(request, code), request.GET.get("key", "")
    if session is None or not permissions.may_caption(request.user, session, key):
        return unknown(request, code)
    problem: ActionError | None = None
    if request.method == "POST":
        try:
            _take(request, session, key)
        except ActionError as error:
            problem = error
        if request.headers.get("Accept") == "application/json":
            detail = {"detail": str(problem.detail)} if problem else {}
            return JsonResponse(detail, status=_status(problem))
        if problem is None:
            return redirect(f"{request.path}?{urlencode({'key': key})}" if key else request.path)
    return render(
        request, "live/captions.html", _context(request, session, key, problem), status=_status(problem)
    )


def _take(request: HttpRequest, session: Session, key: str) -> None:
    if request.POST.get("what") == "renew":
        actions.command(session, "renew_caption_key", {}, request.user)
    elif request.POST.get("what") == "erase":
        actions.erase_captions(session, actor=request.user)
    else:
        form = LineForm(request.POST)
        if not form.is_valid():
            raise Invalid(next(iter(form.errors.values()))[0])
        _slow_down(request, session)
        actions.write_captions(session, [form.cleaned_data["text"]], actor=request.user, key=key)


@csrf_exempt  # the key is the proof: a caption service has no cookie
@require_POST
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Lines of plain text from a caption service. Answers in plain text."""
    session, key = session_of(request, code), request.GET.get("key", "")
    if session is None or not permissions.may_caption(None, session, key):
        return unknown(request, code)
    try:
        _slow_down(request, session)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Invalid
        lines = request.body.decode().splitlines()
        stored = actions.write_captions(session, lines, key=key)
    except UnicodeDecodeError:
        return HttpResponse("not UTF-8\n", status=400, content_type="text/plain")
    except ActionError as error:
        return HttpResponse(f"{error.code}\n", status=STATUS.get(error.code, 400), content_type="text/plain")
    return HttpResponse(f"{stored}\n", status=201, content_type="text/plain")


@never_cache
@require_safe
def transcript(request: HttpRequest, code: str) -> HttpResponse:
    """All that was written along, for everybody with the code."""
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    language = get_language() or "nl"
    lines = list(session.captions.all())
    context = {"session": session, "title": session.title(language), "lines": lines}
    return render(request, "live/transcript.html", context)


def _slow_down(request: HttpRequest, session: Session) -> None:
    if too_fast(request, "live.captions", A_MINUTE, who=session.code):
        raise TooFast


def _status(problem: ActionError | None) -> int:
    return STATUS.get(problem.code, 422) if problem else 200


def _context(request: HttpRequest, session: Session, key: str, problem: ActionError | None) -> dict[str, Any]:
    may_run = permissions.may_run(request.user, session.organisation)
    fresh = Session.objects.only("caption_key").get(pk=session.pk)  # it may have been renewed just now
    link = ""
    if may_run and fresh.caption_key:
        address = reverse("live:captions", args=[session.code])
        link = request.build_absolute_uri(f"{address}?{urlencode({'key': fresh.caption_key})}")
    return {
        "session": session,
        "title": session.title(get_language() or "nl"),
        "lines": queries.last_captions(session.pk, 12),
        "may_run": may_run,
        "link": link,
        "feed": link.replace("/captions/?", "/captions/feed/?"),
        "problem": problem,
        "typed": request.POST.get("text", "") if problem else "",
        "is_over": session.is_over,
        "most": Caption.LENGTH,
        "key": key,
    }
