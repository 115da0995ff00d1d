"""Mails leave in the background."""

import logging
from typing import Any

from django.core.mail import get_connection
from django_tasks import task

from .models import Subscription

logger = logging.getLogger(__name__)


@task()
def send_confirmation(subscription_id: int, token: str) -> int:
    """Ask one address; gives the number of mails sent."""
    from . import mails

    rows = Subscription.objects.select_related("project", "organisation__site")
    subscription = rows.filter(pk=subscription_id, confirmed_at=None).first()
    return mails.confirmation(subscription, token).send() if subscription else 0


@task()
def send_news(project_id: int, what: str, data: dict[str, Any]) -> int:
    """Mail all confirmed subscribers of a project. One address that fails doesn't stop the others."""
    from . import actions, mails

    rows = Subscription.objects.filter(project=project_id, confirmed_at__isnull=False)
    sent = 0
    with get_connection() as connection:
        for subscription in rows.select_related("project", "organisation__site").iterator():
            mail = mails.news(subscription, what, data, actions.stop_token(subscription))
            mail.connection = connection
            try:
                sent += mail.send()
            except OSError:
                logger.exception("no mail to subscription %s", subscription.public_id)
    return sent
