"""Hands and cards, counted by staff."""

from typing import Any

from participation.core.errors import Closed, Invalid
from participation.live.actions import hands
from participation.live.forms import AnythingField, TextField
from participation.live.models import Session
from surveys.structure import questions

from .registry import Args, StepArgs, find_step, register


class HandsArgs(StepArgs):
    """`counts` is all of it: what is left out becomes none."""

    channel = TextField(max_length=12)
    counts = AnythingField()


@register(HandsArgs)
def count_hands(session: Session, args: Args, actor: Any) -> bool:
    """So many hands (or cards) in the room, for an open step or the present one, in its present round."""
    step = find_step(session, args)
    if session.state == Session.State.LOBBY or not (step.is_open or step.pk == session.current_id):
        raise Closed
    if step.question is None or session.version is None or not isinstance(args["counts"], dict):
        raise Invalid
    asked = questions(session.version.structure, session.source_language)
    frozen = next(each for each in asked if each.key == str(step.question.key))
    return hands.count(session, step, frozen, args["channel"], args["counts"])
