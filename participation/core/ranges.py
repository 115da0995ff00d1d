"""Files that are played: sent in pieces, from where the player asks. Safari plays nothing without that."""

import re
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 64 * 1024
# What we take for sound and film, by the end of the file's name, and as what it is sent.
TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}


def type_of(name: str) -> str | None:
    """As what a file with this name is played; None when it is not for playing."""
    return TYPES.get(name.rpartition(".")[2].lower())


def play(request: HttpRequest, file: Any, content_type: str) -> HttpResponseBase:
    """The file (of a storage), or the one range of bytes that is asked for. Never as a page of its own. Raises Http404
    when the storage lost it."""
    try:
        size = file.size
    except FileNotFoundError:
        raise Http404 from None
    match = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", ""))
    is_part = match is not None and match.groups() != ("", "")
    wanted = _range(match[1], match[2], size) if match and is_part else (0, size - 1)
    if wanted is None:
        answer: HttpResponseBase = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    first, last = wanted
    answer = StreamingHttpResponse(
        _pieces(file, first, last), status=206 if is_part else 200, content_type=content_type
    )
    if is_part:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _range(start: str, end: str, size: int) -> tuple[int, int] | None:
    """First and last byte of `start-end`, or of the last `-end` ones; None when there is nothing there."""
    first = int(start) if start else max(0, size - int(end))
    last = min(int(end), size - 1) if start and end else size - 1
    return (first, last) if first <= last else None


async def _pieces(file: Any, first: int, last: int) -> AsyncIterator[bytes]:
    opened = await sync_to_async(file.open)("rb")
    try:
        await sync_to_async(opened.seek)(first)
        left = last - first + 1
        while left > 0 and (piece := await sync_to_async(opened.read)(min(PIECE, left))):
            left -= len(piece)
            yield piece
    finally:
        await sync_to_async(opened.close)()
