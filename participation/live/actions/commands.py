"""What a facilitator does in the room. Each command is one function here, with the form of its arguments.

A command gets the locked session and changes it; `command()` checks the permission, raises the revision, writes the
audit entry and tells everybody, in one transaction. Doing a thing twice is no error: two facilitators may press at once.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from participation.contributions import actions as contributions
from participation.contributions.models import Contribution
from participation.core import audit
from participation.core.errors import Closed, Forbidden, Invalid, Unknown
from participation.live import permissions
from participation.live.forms import FlagField, KeyField, TextField, WholeNumberField, read
from participation.live.models import Session, Step
from participation.moderation import actions as moderation
from participation.moderation.models import Reason
from surveys.models import Answer, Collector

from . import quick, script
from .gate import Outcome, announce, handled, lock, raise_rev, remember, writing

Args = dict[str, Any]


@dataclass(frozen=True)
class Command:
    run: Callable[[Session, Args, Any], None]
    form: type[forms.Form]
    may: Callable[[Any, Any], bool]


COMMANDS: dict[str, Command] = {}


def command(
    session: Session,
    name: str,
    args: Args | None = None,
    actor: Any = None,
    message_id: uuid.UUID | None = None,
) -> Outcome:
    """Do one command; gives `{"rev": n}`. A `message_id` that was handled before gives its old outcome.

    Raises Unknown (no such command, step or text), Forbidden, Invalid, or Closed when the session has ended."""
    known = COMMANDS.get(name)
    if known is None:
        raise Unknown
    with writing():
        locked = lock(session.pk)
        if not known.may(actor, locked.organisation):
            raise Forbidden
        sender = f"user:{actor.pk}"
        if before := handled(locked.pk, [message_id]).get((sender, message_id or uuid.UUID(int=0))):
            return before
        if locked.state == Session.State.ENDED and name != "end":
            raise Closed
        data = read(known.form, args or {})
        known.run(locked, data, actor)
        raise_rev(locked, room=True)
        audit.record(locked.organisation, actor, f"live.{name}", locked, **_plain(data))
        announce(locked)
        return remember(locked, sender, message_id, {"rev": locked.rev})


def _plain(data: Args) -> Args:
    return {key: str(value) if isinstance(value, uuid.UUID) else value for key, value in data.items()}


def _register(
    form: type[forms.Form], may: Callable[[Any, Any], bool] = permissions.may_run, name: str = ""
) -> Callable[[Callable[[Session, Args, Any], None]], Callable[[Session, Args, Any], None]]:
    def decorate(run: Callable[[Session, Args, Any], None]) -> Callable[[Session, Args, Any], None]:
        COMMANDS[name or run.__name__.rstrip("_")] = Command(run, form, may)
        return run

    return decorate


# --- Arguments --------------------------------------------------------------------------------------


class NoArgs(forms.Form):
    pass


class StepArgs(forms.Form):
    """Without a key it is the present step."""

    step = KeyField(required=False)


class GotoArgs(forms.Form):
    step = KeyField()


class TimerArgs(StepArgs):
    """Null takes the timer away."""

    seconds = WholeNumberField(least=5, most=3600, required=False)


class TextArgs(forms.Form):
    """A contribution, or an answer in somebody's own words."""

    contribution = TextField(max_length=40, required=False)
    answer = TextField(max_length=20, required=False)

    def clean(self) -> Args:
        data = super().clean() or self.cleaned_data
        if bool(data.get("contribution")) == bool(data.get("answer")):
            raise forms.ValidationError("one of both", code="invalid")
        return data


class HideArgs(TextArgs):
    reason = TextField(max_length=10, required=False)


class MarkArgs(forms.Form):
    contribution = TextField(max_length=40)
    on = FlagField()


class FixArgs(forms.Form):
    """The words of a question, option or step: `key` says which, `text` how it should read."""

    key = TextField(max_length=60)
    text = TextField(max_length=500)
    name = TextField(max_length=10, required=False)
    lang = TextField(max_length=12, required=False)


# --- Where the room is ------------------------------------------------------------------------------


@_register(NoArgs)
def start(session: Session, args: Args, actor: Any) -> None:
    """The room begins, at its first step."""
    if session.state == Session.State.LOBBY:
        _begin(session)


@_register(NoArgs)
def pause(session: Session, args: Args, actor: Any) -> None:
    _state(session, Session.State.RUNNING, Session.State.PAUSED)


@_register(NoArgs)
def resume(session: Session, args: Args, actor: Any) -> None:
    _state(session, Session.State.PAUSED, Session.State.RUNNING)


@_register(NoArgs)
def end(session: Session, args: Args, actor: Any) -> None:
    """Nothing is taken in any more; people see what came of it."""
    if session.state == Session.State.ENDED:
        return
    session.state, session.ended_at = Session.State.ENDED, timezone.now()
    session.waiting = None
    session.save(update_fields=["state", "ended_at", "waiting"])
    if session.collector_id:
        Collector.objects.filter(pk=session.collector_id).update(closes_at=session.ended_at)


@_register(NoArgs, name="next")
def next_(session: Session, args: Args, actor: Any) -> None:
    _move(session, 1)


@_register(NoArgs)
def previous(session: Session, args: Args, actor: Any) -> None:
    _move(session, -1)


@_register(GotoArgs)
def goto(session: Session, args: Args, actor: Any) -> None:
    _show(session, _step(session, args))


