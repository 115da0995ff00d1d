"""Every page of the demo, one after the other: for everybody, on a phone and on a desktop, in both languages."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from . import pages
from .checks import axe, keyboard_walk, overflow
from .pages import Stop
from .town import Town, demo_town

PHONE, DESKTOP = 320, 1280
FIELDS = ":is(input:not([type=hidden]), textarea, select)"
Check = Callable[[Page, Stop], list[str]]


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
                asked(page).locator("button[type=submit]").first.click()
        found[str(stop)] = wrong + check(page, stop)
    return {stop: wrong for stop, wrong in found.items() if wrong}


def asked(page: Page) -> Locator:
    """The form that a page is there for: rather one with fields than a button on its own."""
    forms = page.locator("main form")
    with_fields = forms.filter(has=page.locator(FIELDS))
    return with_fields.first if with_fields.count() else forms.first


def for_everybody(page: Page, stop: Stop) -> list[str]:
    """As wide as the browser is; at the other width only whether something sticks out."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    wrong = axe(page) + keyboard_walk(page) + overflow(page, width) + overflow(page, PHONE + DESKTOP - width)
    page.set_viewport_size({"width": width, "height": 800})
    return wrong


def without_script(page: Page, stop: Stop) -> list[str]:
    """It says what it is, has its form, and no button that would do nothing."""
    wrong = overflow(page, DESKTOP) + overflow(page, PHONE)
    if not page.locator("h1").first.is_visible():
        wrong.append("no heading")
    if stop.asks and not asked(page).locator("button[type=submit]").first.is_visible():
        wrong.append("no form")
    dead = page.locator("button[type=button]:visible").all()
    return wrong + [f"does nothing: {button.inner_text()}" for button in dead]


@pytest.mark.parametrize(("language", "width", "dark"), [("nl", PHONE, False), ("en", DESKTOP, True)])
def test_residents_pages_are_for_everybody(town, walker, language, width, dark):
    page = walker(language, width, dark=dark)
    assert walk(page, town, pages.residents(town, language), for_everybody) == {}


@pytest.mark.parametrize(("language", "width", "dark"), [("nl", PHONE, True), ("en", DESKTOP, False)])
def test_staff_pages_are_for_everybody(town, walker, language, width, dark):
    page = walker(language, width, dark=dark, is_staff=True)
    assert walk(page, town, pages.staff(town, language), for_everybody) == {}


def test_the_style_guide_is_for_everybody(town, walker):
    assert walk(walker("nl", PHONE), town, pages.style_guide(), for_everybody) == {}


def test_residents_pages_work_without_javascript(town, walker):
    page = walker("nl", PHONE, javascript=False)
    assert walk(page, town, pages.residents(town, "nl"), without_script) == {}


def test_no_page_is_forgotten(town):
    visited = {stop.name for stop in [*pages.residents(town, "nl"), *pages.staff(town, "nl")]}
    no_pages = set().union(*pages.NO_PAGES.values())
    beside = {"wrong"}
    assert visited & no_pages == set()
    assert (visited | pages.LOG_IN | no_pages) - beside == pages.address_names() | pages.page_types()
