"""`/nl/account/`: only those of allauth's addresses that we use. What is not listed does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from . import views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("login/", views.LogIn.as_view(), name="account_login"),
    path("login/code/", views.to_log_in, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("reauthenticate/", views.log_in_again, name="account_reauthenticate"),
    path("second-step/", views.second_step, name="second_step"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.fresh_log_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/download/", views.my_data_export, name="my_data_export"),
    path("my-data/erase/", views.my_data_erase, name="my_data_erase"),
    # allauth asks for the address of this page; ours is the account's.
    path("email/", views.account_home, name="account_email"),
]
