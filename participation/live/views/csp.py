"""The socket in the Content Security Policy: older Safari does not count `wss:` of the same host as 'self'."""

from django.http import HttpRequest, HttpResponse


def allow_socket(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    scheme = "wss" if request.is_secure() else "ws"
    response._csp_update = {"connect-src": [f"{scheme}://{request.get_host()}"]}  # type: ignore[attr-defined]
    return response
