"""Where the second step is obligatory, staff without it get nowhere."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from participation.live import doors
from participation.live.permissions import may_run
from participation.organisations.permissions import has_role
from participation.organisations.staff import staff_required
from participation.people import security
from participation.people.actions import account_for
from participation.people.adapters import SecondFactorAdapter
from tests.factories import staff
from tests.people.conftest import is_logged_in, log_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def obligatory(settings):
    settings.REQUIRE_STAFF_MFA = True


@pytest.fixture
def colleague(organisation):
    """An owner, which is everything staff can be at an organisation, who may enter Wagtail."""
    user = staff(organisation, "owner")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def app_code(secret: str = SECRET) -> str:
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(user) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


# --- Addresses --------------------------------------------------------------------------------------

OPEN_TO_ALL = re.compile(
    r"^(health/|documents/|i18n/|static/|media/|join/|account/|admin/(login|logout|password_reset|sprite|jsi18n)/"
    r"|(nl|en)/(account/|search/|$))"
)
EXAMPLES = {
    "int": "1",
    "slug": "page",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "a/b",
    "str": "wagtailcore",
}


def addresses(patterns=None, prefix="") -> set[str]:
    """Every address of the site, with something plausible in each open place."""
    found = set()
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        part = prefix + filled(pattern)
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns, part)
        elif isinstance(pattern, URLPattern):
            found.add("/" + part)
    return found


def filled(pattern) -> str:
    text = str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
    text = re.sub(r"<(?:(\w+):)?\w+>", lambda match: EXAMPLES.get(match[1] or "str", "123456"), text)
    text = re.sub(r"\(\(\?:[^()]*\)\*\)", "a/b/", text)  # Wagtail's pages
    text = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|\([^()]*\)", "1", text)
    return text.replace("\\", "").replace("*", "").replace("?", "").replace("+", "").replace("^", "")


def staff_addresses() -> list[str]:
    with translation.override("en"):
        return sorted(address for address in addresses() if not OPEN_TO_ALL.match(address.removeprefix("/")))


SECOND_STEP = "/en/account/second-step/"


def test_the_walk_finds_the_addresses_of_staff():
    found = staff_addresses()
    assert len([address for address in found if address.startswith("/admin/")]) > 150
    assert {"/admin/", "/admin/users/", "/admin/reports/site-history/", "/en/staff/moderation/"} <= set(found)


@pytest.mark.parametrize("who", ["owner", "superuser"])
def test_staff_without_the_second_step_see_nothing(client, colleague, who):
    if who == "superuser":
        colleague.is_superuser = True
        colleague.save()
    client.force_login(colleague)
    passed = [each for each in staff_addresses() if client.get(each).get("Location") != SECOND_STEP]
    assert passed == []


def test_staff_with_the_second_step_do_see_the_admin(client, mailoutbox, colleague):
    """Else the test above could not fail."""
    colleague.is_superuser = True
    colleague.save()
    with_app(colleague)
    log_in(client, mailoutbox, colleague)
    client.post("/en/account/2fa/authenticate/", {"code": app_code()})
    assert [client.get(address).status_code for address in ("/admin/", "/admin/users/")] == [200, 200]


def test_a_post_gets_no_further_than_a_get(client, colleague):
    client.force_login(colleague)
    response = client.post("/admin/users/new/", {"email": "evil@example.org"})
    assert (response.status_code, response["Location"]) == (302, SECOND_STEP)


def test_a_resident_with_an_account_is_asked_nothing(client, organisation):
    client.force_login(account_for("resident@example.org"))
    assert client.get("/en/account/").status_code == 200


# --- Setting it up, and using it --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_staff_are_led_to_set_it_up_and_back_to_where_they_went(client, mailoutbox, colleague):
    log_in(client, mailoutbox, colleague)
    asked = client.get("/admin/account/")
    page = client.get(asked["Location"])
    client.get("/en/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    done = client.post("/en/account/2fa/totp/activate/", {"code": app_code(secret)})
    codes = client.get(done["Location"])
    back = client.get("/en/account/second-step/")
    assert "/en/account/2fa/totp/activate/" in page.content.decode()
    assert done["Location"] == "/en/account/2fa/recovery-codes/"
    assert len(codes.context["unused_codes"]) == 10
    assert (back["Location"], client.get("/admin/account/").status_code) == ("/admin/account/", 200)


def test_setting_it_up_asks_who_logged_in_long_ago_to_log_in_again(client, mailoutbox, colleague):
    log_in(client, mailoutbox, colleague)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= security.FRESH + 1
    session.save()
    response = client.get("/en/account/2fa/totp/activate/")
    assert (
        response["Location"] == "/en/account/reauthenticate/?next=%2Fen%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    )
    client.post(response["Location"])
    assert not is_logged_in(client)


def test_who_has_an_app_is_not_logged_in_before_its_code(client, mailoutbox, colleague):
    with_app(colleague)
    response = log_in(client, mailoutbox, colleague)
    before = is_logged_in(client)
    client.post("/en/account/2fa/authenticate/", {"code": app_code()})
    assert (response["Location"], before, is_logged_in(client)) == (
        "/en/account/2fa/authenticate/",
        False,
        True,
    )


def test_a_recovery_code_is_a_second_step(client, mailoutbox, colleague):
    with_app(colleague)
    code = RecoveryCodes.activate(colleague).get_unused_codes()[0]
    log_in(client, mailoutbox, colleague)
    client.post("/en/account/2fa/authenticate/", {"code": code})
    assert client.get("/admin/account/").status_code == 200


def test_a_code_of_the_app_works_once(client, mailoutbox, colleague):
    with_app(colleague)
    code = app_code()
    for _time in range(2):
        client.logout()
        log_in(client, mailoutbox, colleague)
        response = client.post("/en/account/2fa/authenticate/", {"code": code})
    assert (response.status_code, is_logged_in(client)) == (200, False)


def test_an_older_session_must_use_the_step_that_was_set_up_elsewhere(client, colleague):
    client.force_login(colleague)
    with_app(colleague)
    response = client.get("/en/account/second-step/")
    assert response["Location"] == "/en/account/2fa/reauthenticate/?next=%2Fen%2Faccount%2Fsecond-step%2F"
    client.post(response["Location"], {"code": app_code()})
    assert client.get("/admin/account/").status_code == 200


def test_switching_it_off_closes_the_doors_at_once(client, mailoutbox, colleague):
    authenticator = with_app(colleague)
    log_in(client, mailoutbox, colleague)
    client.post("/en/account/2fa/authenticate/", {"code": app_code()})
    before = client.get("/admin/account/").status_code
    authenticator.delete()
    assert (before, client.get("/admin/account/").status_code) == (200, 302)


@pytest.mark.django_db(transaction=True)
def test_a_mail_tells_that_the_second_step_was_set_up(client, mailoutbox, colleague):
    log_in(client, mailoutbox, colleague)
    client.get("/en/account/2fa/totp/activate/")
    client.post("/en/account/2fa/totp/activate/", {"code": app_code(client.session["mfa.totp.secret"])})
    assert mailoutbox[-1].subject == "You now log in in two steps"


def test_the_secret_is_not_readable_in_the_database(colleague):
    authenticator = with_app(colleague)
    kept = authenticator.data["secret"]
    assert (SECRET in kept, SecondFactorAdapter().decrypt(kept)) == (False, SECRET)


# --- Without addresses ------------------------------------------------------------------------------


def test_a_role_counts_only_with_the_second_step(organisation, colleague):
    security.marked(colleague, {})
    assert not has_role(colleague, organisation, "owner")


@translation.override("en")
def test_staff_views_ask_by_themselves(organisation, colleague):
    request = RequestFactory().get("/")
    request.organisation, request.user = organisation, security.marked(colleague, {})
    response = staff_required("owner")(lambda request: HttpResponse("secret"))(request)
    assert (response.status_code, response["Location"]) == (302, "/en/account/second-step/")


@pytest.mark.parametrize("used", [False, True])
def test_a_console_s_socket_asks_too(organisation, colleague, used):
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(colleague.pk),
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: colleague.get_session_auth_hash(),
            **(records(colleague, method="mfa", id=with_app(colleague).pk, type="totp") if used else {}),
        }
    )
    session.save()
    user = doors.staff_now({"session": session})
    assert (user, may_run(user, organisation)) == (colleague, used)


def records(user, **record) -> dict:
    """A session as allauth leaves it after this way of logging in."""
    return {
        "account_authentication_methods": [{"at": time.time(), **record}],
        "account_authentication_methods_user": str(user.pk),
    }


def test_trust_comes_from_the_second_step_of_this_user_in_this_session(organisation, colleague):
    other = staff(organisation, "editor")
    mine, theirs = with_app(colleague), TOTP.activate(other, SECRET).instance
    sessions = [
        {},
        records(colleague, method="code", email=colleague.email),
        records(colleague, method="mfa", id=theirs.pk, type="totp"),
        records(other, method="mfa", id=mine.pk, type="totp"),
        records(colleague, method="mfa", id=mine.pk, type="totp"),
    ]
    assert [security.is_trusted(colleague, session) for session in sessions] == [False] * 4 + [True]


def test_nobody_anonymous_or_closed_is_trusted(colleague, settings):
    settings.REQUIRE_STAFF_MFA = False
    before = security.is_trusted(colleague, {})
    colleague.is_active = False
    assert (before, security.is_trusted(colleague, {}), security.is_trusted(AnonymousUser(), {})) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("provider_asks", [True, False])
def test_a_provider_that_asks_for_a_second_factor_itself_is_enough(colleague, settings, provider_asks):
    settings.OIDC_SECOND_FACTOR = provider_asks
    session = records(colleague, method="socialaccount", provider="staff")
    assert security.is_trusted(colleague, session) is provider_asks