def _move(session: Session, by: int) -> None:
    """One step on or back; the first and the last stay where they are."""
    steps = list(session.steps.all())
    if not steps:
        raise Unknown
    places = {step.pk: place for place, step in enumerate(steps)}
    if session.state == Session.State.LOBBY or session.current_id not in places:
        _show(session, steps[0])
    else:
        place = places[session.current_id] + by
        _show(session, steps[min(max(place, 0), len(steps) - 1)])


def _show(session: Session, step: Step) -> None:
    if session.state == Session.State.LOBBY:
        _begin(session)
    session.current = step
    session.save(update_fields=["current"])


def _begin(session: Session) -> None:
    session.state, session.started_at = Session.State.RUNNING, timezone.now()
    if session.current_id is None:
        session.current = session.steps.first()
    session.save(update_fields=["state", "started_at", "current"])


def _state(session: Session, before: str, after: str) -> None:
    if session.state == before:
        session.state = after
        session.save(update_fields=["state"])


# --- One step ---------------------------------------------------------------------------------------


@_register(StepArgs, name="open")
def open_(session: Session, args: Args, actor: Any) -> None:
    """Take answers. Opening a step of a room that has not begun begins it."""
    step = _step(session, args)
    if step.type == Step.Type.SLIDE:
        raise Invalid
    if session.state == Session.State.LOBBY:
        _begin(session)
    _change(step, is_open=True)


@_register(StepArgs)
def close(session: Session, args: Args, actor: Any) -> None:
    _change(_step(session, args), is_open=False, timer_ends_at=None)


@_register(StepArgs)
def show_results(session: Session, args: Args, actor: Any) -> None:
    _change(_step(session, args), results_shown=True)


@_register(StepArgs)
def hide_results(session: Session, args: Args, actor: Any) -> None:
    _change(_step(session, args), results_shown=False)


@_register(StepArgs)
def reset_step(session: Session, args: Args, actor: Any) -> None:
    """Ask again: earlier answers are kept as an earlier round, and don't count."""
    step = _step(session, args)
    if step.question_id is None:
        raise Invalid
    _change(step, round=step.round + 1, results_shown=False, timer_ends_at=None)


@_register(TimerArgs)
def timer(session: Session, args: Args, actor: Any) -> None:
    """A clock for everybody to see. It closes nothing by itself: somebody may still be typing."""
    seconds = args["seconds"]
    ends = timezone.now() + timedelta(seconds=seconds) if seconds else None
    _change(_step(session, args), timer_ends_at=ends)


@_register(NoArgs, name="lock")
def lock_(session: Session, args: Args, actor: Any) -> None:
    """Answers that were given stay as they are; new ones are taken."""
    session.locked = True
    session.save(update_fields=["locked"])


@_register(NoArgs)
def unlock(session: Session, args: Args, actor: Any) -> None:
    session.locked = False
    session.save(update_fields=["locked"])


def _step(session: Session, args: Args) -> Step:
    key = args.get("step")
    found = session.steps.filter(key=key) if key else session.steps.filter(pk=session.current_id)  # type: ignore[misc]
    step = found.first() or (None if key or session.current_id else session.steps.first())
    if step is None:
        raise Unknown
    return step


def _change(step: Step, **values: Any) -> None:
    for field, value in values.items():
        setattr(step, field, value)
    step.save(update_fields=list(values))


# --- The script -------------------------------------------------------------------------------------


@_register(NoArgs)
def take_new_version(session: Session, args: Args, actor: Any) -> None:
    """Go on with the script that was published meanwhile."""
    script.take_new_version(session, actor=actor)


@_register(quick.QuickForm)
def insert_step(session: Session, args: Args, actor: Any) -> None:
    """A quick question, after the present step and at once in the room, open."""
    _show(session, quick.insert(session, args, actor))


@_register(FixArgs)
def fix_text(session: Session, args: Args, actor: Any) -> None:
    """Mend a typing error; votes stay."""
    quick.fix(session, args, actor)


# --- What people wrote ------------------------------------------------------------------------------


@_register(TextArgs, permissions.may_moderate)
def approve(session: Session, args: Args, actor: Any) -> None:
    """Everybody may read it."""
    if args["contribution"]:
        moderation.approve(_contribution(session, args), actor=actor)
    else:
        _judge(session, args, Answer.State.VISIBLE)


@_register(HideArgs, permissions.may_moderate)
def hide(session: Session, args: Args, actor: Any) -> None:
    """Nobody but staff and the writer sees it."""
    if args["contribution"]:
        reason = args["reason"] or Reason.OTHER
        moderation.hide(_contribution(session, args), reason=reason, actor=actor)
    else:
        _judge(session, args, Answer.State.HIDDEN)


@_register(MarkArgs, permissions.may_moderate)
def pin(session: Session, args: Args, actor: Any) -> None:
    contributions.pin(_contribution(session, args), args["on"], actor=actor)


@_register(MarkArgs, permissions.may_moderate)
def mark_answered(session: Session, args: Args, actor: Any) -> None:
    contributions.mark_answered(_contribution(session, args), args["on"], actor=actor)


def _contribution(session: Session, args: Args) -> Contribution:
    found = (
        Contribution.objects.filter(public_id=args["contribution"], thread__steps__session=session)
        .select_related("thread__organisation", "organisation")
        .first()
    )
    if found is None:
        raise Unknown
    return found


def _judge(session: Session, args: Args, state: str) -> None:
    """An answer in somebody's own words, of this session."""
    found = Answer.objects.filter(response__collector=session.collector_id, pk__in=_number(args["answer"]))
    if not found.update(state=state):
        raise Unknown


def _number(text: str) -> list[int]:
    return [int(text)] if text.isascii() and text.isdigit() else []
