"""Figures beside those of the country, and what a map shows."""

import pytest
from django.utils import translation

from participation.areas import maps, queries
from participation.areas.actions import import_cbs
from participation.areas.models import Area, Indicator, Observation

from .factories import DISTRICTS, area, as_file, collection, feature, square

pytestmark = pytest.mark.django_db


def lelystad():
    return Area.objects.select_related("parent").get(code="GM0995")


def rows(place):
    return {row.name: row for row in queries.profile(place).rows}


def observe(place, name, value, year=2023, unit="%"):
    measure, _made = Indicator.objects.get_or_create(name=name, defaults={"unit": unit})
    Observation.objects.create(area=place, indicator=measure, year=year, value=value, source="CBS, Kadaster")


def test_the_figures_of_an_area_stand_beside_the_countrys(netherlands):
    found = rows(lelystad())
    assert [
        (found[name].label, found[name].text, found[name].unit, found[name].year, found[name].country.text)
        for name in ("aantalInwoners", "percentagePersonen65JaarEnOuder", "gemiddeldeHuishoudsgrootte")
    ] == [
        ("Inhabitants", "83,033", "people", 2023, "17,811,291"),
        ("Aged 65 or older", "18%", "%", 2023, "20%"),
        ("Average household", "2.2", "people per household", 2023, "2.1"),
    ]


def test_density_is_people_by_land_and_no_mean_of_densities(netherlands):
    row = rows(lelystad())["bevolkingsdichtheidInwonersPerKm2"]
    # 17,811,291 inhabitants on 3,364,726 hectares of land
    assert (row.text, row.country.text) == ("363", "529")


def test_what_can_not_be_computed_honestly_stays_empty(netherlands):
    found = rows(lelystad())
    names = ("omgevingsadressendichtheid", "stedelijkheidAdressenPerKm2")
    assert [found[name].country for name in names] == [None, None]


def test_the_profile_says_where_its_figures_come_from(netherlands):
    profile = queries.profile(lelystad())
    assert (profile.sources, profile.country_computed, profile.years) == (["CBS, Kadaster"], True, [2023])


def test_the_short_table_has_ten_figures_or_so(flevoland):
    assert [row.label for row in queries.profile(lelystad()).main] == [
        "Inhabitants",
        "Aged 0 to 14",
        "Aged 15 to 24",
        "Aged 25 to 44",
        "Aged 45 to 64",
        "Aged 65 or older",
        "Households",
        "People living alone",
        "Households with children",
        "Population density",
    ]


def test_numbers_are_written_in_the_readers_language(flevoland):
    with translation.override("nl"):
        found = rows(lelystad())
    assert (found["aantalInwoners"].text, found["gemiddeldeHuishoudsgrootte"].text) == ("83.033", "2,2")


def test_a_few_municipalities_are_not_the_country():
    import_cbs(as_file(collection(feature(), feature("GM0002"))))
    assert rows(Area.objects.get(code="GM0001"))["aantalInwoners"].country is None


def test_with_one_suppressed_figure_there_is_no_sum(netherlands):
    Observation.objects.filter(area__code="GM0014", indicator__name="mannen").update(value=None)
    found = rows(lelystad())
    assert (found["mannen"].country, found["vrouwen"].country.text) == (None, "8,960,982")


def test_the_countrys_own_figure_comes_before_ours(netherlands):
    country = area("NL00", "Nederland", kind="country", geometry=None)
    observe(country, "percentagePersonen65JaarEnOuder", 20.4)
    assert rows(lelystad())["percentagePersonen65JaarEnOuder"].country.text == "20.4%"


def test_a_new_import_renews_the_countrys_figures(netherlands):
    queries.profile(lelystad())
    import_cbs(as_file(collection(feature("GM0014", "Groningen", aantalInwoners=238_148))))
    assert rows(lelystad())["aantalInwoners"].country.text == "17,811,292"


def test_a_suppressed_figure_is_empty():
    place = area()
    observe(place, "mannen", None)
    assert rows(place)["mannen"].text == ""


def test_only_the_newest_figure_counts():
    place = area()
    observe(place, "percentageGehuwd", 40, year=2022)
    observe(place, "percentageGehuwd", 41, year=2023)
    assert [(row.text, row.year) for row in queries.profile(place).rows] == [("41%", 2023)]


def test_a_district_stands_beside_its_municipality_with_the_year_that_differs(flevoland):
    import_cbs(DISTRICTS)
    row = rows(Area.objects.get(code="WK034403"))["percentagePersonen65JaarEnOuder"]
    assert (row.text, row.year, row.parent) == ("14%", 2025, queries.Compared("11%", 2023))


def test_an_area_without_figures_has_an_empty_profile():
    profile = queries.profile(area())
    assert (profile.rows, profile.headlines, profile.sources) == ([], [], [])


@pytest.mark.parametrize("figures", [1, 30])
def test_a_profile_takes_three_queries(figures, django_assert_num_queries):
    place = area(parent=area("GM0002", "Above"))
    for number in range(figures):
        observe(place, f"measure {number}", number)
    with django_assert_num_queries(3):
        queries.profile(place)


