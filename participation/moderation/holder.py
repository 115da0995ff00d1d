"""What we hold of a participant here, and how it goes when they want it gone (see `core.erasure`)."""

from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant

from .models import Report


def export(participant: Participant) -> list[dict[str, Any]]:
    reports = Report.objects.filter(participant=participant).select_related("contribution")
    return [
        {
            "reported": report.contribution.public_id,
            "reason": report.reason,
            "note": report.note,
            "at": report.created_at.isoformat(),
        }
        for report in reports.order_by("created_at", "id")
    ]


def erase(participant: Participant) -> int:
    reports, _by_model = Report.objects.filter(participant=participant).delete()
    return reports


HOLDER = Holder("moderation", export, erase)
