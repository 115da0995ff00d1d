"""What we hold of a participant here, and how it goes when they want it gone (see `core.erasure`)."""

from typing import Any

from participation.core.erasure import Holder
from participation.people.models import Participant

from . import actions
from .models import Contribution


def export(participant: Participant) -> dict[str, Any]:
    written = participant.contributions.select_related("thread").order_by("created_at", "id")
    supports = participant.supports.select_related("contribution").order_by("created_at", "id")
    return {
        "written": [_row(contribution) for contribution in written],
        "supported": [
            {"idea": support.contribution.public_id, "at": support.created_at.isoformat()}
            for support in supports
        ],
    }


def _row(contribution: Contribution) -> dict[str, Any]:
    return {
        "id": contribution.public_id,
        "board": contribution.thread.name,
        "name": contribution.name,
        "title": contribution.title,
        "text": contribution.text,
        "language": contribution.language,
        "state": contribution.state,
        "status": contribution.status,
        "at": contribution.created_at.isoformat(),
    }


def erase(participant: Participant) -> int:
    """Comments first, so that an idea with nobody else's words can go whole."""
    written = sorted(participant.contributions.all(), key=lambda contribution: contribution.parent_id is None)
    for contribution in written:
        actions.remove(contribution)
    supports, _by_model = participant.supports.all().delete()
    return len(written) + supports


HOLDER = Holder("contributions", export, erase)
