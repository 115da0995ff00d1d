"""Every write about accounts."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from participation.core import audit, erasure
from participation.core.errors import Forbidden

from . import mail, security
from .models import Participant, User


@transaction.atomic
def account_for(email: str, *, name: str = "", password: str | None = None) -> User:
    """The account with this address, made when there is none.

    A new one has no password (`password` is for the demo) and its address counts as checked: whoever logs in there
    has read a code that was mailed to it.
    """
    email = User.objects.normalize_email(email).lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def invite(user: User, organisation: Any, *, actor: Any, language: str = "nl") -> None:
    """Tell a new member of staff, after the commit, how to log in. Roles are `cms.actions.add_member`'s."""
    transaction.on_commit(
        lambda: mail.send(
            "people/email/invitation",
            user.email,
            organisation,
            language,
            inviter=actor,
            url=mail.address(organisation, "account_login", language),
        )
    )


@transaction.atomic
def forget_second_step(user: User) -> bool:
    """Somebody lost their phone: they set up the second step again, and are told so. True when there was one."""
    gone, _rows = Authenticator.objects.filter(user=user).delete()
    for membership in user.memberships.select_related("organisation"):
        audit.record(membership.organisation, None, "second_step.forgotten", user)
    if gone:
        transaction.on_commit(
            lambda: mail.send("mfa/email/totp_deactivated", user.email, None, settings.LANGUAGE_CODE)
        )
    return bool(gone)


@dataclass(frozen=True)
class Held:
    """All that is of one person: an account, or a phone, or both."""

    user: User | None
    participants: list[Participant]

    @property
    def is_staff(self) -> bool:
        return self.user is not None and security.is_staff(self.user)

    def export(self) -> dict[str, Any]:
        account = (
            {"email": self.user.email, "name": self.user.name, "since": self.user.date_joined}
            if self.user
            else None
        )
        return {
            "account": account,
            "participations": [
                {
                    "organisation": participant.organisation.name,
                    "since": participant.created_at,
                    **erasure.export(participant),
                }
                for participant in self.participants
            ],
        }

    @property
    def organisations(self) -> list[str]:
        """The organisations that know this person, by name."""
        return sorted({participant.organisation.name for participant in self.participants})


def held_of(user: Any, participant: Participant | None) -> Held:
    """What belongs to the one who asks: everybody on this phone, and the participants of their account."""
    account = user if getattr(user, "is_authenticated", False) else None
    mine = list(account.participants.select_related("organisation")) if account else []
    if participant and participant.user_id in (None, getattr(account, "pk", None)):
        mine += [each for each in (participant, *erasure.companions(participant)) if each not in mine]
    return Held(account, mine)


@transaction.atomic
def erase(held: Held) -> None:
    """Erase everything, everywhere or nowhere. Staff can't: their account is their organisation's to end."""
    if held.is_staff:
        raise Forbidden(_("You work here. Ask an owner of your organisation to end your account."))
    for participant in held.participants:
        erasure.erase(participant)
        participant.delete()
    if held.user:
        held.user.delete()
