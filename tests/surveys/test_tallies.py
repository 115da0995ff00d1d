"""What the kinds count, in figures worked out by hand."""

import pytest
from django.utils import translation

from surveys import kinds
from surveys.kinds.base import Row, mean, median
from surveys.structure import questions
from tests.surveys.factories import block, one_section


def asked(slug, **changes):
    return next(questions(one_section(block(slug, **changes)), "nl"))


def tally(slug, *rows, **changes):
    return kinds.get(slug).tally(asked(slug, **changes), [Row(*row) for row in rows])


def charts(slug, counted, n, **changes):
    with translation.override("en"):
        return kinds.get(slug).charts(asked(slug, **changes), counted, n)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, (None, None)),
        ({3: 1}, (3, 3)),
        ({1: 1, 4: 1}, (2.5, 2.5)),
        ({1: 3, 10: 1}, (3.25, 1)),
        ({5: 2, 2: 1}, (4, 5)),
    ],
)
def test_mean_and_median(counts, expected):
    assert (mean(counts), median(counts)) == expected


def test_a_scale():
    assert tally("scale", ("", 1, 2), ("", 5, 1)) == {
        "counts": {"1": 2, "2": 0, "3": 0, "4": 0, "5": 1},
        "mean": 7 / 3,
        "median": 1,
    }


def test_options_count_people_who_chose_them():
    assert tally("multiple_choice", ("", ["m1", "m3"], 2), ("", ["m3"], 1)) == {
        "counts": {"m1": 2, "m2": 0, "m3": 3}
    }


def test_a_ranking():
    """Three options: first 3 points, second 2, third 1."""
    assert tally("ranking", ("", ["r1", "r2", "r3"], 1), ("", ["r2"], 2), ("", ["r2", "r1"], 1)) == {
        "mean_rank": {"r1": 1.5, "r2": 1.25, "r3": 3.0},
        "borda": {"r1": 5, "r2": 11, "r3": 1},
        "first": {"r1": 1, "r2": 3, "r3": 0},
    }


def test_a_ranking_without_answers_has_no_ranks():
    assert tally("ranking")["mean_rank"] == {"r1": None, "r2": None, "r3": None}


def test_statements():
    rows = [("t1", "agree", 3), ("t1", "pass", 1), ("t2", "disagree", 2)]
    assert tally("statements", *rows) == {
        "t1": {"agree": 3, "disagree": 0, "pass": 1},
        "t2": {"agree": 0, "disagree": 2, "pass": 0},
    }


def scored(importance, satisfaction):
    return {"importance": importance, "satisfaction": satisfaction}


def test_opportunity_is_importance_plus_what_is_missing():
    """24 of 30 important: I = 8. 6 of 30 satisfied: S = 2. So 8 + (8 - 2) = 14."""
    rows = [("i1", scored(5, 2), 24), ("i1", scored(3, 4), 6)]
    counts = tally("importance_satisfaction", *rows)["i1"]
    assert (counts["opportunity"], counts["both"], counts["unmet"]) == (14.0, 30, 24)


def test_satisfaction_above_importance_takes_nothing_off():
    """I = 2, S = 10: 2 + 0."""
    rows = [("i1", scored(4, 5), 6), ("i1", scored(1, 4), 24)]
    assert tally("importance_satisfaction", *rows)["i1"]["opportunity"] == 2.0


def test_who_does_not_know_is_left_out_of_the_score():
    """50 of 50 important: I = 10. 15 of the 30 who can say are satisfied: S = 5. So 10 + 5."""
    rows = [("i1", scored(5, 5), 15), ("i1", scored(5, 1), 15), ("i1", scored(4, "unknown"), 20)]
    counts = tally("importance_satisfaction", *rows)["i1"]
    assert (counts["opportunity"], counts["both"], counts["satisfaction"]["unknown"]) == (15.0, 30, 20)


def test_there_is_no_score_under_thirty_people():
    assert tally("importance_satisfaction", ("i1", scored(5, 1), 29))["i1"]["opportunity"] is None


@pytest.mark.parametrize(
    ("limits", "keys"),
    [
        ({"least": 0, "most": 5}, ["0", "1", "2", "3", "4", "5"]),
        ({"least": 0, "most": 100}, ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90"]),
        ({"least": 1900, "most": 2020}, [str(year) for year in range(1900, 2020, 10)]),
        ({"least": 0, "most": 1, "decimals": 1}, ["0", *[f"0.{tenth}" for tenth in range(1, 10)], "1"]),
        ({"least": 7, "most": 7}, ["7"]),
    ],
)
def test_the_bins_of_a_number_between_two_ends(limits, keys):
    changes = {"decimals": 0, **limits}
    assert list(tally("number", **changes)["counts"]) == keys


def test_a_number_falls_in_its_bin_and_the_last_bin_takes_its_end_in():
    rows = [("", 0, 1), ("", 9, 1), ("", 10, 2), ("", 100, 1)]
    counted = tally("number", *rows, least=0, most=100, decimals=0)
    assert {key: n for key, n in counted["counts"].items() if n} == {"0": 2, "10": 2, "90": 1}
    assert (counted["mean"], counted["median"]) == (25.8, 10)


def test_numbers_without_an_end_fall_in_steps_that_never_move():
    rows = [("", 3, 1), ("", 40, 2), ("", 999_999, 1)]
    counted = tally("number", *rows, least=0, most=None, decimals=0)
    assert counted["counts"] == {"2": 1, "20": 2, "500000": 1}


def test_bins_are_named_for_people():
    limits = {"least": 0, "most": 100, "decimals": 0}
    (chart,) = charts("number", tally("number", ("", 95, 1), **limits), 1, **limits)
    assert [chart.bars[0].label, chart.bars[-1].label] == ["0 – 9", "90 – 100"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("7,5", 7.5),
        ("7.5", 7.5),
        ("1.250", 1250),
        ("1 250", 1250),
        ("1.250,5", 1250.5),
        ("3,0", 3),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, value):
    question = asked("number", least=0, most=2000, decimals=1)
    assert kinds.get("number").field(question).clean(typed) == value
