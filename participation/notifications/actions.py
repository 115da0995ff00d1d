"""Subscribe, confirm, stop; and tell who asked to be told."""

import datetime as dt
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from participation.core.errors import Unknown
from participation.projects.models import Project

from . import tasks
from .models import Subscription

CONFIRM_SALT, STOP_SALT = "subscription.confirm", "subscription.stop"
CONFIRM_WITHIN = dt.timedelta(days=7)
# Who asks again within this time gets no second mail: nobody can fill somebody else's mailbox.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def subscribe(project: Project, *, email: str, language: str) -> None:
    """Ask this address whether it wants news. It counts once confirmed; nothing tells whether it was known before."""
    now = timezone.now()
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()
    subscription, made = Subscription.objects.get_or_create(
        project=project,
        email=email.lower(),
        defaults={"organisation_id": project.organisation_id, "language": language, "asked_at": now},
    )
    if not made and (subscription.confirmed_at or subscription.asked_at > now - PATIENCE):
        return
    subscription.asked_at, subscription.language = now, language
    subscription.save(update_fields=["asked_at", "language", "updated_at"])
    tasks.send_confirmation.enqueue(subscription.pk, confirm_token(subscription))


def confirm_token(subscription: Subscription) -> str:
    return signing.dumps(subscription.public_id, salt=CONFIRM_SALT)


def stop_token(subscription: Subscription) -> str:
    return signing.dumps(subscription.public_id, salt=STOP_SALT)


def _find(token: str, salt: str, organisation: Any, within: dt.timedelta | None = None) -> Subscription:
    try:
        public_id = signing.loads(token, salt=salt, max_age=within)
    except signing.BadSignature:
        raise Unknown
    rows = Subscription.objects.of(organisation).select_related("project")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    return found


def to_confirm(token: str, organisation: Any) -> Subscription:
    """The subscription of a link that was mailed at most a week ago. Raises Unknown."""
    return _find(token, CONFIRM_SALT, organisation, CONFIRM_WITHIN)


def to_stop(token: str, organisation: Any) -> Subscription:
    """The subscription of a link in any of our mails. Raises Unknown, also when it was stopped before."""
    return _find(token, STOP_SALT, organisation)


@transaction.atomic
def confirm(subscription: Subscription) -> None:
    if subscription.confirmed_at is None:
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["confirmed_at", "updated_at"])


@transaction.atomic
def stop(subscription: Subscription) -> None:
    """Forget the address."""
    subscription.delete()


def tell_subscribers(project: Project, *, what: str, **data: Any) -> None:
    """Mail every confirmed subscriber, each in their language. `what` and its data are as in `mails.SAYS`."""
    tasks.send_news.enqueue(project.pk, what, data)
