"""When something is answered or published, subscribers hear it. Called after the commit."""

from typing import Any

from participation.contributions.models import Contribution, Thread
from participation.core import events
from participation.programmes.models import Programme

from .actions import tell_subscribers


def listen() -> None:
    events.listen("thread.", on_thread)
    events.listen("programme.", on_programme)


def on_thread(topic: str, data: dict[str, Any]) -> None:
    """The organisation replied to an idea on a board."""
    if data.get("what") != "replied":
        return
    rows = Contribution.objects.select_related("thread__project")
    idea = rows.filter(public_id=data["contribution"], thread__kind=Thread.Kind.BOARD).first()
    if idea is None or idea.thread.project is None or idea.state != Contribution.State.VISIBLE:
        return
    reply = idea.replies.last()
    if reply is not None:
        tell_subscribers(
            idea.thread.project,
            what="reply",
            name=idea.title or idea.text[:60],
            text=reply.text,
            page_key=str(idea.thread.page_key),
        )


def on_programme(topic: str, data: dict[str, Any]) -> None:
    rows = Programme.objects.filter(is_published=True).select_related("project")
    programme = rows.filter(public_id=topic.removeprefix("programme.")).first()
    if data.get("type") == "published" and programme is not None and programme.project is not None:
        tell_subscribers(
            programme.project, what="programme", name=programme.name, page_key=str(programme.page_key)
        )
