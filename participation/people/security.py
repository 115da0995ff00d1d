"""The second step of staff's log-in: who needs it, and who used it in this session.

allauth notes in the session how somebody logged in. Where the second step is obligatory (`REQUIRE_STAFF_MFA`,
always in production), a member of staff who has not used it has no role at all: `organisations.permissions` asks the
mark that `marked` puts on the user, so every permission of every room says no.
"""

import time
from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

from participation.organisations.models import Membership

FRESH = 15 * 60  # seconds


def is_trusted(user: Any, session: Any) -> bool:
    """True when this session used a second step, or when nobody is asked for one.

    It says nothing about roles: ask those as well. For a websocket, `session` is `scope["session"]`.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return not settings.REQUIRE_STAFF_MFA or used_second_step(user, session)


def used_second_step(user: Any, session: Any) -> bool:
    """A code of an app or a recovery code that the user still has, or a provider that asks for one itself."""
    records = _records(user, session)
    if settings.OIDC_SECOND_FACTOR and any(record.get("method") == "socialaccount" for record in records):
        return True
    used = [record.get("id") for record in records if record.get("method") == "mfa"]
    return bool(used) and Authenticator.objects.filter(user_id=user.pk, pk__in=used).exists()


def is_staff(user: Any) -> bool:
    """Anybody who may do more than a resident, at any organisation."""
    return (
        user.is_superuser
        or user.is_staff
        or Membership.objects.filter(user_id=user.pk).exists()
        or may_enter_admin(user)
    )


def may_enter_admin(user: Any) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


def marked(user: Any, session: Any) -> Any:
    """The user, with `lacks_second_step` set: True takes all roles away until the second step is used."""
    user.lacks_second_step = bool(user.is_authenticated and not is_trusted(user, session) and is_staff(user))
    return user


def logged_in_just_now(user: Any, session: Any) -> bool:
    """True when the user proved who they are less than fifteen minutes ago: asked before something delicate."""
    records = _records(user, session)
    return bool(records) and time.time() - max(record["at"] for record in records) < FRESH


def _records(user: Any, session: Any) -> list[dict[str, Any]]:
    return get_authentication_records(SimpleNamespace(session=session), user)  # type: ignore[arg-type]
