"""Conversations in small groups: who sits where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid, Unknown
from participation.live.actions import seating, tables
from participation.live.forms import FlagField, KeyField, TextField
from participation.live.models import Session, Step

from .people import find_person, on_phone
from .registry import Args, StepArgs, find_step, register


class ReseatArgs(forms.Form):
    """`anyway`: also when people have written already."""

    step = KeyField(required=False)
    anyway = FlagField(required=False)


class MoveArgs(StepArgs):
    """Without a table they stand up."""

    person = TextField(max_length=20)
    table = TextField(max_length=40, required=False)


@register(ReseatArgs)
def reseat(session: Session, args: Args, actor: Any) -> None:
    """Mix again: everybody is given another table. What was written stays at the table where it was written."""
    step = find_step(session, args)
    if not step.is_mixed:
        raise Invalid(_("People choose their own table here."))
    if not args["anyway"] and tables.has_notes(step):
        raise Invalid(_("People have written already. Their notes stay at the table where they wrote them."))
    seating.clear(step)
    if seating.seats_people(session, step):
        seating.seat(session, step)


@register(MoveArgs)
def move_person(session: Session, args: Args, actor: Any) -> bool:
    """This person sits at that table from now on, with who shares a phone and a table with them. Also where people choose
    their own table, and while tables are closed."""
    step, person = find_step(session, args), find_person(session, {"person": args["person"]})
    if step.type != Step.Type.TALK:
        raise Invalid
    table = step.tables.filter(thread__public_id=args["table"]).first() if args["table"] else None
    if person.removed_at or (args["table"] and table is None):
        raise Unknown
    phone = on_phone(session, person).values_list("participant", flat=True)
    return seating.move(step, person.participant_id, list(phone), table)
