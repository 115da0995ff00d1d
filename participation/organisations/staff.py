"""The door of staff views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .permissions import has_role, is_staff_member

View = Callable[..., HttpResponse]


def staff_required(*wanted: str) -> Callable[[View], View]:
    """Only staff of the site's organisation; with `wanted` roles, only those (an owner always). Others get 403,
    who is not logged in is sent to the log-in page. What the view shows must still be filtered by organisation."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if getattr(request.user, "lacks_second_step", False):
                return redirect("second_step")
            organisation = request.organisation  # type: ignore[attr-defined]
            allowed = (
                has_role(request.user, organisation, *wanted)
                if wanted
                else is_staff_member(request.user, organisation)
            )
            if not allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
