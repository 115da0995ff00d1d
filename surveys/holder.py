"""What we hold of a participant here, and how it goes when they want it gone (see `core.erasure`)."""

from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant

from .models import Response
from .structure import questions


def export(participant: Participant) -> list[dict[str, Any]]:
    responses = participant.responses.select_related("collector__questionnaire", "version")
    return [
        _row(response)
        for response in responses.prefetch_related("answers__question").order_by("created_at", "id")
    ]


def _row(response: Response) -> dict[str, Any]:
    labels = {each.key: each.label for each in questions(response.version.structure, response.language)}
    return {
        "id": response.public_id,
        "survey": response.collector.questionnaire.name,
        "channel": response.collector.channel,
        "language": response.language,
        "begun": response.created_at.isoformat(),
        "sent_in": response.submitted_at.isoformat() if response.submitted_at else None,
        "answers": [
            {
                "question": labels.get(str(answer.question.key), ""),
                "item": answer.item,
                "round": answer.round,
                "value": answer.value,
                "state": answer.state,
                "at": answer.updated_at.isoformat(),
            }
            for answer in response.answers.all()
        ],
    }


def erase(participant: Participant) -> int:
    """The answers go with their responses, and what they said with its files."""
    participant.recordings.all().delete()
    _rows, by_model = participant.responses.all().delete()
    return by_model.get("surveys.Response", 0)


HOLDER = Holder("surveys", export, erase)
