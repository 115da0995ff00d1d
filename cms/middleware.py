"""Remembers the language of who reads a page in another one than their browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path, get_language_from_request

from .views import remember


class ReaderLanguageMiddleware:
    """`/join/` and `/live/` don't carry a language: who came from an English page goes on in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = get_language_from_path(request.path_info)
        if language and response.status_code == 200 and language != get_language_from_request(request):
            remember(response, language)
        return response
