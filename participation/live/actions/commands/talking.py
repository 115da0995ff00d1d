"""Conversations in small groups: who sits where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid
from participation.live.actions import seating, tables
from participation.live.forms import FlagField, KeyField
from participation.live.models import Session

from .registry import Args, find_step, register


class ReseatArgs(forms.Form):
    """`anyway`: also when people have written already."""

    step = KeyField(required=False)
    anyway = FlagField(required=False)


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
