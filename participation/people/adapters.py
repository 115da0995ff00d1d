"""How allauth behaves here."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from participation.organisations.permissions import is_staff_member

from . import mail
from .security import may_enter_admin


def _organisation(request: HttpRequest | None) -> Any:
    return getattr(request, "organisation", None)


class AccountAdapter(DefaultAccountAdapter):
    """E-mailed codes; nobody needs an account to take part."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNT_SIGNUP_OPEN)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Who typed a code that was mailed to their address has proved the address."""
        proved = [record.get("email") for record in get_authentication_records(request, user)]
        if user.email in proved:
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
        return super().pre_login(request, user, **kwargs)

    def get_from_email(self) -> str:
        """The site's organisation, at our own address."""
        return mail.sender(_organisation(context.request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail knows which organisation's site it comes from."""
        organisation = _organisation(self.request)
        super().send_mail(template_prefix, email, {"organisation": organisation, **context})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody signs up with an address that has an account: its owner hears how to log in."""
        address = context.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": address})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the admin of the organisation they work for, who has no work there (a moderator) to the staff pages,
        residents to its home page."""
        if not is_staff_member(request.user, _organisation(request)):
            return "/"
        return reverse("wagtailadmin_home" if may_enter_admin(request.user) else "notifications:start")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Staff who log in at their organisation's own provider. They must have been invited first."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database; the app on the phone shows the organisation's name."""

    def get_totp_issuer(self) -> str:
        organisation = _organisation(context.request)
        return str(organisation.name) if organisation else "Oogst"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(("oogst.second-step:" + str(key)).encode()).digest()))
        for key in keys
    )
