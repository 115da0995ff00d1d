"""Who may write along."""

from typing import Any

from participation.live.actions.captions import new_key
from participation.live.models import Session

from .registry import Args, NoArgs, register
from .steps import OnArgs


@register(NoArgs)
def renew_caption_key(session: Session, args: Args, actor: Any) -> None:
    """A new link for who writes along without an account; the old one opens nothing any more."""
    session.caption_key = new_key()
    session.save(update_fields=["caption_key"])


@register(OnArgs)
def captions_on_screen(session: Session, args: Args, actor: Any) -> None:
    """Whether the projector shows captions; each phone decides for itself."""
    session.captions_on_screen = args["on"]
    session.save(update_fields=["captions_on_screen"])
