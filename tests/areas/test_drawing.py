"""Projection and simplification, with numbers that can be checked by hand."""

import pytest

from participation.areas.drawing import Projection, framed, path, simplified

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


def test_a_degree_of_longitude_is_half_as_long_at_sixty_degrees():
    projection = Projection((0.0, 59.0, 4.0, 61.0), size=600)
    assert (projection.width, projection.height) == (600, 600)
    assert projection(1.0, 60.5) == (150, 150)


@pytest.mark.parametrize(
    ("place", "point"), [((0.0, 61.0), (0, 0)), ((4.0, 59.0), (600, 600)), ((2.0, 60.0), (300, 300))]
)
def test_north_is_up_and_west_is_left(place, point):
    assert Projection((0.0, 59.0, 4.0, 61.0), size=600)(*place) == point


def test_the_longest_side_gets_the_size():
    projection = Projection((0.0, 59.5, 4.0, 60.5), size=600)
    assert (projection.width, projection.height) == (600, 300)


def test_a_frame_has_its_margin_on_the_longest_side():
    assert framed((0.0, -1.0, 2.0, 1.0), margin=0.5) == pytest.approx((-1.0, -2.0, 3.0, 2.0))


def test_a_frame_grows_to_its_shape():
    west, south, east, north = framed((0.0, -1.0, 2.0, 1.0), margin=0, ratio=2)
    assert (west, south, east, north) == pytest.approx((-1.0, -1.0, 3.0, 1.0))


def test_points_on_a_straight_line_are_left_out():
    ((ring,),) = simplified([[[(0, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]]], tolerance=1)
    assert sorted(ring) == [(0, 0), (0, 10), (10, 0), (10, 10)]


def test_points_farther_than_the_tolerance_stay():
    ((ring,),) = simplified([[[(0, 0), (5, 2), (10, 0), (10, 10), (0, 10), (0, 0)]]], tolerance=1)
    assert (5, 2) in ring


def test_a_shared_border_stays_shared():
    left = [(0, 0), (10, 0), (11, 3), (9, 6), (10, 10), (0, 10), (0, 0)]
    right = [(20, 0), (20, 10), (10, 10), (9, 6), (11, 3), (10, 0), (20, 0)]
    ((a,), (b,)) = simplified([[left], [right]], tolerance=3)
    assert (set(a) & set(b), len(a), len(b)) == ({(10, 0), (10, 10)}, 4, 4)


def test_a_hole_fits_the_area_that_lies_in_it():
    island = [(4, 4), (6, 4), (6, 6), (5, 6), (4, 6), (4, 4)]
    ((outer, hole), (inner,)) = simplified([[SQUARE, island[::-1]], [island]], tolerance=0.5)
    assert (set(hole), len(outer)) == (set(inner), 4)


def test_the_smallest_area_does_not_disappear():
    ((ring,),) = simplified([[[(0, 0), (1, 0), (0, 1), (0, 0)]]], tolerance=5)
    assert len(ring) == 3


def test_islands_smaller_than_a_dot_go():
    dot = [(50, 50), (51, 50), (50, 51), (50, 50)]
    (rings,) = simplified([[SQUARE, dot]], tolerance=3)
    assert len(rings) == 1


def test_a_path_goes_on_in_steps():
    assert path([[(3, 4), (5, 4), (5, 2)], [(1, 1), (2, 1), (2, 2)]]) == "M3 4l2 0 0-2zM1 1l1 0 0 1z"
