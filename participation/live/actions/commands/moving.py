"""Where the room is."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.core.errors import Invalid, Unknown
from participation.live.forms import KeyField, TextField
from participation.live.models import Session, Step
from surveys import kinds
from surveys.models import Collector

from .pacing import collect
from .registry import Args, NoArgs, find_step, register


class GotoArgs(forms.Form):
    step = KeyField()


class PauseArgs(forms.Form):
    text = TextField(max_length=300, required=False)


class MoveArgs(forms.Form):
    """`at` is the step that was on the console when somebody pressed."""

    at = KeyField(required=False)


@register(NoArgs)
def start(session: Session, args: Args, actor: Any) -> None:
    """The room begins, at its first step."""
    if session.state == Session.State.LOBBY:
        begin(session)


@register(PauseArgs)
def pause(session: Session, args: Args, actor: Any) -> None:
    """A break, with what everybody reads meanwhile. Saying it again changes the words."""
    if session.state in (Session.State.RUNNING, Session.State.PAUSED):
        session.state, session.pause_text = Session.State.PAUSED, args["text"]
        session.save(update_fields=["state", "pause_text"])


@register(NoArgs)
def resume(session: Session, args: Args, actor: Any) -> None:
    if session.state == Session.State.PAUSED:
        session.state = Session.State.RUNNING
        session.save(update_fields=["state"])


@register(NoArgs)
def end(session: Session, args: Args, actor: Any) -> None:
    """Nothing is taken in any more; people see what came of it."""
    if session.state == Session.State.ENDED:
        return
    if session.rehearsing:
        raise Invalid(_("This is a rehearsal. End the rehearsal; then the session is as it was before."))
    session.state, session.ended_at = Session.State.ENDED, timezone.now()
    session.waiting = None
    session.save(update_fields=["state", "ended_at", "waiting"])
    if session.collector_id:
        Collector.objects.filter(pk=session.collector_id).update(closes_at=session.ended_at)


@register(MoveArgs, name="next")
def next_(session: Session, args: Args, actor: Any) -> bool:
    return _move(session, args, 1)


@register(MoveArgs)
def previous(session: Session, args: Args, actor: Any) -> bool:
    return _move(session, args, -1)


@register(GotoArgs)
def goto(session: Session, args: Args, actor: Any) -> None:
    show_step(session, find_step(session, args))


def _move(session: Session, args: Args, by: int) -> bool:
    """One step on or back; the first and the last stay where they are. False when the room is not where the person
    who pressed saw it: a second facilitator was a moment earlier."""
    steps = list(session.steps.all())
    if not steps:
        raise Unknown
    if args["at"] and args["at"] not in {step.key for step in steps if step.pk == session.current_id}:
        return False
    places = {step.pk: place for place, step in enumerate(steps)}
    if session.state == Session.State.LOBBY or session.current_id not in places:
        show_step(session, steps[0])
    else:
        place = places[session.current_id] + by
        show_step(session, steps[min(max(place, 0), len(steps) - 1)])
    return True


def show_step(session: Session, step: Step) -> None:
    if session.state == Session.State.LOBBY:
        begin(session)
    session.current = step
    session.save(update_fields=["current"])


def begin(session: Session) -> None:
    session.state, session.started_at = Session.State.RUNNING, timezone.now()
    if session.current_id is None:
        session.current = session.steps.first()
    session.save(update_fields=["state", "started_at", "current"])
    if session.pacing == Session.Pacing.OWN:
        collect(session)
        _tell_what_is_right(session)


def _tell_what_is_right(session: Session) -> None:
    """Nobody leads: who answered a quiz question sees at once what was right, unless a facilitator hides it."""
    telling = [slug for slug, kind in kinds.all_kinds().items() if kind.closes_with_results]
    session.steps.filter(question__kind__in=telling).update(results_shown=True)
