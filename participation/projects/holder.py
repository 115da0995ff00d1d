"""The receipt codes of a participant, for who wants to see or erase what we keep (see `core.erasure`)."""

from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant


def export(participant: Participant) -> list[dict[str, Any]]:
    receipts = participant.receipts.select_related("project").order_by("created_at", "id")
    return [
        {"project": receipt.project.name, "code": receipt.code, "at": receipt.created_at.isoformat()}
        for receipt in receipts
    ]


def erase(participant: Participant) -> int:
    count, _by_model = participant.receipts.all().delete()
    return count


HOLDER = Holder("receipts", export, erase)
