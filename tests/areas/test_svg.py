"""The drawn map is small, safe and says what it shows."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from participation.areas.maps import map_view, shading_of
from participation.areas.models import Area, Indicator, Observation
from participation.areas.svg import map_of, view_around

from .factories import area, square

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"'&"


def parsed(svg):
    return ElementTree.fromstring(str(svg))  # noqa: S314 (we drew it)


def titles(root):
    return [path.find(f"{SVG}title").text for path in root.iter(f"{SVG}path")]


@pytest.fixture
def neighbours():
    here = area("GM0001", "Here", geometry=square(5.0))
    return here, [here, area("GM0002", "There", geometry=square(5.1))]


def figures(*values):
    measure = Indicator.objects.create(name="percentageGehuwd", unit="%")
    for number, value in enumerate(values, 1):
        place = Area.objects.get(code=f"GM{number:04}")
        Observation.objects.create(area=place, indicator=measure, year=2023, value=value, source="CBS")


def test_it_is_one_picture_with_a_name_and_a_description(neighbours):
    root = parsed(map_of(neighbours[0], siblings=neighbours[1], key="m"))
    assert (root.tag, root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == (
        f"{SVG}svg",
        "img",
        "m-title",
        "m-desc",
    )
    assert [(child.get("id"), child.text) for child in root[:2]] == [
        ("m-title", "Map of Here"),
        ("m-desc", "Where Here lies among its neighbours."),
    ]


def test_every_area_is_there_and_the_own_one_on_top(neighbours):
    root = parsed(map_of(neighbours[0], siblings=neighbours[1]))
    paths = list(root.iter(f"{SVG}path"))
    assert titles(root) == ["There", "Here"]
    assert [path.get("class") for path in paths] == [None, "oogst-map__here"]


def test_the_area_is_where_it_should_be():
    here = area(geometry=square(5.0, 52.0, 0.1))
    root = parsed(map_of(here, box=(5.0, 52.0, 5.1, 52.1)))
    # 0.1 degree is 600 units high and, with cos(52.05 degrees) = 0.61497, 369 wide.
    assert root.get("viewBox") == "0 0 369 600"
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d") == "M0 0l0 600 369 0 0-600z"


@pytest.mark.parametrize("links", [False, True])
def test_names_are_only_text(links):
    here = area("GM0001", EVIL)
    area("GM0002", EVIL, geometry=square(5.05, 52.05))
    svg = map_view(here, links=links).svg
    assert "<script" not in svg
    assert titles(parsed(svg)) == [EVIL, EVIL]


def test_there_are_no_styles_scripts_or_handlers(flevoland):
    svg = map_view(Area.objects.get(code="GM0995"), indicator="percentageGehuwd", links=True).svg
    names = {name for element in parsed(svg).iter() for name in element.attrib}
    assert names == {
        *("class", "viewBox", "role", "aria-labelledby", "aria-describedby", "aria-label"),
        *("id", "d", "href", "x", "y"),
    }


def test_areas_get_the_class_of_their_step(neighbours):
    figures(10, 20)
    here, both = neighbours
    root = parsed(map_of(here, siblings=both, shading=shading_of("percentageGehuwd", both, here)))
    assert [path.get("class") for path in root.iter(f"{SVG}path")] == [
        "oogst-map__step-5",
        "oogst-map__here oogst-map__step-1",
    ]
    assert titles(root) == ["There: 20%", "Here: 10%"]
    assert [child.text for child in root[:2]] == [
        "Map: Married (%), 2023",
        "Here: 10%. All figures are in the table.",
    ]


def test_what_is_unknown_says_so(neighbours):
    figures(10, None)
    here, both = neighbours
    root = parsed(map_of(here, siblings=both, shading=shading_of("percentageGehuwd", both, here)))
    assert (titles(root)[0], next(root.iter(f"{SVG}path")).get("class")) == (
        "There: unknown",
        "oogst-map__step-0",
    )


def test_links_make_it_a_group(neighbours):
    here, both = neighbours
    root = parsed(map_of(here, siblings=both, link=lambda place: f"/{place.code}/"))
    links = [(link.get("href"), link.get("aria-label")) for link in root.iter(f"{SVG}a")]
    assert (root.get("role"), links) == ("group", [("/GM0002/", "There")])


def test_a_divided_area_is_drawn_as_its_parts(neighbours):
    here, _both = neighbours
    part = area("WK000101", "Part", kind="wijk", parent=here)
    root = parsed(map_of(here, parts=[part]))
    assert (titles(root), root[0].text) == (["Part"], "Map of the parts of Here")


def test_names_stand_where_there_is_room():
    here = area("GM0001", "Here", geometry=square(5.0))
    wide = area("GM0002", "There", geometry=square(5.1))
    narrow = area("GM0003", "Between the two", geometry=square(5.05, 52.05, 0.02))
    root = parsed(map_of(here, siblings=[wide, narrow]))
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Here", "There"]


def test_names_do_not_overlap():
    here = area("GM0001", "Here", geometry=square(5.0, 52.0, 0.4))
    area("GM0002", "Underneath", geometry=square(5.0, 52.0, 0.41))
    assert [text.text for text in parsed(map_view(here).svg).iter(f"{SVG}text")] == ["Here"]


def test_the_view_is_four_by_three_around_the_area():
    west, south, east, north = view_around(area(geometry=square(5.0, 52.0, 0.1)))
    assert (north - south, (west + east) / 2, (south + north) / 2) == pytest.approx((0.13, 5.05, 52.05))
    assert (east - west) * 0.61497 / (north - south) == pytest.approx(4 / 3, abs=1e-4)


def test_a_map_of_an_area_with_its_neighbours_is_small(netherlands):
    svg = map_view(Area.objects.get(code="GM0995")).svg
    assert len(svg) < 12_000
    assert len(gzip.compress(svg.encode())) < 5_000


def test_a_map_of_the_country_is_small(netherlands):
    svg = map_view(Area.objects.get(code="GM0995"), view="country", indicator="percentageGehuwd").svg
    assert len(re.findall("<path", svg)) == 342
    assert len(svg) < 60_000
    assert len(gzip.compress(svg.encode())) < 16_000
