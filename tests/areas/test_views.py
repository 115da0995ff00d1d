"""An area's page."""

import json
import uuid

import pytest
from django.test import override_settings
from wagtail.models import Locale, Page

from participation.areas.actions import import_cbs
from participation.areas.models import Area
from tests.factories import ProjectFactory

from .factories import DISTRICTS, area, square

pytestmark = pytest.mark.django_db
PAGE = "/en/areas/GM0995/"


@pytest.fixture
def lelystad(flevoland, organisation):
    return Area.objects.get(code="GM0995")


def project(place, organisation, title, live=True, language="nl", key=None):
    key = key or uuid.uuid4()
    root = Page.objects.filter(depth=2).first()
    locale, _made = Locale.objects.get_or_create(language_code=language)
    page = Page(title=title, slug=f"p{uuid.uuid4().hex}", live=live, locale=locale, translation_key=key)
    root.add_child(instance=page)
    if not place.projects.filter(page_key=key).exists():
        ProjectFactory(organisation=organisation, area=place, page_key=key)
    return key


def titles(response):
    return [project.title for project in response.context["projects"]]


def current(choices):
    return [choice["label"] for choice in choices if choice["current"]]


def test_the_page_shows_large_figures_beside_the_countrys(client, netherlands, organisation):
    page = client.get(PAGE).context
    assert [(row.label, row.text, row.country.text) for row in page["profile"].headlines] == [
        ("Inhabitants", "83,033", "17,811,291"),
        ("Aged 0 to 14", "17%", "15%"),
        ("Aged 65 or older", "18%", "20%"),
        ("People living alone", "36%", "39%"),
    ]


def test_the_page_names_its_source(client, netherlands, organisation):
    text = client.get(PAGE).content.decode()
    assert "Source: CBS, Kadaster (CC BY 4.0)." in text
    assert "Computed by us from all municipalities" in text


def test_there_are_no_styles_or_scripts_in_the_page(client, lelystad):
    text = client.get(PAGE).content.decode()
    assert "style=" not in text
    assert "<script>" not in text


def test_the_reader_chooses_figure_and_view(client, lelystad):
    page = client.get(PAGE, {"view": "country", "indicator": "percentagePersonen65JaarEnOuder"}).context
    assert (page["map"].caption, len(page["map"].places)) == ("Aged 65 or older (%), 2023", 10)
    assert (current(page["measures"]), current(page["views"])) == (["Aged 65 or older"], ["Whole country"])


def test_links_keep_the_other_choice(client, lelystad):
    page = client.get(PAGE, {"view": "country", "indicator": "percentagePersonen65JaarEnOuder"}).context
    assert page["views"][0]["url"] == "?view=around&indicator=percentagePersonen65JaarEnOuder#map"
    assert page["measures"][0]["url"] == "?view=country&indicator=percentagePersonen0Tot15Jaar#map"


@pytest.mark.parametrize(
    "query",
    [{}, {"view": "space", "indicator": "luck"}, {"indicator": "aantalInwoners"}, {"indicator": "x" * 99}],
)
def test_a_choice_that_is_not_there_shows_the_first(client, lelystad, query):
    page = client.get(PAGE, query).context
    assert (current(page["measures"]), current(page["views"])) == (["Aged 0 to 14"], ["Surroundings"])


def test_a_figure_behind_the_click_opens_the_list(client, lelystad):
    page = client.get(PAGE, {"indicator": "percentageGehuwd"}).context
    assert (current(page["more_measures"]), page["more_is_open"]) == (["Married"], True)


def test_a_divided_municipality_shows_its_districts(client, lelystad):
    import_cbs(DISTRICTS)
    page = client.get("/en/areas/GM0344/", {"view": "inside"}).context
    assert (len(page["map"].places), page["map"].caption) == (10, "Aged 0 to 14 (%), 2025")


def test_a_district_leads_back_to_its_municipality(client, lelystad):
    import_cbs(DISTRICTS)
    crumbs = client.get("/en/areas/WK034403/").context["crumbs"]
    assert [(crumb["title"], crumb["url"]) for crumb in crumbs] == [
        ("Home", "/en/"),
        ("Utrecht", "/en/areas/GM0344/"),
        ("Overvecht", "/en/areas/WK034403/"),
    ]


def test_an_area_without_anything_says_what_to_do(client, organisation):
    area(geometry=None)
    text = client.get("/en/areas/GM0001/").content.decode()
    assert "We don&#x27;t have figures of this area." in text or "We don't have figures of this area." in text


def test_an_unknown_area_is_not_found(client, organisation):
    assert client.get("/en/areas/GM9999/").status_code == 404


def test_nothing_can_be_posted(client, lelystad):
    assert client.post(PAGE).status_code == 405


def test_names_are_only_text(client, organisation):
    area(name="<script>alert(1)</script>")
    text = client.get("/en/areas/GM0001/").content.decode()
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_projects_of_this_organisation_are_there(client, lelystad, organisation, neighbour):
    project(lelystad, organisation, "Ours")
    project(lelystad, neighbour, "Theirs")
    project(lelystad, organisation, "Draft", live=False)
    project(Area.objects.get(code="GM0344"), organisation, "Elsewhere")
    assert titles(client.get(PAGE)) == ["Ours"]


def test_a_project_is_named_in_the_readers_language(client, lelystad, organisation):
    key = project(lelystad, organisation, "Onze")
    project(lelystad, organisation, "Ours", language="en", key=key)
    assert titles(client.get(PAGE)) == ["Ours"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_a_constant_number_of_queries(
    client, organisation, count, django_assert_max_num_queries
):
    place = area()
    for number in range(count):
        area(f"GM1{number:03}", f"Next {number}", geometry=square(5.05))
        project(place, organisation, f"Project {number}")
    client.get("/en/areas/GM0001/")
    with django_assert_max_num_queries(QUERIES):
        client.get("/en/areas/GM0001/")


QUERIES = 17


def test_the_interactive_map_gets_borders_names_and_addresses(client, lelystad):
    response = client.get(f"{PAGE}geometry.json")
    found = json.loads(response.content)["features"]
    here = next(item for item in found if item["properties"]["here"])
    assert response["Content-Type"] == "application/geo+json"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert here["properties"] == {"name": "Lelystad", "url": PAGE, "here": True}
    assert (here["geometry"], len(found)) == (lelystad.geometry, 9)


def test_an_area_without_a_border_has_no_interactive_map(client, organisation):
    area(geometry=None)
    assert client.get("/en/areas/GM0001/geometry.json").status_code == 404


@pytest.mark.parametrize("tiles", ["", "https://tiles.example/{z}/{x}/{y}.png"])
def test_tiles_come_from_the_settings_only(client, lelystad, tiles):
    with override_settings(TILE_URL=tiles):
        assert f'data-tiles="{tiles}"' in client.get(PAGE).content.decode()
