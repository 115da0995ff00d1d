"""What a good file brings, to the figure."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Sum

from participation.areas.actions import import_cbs
from participation.areas.models import Area, AreaImport, Indicator, Observation

from .factories import DISTRICTS, MUNICIPALITIES, as_file, collection, feature, some_municipalities, square

pytestmark = pytest.mark.django_db


def figure(code, indicator):
    row = Observation.objects.get(area__code=code, indicator__name=indicator)
    return row.year, row.value


def run(*args, **options):
    out = StringIO()
    call_command("import_areas", *args, stdout=out, **options)
    return out.getvalue().splitlines()


def test_all_municipalities_come_with_their_inhabitants(netherlands):
    rows = Observation.objects.filter(indicator__name="aantalInwoners", year=2023)
    assert (rows.count(), rows.aggregate(sum=Sum("value"))["sum"]) == (342, 17_811_291)


def test_lelystad_is_as_cbs_says(netherlands):
    area = Area.objects.get(code="GM0995")
    assert (area.name, area.kind, area.boundary_year) == ("Lelystad", "gemeente", 2023)
    assert figure("GM0995", "aantalInwoners") == (2023, 83_033)
    assert figure("GM0995", "gemiddeldeHuishoudsgrootte") == (2023, 2.2)


def test_every_figure_has_its_source(flevoland):
    assert set(Observation.objects.values_list("source", flat=True)) == {"CBS, Kadaster"}


def test_indicators_keep_cbs_names_and_get_a_unit_and_a_label(flevoland):
    indicator = Indicator.objects.get(name="percentagePersonen65JaarEnOuder")
    assert (indicator.unit, indicator.label) == ("%", "Aged 65 or older")


def test_the_year_of_the_file_is_no_figure(flevoland):
    assert not Indicator.objects.filter(name="jaar").exists()


def test_a_box_is_kept_around_each_border():
    import_cbs(as_file(collection(feature())))
    area = Area.objects.get()
    assert (area.west, area.south, area.east, area.north) == (5.0, 52.0, 5.1, 52.1)


def test_districts_belong_to_their_municipality(flevoland):
    import_cbs(DISTRICTS)
    utrecht = Area.objects.get(code="GM0344")
    assert set(utrecht.children.values_list("code", flat=True)) == {f"WK0344{n:02}" for n in range(1, 11)}


def test_districts_that_came_first_get_their_parent_later():
    import_cbs(DISTRICTS)
    import_cbs(some_municipalities())
    assert Area.objects.get(code="WK034403").parent.code == "GM0344"


def test_neighbourhoods_belong_to_the_nearest_known_area():
    buurt = feature(buurtcode="BU00010201", buurtnaam="Corner", wijkcode="WK000102")
    import_cbs(as_file(collection(feature())))
    import_cbs(as_file(collection(buurt)))
    assert Area.objects.get(code="BU00010201").parent.code == "GM0001"
    import_cbs(as_file(collection(feature(wijkcode="WK000102", wijknaam="Side"))))
    assert Area.objects.get(code="BU00010201").parent.code == "WK000102"


def test_a_year_may_stand_behind_the_name_of_a_column():
    import_cbs(DISTRICTS)
    assert figure("WK034403", "inwoners_som_buurten") == (2025, 35_775)


def test_older_names_of_cbs_are_the_same_indicator():
    import_cbs(DISTRICTS)
    assert figure("WK034403", "percentagePersonen65JaarEnOuder") == (2025, 14)


def test_a_figure_without_a_year_gets_the_only_year_of_the_file_and_says_so():
    outcome = import_cbs(DISTRICTS)
    assert outcome.notes == [
        (
            "p_65_oo, p_00_14, p_herkomst_buiten_europa, p_meergezinswoning: no year in the file, "
            "taken as 2025 (use --year if that is wrong)."
        )
    ]


def test_the_caller_may_give_the_year():
    import_cbs(DISTRICTS, year=2024)
    assert figure("WK034403", "percentagePersonen65JaarEnOuder") == (2024, 14)


def test_borders_of_an_unknown_year_stay_undated():
    import_cbs(DISTRICTS)
    assert Area.objects.get(code="WK034403").boundary_year is None


@pytest.mark.parametrize("value", [-99997, -99995.0, -1, ".", "", " ", None, "-99997"])
def test_suppressed_is_nothing_and_not_zero(value):
    import_cbs(as_file(collection(feature(mannen=value))))
    assert figure("GM0001", "mannen") == (2023, None)


@pytest.mark.parametrize(
    ("value", "kept"), [(0, 0.0), ("12", 12.0), ("1.5", 1.5), ("1,5", 1.5), (1e3, 1000.0)]
)
def test_numbers_are_read_in_any_form(value, kept):
    import_cbs(as_file(collection(feature(mannen=value))))
    assert figure("GM0001", "mannen") == (2023, kept)


def test_an_unknown_figure_is_kept_under_its_own_name():
    import_cbs(as_file(collection(feature(aantalBibliotheken=3), feature("GM0002", aantalBibliotheken="."))))
    assert [figure(code, "aantalBibliotheken") for code in ("GM0001", "GM0002")] == [(2023, 3), (2023, None)]
    assert Indicator.objects.get(name="aantalBibliotheken").label == "aantalBibliotheken"


def test_text_is_no_figure():
    import_cbs(as_file(collection(feature(opmerking="3 libraries"), feature("GM0002", opmerking=3))))
    assert set(Indicator.objects.values_list("name", flat=True)) == {"aantalInwoners"}


def test_numbers_that_measure_nothing_are_left_out():
    import_cbs(as_file(collection(feature(OBJECTID=3, meestVoorkomendePostcode=8232))))
    assert set(Indicator.objects.values_list("name", flat=True)) == {"aantalInwoners"}


def test_water_with_the_code_of_its_municipality_is_left_out():
    outcome = import_cbs(as_file(collection(feature(water="NEE"), feature(water="JA", aantalInwoners=None))))
    assert (outcome.notes, figure("GM0001", "aantalInwoners")) == (
        ["1 water surface was left out."],
        (2023, 100),
    )


def test_heights_in_coordinates_are_dropped():
    there = square()
    there["coordinates"][0] = [[*point, 3.5] for point in there["coordinates"][0]]
    import_cbs(as_file(collection(feature() | {"geometry": there})))
    assert Area.objects.get().geometry == square()


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
    ],
)
def test_longitude_and_latitude_may_be_named(name):
    crs = {"type": "name", "properties": {"name": name}}
    assert import_cbs(as_file(collection(feature(), crs=crs))).areas_new == 1


def test_a_byte_order_mark_does_no_harm():
    content = b"\xef\xbb\xbf" + as_file(collection(feature())).read()
    assert import_cbs(as_file(content)).areas_new == 1


def test_a_second_import_changes_nothing(netherlands):
    outcome = import_cbs(MUNICIPALITIES)
    assert (outcome.read, outcome.changed, AreaImport.objects.count()) == (342, False, 1)


def test_a_corrected_figure_takes_the_place_of_the_old_one():
    import_cbs(as_file(collection(feature())))
    outcome = import_cbs(as_file(collection(feature(aantalInwoners=101))))
    assert (outcome.figures_new, outcome.figures_changed) == (0, 1)
    assert figure("GM0001", "aantalInwoners") == (2023, 101)


def test_another_year_stands_beside_the_first():
    import_cbs(as_file(collection(feature())))
    import_cbs(as_file(collection(feature(jaar=2024, aantalInwoners=110))))
    assert list(Observation.objects.order_by("year").values_list("year", "value")) == [
        (2023, 100),
        (2024, 110),
    ]


def test_an_older_border_does_not_replace_a_newer_one():
    import_cbs(as_file(collection(feature(name="New name"))))
    import_cbs(as_file(collection(feature(name="Old name", jaar=2022))))
    area = Area.objects.get()
    assert (area.name, area.boundary_year) == ("New name", 2023)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        import_cbs(as_file(collection(*(feature(f"GM{n:04}", mannen=n, vrouwen=n) for n in range(1, 300)))))


def test_the_command_says_what_it_did():
    lines = run(str(MUNICIPALITIES))
    assert lines[:-1] == [
        "342 areas read.",
        "Areas: 342 new, 0 changed.",
        "Figures: 10602 new, 0 changed; 0 suppressed by the source.",
    ]
    assert lines[-1].endswith(" seconds.")


def test_the_command_says_that_nothing_changed(netherlands):
    assert run(str(MUNICIPALITIES))[:-1] == [
        "342 areas read.",
        "Nothing has changed: everything was already known.",
    ]


def test_a_dry_run_keeps_nothing():
    lines = run(str(DISTRICTS), "--dry-run")
    assert lines[-2] == "This was a dry run: nothing was kept."
    assert not Area.objects.exists()
