"""Headers that keep a browser from doing what a page did not mean."""

from functools import cache
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse


@cache
def _admin_root() -> str:
    return reverse("wagtailadmin_home")


class HeadersMiddleware(CSPMiddleware):
    """A strict content security policy; Wagtail's admin has its own. And no camera, microphone and so on."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if parts.config is None and request.path_info.startswith(_admin_root()):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        parts.update = _with_socket(parts.update, request)
        return parts


def _with_socket(update: dict[str, Any] | None, request: HttpRequest) -> dict[str, Any]:
    """The page's own websocket. Safari before 15.4 does not count it as 'self'."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return update or {}
    scheme = "wss" if request.is_secure() else "ws"
    before = (update or {}).get("connect-src") or []
    return {**(update or {}), "connect-src": [*before, f"{scheme}://{host}"]}
