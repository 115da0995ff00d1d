"""Recorded answers: kept, written out by staff, removed."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.core import audit
from participation.core.errors import Closed, Forbidden
from participation.organisations.models import Organisation
from participation.people import participants
from surveys import permissions, queries
from surveys.models import Answer, Question, Recording
from surveys.structure import SAID

UNUSED = timedelta(days=1)
ENDINGS = {
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
}


@transaction.atomic
def store_recording(
    question: Question, *, identity: uuid.UUID, file: Any, content_type: str, user: Any = None
) -> Recording:
    """Keep a file whose size and kind were judged. It counts once somebody answers with it. Raises Closed."""
    questionnaire = question.questionnaire
    collectors = questionnaire.collectors.select_related("questionnaire__project")
    if not any(permissions.may_answer(each) for each in collectors):
        raise Closed
    recording = Recording(
        organisation=questionnaire.organisation,
        question=question,
        participant=participants.ensure(questionnaire.organisation, identity, user),
        content_type=content_type,
    )
    recording.file.save(f"{uuid.uuid4().hex}.{ENDINGS[content_type]}", file, save=False)
    recording.save()
    return recording


@transaction.atomic
def transcribe(recording: Recording, *, organisation: Organisation, text: str, actor: Any) -> None:
    """Write out what was said: from now on that is the answer's text, which can be quoted. When they answered again
    meanwhile it is kept beside the newer recording."""
    if not permissions.may_transcribe(actor, recording, organisation):
        raise Forbidden
    answers, item = list(queries.answers_with(recording)), ""
    if not answers:
        theirs = Answer.objects.filter(
            item="recording", question=recording.question_id, response__participant=recording.participant_id
        )
        answers, item = list(theirs.order_by("-round")[:1]), f"{SAID}{recording.public_id}"
    for answer in answers:
        Answer.objects.update_or_create(
            response_id=answer.response_id,
            question_id=answer.question_id,
            round=answer.round,
            item=item,
            defaults={"value": text},
        )
    audit.record(organisation, actor, "recording.transcribed", recording)


def remove_unused() -> int:
    """Recordings of more than a day ago that nobody answered with, or not any more; their files go with them. Two
    queries, and those of removing them."""
    old = list(Recording.objects.filter(created_at__lt=timezone.now() - UNUSED))
    answered = set(Answer.objects.filter(item="recording").values_list("question", "value"))
    unused = [each for each in old if (each.question_id, each.public_id) not in answered]
    for each in unused:
        each.delete()
    return len(unused)
