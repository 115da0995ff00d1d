"""Every page of the demo, one after the other: for everybody, on a phone and on a desktop, in both languages."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.urls import get_resolver
from playwright.sync_api import Page

from . import pages
from .checks import axe, keyboard_walk, overflow
from .pages import Stop
from .town import Town, demo_town

PHONE, DESKTOP = 320, 1280
# The form a page is there for: not one with a single button, such as "I am for this", when there is another.
FORM = "main form:has(:is(input:not([type=hidden]), textarea, select))"
Check = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, browser, tmp_path_factory):
    with django_db_blocker.unblock(), demo_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def transactional_db():
    """Not swept behind each test: `town` does it behind the last."""


@pytest.fixture
def site(town, transactional_db):
    """For `visitor`."""
    return town


@pytest.fixture
def walker(town, visitor):
    """A browser that is the phone of somebody who took part in everything; `staff` of the owner too."""

    def walker(language: str, width: int, *, is_staff: bool = False, **more: Any) -> Page:
        page = visitor(language=language, width=width, height=800, **more)
        town.is_resident(page)
        if is_staff:
            town.let_in(page, town.owner)
        return page

    return walker


def walk(page: Page, town: Town, stops: Iterable[Stop], check: Check) -> dict[str, list[str]]:
    """What is wrong, by page; empty when all is well."""
    found = {}
    for stop in stops:
        address = town.address(stop.path)
        page.goto(address)
        wrong = [] if page.url == address else [f"led to {page.url}"]
        if stop.send:
            with page.expect_navigation():
                page.locator(f"{FORM} button[type=submit]").first.click()
        found[str(stop)] = wrong + check(page)
    return {stop: wrong for stop, wrong in found.items() if wrong}


def for_everybody(page: Page) -> list[str]:
    """As wide as the browser is; at the other width only whether something sticks out."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    wrong = axe(page) + keyboard_walk(page) + overflow(page, width) + overflow(page, PHONE + DESKTOP - width)
    page.set_viewport_size({"width": width, "height": 800})
    return wrong


@pytest.mark.parametrize(("language", "width", "dark"), [("nl", PHONE, False), ("en", DESKTOP, True)])
def test_residents_pages_are_for_everybody(town, walker, language, width, dark):
    page = walker(language, width, dark=dark)
    assert walk(page, town, pages.residents(town, language), for_everybody) == {}


@pytest.mark.parametrize(("language", "width", "dark"), [("nl", PHONE, True), ("en", DESKTOP, False)])
def test_staff_pages_are_for_everybody(town, walker, language, width, dark):
    page = walker(language, width, dark=dark, is_staff=True)
    assert walk(page, town, pages.staff(town, language), for_everybody) == {}


def test_timing(town, walker):
    import time
    page = walker("nl", PHONE)
    for stop in pages.residents(town, "nl"):
        t=[time.time()]
        page.goto(town.address(stop.path)); t.append(time.time())
        a=axe(page); t.append(time.time())
        k=keyboard_walk(page); t.append(time.time())
        o=overflow(page); t.append(time.time())
        print(stop, [round(y-x,2) for x,y in zip(t,t[1:])], a+k+o)
