"""What everybody may read of an ended session, beyond what its first page shows."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participation.live import written

from .doors import session_of, unknown


@never_cache
@require_safe
def texts(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """All that was written at one step, where everybody may read it."""
    session = session_of(request, code)
    if session is None:
        return unknown(request, code)
    language, number = get_language() or "nl", request.GET.get("page", "")
    found = written.at(session, key, number, language, public=True) if session.is_over else None
    if found is None:
        return unknown(request, code, guessed=False)
    context = {"session": session, "title": session.title(language), "written": found, "page": found.page}
    return render(request, "live/texts.html", context)
