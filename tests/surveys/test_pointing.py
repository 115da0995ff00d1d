"""Points on a picture or a map, and what nobody may know before the results are shown."""

import random
import uuid

import pytest
from django.core.cache import cache

from participation.areas.models import Area
from participation.live import queries as live
from participation.live import shapes
from participation.live.actions import command
from participation.live.actions.answers import Entry, commit
from surveys import kinds, media
from surveys.kinds.base import Row
from surveys.structure import questions
from tests.factories import staff
from tests.live.factories import make_session
from tests.surveys.factories import block, one_section

pytestmark = pytest.mark.django_db
KEY = "6d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11"
PERSON = uuid.UUID("7d1f0f7e-8a0c-4c3d-9a51-1f1d5d0e2a11")


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def town():
    """Two districts beside each other, two degrees wide at the equator."""
    cache.clear()
    town = Area.objects.create(code="GM0001", name="Town", kind="gemeente", geometry=square(0, 0, 2, 1))
    Area.objects.create(code="WK01", name="West", kind="wijk", parent=town, geometry=square(0, 0, 1, 1))
    Area.objects.create(code="WK02", name="East", kind="wijk", parent=town, geometry=square(1, 0, 2, 1))
    return town


def on_map(area="GM0001", **more):
    structure = one_section(block("place", KEY, picture=None, area=area, **more))
    return next(questions(structure, "en", media.of(structure)))


def test_a_point_on_a_map_is_in_a_district_and_has_degrees(town):
    question, kind = on_map(most=1), kinds.get("place")
    assert kind.lines(question, [{"x": 0.25, "y": 0.5}]) == ["West"]
    name, x, y, longitude, latitude = kind.cells(question, [{"x": 0.75, "y": 0.5}])
    assert (name, x, y) == ("East", 0.75, 0.5)
    assert (round(longitude, 1), round(latitude, 1)) == (1.5, 0.5)


def test_results_on_a_map_are_told_by_district(town):
    question, kind = on_map(), kinds.get("place")
    rows = [Row("", [{"x": 0.2, "y": 0.5}], 3), Row("", [{"x": 0.8, "y": 0.5}, {"x": 0.9, "y": 0.5}], 1)]
    (chart,) = kind.charts(question, kind.tally(question, rows), 4)
    assert [(bar.label, bar.cells) for bar in chart.bars] == [("West", ["3", "60%"]), ("East", ["2", "40%"])]
    assert chart.form == "pins"
    assert chart.picture["url"].endswith("/areas/GM0001/map.svg")


def test_the_districts_are_a_choice_for_who_does_not_point(town):
    html = str(kinds.get("place").field(on_map()).widget.render("q", [{"x": 0.1, "y": 0.1}]))
    assert ">West</option>" in html
    assert '<option value="0.1,0.1" selected>West</option>' in html


def test_a_map_that_is_not_there_any_more_leaves_the_grid(town):
    Area.objects.all().delete()
    cache.clear()
    question = on_map()
    assert question.config["map"] is None
    assert kinds.get("place").lines(question, [{"x": 0.99, "y": 0.01}]) == ["F1"]
    assert kinds.get("place").charts(question, {"fields": {"0.0": 1}}, 1)[0].form == "bars"


def test_what_only_we_count_with_does_not_go_to_phones(town):
    question = on_map()
    assert len(question.config["map"]["grid"]) == 40 * 30
    assert "grid" not in kinds.get("place").public_config(question)["map"]


def test_a_tally_of_three_thousand_people_stays_small():
    question, kind = next(questions(one_section(block("place", KEY)), "en")), kinds.get("place")
    dice = random.Random(1)
    rows = [Row("", [{"x": dice.random(), "y": dice.random()}]) for _person in range(3000)]
    fields = kind.tally(question, rows)["fields"]
    assert sum(fields.values()) == 3000
    assert len(fields) <= 40 * 30


def test_the_picture_of_a_map_is_on_every_site(organisation, town, client):
    answer = client.get("/nl/areas/GM0001/map.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b">West</text>" in answer.content
    assert b"style" not in answer.content
    assert client.get("/nl/areas/GM0002/map.svg").status_code == 404


# --- A quiz -------------------------------------------------------------------------------------------------------


def quizzed(organisation):
    session = make_session(organisation, block("quiz"))
    facilitator = staff(organisation, "facilitator")
    for name in ("start", "open"):
        command(session, name, {}, facilitator)
    return session, facilitator


def seen(session, view):
    return shapes.snapshot(live.state(session.pk), view, "en")


@pytest.mark.parametrize("view", ["participant", "screen"])
def test_the_right_answer_is_not_sent_before_the_results_are_shown(organisation, view):
    session, facilitator = quizzed(organisation)
    before = seen(session, view)
    command(session, "show_results", {}, facilitator)
    after = seen(session, view)
    assert "right" not in str({**before["step"], "results": before["results"]})
    assert after["step"]["question"]["config"]["right"] == ["q2"]
    assert [bar["mark"] for bar in after["results"]["charts"][0]["bars"]] == ["", "Right answer", ""]


def test_nothing_is_answered_once_the_right_answer_is_shown(organisation):
    session, facilitator = quizzed(organisation)
    question = live.room(session.pk).steps[0].question_id
    assert "rev" in commit(session.pk, [Entry(PERSON, question_id=question, value=["q1"])])[0]
    command(session, "show_results", {}, facilitator)
    assert commit(session.pk, [Entry(PERSON, question_id=question, value=["q2"])]) == [{"code": "closed"}]
    assert live.state(session.pk).result.tally == {"counts": {"q1": 1, "q2": 0, "q3": 0}, "right": 0}


def test_several_right_answers_have_to_be_found_all():
    options = [
        {"type": "item", "id": each, "value": {"label": each, "right": each != "b"}}
        for each in ("a", "b", "c")
    ]
    question = next(questions(one_section(block("quiz", KEY, options=options)), "en"))
    kind = kinds.get("quiz")
    rows = [Row("", value) for value in (["a", "c"], ["a"], ["a", "b", "c"])]
    assert kind.tally(question, rows)["right"] == 1
    assert kind.field(question).clean(["c", "a"]) == ["a", "c"]
    assert kind.public_config(question)["several"]
