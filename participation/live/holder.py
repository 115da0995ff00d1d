"""What we hold of a participant here, and how it goes when they want it gone (see `core.erasure`)."""

from collections import defaultdict
from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant

from . import translations
from .actions.gate import writing
from .actions.statements import forget_all
from .models import Attendance, HandledMessage, Seat


def export(participant: Participant) -> list[dict[str, Any]]:
    attended = Attendance.objects.filter(participant=participant).select_related("session").order_by("id")
    tables: dict[int, list[dict[str, Any]]] = defaultdict(list)
    sat = Seat.objects.filter(participant=participant).select_related("table", "step").order_by("pk")
    for each in sat:
        tables[each.step.session_id].append(
            {"table": each.table.number, "name": each.table.name, "took_notes": each.takes_notes}
        )
    return [
        {
            "session": each.session.name,
            "joined": each.joined_at.isoformat(),
            "nickname": each.nickname,
            "given_by": each.given_by,
            "people": each.people,
            "tables": tables.get(each.session_id, []),
        }
        for each in attended
    ]


def erase(participant: Participant) -> int:
    """Statements they added are forgotten here, before their notes go: those say which they were."""
    with writing():
        statements = forget_all(participant)
    translations.forget(participant)
    HandledMessage.objects.filter(sender=str(participant.pk)).delete()
    Seat.objects.filter(participant=participant).delete()
    gone, _by_model = Attendance.objects.filter(participant=participant).delete()
    return gone + statements


HOLDER = Holder("live", export, erase, early=True)
