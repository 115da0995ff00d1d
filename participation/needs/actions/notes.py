"""Field notes: what staff heard outside."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.core import audit
from participation.core.errors import Unknown
from participation.core.text import clean_text
from participation.needs import permissions
from participation.needs.models import FieldNote
from participation.organisations.models import Organisation
from participation.projects.models import Project

from .rules import require

KEEP_FOR = dt.timedelta(days=2 * 365)


@transaction.atomic
def add_note(
    *,
    organisation: Organisation,
    actor: Any,
    verbatim: str,
    interpretation: str = "",
    workaround: str = "",
    context: str = "",
    place: str = "",
    role: str = FieldNote.Role.RESIDENT,
    consent: bool = False,
    heard_on: dt.date | None = None,
    keep_until: dt.date | None = None,
    project: Project | None = None,
    client_id: uuid.UUID | None = None,
) -> FieldNote:
    """Store what was heard. The same `client_id` again gives the note that was stored the first time."""
    require(permissions.may_note(actor, organisation))
    require(permissions.may_write_in(organisation, project))
    heard_on = heard_on or timezone.localdate()
    note, made = FieldNote.objects.get_or_create(
        organisation=organisation,
        client_id=client_id or uuid.uuid4(),
        defaults={
            "verbatim": clean_text(verbatim),
            "interpretation": clean_text(interpretation),
            "workaround": clean_text(workaround),
            "context": context,
            "place": place,
            "role": role,
            "consent": consent,
            "heard_on": heard_on,
            "keep_until": keep_until or heard_on + KEEP_FOR,
            "project": project,
            "created_by": actor,
        },
    )
    if made:
        audit.record(organisation, actor, "note.added", note)
    return note


@transaction.atomic
def erase_note(note: FieldNote, *, organisation: Organisation, actor: Any) -> None:
    """Remove a note with its quotes. Its writer may, and whoever does research."""
    if note.organisation_id != organisation.pk:
        raise Unknown
    require(note.created_by_id == actor.pk or permissions.may_research(actor, organisation))
    audit.record(organisation, actor, "note.erased", note)
    note.delete()


def forget_old_notes(today: dt.date | None = None) -> int:
    """Remove the notes whose time to keep them is over; gives their number."""
    old = FieldNote.objects.filter(keep_until__lt=today or timezone.localdate())
    number = 0
    for note in old.select_related("organisation"):
        with transaction.atomic():
            audit.record(note.organisation, None, "note.forgotten", note)
            note.delete()
        number += 1
    return number
