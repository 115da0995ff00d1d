"""What all staff views of this app share."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from participation.core.errors import ActionError, Forbidden, Unknown
from participation.needs.models import Evidence, Need
from participation.organisations import staff_menu
from participation.organisations.models import Organisation
from participation.organisations.staff import staff_required

View = Callable[..., HttpResponse]


def staff_view(*roles: str) -> Callable[[View], View]:
    """Staff with one of the roles (any, when none is named); a refused action is a 403, an unknown row a 404."""

    def decorate(view: View) -> View:
        @never_cache
        @staff_required(*roles)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Forbidden as error:
                raise PermissionDenied(str(error.detail)) from error
            except Unknown as error:
                raise Http404(str(error.detail)) from error

        return guarded

    return decorate


def organisation_of(request: HttpRequest) -> Organisation:
    return request.organisation  # type: ignore[attr-defined]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def who(request: HttpRequest) -> dict[str, Any]:
    """The two arguments of every action."""
    return {"organisation": organisation_of(request), "actor": request.user}


def page_of(
    request: HttpRequest, template: str, context: dict[str, Any], status: int | None = None
) -> HttpResponse:
    """A staff page with its menu."""
    return render(request, template, {"staff_nav": staff_menu.menu(request), **context}, status=status)


def need_or_404(request: HttpRequest, public_id: str) -> Need:
    return get_object_or_404(Need.objects.visible_to(organisation_of(request)), public_id=public_id)


def evidence_or_404(request: HttpRequest, public_id: str) -> Evidence:
    rows = Evidence.objects.visible_to(organisation_of(request)).select_related("field_note")
    return get_object_or_404(rows, public_id=public_id)


def attempt(form: Form, field: str | None, action: Callable[[], Any]) -> Any:
    """The action's result, or None with its refusal as an error of the form."""
    try:
        return action()
    except (Forbidden, Unknown):
        raise
    except ActionError as error:
        form.add_error(field, str(error.detail))
    except ValidationError as error:
        form.add_error(field, error)
    return None


def chips(
    request: HttpRequest, name: str, current: str, options: Iterable[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Filters as links that keep the other filters and go back to the first page."""
    found = []
    for value, label in options:
        query = request.GET.copy()
        query.pop("page", None)
        query[name] = value
        found.append({"label": label, "url": f"?{query.urlencode()}", "current": value == current})
    return found
