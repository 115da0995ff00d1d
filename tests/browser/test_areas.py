"""An area's page in a browser."""

import pytest
from playwright.sync_api import expect

from participation.areas.actions import import_cbs
from tests.areas.factories import MUNICIPALITIES

from .checks import axe, keyboard_walk, overflow

pytestmark = pytest.mark.looks


@pytest.fixture
def lelystad(site):
    import_cbs(MUNICIPALITIES)
    return lambda language: site.address(f"/{language}/areas/GM0995/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_for_everybody(lelystad, visitor, language):
    page = visitor(language=language)
    page.goto(lelystad(language))
    assert axe(page) == []
    assert keyboard_walk(page) == []
    assert overflow(page) == []


def test_the_page_is_for_everybody_in_the_dark(lelystad, visitor):
    page = visitor(dark=True)
    page.goto(lelystad("en"))
    assert axe(page) == []


def test_another_figure_colours_the_map(lelystad, visitor):
    page = visitor(javascript=False)
    page.goto(lelystad("en"))
    page.get_by_role("link", name="Aged 65 or older").click()
    expect(page.get_by_role("heading", name="Aged 65 or older (%), 2023")).to_be_visible()


def test_without_javascript_there_is_no_button_that_does_nothing(lelystad, visitor):
    page = visitor(javascript=False)
    page.goto(lelystad("en"))
    expect(page.get_by_role("button", name="Open the interactive map")).to_be_hidden()


def test_leaflet_is_fetched_only_when_the_map_is_opened(lelystad, visitor):
    page = visitor()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(lelystad("en"))
    assert not [url for url in fetched if "leaflet" in url]
    page.get_by_role("button", name="Open the interactive map").click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_label("Interactive map of Lelystad").locator("path.oogst-map__here").wait_for()
    assert axe(page) == []


def test_tiles_are_drawn_beneath_when_there_are(lelystad, site, visitor):
    site.restart(TILE_URL="/static/icons/logo.svg?{z}-{x}-{y}")
    page = visitor()
    page.goto(lelystad("en"))
    page.get_by_role("button", name="Open the interactive map").click()
    page.locator("img.leaflet-tile-loaded").first.wait_for()


def test_a_neighbour_on_the_interactive_map_leads_to_its_page(lelystad, visitor):
    page = visitor()
    page.goto(lelystad("en"))
    page.get_by_role("button", name="Open the interactive map").click()
    page.locator(".leaflet-interactive:not(.oogst-map__here)").nth(3).dispatch_event("click")
    neighbour = page.locator(".leaflet-popup-content a")
    name = neighbour.inner_text()
    neighbour.dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_without_the_library_the_map_says_so(lelystad, visitor):
    page = visitor()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(lelystad("en"))
    page.get_by_role("button", name="Open the interactive map").click()
    expect(
        page.get_by_text("The map could not be loaded. The picture and the table show the same.")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Open the interactive map")).to_be_enabled()
