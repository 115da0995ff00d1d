"""The home page of a new organisation."""

import pytest
from playwright.sync_api import expect

from .checks import axe, keyboard_walk, overflow

pytestmark = pytest.mark.looks


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_home_page_is_for_everybody(site, visitor, language):
    page = visitor(language=language)
    page.goto(site.address(f"/{language}/"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert axe(page) == []
    assert keyboard_walk(page) == []
    assert overflow(page) == []