@pytest.mark.parametrize("neighbours", [1, 30])
def test_a_summary_takes_five_queries(neighbours, django_assert_num_queries):
    place = area()
    observe(place, "percentageGehuwd", 40)
    for number in range(neighbours):
        area(f"GM1{number:03}", f"Next {number}", geometry=square(5.05))
    with django_assert_num_queries(5):
        queries.summary(place)


def test_a_summary_is_cheaper_the_second_time(django_assert_num_queries):
    place = area()
    observe(place, "percentageGehuwd", 40)
    queries.summary(place)
    with django_assert_num_queries(3):
        queries.summary(place)


def test_a_summary_has_what_the_template_needs(flevoland):
    summary = queries.summary(lelystad())
    assert (sorted(summary), summary["map"].caption) == (["area", "map", "profile"], "")


# --- Maps ---------------------------------------------------------------------------------------------


def test_only_areas_in_view_are_on_the_map():
    here = area(geometry=square(5.0, 52.0))
    area("GM0002", "Next", geometry=square(5.1, 52.0))
    area("GM0003", "Far", geometry=square(6.0, 52.0))
    area("WK000101", "Inside", kind="wijk", geometry=square(5.0, 52.0))
    area("GM0004", "Older", boundary_year=2020, geometry=square(5.1, 52.0))
    assert [place.name for place in maps.surroundings(here)[0]] == ["Here", "Next"]


def test_an_area_that_has_all_of_the_view_inside_it_is_on_the_map():
    here = area(geometry=square(5.0, 52.0, 0.01))
    area("GM0002", "Around", geometry=square(4.0, 51.0, 2.0))
    assert [place.name for place in maps.surroundings(here)[0]] == ["Around", "Here"]


def test_an_area_whose_box_alone_is_in_view_is_not_on_the_map():
    corner = {"type": "Polygon", "coordinates": [[[4.0, 51.0], [9.0, 51.0], [4.0, 51.1], [4.0, 51.0]]]}
    corner["coordinates"][0].insert(3, [4.1, 56.0])
    area("GM0002", "Hook", geometry=corner)
    here = area(geometry=square(8.0, 55.0, 0.1))
    assert [place.name for place in maps.surroundings(here)[0]] == ["Here"]


def test_only_the_newest_districts_are_inside():
    here = area()
    area("WK000101", "Old", kind="wijk", parent=here, boundary_year=2020)
    area("WK000102", "New", kind="wijk", parent=here, boundary_year=2023)
    assert [place.name for place in maps.surroundings(here, "inside")[0]] == ["New"]


def test_the_table_beside_the_map_has_the_highest_first():
    here = area(geometry=square(5.0))
    for code, value in (("GM0002", 3), ("GM0003", None), ("GM0004", 5)):
        observe(area(code, code, geometry=square(5.05)), "percentageGehuwd", value)
    observe(here, "percentageGehuwd", 4)
    view = maps.map_view(here, indicator="percentageGehuwd")
    assert [(place.code, place.text, place.step, place.is_here) for place in view.places] == [
        ("GM0004", "5%", 5, False),
        ("GM0001", "4%", 3, True),
        ("GM0002", "3%", 1, False),
        ("GM0003", "", 0, False),
    ]
    assert (view.here, view.unknown, view.caption) == (3, 1, "Married (%), 2023")


def test_an_area_without_a_border_has_no_map():
    assert maps.map_view(area(geometry=None)) is None


def test_a_new_import_draws_the_map_again():
    import_cbs(as_file(collection(feature())))
    before = maps.map_view(Area.objects.get()).svg
    import_cbs(as_file(collection(feature() | {"geometry": square(5.0, 52.0, 0.2)}, feature("GM0002"))))
    assert maps.map_view(Area.objects.get(code="GM0001")).svg != before


def test_the_map_is_kept_for_each_language():
    place = area()
    with translation.override("nl"):
        maps.map_view(place)
    assert "Map of Here" in maps.map_view(place).svg


def test_counts_do_not_colour_a_map(flevoland):
    names = {measure.name for measure in maps.measures(lelystad(), "around")}
    assert names & {"aantalInwoners", "mannen", "oppervlakteLandInHa"} == set()
    assert {"percentageGehuwd", "bevolkingsdichtheidInwonersPerKm2", "gemiddeldeHuishoudsgrootte"} <= names


def test_districts_are_coloured_by_what_they_have(flevoland):
    import_cbs(DISTRICTS)
    utrecht = Area.objects.get(code="GM0344")
    assert [measure.name for measure in maps.measures(utrecht, "inside")] == [
        "percentagePersonen0Tot15Jaar",
        "percentagePersonen65JaarEnOuder",
        "percentageMetHerkomstlandBuitenEuropa",
        "p_meergezinswoning",
    ]
    assert maps.views_of(utrecht) == ["around", "inside", "country"]


@pytest.mark.parametrize("neighbours", [1, 30])
def test_a_map_takes_three_queries(neighbours, django_assert_num_queries):
    place = area()
    observe(place, "percentageGehuwd", 40)
    for number in range(neighbours):
        observe(area(f"GM1{number:03}", f"Next {number}", geometry=square(5.05)), "percentageGehuwd", number)
    with django_assert_num_queries(3):
        maps.map_view(place, indicator="percentageGehuwd")
