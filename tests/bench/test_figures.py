"""What a benchmark could get wrong without anybody seeing it."""

import pytest

from bench.figures import NEVER, Seen, audit, median, percentile, tally_differs

ROWS = [("ann", "sea"), ("bob", "lib"), ("cas", "lib")]
VOTES = dict(ROWS)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([5, 1, 3, 2, 4], 0.5, 3),
        (range(1, 101), 0.95, 95),
        (range(1, 101), 0.99, 99),
        ([7], 0.95, 7),
        ([1, 2], 0.95, 2),
        ([1, NEVER], 0.95, NEVER),
        ([], 0.95, None),
    ],
)
def test_percentiles(values, share, found):
    assert percentile(values, share) == found


@pytest.mark.parametrize(
    ("values", "found"), [([3, 1, 2], 2), ([1, 2], 1.5), ([4], 4), ([1, None, 2], None), ([], None)]
)
def test_a_run_without_a_figure_is_not_left_out_of_the_median(values, found):
    assert median(values) == found


def test_a_vote_is_seen_with_the_first_frame_of_its_revision_or_a_later_one():
    screen = Seen()
    for rev, at in [(3, 10.0), (7, 11.0), (7, 11.5), (5, 12.0), (9, 13.0)]:
        screen.note(rev, at)
    assert [screen.since(rev, 9.5) for rev in (1, 3, 4, 7, 8)] == [0.5, 0.5, 1.5, 1.5, 3.5]
    assert screen.since(10, 9.5) == NEVER
    assert screen.since(1, 12.0) == 0.0


def test_all_is_well():
    found = audit(VOTES, VOTES, ROWS)
    assert (found.faults, found.count) == (0, 3)


def test_a_vote_that_was_acknowledged_and_is_not_there_is_lost():
    assert audit(VOTES, VOTES, ROWS[1:]).lost == 1


def test_a_vote_that_was_never_acknowledged_may_be_there_or_not():
    acked = {"ann": "sea"}
    assert audit(acked, VOTES, ROWS).faults == audit(acked, VOTES, ROWS[:1]).faults == 0


def test_a_person_with_two_rows_voted_double():
    found = audit(VOTES, VOTES, [*ROWS, ("bob", "lib"), ("bob", "lib")])
    assert (found.double, found.lost, found.count) == (2, 0, 3)


def test_another_value_and_somebody_who_never_voted_are_seen():
    found = audit(VOTES, VOTES, [("ann", "lib"), *ROWS[1:], ("eve", "sea")])
    assert (found.wrong, found.stranger, found.faults) == (1, 1, 2)


@pytest.mark.parametrize(
    ("shown", "differs"),
    [
        ({"n": 3, "tally": {"counts": {"sea": 1, "lib": 2, "park": 0}}}, False),
        ({"n": 3, "tally": {"counts": {"sea": 2, "lib": 1}}}, True),
        ({"n": 2, "tally": {"counts": {"sea": 1, "lib": 2}}}, True),
        ({"n": 3, "tally": {"counts": {"sea": 1, "lib": 1}}}, True),
        ({"n": None, "tally": None}, True),
    ],
)
def test_what_a_screen_shows_is_compared_with_the_rows(shown, differs):
    assert tally_differs(shown, ROWS) is differs
