"""Every page of making an account, logging in, the second step and leaving, as somebody comes to it."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Page

from participation.organisations.models import Role
from tests.factories import staff

from .checks import axe, keyboard_walk, overflow
from .server import Site
from .walk.pages import LOG_IN
from .walk.walking import DESKTOP, PHONE

pytestmark = pytest.mark.looks


class Visit:
    """One browser; what is wrong on the pages it comes to, by the name of their address."""

    def __init__(self, site: Site, page: Page, language: str, width: int) -> None:
        self.site, self.page, self.language, self.width = site, page, language, width
        self.found: dict[str, list[str]] = {}

    def go(self, path: str) -> None:
        self.page.goto(self.site.address(f"/{self.language}/account/{path}"))
        self.look()

    def look(self) -> None:
        with override(self.language):
            name = resolve(urlsplit(self.page.url).path).view_name
        wrong = axe(self.page) + keyboard_walk(self.page) + overflow(self.page)
        self.page.set_viewport_size({"width": self.width, "height": 800})
        self.found.setdefault(name, []).extend(wrong)

    def send(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)
        self.follow("main form [type=submit]")

    def follow(self, what: str) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(what).first.click()
        self.look()

    def mailed_code(self) -> str:
        body = self.site.mails()[-1].get_content()  # type: ignore[attr-defined]
        found = re.search(r"^    (\S+)$", body, re.MULTILINE)
        assert found, body
        return found[1]


def resident(visit: Visit, email: str) -> None:
    """Makes an account, is asked once more who they are, and goes, with everything that was kept of them."""
    visit.go("signup/")
    visit.send(email=email)
    visit.send(code=visit.mailed_code())
    visit.go("")
    visit.go("reauthenticate/")
    visit.go("my-data/")
    visit.page.locator("main form input[type=checkbox]").check()
    visit.send()
    visit.go("inactive/")


def colleague(visit: Visit, email: str) -> None:
    """Sets up the second step, uses it, and switches it off."""
    visit.go("login/")
    visit.send(email=email)
    visit.send(code=visit.mailed_code())  # to the second step, wherever they wanted to go
    visit.follow("main .nl-button--primary")
    secret = visit.page.locator("main code").inner_text()
    visit.send(code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    codes = visit.page.locator(".oogst-codes code").all_inner_texts()
    for path in ("2fa/recovery-codes/new/", "2fa/", "2fa/reauthenticate/", "", "logout/"):
        visit.go(path)
    visit.send()
    visit.go("login/")
    visit.send(email=email)
    visit.send(code=visit.mailed_code())
    visit.send(code=codes[0])
    visit.go("2fa/totp/deactivate/")  # asks for a code first
    visit.send(code=codes[1])


@pytest.mark.parametrize(("language", "width"), [("nl", PHONE), ("en", DESKTOP)])
def test_logging_in_is_for_everybody(site, visitor, language, width):
    site.restart(REQUIRE_STAFF_MFA=True, ACCOUNT_SIGNUP_OPEN=True)
    found: dict[str, list[str]] = {}
    for story, email in (
        (resident, "new@example.org"),
        (colleague, staff(site.organisation, Role.MODERATOR).email),
    ):
        visit = Visit(site, visitor(language=language, width=width), language, width)
        story(visit, email)
        found |= visit.found
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert set(found) - {"wagtail_serve", "notifications:start"} == LOG_IN
