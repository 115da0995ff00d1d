"""The script, changed in the room."""

from typing import Any

from django import forms

from participation.live.actions import quick, script
from participation.live.forms import TextField
from participation.live.models import Session

from .moving import show_step
from .registry import Args, NoArgs, StepArgs, find_step, register


class FixArgs(forms.Form):
    """The words of a question, option or step: `key` says which, `text` how it should read."""

    key = TextField(max_length=60)
    text = TextField(max_length=600, required=False)
    name = TextField(max_length=20, required=False)
    lang = TextField(max_length=12, required=False)


@register(NoArgs)
def take_new_version(session: Session, args: Args, actor: Any) -> None:
    """Go on with the script that was published meanwhile."""
    script.take_new_version(session, actor=actor)


@register(quick.QuickForm)
def insert_step(session: Session, args: Args, actor: Any) -> None:
    """A quick question, slide, wall or stage, after the present step and at once in the room, open."""
    show_step(session, quick.insert(session, args, actor))


@register(StepArgs)
def remove_step(session: Session, args: Args, actor: Any) -> None:
    """Take a step that was made in the room out again, as long as nobody has answered it."""
    quick.take_out(session, find_step(session, args), actor)


@register(FixArgs)
def fix_text(session: Session, args: Args, actor: Any) -> None:
    """Mend a typing error; votes stay."""
    quick.fix(session, args, actor)
