"""The organisation whose site is asked for: `request.organisation` (None on a host without one)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from .models import Organisation


def organisation_for(request: HttpRequest) -> Organisation | None:
    """By host and port, as Wagtail finds its site. An unknown host falls to the default site."""
    site = Site.find_for_request(request)
    return Organisation.objects.filter(site=site).select_related("site").first() if site else None


class OrganisationMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.organisation = organisation_for(request)  # type: ignore[attr-defined]
        return self.get_response(request)
