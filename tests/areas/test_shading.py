"""Five steps of colour, and what the legend says of them."""

import pytest
from django.utils import translation

from participation.areas.shading import shade


def shaded(*values, unit="%"):
    places = {f"GM{number:04}": float(value) for number, value in enumerate(values)}
    return shade(places, label="Married", unit=unit, year=2023)


def legend(shading):
    return [(step.number, step.text, step.places) for step in shading.steps]


def test_five_classes_with_as_many_areas_in_each():
    assert legend(shaded(*range(1, 11))) == [
        (1, "1 – 2%", 2),
        (2, "3 – 4%", 2),
        (3, "5 – 6%", 2),
        (4, "7 – 8%", 2),
        (5, "9 – 10%", 2),
    ]


def test_equal_figures_share_a_class():
    assert legend(shaded(1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6)) == [
        (1, "1%", 7),
        (2, "2%", 1),
        (4, "3 – 4%", 2),
        (5, "5 – 6%", 2),
    ]


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([], []),
        ([7], [(3, "7%", 1)]),
        ([7, 9], [(1, "7%", 1), (5, "9%", 1)]),
        ([7, 8, 9], [(1, "7%", 1), (3, "8%", 1), (5, "9%", 1)]),
    ],
)
def test_few_figures_have_few_classes(values, steps):
    assert legend(shaded(*values)) == steps


def test_every_area_has_its_step_and_its_text():
    shading = shaded(7, 9)
    assert (shading.step_of, shading.text_of) == (
        {"GM0000": 1, "GM0001": 5},
        {"GM0000": "7%", "GM0001": "9%"},
    )


@pytest.mark.parametrize(
    ("unit", "caption"), [("%", "Married (%), 2023"), ("", "Married, 2023"), ("ha", "Married (ha), 2023")]
)
def test_the_caption_has_unit_and_year(unit, caption):
    assert shaded(1, unit=unit).caption == caption


@pytest.mark.parametrize(("language", "text"), [("en", "1,234.5"), ("nl", "1.234,5")])
def test_figures_are_written_in_the_readers_way(language, text):
    with translation.override(language):
        assert legend(shaded(1234.5, unit="ha")) == [(3, text, 1)]
