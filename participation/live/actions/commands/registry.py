"""What every command shares: its form, its permission, the transaction around it.

A command gets the locked session and changes it; `command()` checks the permission, raises the revision, writes the
audit entry and tells everybody, in one transaction. Doing a thing twice is no error: two facilitators may press at once.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from participation.core import audit
from participation.core.errors import Closed, Forbidden, Unknown
from participation.live import permissions
from participation.live.actions.gate import Outcome, announce, handled, lock, raise_rev, remember, writing
from participation.live.forms import KeyField, read
from participation.live.models import Session, Step

Args = dict[str, Any]
# What a command does with the locked session; False says that there was nothing to do.
Run = Callable[[Session, Args, Any], bool | None]


@dataclass(frozen=True)
class Command:
    run: Run
    form: type[forms.Form]
    may: Callable[[Any, Any], bool]


COMMANDS: dict[str, Command] = {}
AFTER_THE_END = ("end", "open_at_own_pace")


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
        if locked.state == Session.State.ENDED and name not in AFTER_THE_END and not locked.at_own_pace:
            raise Closed
        data = read(known.form, args or {})
        if known.run(locked, data, actor) is not False:
            raise_rev(locked, room=True)
            audit.record(locked.organisation, actor, f"live.{name}", locked, **_noted(known.form, data))
            announce(locked)
        return remember(locked, sender, message_id, {"rev": locked.rev})


def _noted(form: type[forms.Form], data: Args) -> Args:
    """What the audit log keeps of the arguments. A form names in `not_noted` the words of residents: those go when their
    writer wants them gone, and the log stays."""
    kept = {key: value for key, value in data.items() if key not in getattr(form, "not_noted", ())}
    return {key: str(value) if isinstance(value, uuid.UUID | date) else value for key, value in kept.items()}


def register(
    form: type[forms.Form], may: Callable[[Any, Any], bool] = permissions.may_run, name: str = ""
) -> Callable[[Run], Run]:
    def decorate(run: Run) -> Run:
        COMMANDS[name or run.__name__.rstrip("_")] = Command(run, form, may)
        return run

    return decorate


class NoArgs(forms.Form):
    pass


class StepArgs(forms.Form):
    """Without a key it is the present step."""

    step = KeyField(required=False)


def find_step(session: Session, args: Args) -> Step:
    key = args.get("step")
    found = session.steps.filter(key=key) if key else session.steps.filter(pk=session.current_id)  # type: ignore[misc]
    step = found.first() or (None if key or session.current_id else session.steps.first())
    if step is None:
        raise Unknown
    return step


def change(step: Step, **values: Any) -> None:
    for field, value in values.items():
        setattr(step, field, value)
    step.save(update_fields=list(values))
