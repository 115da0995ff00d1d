"""Every page of residents, one after the other: on a phone and on a desktop, in both languages, without JavaScript."""

import pytest

from . import pages
from .walking import DESKTOP, PHONE, for_everybody, walk, without_script
from .weight import Scripts, weights


def test_residents_pages_are_for_everybody_on_a_phone_in_dutch(town, walker):
    page = walker("nl", PHONE)
    assert walk(page, town, pages.residents(town, "nl"), for_everybody) == {}


def test_residents_pages_are_for_everybody_on_a_desktop_in_english_in_the_dark(town, walker):
    page = walker("en", DESKTOP, dark=True)
    assert walk(page, town, pages.one_of_each(pages.residents(town, "en")), for_everybody) == {}


def test_residents_pages_work_without_javascript(town, walker):
    page = walker("nl", PHONE, javascript=False)
    assert walk(page, town, pages.one_of_each(pages.residents(town, "nl")), without_script) == {}


def test_no_page_is_forgotten(town, site):
    """A new address or type of page belongs on the walk, or among those that are no pages."""
    visited = {stop.name for stop in [*pages.residents(town, "nl"), *pages.staff(town, "nl")]}
    no_pages = set().union(*pages.NO_PAGES.values())
    assert visited & no_pages == set()
    assert visited | pages.LOG_IN | no_pages == pages.address_names() | pages.page_types() | {"wrong"}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_first_page_weighs_less_than_100_kb(town, visitor, width):
    found = weights(visitor(language="nl", width=width), town.address("/nl/"))
    assert any(address.endswith(".woff2") for address in found)
    assert sum(found.values()) < 100_000, found


def test_no_page_outside_a_session_brings_more_than_20_kb_of_script(town, walker):
    scripts, page, found = Scripts(), walker("nl", PHONE), {}
    for stop in pages.one_of_each(pages.residents(town, "nl")):
        if not stop.name.startswith("live:"):
            page.goto(town.address(stop.path))
            found[str(stop)] = scripts.of(page)
    assert any(found.values())
    assert {stop: each for stop, each in found.items() if sum(each.values()) >= 20_000} == {}
