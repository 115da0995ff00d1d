"""Static files from the event loop, in front of Django: a thousand phones that open a page take no thread each."""

from io import BytesIO
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

METHODS = ("GET", "HEAD")


class StaticFiles:
    """An ASGI application before another: what `collectstatic` gathered is answered here, with the same headers as by
    way of Django's middleware; everything else goes on. While developing it knows no files, and all goes on."""

    def __init__(self, application: Any) -> None:
        self.application = application
        files = WhiteNoiseMiddleware(_nothing)
        self._known = {} if files.autorefresh else files.files
        self._serve: Any = SecurityMiddleware(files)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] not in self._known or scope["method"] not in METHODS:
            await self.application(scope, receive, send)
            return
        # A file of a few kilobytes, which the system has in memory: reading it takes less than handing it to a thread.
        await send_response(self._serve(ASGIRequest(scope, BytesIO())), send)


async def send_response(response: HttpResponseBase, send: Any) -> None:
    """A whole response of Django, as ASGI messages."""
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in response.items()]
    headers += [
        (b"set-cookie", morsel.OutputString().encode("latin1")) for morsel in response.cookies.values()
    ]
    body = b"".join(response)  # type: ignore[call-overload]
    response.close()
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _nothing(request: HttpRequest) -> HttpResponse:
    raise LookupError(request.path)
