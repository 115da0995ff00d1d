"""Publishing a page tells its room."""

import logging
from typing import Any

from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from participation.core.errors import ActionError

from .grounds import organisation_of
from .models import RoomPage

logger = logging.getLogger(__name__)


@receiver(page_published)
def on_published(instance: Page, **_kwargs: Any) -> None:
    """Fires for unchanged pages, translations and aliases too; what it calls is idempotent."""
    if isinstance(instance, RoomPage):
        _tell(instance)


@receiver(post_page_move)
def on_moved(instance: Page, **_kwargs: Any) -> None:
    """A room that moves to another project belongs there from now on."""
    below = instance.get_descendants(inclusive=True).live().specific()
    for page in below:
        if isinstance(page, RoomPage):
            _tell(page)


@receiver(page_unpublished)
def on_unpublished(instance: Page, **_kwargs: Any) -> None:
    """The object stays, its page is gone. Deleting a live page unpublishes it first."""
    page = instance.specific
    if isinstance(page, RoomPage) and (organisation := organisation_of(page)):
        page.withdraw_object(organisation, get_active_log_context().user)


def _tell(page: RoomPage) -> None:
    actor = get_active_log_context().user
    try:
        page.tell_room(page.get_parent(), actor)
    except ActionError:
        if actor is not None:
            raise  # undoes the editor's request, and they read why
        # Wagtail's own clock: one page that a room refuses must not keep the others from being published.
        logger.exception("The room of page %s refused its publication", page.pk)
