"""Logging in, the second step, and what we hold of you. allauth does the work; these are its doors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LoginView, RequestLoginCodeView
from allauth.account.views import ReauthenticateView as PasswordAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import actions, participants, security
from .forms import EraseForm, PasswordForm

View = Callable[..., HttpResponseBase]


class LogIn(RequestLoginCodeView):
    """One page: an e-mail address gets a code. The demo has a password form beside it, and nothing else has."""

    template_name = "account/login.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Wagtail sends who may not enter to this page, and allauth sends who is logged in back to where they came from.
        to_admin = request.GET.get("next", "").startswith(reverse("wagtailadmin_home"))
        if request.user.is_authenticated and to_admin and not security.may_enter_admin(request.user):
            raise PermissionDenied
        if settings.DEMO and request.method == "POST" and "password" in request.POST:
            return DemoLogIn.as_view()(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["password_form"] = PasswordForm(request=self.request, auto_id="demo_%s")
            context["demo_roles"] = ["owner", "editor", "facilitator", "researcher", "moderator"]
        return _entrance(context)


class DemoLogIn(LoginView):
    template_name = "account/login.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "auto_id": "demo_%s"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        code_form = RequestLoginCodeView(request=self.request).get_form_class()()
        return _entrance({**context, "password_form": context["form"], "form": code_form})


def _entrance(context: dict[str, Any]) -> dict[str, Any]:
    context["signup_open"] = settings.ACCOUNT_SIGNUP_OPEN
    if settings.OIDC_ISSUER:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        address = reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})
        query = urlencode({"next": context.get("redirect_field_value") or ""})
        context |= {"provider_name": app["name"], "provider_url": f"{address}?{query}"}
    return context


def to_log_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Other addresses of logging in (Wagtail's, allauth's second one) lead to the one page."""
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


def nothing_here(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Addresses of libraries that deal in passwords: there are none here."""
    raise Http404


# --- The second step --------------------------------------------------------------------------------


@never_cache
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Where staff without the second step are led: to use it, or to set it up first."""
    going_to = request.session.get("second_step_next") or reverse("account_home")
    if security.is_trusted(request.user, request.session):
        request.session.pop("second_step_next", None)
        return redirect(going_to)
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        again = urlencode({"next": reverse("second_step")})
        return redirect(f"{reverse('mfa_reauthenticate')}?{again}")
    return render(request, "account/second_step.html")


def fresh_log_in(view: View) -> View:
    """Before something delicate: who logged in more than fifteen minutes ago does so again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not security.logged_in_just_now(request.user, request.session):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@login_required
def log_in_again(request: HttpRequest) -> HttpResponseBase:
    """With a code of the app for who has one; others log out and in. A password counts in the demo only."""
    query = request.GET.urlencode()
    if is_mfa_enabled(request.user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{query}")
    if request.user.is_authenticated and request.user.has_usable_password():
        return PasswordAgainView.as_view(template_name="account/password_again.html")(request)
    if request.method == "POST":
        logout(request)
        return redirect(f"{reverse('account_login')}?{query}")
    return render(request, "account/log_in_again.html")


# --- What we hold of you ----------------------------------------------------------------------------


@never_cache
@login_required
def account_home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "account/home.html",
        {"has_second_step": is_mfa_enabled(request.user), "is_staff": security.is_staff(request.user)},
    )


def _held(request: HttpRequest) -> actions.Held:
    return actions.held_of(request.user, participants.current(request))


def _my_data_page(
    request: HttpRequest, held: actions.Held, form: EraseForm, status: int = 200
) -> HttpResponse:
    return render(request, "people/my_data.html", {"held": held, "form": form}, status=status)


@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """For anybody: what this phone and this account left behind, to take along or to erase."""
    return _my_data_page(request, _held(request), EraseForm())


@never_cache
def my_data_export(request: HttpRequest) -> JsonResponse:
    """Everything we hold, as JSON."""
    response = JsonResponse(_held(request).export(), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@require_http_methods(["POST"])
def my_data_erase(request: HttpRequest) -> HttpResponse:
    form, held = EraseForm(request.POST), _held(request)
    if not form.is_valid() or held.is_staff:
        return _my_data_page(request, held, form, status=422)
    actions.erase(held)
    logout(request)
    response = render(request, "people/my_data_erased.html")
    response.delete_cookie(settings.PARTICIPANT_COOKIE_NAME, samesite="Lax")
    return response
