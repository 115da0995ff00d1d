"""The way of somebody's answer, subscriptions, and the staff's start page."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from participation.core.clients import too_fast
from participation.core.errors import Unknown
from participation.core.ids import group_code
from participation.core.pages import addresses
from participation.organisations import staff_menu
from participation.organisations.models import Organisation
from participation.organisations.staff import staff_required
from participation.projects.models import Project

from . import actions, queries
from .forms import ReceiptForm, SubscribeForm
from .waiting import waiting

# A town hall is one address, and a code has 63 bits: wide enough for a room full of typing errors.
WRONG_CODES = "100/h"
ASKED = "60/h"


def organisation_of(request: HttpRequest) -> Organisation:
    organisation = request.organisation  # type: ignore[attr-defined]
    if organisation is None:
        raise Http404
    return organisation


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose address is the key: kept by no cache or search engine, told to no other site."""

    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # Not "no-referrer": browsers then send `Origin: null` with a form, which Django's CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@private
def receipt_enter(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if too_fast(request, "receipt", WRONG_CODES, count=False):
            form.add_error("code", _("Too many wrong codes from this place. Try again in an hour."))
            status = 429
        elif found := queries.receipt_of(organisation, form.cleaned_data["code"]):
            return redirect("notifications:receipt", group_code(found.code))
        else:
            too_fast(request, "receipt", WRONG_CODES, count=True)
            form.add_error(
                "code", _("We don't know this code here. Check every letter, and the site you are on.")
            )
    if form.errors and status == 200:
        status = 422
    return render(request, "notifications/receipt_enter.html", {"form": form}, status=status)


@require_GET
@private
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The way of your answer."""
    organisation = organisation_of(request)
    found = None
    if not too_fast(request, "receipt", WRONG_CODES, count=False):
        found = queries.receipt_of(organisation, code)
        if found is None:
            too_fast(request, "receipt", WRONG_CODES, count=True)
    if found is None:
        form = ReceiptForm({"code": code})
        if form.is_valid():
            form.add_error(
                "code", _("We don't know this code here. Check every letter, and the site you are on.")
            )
        return render(request, "notifications/receipt_enter.html", {"form": form}, status=404)
    context = {"trace": queries.trace(found, get_language()), "code": group_code(found.code)}
    return render(request, "notifications/receipt.html", context)


def _project_or_404(request: HttpRequest, public_id: str) -> Project:
    return get_object_or_404(Project.objects.of(organisation_of(request)), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def subscribe(request: HttpRequest, project_id: str) -> HttpResponse:
    """Ask for news about a project. The answer is the same for every address."""
    project = _project_or_404(request, project_id)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    asked = False
    if form.is_bound and form.is_valid():
        if too_fast(request, "subscribe", ASKED, count=True):
            form.add_error("email", _("That goes too fast. Wait a moment and try again."))
        else:
            language = get_language() or "nl"
            actions.subscribe(project, email=form.cleaned_data["email"], language=language)
            asked = True
    pages = addresses([project.page_key], get_language() or "nl", organisation_of(request).site)
    context = {
        "form": form,
        "project": project,
        "project_url": pages.get(project.page_key, ""),
        "asked": asked,
    }
    return render(request, "notifications/subscribe.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link asks; only the button says yes (mail programs open links by themselves)."""
    return _by_token(request, token, actions.to_confirm, actions.confirm, "confirm")


@csrf_exempt  # the token is the proof, and a mail program's own button has no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def stop(request: HttpRequest, token: str) -> HttpResponse:
    return _by_token(request, token, actions.to_stop, actions.stop, "stop")


def _by_token(
    request: HttpRequest,
    token: str,
    find: Callable[[str, Organisation], Any],
    act: Callable[[Any], None],
    what: str,
) -> HttpResponse:
    try:
        subscription = find(token, organisation_of(request))
    except Unknown:
        return render(request, "notifications/link_is_old.html", {"what": what}, status=404)
    project = subscription.project
    if request.method == "POST":
        act(subscription)
    pages = addresses([project.page_key], get_language() or "nl", organisation_of(request).site)
    context = {
        "what": what,
        "project": project,
        "project_url": pages.get(project.page_key, ""),
        "email": subscription.email,
        "is_done": request.method == "POST",
    }
    return render(request, "notifications/by_link.html", context)


@require_GET
@never_cache
@staff_required()
def start(request: HttpRequest) -> HttpResponse:
    """What waits for me, and one button each for a session, a survey and a note."""
    context = {
        "staff_nav": staff_menu.menu(request),
        "waiting": waiting(request.user, organisation_of(request)),
    }
    return render(request, "notifications/start.html", context)
