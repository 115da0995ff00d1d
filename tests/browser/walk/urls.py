"""All addresses, and the pages that no address leads to: the style guide, and what is shown when something went wrong."""

from typing import Any

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error
from django.views.generic import View
from django.views.static import serve

from config.urls import urlpatterns as real
from participation.core.styleguide import styleguide

SHOWS: dict[str, Any] = {
    "400": lambda request: bad_request(request, ValueError()),
    "403": lambda request: permission_denied(request, PermissionError()),
    "403_csrf": lambda request: render(request, "403_csrf.html"),
    "404": lambda request: page_not_found(request, ValueError()),
    "500": server_error,
}


class Wrong(View):
    """The page as Django shows it, with the status of one that went well."""

    def get(self, request: HttpRequest, which: str) -> HttpResponse:
        return HttpResponse(SHOWS[which](request).content)


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """What the proxy does in production."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)


urlpatterns = [
    path("media/<path:path>", media, name="media"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<slug:part>/", styleguide, name="styleguide_part"),
    *i18n_patterns(path("wrong/<str:which>/", Wrong.as_view(), name="wrong")),
    *real,
]
