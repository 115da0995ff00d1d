"""What allauth and the user model tell us."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User


@receiver(authenticator_added)
def setting_up_is_using(
    sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who sets up the app has just typed a code of it: this session has used the second step."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )


@receiver(post_save, sender=User)
def an_old_address_opens_nothing(
    sender: Any, instance: User, created: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """An account has one address. When it changes, a code sent to the old one must not log in any more."""
    if not created and (update_fields is None or "email" in update_fields):
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
