"""The answer to a recording that a script sends by itself; surveys and sessions each have an address for it."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from participation.core.errors import ActionError

from .models import Questionnaire
from .recordings import MOST_BYTES, TOO_LARGE, take

ENVELOPE = 10_000  # bytes around the file
STATUS = {"too_fast": 429, "closed": 409}


def upload(request: HttpRequest, then: Callable[[], HttpResponse]) -> HttpResponse:
    """Go on when it is a POST of a size that we take: nothing of it was read yet."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > MOST_BYTES + ENVELOPE:
        return JsonResponse({"detail": str(TOO_LARGE)}, status=413)
    return then()


def taken(
    request: HttpRequest, questionnaire: Questionnaire, key: str, speaker: uuid.UUID | None = None
) -> HttpResponse:
    """`{"recording": id}`, or `{"detail": what is wrong}`."""
    try:
        recording = take(request, questionnaire, key, request.FILES.get("file"), speaker)
    except ActionError as error:
        return JsonResponse({"detail": str(error.detail)}, status=STATUS.get(error.code, 400))
    return JsonResponse({"recording": recording.public_id})
