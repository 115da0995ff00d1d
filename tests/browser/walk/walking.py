"""Going from page to page, and what each must stand."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Locator, Page

from tests.browser.checks import axe, keyboard_walk, overflow
from tests.browser.steady import connected

from .pages import Stop
from .town import Town

PHONE, DESKTOP = 320, 1280
FIELDS = ":is(input:not([type=hidden]), textarea, select)"
Check = Callable[[Page, Stop], list[str]]


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
    connected(page)
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
