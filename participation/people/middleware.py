"""Cookies for residents, locks for staff."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from . import participants, security

GetResponse = Callable[[HttpRequest], HttpResponse]
# What staff can reach before the second step: logging in and out, setting it up, and choosing a language.
OPEN_PREFIXES = ("account_", "mfa_", "socialaccount_", "openid_connect_", "second_step", "set_language")
OPEN_NAMES = {"health", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "javascript-catalog"}


class ParticipantCookieMiddleware:
    """Sets the cookie when a view asked for `participants.identity()` and the phone had none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        made = getattr(request, "_new_participant_id", None)
        if made is not None:
            participants.set_cookie(response, request.organisation, made)  # type: ignore[attr-defined]
        return response


class StaffSecurityMiddleware:
    """Where `REQUIRE_STAFF_MFA` is on, staff without the second step are led to it, wherever they go."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_STAFF_MFA:
            request.user = SimpleLazyObject(  # type: ignore[assignment]
                lambda: security.marked(get_user(request), request.session)
            )
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.REQUIRE_STAFF_MFA or self.is_open(request):
            return None
        if not getattr(request.user, "lacks_second_step", False):
            return None
        request.session["second_step_next"] = request.get_full_path() if request.method == "GET" else "/"
        return redirect("second_step")

    @staticmethod
    def is_open(request: HttpRequest) -> bool:
        match = request.resolver_match
        name = (match.url_name if match and not match.namespaces else "") or ""
        return name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES
