"""One step: open and closed, results, the clock."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid
from participation.live.actions import seating
from participation.live.forms import FlagField, TextField, WholeNumberField
from participation.live.models import Session, Step
from participation.live.shapes import NOTHING_TO_TAKE, ORDERS

from .moving import begin
from .registry import Args, NoArgs, StepArgs, change, find_step, register


class TimerArgs(StepArgs):
    """`more` is added to a clock that runs; without both there is none."""

    seconds = WholeNumberField(least=5, most=3600, required=False)
    more = WholeNumberField(least=5, most=3600, required=False)


class OnArgs(forms.Form):
    on = FlagField()


class SwitchArgs(StepArgs, OnArgs):
    pass


class SortArgs(StepArgs):
    by = TextField(max_length=10)

    def clean_by(self) -> str:
        if self.cleaned_data["by"] not in ORDERS:
            raise forms.ValidationError("by", code="invalid")
        return str(self.cleaned_data["by"])


@register(StepArgs, name="open")
def open_(session: Session, args: Args, actor: Any) -> None:
    """Take answers. Opening a step of a room that has not begun begins it."""
    step = find_step(session, args)
    if step.type in NOTHING_TO_TAKE:
        raise Invalid
    if session.state == Session.State.LOBBY:
        begin(session)
    change(step, is_open=True)
    if seating.seats_people(session, step):
        seating.seat(session, step)


@register(StepArgs)
def close(session: Session, args: Args, actor: Any) -> None:
    change(find_step(session, args), is_open=False, timer_ends_at=None)


@register(StepArgs)
def show_results(session: Session, args: Args, actor: Any) -> None:
    change(find_step(session, args), results_shown=True)


@register(StepArgs)
def hide_results(session: Session, args: Args, actor: Any) -> None:
    change(find_step(session, args), results_shown=False)


@register(StepArgs)
def reset_step(session: Session, args: Args, actor: Any) -> None:
    """Ask again: earlier answers are kept as an earlier round, and don't count."""
    step = find_step(session, args)
    if step.question_id is None:
        raise Invalid
    change(step, round=step.round + 1, results_shown=False, compared=False, timer_ends_at=None)


@register(SwitchArgs)
def compare(session: Session, args: Args, actor: Any) -> None:
    """The results of the round before beside those of this one, for everybody; or this round alone again."""
    step = find_step(session, args)
    if step.question_id is None or (args["on"] and not step.round):
        raise Invalid(_("Ask the question again first."))
    change(step, compared=args["on"], results_shown=step.results_shown or args["on"])


@register(SortArgs)
def sort(session: Session, args: Args, actor: Any) -> None:
    """Which notes or questions stand on top. Those that were answered stay below."""
    step = find_step(session, args)
    if step.type not in (Step.Type.WALL, Step.Type.STAGE):
        raise Invalid
    change(step, config={**step.config, "order": args["by"]})


@register(TimerArgs)
def timer(session: Session, args: Args, actor: Any) -> None:
    """A clock for everybody to see. It closes nothing by itself: somebody may still be typing."""
    step, now = find_step(session, args), timezone.now()
    ends = now + timedelta(seconds=args["seconds"]) if args["seconds"] else None
    if args["more"]:
        ends = max(step.timer_ends_at or now, now) + timedelta(seconds=args["more"])
    change(step, timer_ends_at=ends)


@register(NoArgs, name="lock")
def lock_(session: Session, args: Args, actor: Any) -> None:
    """Answers that were given stay as they are; new ones are taken."""
    session.locked = True
    session.save(update_fields=["locked"])


@register(NoArgs)
def unlock(session: Session, args: Args, actor: Any) -> None:
    session.locked = False
    session.save(update_fields=["locked"])
