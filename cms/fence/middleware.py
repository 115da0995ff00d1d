"""The fence around the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms.grounds import trees
from cms.models import HomePage
from participation.core.errors import ActionError

from . import checks, doors, echoes

# Log-in has doors of its own.
OUTSIDE = ("admin/login/", "admin/logout/")
OVERRIDE = "wagtail_localize:edit_override"
CHOOSING_A_PAGE = ("wagtailadmin_choose_page", "wagtailadmin_choose_page_child")


class FenceMiddleware:
    """Judges every request to the admin before its view runs. Nobody logged in: Wagtail asks them to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with echoes.answering(request):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not match.route.startswith("admin/") or match.route in OUTSIDE:
            return None
        user = request.user
        if user.is_authenticated and not user.is_superuser:
            if match.view_name in CHOOSING_A_PAGE and not _is_in_own_tree(user, kwargs):
                return _to_own_home(request)
            _judge(request, match.view_name, kwargs)
        if request.method == "PUT" and match.view_name == OVERRIDE:
            return _own_override(request, view, args, kwargs)
        if request.method == "POST" and match.view_name.startswith(doors.WRITING):
            return _whole_or_not_at_all(request, view, args, kwargs)
        return None


def _judge(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> None:
    if (
        name not in doors.OPEN
        or not checks.arguments_are_own(request.user, name, kwargs)
        or not checks.parameters_are_own(request)
        or not checks.chosen_are_own(request, name, kwargs)
    ):
        raise Http404


def _is_in_own_tree(user: Any, kwargs: dict[str, Any]) -> bool:
    return "parent_page_id" in kwargs and checks.may_see_page(user, kwargs["parent_page_id"])


def _to_own_home(request: HttpRequest) -> HttpResponse:
    """Begin choosing at one's own home page: Wagtail would begin at the root, or at what all organisations share."""
    paths = list(trees(request.user))
    home = HomePage.objects.filter(path__startswith=paths[0]).order_by("path").first() if paths else None
    if home is None:
        raise Http404
    address = reverse("wagtailadmin_choose_page_child", args=[home.pk])
    query = request.META.get("QUERY_STRING")
    return redirect(f"{address}?{query}" if query else address)


def _whole_or_not_at_all(
    request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    """A page is not published without its room: when the room refuses, nothing was saved and the editor reads why."""
    try:
        with transaction.atomic():
            return view(request, *args, **kwargs)
    except ActionError as refusal:
        messages.error(request, str(refusal.detail))
        back = request.META.get("HTTP_REFERER", "")
        known = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return redirect(back if known else reverse("wagtailadmin_home"))


def _own_override(
    request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    """Another picture or link in a translation: what it names has to be the organisation's own."""
    with transaction.atomic():
        response = view(request, *args, **kwargs)
        if response.status_code < 300 and not checks.translates_to_own(kwargs["translation_id"]):
            raise Http404
    return response
