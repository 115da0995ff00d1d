"""What we hold of a participant here, and how it goes when they want it gone (see `core.erasure`)."""

from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant

from .models import Attendance, HandledMessage


def export(participant: Participant) -> list[dict[str, Any]]:
    attended = Attendance.objects.filter(participant=participant).select_related("session").order_by("id")
    return [{"session": each.session.name, "joined": each.joined_at.isoformat()} for each in attended]


def erase(participant: Participant) -> int:
    HandledMessage.objects.filter(sender=str(participant.pk)).delete()
    gone, _by_model = Attendance.objects.filter(participant=participant).delete()
    return gone


HOLDER = Holder("live", export, erase)
