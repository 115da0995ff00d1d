"""The forms of logging in, on top of allauth's."""

from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    SignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _email_input() -> forms.EmailInput:
    return forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class EmailForm(RequestLoginCodeForm):
    """Step one: your e-mail address."""

    email = forms.EmailField(label=_("Your e-mail address"), widget=_email_input())


def _ask_for_code(field: forms.Field) -> None:
    field.label = _("The code from the e-mail")
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class CodeForm(ConfirmLoginCodeForm):
    """Step two: the code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"])


class NewAddressCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that was mailed to who signs up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"])


def _ask_app(field: forms.Field) -> None:
    field.label = _("The code of the app")
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class SecondStepForm(AuthenticateForm):
    """A code of the app on the phone, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_app(self.fields["code"])


class SecondStepAgainForm(ReauthenticateForm):
    """The same, from somebody who is logged in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_app(self.fields["code"])


class NewAppForm(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_app(self.fields["code"])


class PasswordForm(LoginForm):
    """E-mail address and password: for the demo's log-ins only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username"}
        # allauth takes the field away where accounts are made without a password.
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


class SignUpForm(SignupForm):
    """An account needs an e-mail address and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].widget = _email_input()


class EraseForm(forms.Form):
    """Erasing can't be undone, so it is confirmed with a tick."""

    sure = forms.BooleanField(label=_("Yes, erase everything. I know this can't be undone."))
