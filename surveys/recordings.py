"""Recorded answers on their way in: what counts as sound, and how a browser's file becomes an answer."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from participation.core.clients import too_fast
from participation.core.errors import Invalid, TooFast, Unknown
from participation.people import participants

from . import actions, kinds
from .forms import field_name
from .models import Questionnaire, Recording
from .structure import FrozenQuestion

MOST_BYTES = 3 * 1024 * 1024
MOST_SECONDS = 120
PER_PERSON = "10/m"
PER_ADDRESS = "300/m"  # a hall of people; a new person is easily made
NO_SOUND = _("This is not a sound file we know. Try again, or type your answer.")
TOO_LARGE = _("This recording is too long. Two minutes is the most.")


def sniffed(head: bytes) -> str | None:
    """What kind of sound begins with these bytes, whatever its name and its sender say."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return "audio/mpeg"
    return None


def take(
    request: HttpRequest, questionnaire: Questionnaire, key: str, file: Any, speaker: uuid.UUID | None = None
) -> Recording:
    """Keep an uploaded file as a recording of whoever asks, or of `speaker`, who sits at that phone too. Raises Invalid,
    TooFast, Unknown and Closed."""
    phone = participants.identity(request)
    if too_fast(request, "surveys.recording", PER_PERSON, who=phone.hex):
        raise TooFast
    if too_fast(request, "surveys.recordings", PER_ADDRESS):
        raise TooFast
    if file is None:
        raise Invalid(NO_SOUND)
    if file.size > MOST_BYTES:
        raise Invalid(TOO_LARGE)
    content_type = sniffed(file.read(16))
    file.seek(0)
    if content_type is None:
        raise Invalid(NO_SOUND)
    question = questionnaire.questions.filter(key=key).first()
    if question is None or not kinds.get(question.kind).takes_recordings:
        raise Unknown
    person = speaker or phone
    return actions.store_recording(
        question,
        identity=person,
        file=file,
        content_type=content_type,
        user=request.user if person == phone else None,
    )


def with_recordings(
    request: HttpRequest,
    questionnaire: Questionnaire,
    questions: Iterable[FrozenQuestion],
    speaker: uuid.UUID | None = None,
) -> tuple[Any, dict[str, str]]:
    """The posted data with each file in it kept as a recording, and what is wrong by field: without a script the file
    comes with the form."""
    data = request.POST.copy()
    wrong: dict[str, str] = {}
    for question in questions:
        name = field_name(question)
        file = request.FILES.get(f"{name}-file")
        if file is None or not kinds.get(question.kind).takes_recordings:
            continue
        try:
            recording = take(request, questionnaire, question.key, file, speaker)
        except (Invalid, TooFast, Unknown) as error:
            wrong[name] = str(error.detail)
        else:
            data[f"{name}-recording"] = recording.public_id
    return data, wrong
