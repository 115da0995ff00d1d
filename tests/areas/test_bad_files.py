"""A bad file gets one clear line a problem, and changes nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from participation.areas.actions import import_cbs
from participation.areas.geojson import BadFile
from participation.areas.models import Area, Indicator, Observation

from .factories import MUNICIPALITIES, as_file, collection, feature, square

pytestmark = pytest.mark.django_db


def problems(document):
    with pytest.raises(BadFile) as caught:
        import_cbs(as_file(document))
    assert not Area.objects.exists()
    assert not Indicator.objects.exists()
    return caught.value.problems


def with_border(border):
    return collection(feature() | {"geometry": border})


def ring(*points):
    return {"type": "Polygon", "coordinates": [list(points)]}


def without(name, *others):
    broken = feature()
    del broken["properties"][name]
    return collection(broken, *others)


def crs(name):
    return collection(feature(), crs={"type": "name", "properties": {"name": name}})


ODD = "feature 1 (GM0001): name: This text has characters we can't keep. Type it again."
RD = [[160000, 500000], [161000, 500000], [161000, 501000], [160000, 500000]]
SAVE = "save the file with longitude and latitude (EPSG:4326)"


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("", "the file is empty"),
        (" \n ", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "this is not a text file; export it as GeoJSON in UTF-8"),
        (b'{"type":\n"S\xfcd"}', "line 2: this is not UTF-8; save the file as UTF-8"),
        ('{"a": 1,\n\n  oops}', "line 3, column 3: this is not JSON"),
        ("gemeentecode;jaar", "line 1, column 1: this is not JSON"),
        ('{"type": "FeatureCollection",\n"features": [', "line 2, column 14: the file stops halfway"),
        ("[" * 100_000, "the JSON is nested too deeply to be a map"),
        ("[" + "9" * 5000 + "]", "the file has a number that is too long"),
        ([], "this is not a GeoJSON FeatureCollection"),
        ("null", "this is not a GeoJSON FeatureCollection"),
        ({"features": []}, "this is not a GeoJSON FeatureCollection"),
        ({"type": "Topology"}, "this is not a GeoJSON FeatureCollection but “Topology”"),
        (feature(), "this is not a GeoJSON FeatureCollection but “Feature”"),
        ({"type": "FeatureCollection"}, "the file has no list of features"),
        (collection(), "the file has no areas: the list of features is empty"),
        (collection(None), "feature 1: this is not a GeoJSON Feature with properties"),
        (
            collection(feature() | {"properties": None}),
            "feature 1: this is not a GeoJSON Feature with properties",
        ),
        (collection(feature(water="JA")), "the file has only water, no land"),
    ],
)
def test_a_file_that_is_something_else(document, line):
    assert problems(document) == [line]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (without("gemeentecode"), "no column with codes: one of gemeentecode, wijkcode, buurtcode is needed"),
        (without("gemeentenaam"), "the column “gemeentenaam” is missing"),
        (without("aantalInwoners"), "the column “aantalInwoners” is missing"),
        (without("jaar"), "no year for aantalInwoners: add the column “jaar” or use --year"),
        (without("gemeentecode", feature("GM0002")), "feature 1: the code is missing"),
        (without("gemeentenaam", feature("GM0002")), "feature 1 (GM0001): the name is missing"),
        (without("aantalInwoners", feature("GM0002")), "feature 1 (GM0001): “aantalInwoners” is missing"),
        (without("jaar", feature("GM0002")), "feature 1 (GM0001): “jaar” is missing"),
        (
            collection(feature(p_65_oo=1, percentagePersonen65JaarEnOuder=1)),
            "columns p_65_oo, percentagePersonen65JaarEnOuder are the same figure",
        ),
        (
            collection(feature(**{"a" * 81: 1})),
            f"the column name “{'a' * 40}…” is too long or has odd characters",
        ),
        (collection(feature(**{"a\0b": 1})), "the column name “a�b” is too long or has odd characters"),
        (collection(feature(**{"a\ud800": 1})), "the column name “a�” is too long or has odd characters"),
    ],
)
def test_missing_columns(document, line):
    assert problems(document) == [line]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (
            crs("urn:ogc:def:crs:EPSG::28992"),
            f"the coordinate system is “urn:ogc:def:crs:EPSG::28992”, RD (EPSG:28992); {SAVE}",
        ),
        (crs("EPSG:3857"), f"the coordinate system is “EPSG:3857”; {SAVE}"),
        (collection(feature(), crs="odd"), f"the coordinate system is “odd”; {SAVE}"),
        (
            with_border(ring(*RD)),
            f"feature 1 (GM0001): point 160000, 500000 looks like RD (EPSG:28992); {SAVE}",
        ),
        (
            with_border(ring([612000, 6880000], [1, 1], [2, 2], [612000, 6880000])),
            f"feature 1 (GM0001): point 612000, 6.88e+06 is not a longitude and latitude; {SAVE}",
        ),
        (
            with_border(ring([52.5, 5.4], [52.6, 5.4], [52.6, 5.5], [52.5, 5.4])),
            "feature 1 (GM0001): point 52.5, 5.4 has latitude first; GeoJSON has longitude first, then latitude",
        ),
    ],
)
def test_another_coordinate_system(document, line):
    assert problems(document) == [line]


def test_another_coordinate_system_is_said_once_for_all_areas():
    features = [feature(f"GM{n:04}") | {"geometry": ring(*RD)} for n in range(1, 50)]
    assert len(problems(collection(*features))) == 1


@pytest.mark.parametrize(
    ("border", "what"),
    [
        (None, "there is no border (geometry)"),
        ([], "there is no border (geometry)"),
        ({}, "the geometry is ?; it must be Polygon or MultiPolygon"),
        (
            {"type": "Point", "coordinates": [5, 52]},
            "the geometry is Point; it must be Polygon or MultiPolygon",
        ),
        ({"type": "Polygon"}, "the border has a polygon without rings"),
        ({"type": "Polygon", "coordinates": []}, "the border has a polygon without rings"),
        ({"type": "MultiPolygon", "coordinates": []}, "the border has no coordinates"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "the border has a polygon without rings"),
        (
            {"type": "MultiPolygon", "coordinates": square()["coordinates"]},
            "a ring of the border has fewer than four points",
        ),
        (ring([5, 52], [6, 52], [5, 52]), "a ring of the border has fewer than four points"),
        (
            ring([5, 52], [6, 52], [6, 53], [5, 53]),
            "a ring of the border is not closed: its last point is not its first",
        ),
        (ring([5, 52], [6], [6, 53], [5, 52]), "a point of the border is not a pair of numbers"),
        (ring([5, 52], ["6", 52], [6, 53], [5, 52]), "a point of the border is not a pair of numbers"),
        (ring([5, 52], [True, 52], [6, 53], [5, 52]), "a point of the border is not a pair of numbers"),
        (ring([5, 52], None, [6, 53], [5, 52]), "a point of the border is not a pair of numbers"),
        (
            ring([5, 52], [float("nan"), 52], [6, 53], [5, 52]),
            "a coordinate of the border is NaN or infinite",
        ),
        (ring([5, 52], [10**400, 52], [6, 53], [5, 52]), "a coordinate of the border is NaN or infinite"),
    ],
)
def test_borders_that_are_none(border, what):
    assert problems(with_border(border)) == [f"feature 1 (GM0001): {what}"]


@pytest.mark.parametrize(
    ("properties", "line"),
    [
        ({"code": "995"}, "feature 1 (995): “995” is not a code as CBS writes it, such as GM0995"),
        ({"code": 995}, "feature 1 (995): “995” is not a text"),
        (
            {"code": "WK099501"},
            "feature 1 (WK099501): “WK099501” is not a code as CBS writes it, such as GM0995",
        ),
        ({"name": "a" * 121}, "feature 1 (GM0001): the name is longer than 120 characters"),
        ({"gemeentenaam": "a\0b"}, ODD),
        ({"gemeentenaam": "a\ud800"}, ODD),
        ({"name": ["x"]}, "feature 1 (GM0001): name: “['x']” is not a text"),
        ({"jaar": "soon"}, "feature 1 (GM0001): “jaar” is not a year"),
        ({"jaar": 23}, "feature 1 (GM0001): “jaar” is not a year"),
        ({"mannen": "many"}, "feature 1 (GM0001): mannen: “many” is not a number"),
        ({"mannen": True}, "feature 1 (GM0001): mannen: “True” is not a number"),
        ({"mannen": [1]}, "feature 1 (GM0001): mannen: “[1]” is not a number"),
        ({"mannen": float("nan")}, "feature 1 (GM0001): mannen: “nan” is not a number"),
        ({"mannen": float("inf")}, "feature 1 (GM0001): mannen: “inf” is not a number"),
        ({"mannen": "a\nb"}, "feature 1 (GM0001): mannen: “a�b” is not a number"),
        (
            {"wijkcode": "WK000202", "wijknaam": "Side"},
            "feature 1 (WK000202): its gemeentecode is “GM0001”, which does not fit",
        ),
    ],
)
def test_wrong_values(properties, line):
    assert problems(collection(feature(**properties))) == [line]


def test_a_code_may_be_used_once():
    assert problems(collection(feature(), feature())) == [
        "feature 2 (GM0001): this code is already used by feature 1"
    ]


def test_every_problem_gets_a_line():
    broken = feature("GM0002", mannen="many") | {"geometry": None}
    assert problems(collection(feature(mannen=3), broken)) == [
        "feature 2 (GM0002): there is no border (geometry)",
        "feature 2 (GM0002): mannen: “many” is not a number",
    ]


def test_after_twenty_problems_the_rest_is_counted():
    lines = problems(collection(*(feature(f"GM{n:04}", mannen="many") for n in range(1, 31))))
    assert (len(lines), lines[-1]) == (21, "and 10 more")


def test_one_bad_area_keeps_out_the_good_ones():
    document = json.loads(MUNICIPALITIES.read_text())
    document["features"][200]["geometry"] = None
    assert len(problems(document)) == 1


def test_what_was_known_stays_as_it_was():
    import_cbs(as_file(collection(feature())))
    with pytest.raises(BadFile):
        import_cbs(as_file(collection(feature(aantalInwoners=7), feature("GM0002", mannen="many"))))
    assert Observation.objects.get().value == 100


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nothing.geojson", "this file does not exist"),
        ("", "this is a folder, not a file"),
        ("/dev/zero", "this is not a file"),
        ("a\0b", "this file does not exist"),
    ],
)
def test_the_command_needs_a_file(tmp_path, name, line):
    path = str(tmp_path / name)
    with pytest.raises(CommandError) as caught:
        call_command("import_areas", path)
    assert str(caught.value).splitlines() == [f"Nothing was imported from {path}:", line]


def test_the_command_refuses_a_year_that_is_none():
    with pytest.raises(CommandError, match="--year 23 is not a year"):
        call_command("import_areas", str(MUNICIPALITIES), year=23)


def test_the_command_exits_with_1(tmp_path):
    path = tmp_path / "broken.geojson"
    path.write_text("{")
    done = subprocess.run(
        [sys.executable, "manage.py", "import_areas", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
