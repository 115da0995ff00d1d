"""What the kinds count, in figures worked out by hand."""

import pytest
from django.core.exceptions import ValidationError
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


def test_statements_are_drawn_as_shares_of_who_gave_an_opinion():
    rows = [("t1", "agree", 3), ("t1", "pass", 1), ("t2", "disagree", 2)]
    (chart,) = charts("statements", tally("statements", *rows), 4)
    assert [bar.spread for bar in chart.bars] == [[0.75, 0, 0.25], [0, 1, 0]]
    assert chart.headings == ["Statement", "People", "Agree", "Disagree", "Pass"]
    assert chart.bars[0].cells == ("4", "3 (75%)", "0 (0%)", "1 (25%)")


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


def test_points_are_averaged_over_all_who_answered():
    assert tally("points", ("", {"b1": 60, "b2": 40}, 3), ("", {"b2": 100}, 1)) == {
        "points": {"b1": 180, "b2": 220, "b3": 0},
        "people": {"b1": 3, "b2": 4, "b3": 0},
        "mean": {"b1": 45, "b2": 55, "b3": 0},
    }


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"b1": "60", "b2": "30"}, "Divide all 100 points. You still have 10."),
        ({"b1": "60", "b2": "50"}, "You gave 110 points. That is 10 too many."),
    ],
)
def test_points_that_do_not_add_up_are_refused_in_words(given, error):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        kinds.get("points").field(asked("points")).clean(given)
    assert refused.value.messages == [error]


def test_points_may_be_kept_when_the_editor_says_so():
    field = kinds.get("points").field(asked("points", may_keep=True, total=50))
    assert field.clean({"b1": "20", "b2": "0"}) == {"b1": 20}
    with pytest.raises(ValidationError):
        field.clean({"b1": 51})


def test_statements_on_a_scale():
    counted = tally("scales", ("s1", 5, 2), ("s1", 2, 1), ("s2", 1, 1))
    assert counted == {
        "s1": {"counts": {"1": 0, "2": 1, "3": 0, "4": 0, "5": 2}, "mean": 4},
        "s2": {"counts": {"1": 1, "2": 0, "3": 0, "4": 0, "5": 0}, "mean": 1},
    }
    (chart,) = charts("scales", counted, 3)
    assert (chart.bars[0].spread, chart.bars[0].at, chart.bars[0].text) == (
        [0, 0.5, 0, 0, 1],
        (0.7, 0.5),
        "4",
    )
    assert chart.bars[0].cells == ("3", "4", "0", "1", "0", "0", "2")


def test_words_count_as_one_however_they_are_written():
    rows = [
        ("1", "Groen", 2),
        ("1", "groen!", 3),
        ("2", " “GROEN”  ", 1),
        ("1", "groene  stad", 1),
        ("1", "!?", 1),
    ]
    assert tally("word_cloud", *rows) == {
        "words": {"groen": 6, "!?": 1, "groene stad": 1},
        "spelling": {"groen": "groen!", "!?": "!?", "groene stad": "groene  stad"},
        "others": 0,
    }


def test_the_same_word_twice_counts_once_for_one_person():
    assert kinds.get("word_cloud").field(asked("word_cloud")).clean(["Groen", " groen! ", ""]) == ["Groen"]


def test_a_cloud_shows_the_words_that_were_said_most():
    rows = [("1", f"word {number:03}", 1) for number in range(130)] + [("1", "home", 4), ("2", "quiet", 2)]
    counted = tally("word_cloud", *rows)
    assert (len(counted["words"]), counted["others"]) == (120, 12)
    (chart,) = charts("word_cloud", counted, 134)
    assert [(bar.label, bar.size) for bar in chart.bars[:3]] == [("home", 5), ("quiet", 2), ("word 000", 1)]
    assert (len(chart.bars), chart.facts) == (60, ["And 72 other words."])


def test_what_is_important_and_missed_lies_in_the_corner_at_the_top_left():
    """Importance 5 of 5 is at the top, satisfaction 1 of 5 at the left; nothing is drawn over the edge."""
    rows = [("i1", scored(5, 1), 3), ("i2", scored(1, 5), 3)]
    matrix, *bars = charts("importance_satisfaction", tally("importance_satisfaction", *rows), 3)
    assert [(bar.label, bar.at) for bar in matrix.bars] == [
        ("Meeting others in my neighbourhood", (0.07, 0.07)),
        ("Feeling safe at night", (0.93, 0.93)),
    ]
    assert (matrix.form, matrix.bars[0].cells) == ("matrix", ("3", "5", "1", "100%"))
    assert len(bars) == 2


def test_dots_do_not_hide_each_other():
    rows = [(key, scored(4, 4), 3) for key in ("i1", "i2")]
    matrix, *_bars = charts("importance_satisfaction", tally("importance_satisfaction", *rows), 3)
    (x, y), (other, down) = (bar.at for bar in matrix.bars)
    assert max(abs(x - other), abs(y - down)) >= 0.08


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
