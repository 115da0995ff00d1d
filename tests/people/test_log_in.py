"""Logging in is a code by e-mail."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from participation.people.models import User
from tests.factories import staff
from tests.people.conftest import PASSWORD, code_in, is_logged_in, log_in


def test_a_mailed_code_logs_in(client, mailoutbox, resident):
    response = log_in(client, mailoutbox, resident)
    assert (response.status_code, response["Location"], is_logged_in(client)) == (302, "/", True)


def test_the_mail_is_the_organisations_and_holds_the_code_alone_on_a_line(client, mailoutbox, resident):
    client.post("/en/account/login/", {"email": resident.email})
    message = mailoutbox[0]
    code = code_in(message)
    assert (message.to, message.from_email, message.subject) == (
        ["resident@example.org"],
        "Library <oogst@example.org>",
        f"Your code to log in: {code}",
    )
    assert message.body.splitlines()[-1] == "Library"


def test_staff_land_in_the_admin(client, mailoutbox, organisation):
    editor = staff(organisation, "editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert log_in(client, mailoutbox, editor)["Location"] == "/admin/"


def test_staff_without_pages_to_write_land_on_the_staff_pages(client, mailoutbox, organisation):
    response = log_in(client, mailoutbox, staff(organisation, "moderator"))
    assert response["Location"] == "/en/staff/"


def test_the_admin_says_no_to_who_may_not_enter_and_does_not_send_them_round(client, mailoutbox, resident):
    log_in(client, mailoutbox, resident)
    response = client.get("/admin/", follow=True)
    assert (response.status_code, len(response.redirect_chain)) == (403, 1)


def test_the_page_that_was_asked_for_comes_after_logging_in(client, mailoutbox, resident):
    client.post("/en/account/login/?next=/en/account/", {"email": resident.email})
    response = client.post(
        "/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0]), "next": "/en/account/"}
    )
    assert response["Location"] == "/en/account/"


def test_another_sites_address_does_not_come_after_logging_in(client, mailoutbox, resident):
    client.post("/en/account/login/", {"email": resident.email})
    response = client.post(
        "/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0]), "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def test_a_session_gets_a_new_key_at_logging_in(client, mailoutbox, resident):
    client.post("/en/account/login/", {"email": resident.email})
    before = client.session.session_key
    client.post("/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert client.session.session_key != before


def test_after_three_wrong_codes_the_right_one_is_too_late(client, mailoutbox, resident):
    client.post("/en/account/login/", {"email": resident.email})
    for _try in range(3):
        client.post("/en/account/login/code/confirm/", {"code": "0000-0000"})
    client.post("/en/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert not is_logged_in(client)


def test_a_fourth_code_in_a_minute_is_not_sent(mailoutbox, resident):
    for _try in range(4):
        Client().post("/en/account/login/", {"email": resident.email})
    assert len(mailoutbox) == 3


def test_an_unknown_address_gets_the_same_answer_and_a_mail_that_says_so(client, mailoutbox, resident):
    answers = []
    for email in (resident.email, "nobody@example.org"):
        response = client.post("/en/account/login/", {"email": email}, follow=True)
        page = response.content.decode().replace(email, "").split("<main")[1]
        answers.append((response.redirect_chain, _without_tokens(page)))
        client.cookies.clear()
    assert answers[0] == answers[1]
    assert mailoutbox[1].subject == "There is no account with this e-mail address"


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_signing_up_needs_an_address_and_its_code(client, mailoutbox, organisation):
    client.post("/en/account/signup/", {"email": "New@Example.org"})
    client.post("/en/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    user = User.objects.get()
    assert (user.email, user.is_staff, is_logged_in(client)) == ("new@example.org", False, True)


def test_signing_up_with_a_known_address_looks_the_same_and_its_owner_is_told(client, mailoutbox, resident):
    known = client.post("/en/account/signup/", {"email": resident.email})
    client.logout()
    new = client.post("/en/account/signup/", {"email": "new@example.org"})
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert [message.subject.split(":")[0] for message in mailoutbox] == [
        "You have an account already",
        "Your code",
    ]
    assert "http://testserver/en/account/login/" in mailoutbox[0].body


def test_signing_up_can_be_closed(client, mailoutbox, organisation, settings):
    settings.ACCOUNT_SIGNUP_OPEN = False
    response = client.post("/en/account/signup/", {"email": "new@example.org"})
    assert (response.templates[0].name, User.objects.count(), mailoutbox) == (
        "account/signup_closed.html",
        0,
        [],
    )


def test_an_account_that_is_closed_does_not_get_in(client, mailoutbox, resident):
    resident.is_active = False
    resident.save()
    client.post("/en/account/login/", {"email": resident.email})
    assert mailoutbox[0].subject == "There is no account with this e-mail address"


def test_logging_out_is_a_post(client, mailoutbox, resident):
    log_in(client, mailoutbox, resident)
    client.get("/en/account/logout/")
    before = is_logged_in(client)
    client.post("/en/account/logout/")
    assert (before, is_logged_in(client)) == (True, False)


# --- Passwords --------------------------------------------------------------------------------------


def test_the_demo_offers_a_password_beside_the_code_and_lists_its_log_ins(client, organisation, settings):
    settings.DEMO = True
    page = client.get("/en/account/login/").content.decode()
    assert [words in page for words in ('name="email"', 'name="password"', "owner@example.org")] == [True] * 3


def test_a_password_logs_in_at_the_demo(client, resident, settings):
    settings.DEMO = True
    client.post("/en/account/login/", {"login": resident.email, "password": PASSWORD})
    assert is_logged_in(client)


def test_a_wrong_password_says_so_at_the_demo(client, resident, settings):
    settings.DEMO = True
    response = client.post("/en/account/login/", {"login": resident.email, "password": "wrong"})
    assert (response.status_code, is_logged_in(client)) == (200, False)
    assert "are not correct" in response.content.decode()


def test_without_the_demo_nobody_is_asked_for_a_password(client, organisation):
    page = client.get("/en/account/login/").content.decode()
    assert ['name="email"' in page, "password" in page, "owner@example.org" in page] == [True, False, False]


EVERYTHING = {
    "login": "resident@example.org",
    "username": "resident@example.org",
    "email": "resident@example.org",
    "password": PASSWORD,
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/account/login/", 200),
        ("/en/account/login/code/", 200),
        ("/en/account/signup/", 200),
        ("/en/account/password/reset/", 404),
        ("/en/account/password/reset/key/1-set-password/", 404),
        ("/en/account/password/change/", 404),
        ("/en/account/password/set/", 404),
        ("/en/account/reauthenticate/", 200),
        ("/en/_util/login/", 200),
        ("/en/_util/authenticate_with_password/1/1/", 404),
        ("/admin/login/", 200),
        ("/admin/password_reset/", 404),
        ("/admin/password_reset/done/", 404),
        ("/admin/password_reset/confirm/MQ/set-password/", 404),
        ("/admin/account/", 200),
        ("/documents/authenticate_with_password/1/", 404),
    ],
)
def test_a_password_opens_no_address(client, resident, address, status, method):
    """200 is always the page that asks for an e-mail address or a code."""
    response = getattr(client, method)(address, EVERYTHING if method == "post" else None, follow=True)
    assert (response.status_code, is_logged_in(client)) == (status, False)
    assert "password" not in response.content.decode().lower().split("<main")[-1]


def test_wagtails_log_in_leads_to_ours_and_back(client, organisation):
    response = client.get("/admin/pages/", follow=True)
    assert response.request["PATH_INFO"].endswith("/account/login/")
    assert response.request["QUERY_STRING"] == "next=%2Fadmin%2Fpages%2F"


def test_a_password_is_not_right_anywhere_but_in_the_demo(client, resident, settings):
    outside = (client.login(email=resident.email, password=PASSWORD), resident.has_usable_password())
    settings.DEMO = True
    inside = (client.login(email=resident.email, password=PASSWORD), resident.has_usable_password())
    assert (outside, inside) == ((False, False), (True, True))


async def test_a_password_is_not_right_asynchronously_either(settings):
    user = User(email="a@example.org")
    user.set_password(PASSWORD)
    outside = await user.acheck_password(PASSWORD)
    settings.DEMO = True
    assert (outside, await user.acheck_password(PASSWORD)) == (False, True)


def test_wagtails_own_account_page_changes_no_password_and_no_address(client, organisation):
    user = staff(organisation, "owner")
    user.is_superuser = True
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    before = user.password
    client.post(
        "/admin/account/",
        {
            "name_email-email": "evil@example.org",
            "name-email-email": "evil@example.org",
            "password-old_password": PASSWORD,
            "password-new_password1": "evil-evil-evil",
            "password-new_password2": "evil-evil-evil",
        },
    )
    user.refresh_from_db()
    assert (user.email, user.password) == (user.email, before)
    page = client.get("/admin/account/").content.decode()
    assert ["new_password1" in page, 'name="name_email-email"' in page] == [False, False]
