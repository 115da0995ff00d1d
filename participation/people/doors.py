"""Addresses without a language: the provider of staff's log-in, and Wagtail's own log-ins, closed.

These come before Wagtail's in `config/urls.py`, so that Wagtail's never answer.
"""

from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("account/oidc/<str:provider_id>/login/", provider.login, name="openid_connect_login"),
    path("account/oidc/<str:provider_id>/login/callback/", provider.callback, name="openid_connect_callback"),
    path("account/oidc/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/oidc/error/", social.login_error, name="socialaccount_login_error"),
    path("account/oidc/signup/", views.to_log_in, name="socialaccount_signup"),
    path("account/oidc/connections/", views.to_log_in, name="socialaccount_connections"),
    path("admin/login/", views.to_log_in),
    re_path(r"^admin/password_reset/", views.nothing_here),
    re_path(r"^documents/authenticate_with_password/", views.nothing_here),
]

# The same below a language, where Wagtail serves pages.
page_doors = [
    path("_util/login/", views.to_log_in),
    re_path(r"^_util/authenticate_with_password/", views.nothing_here),
]
