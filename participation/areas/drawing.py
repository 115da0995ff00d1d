"""From borders to short SVG paths: project, and draw every shared border once and the same.

Plain numbers only. Two areas that share a border get the same points, so no gaps open between them.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .geometry import Box

Point = tuple[int, int]
Ring = list[Point]


@dataclass(frozen=True)
class Projection:
    """Equirectangular, corrected with the cosine of the middle latitude: right shapes for anything as small as a
    country. `box` is in degrees; the longest side becomes `size` units, the origin is top left."""

    box: Box
    size: int = 600

    @property
    def narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.box[1] + self.box[3]) / 2))

    @property
    def scale(self) -> float:
        """Units for a degree of latitude."""
        west, south, east, north = self.box
        return self.size / max((east - west) * self.narrowing, north - south, 1e-9)

    @property
    def width(self) -> int:
        return max(1, round((self.box[2] - self.box[0]) * self.narrowing * self.scale))

    @property
    def height(self) -> int:
        return max(1, round((self.box[3] - self.box[1]) * self.scale))

    def __call__(self, longitude: float, latitude: float) -> Point:
        x = (longitude - self.box[0]) * self.narrowing * self.scale
        return round(x), round((self.box[3] - latitude) * self.scale)


def framed(box: Box, margin: float, ratio: float | None = None) -> Box:
    """The box with a margin (a share of its longest side) around it; with `ratio`, grown to that width : height."""
    west, south, east, north = box
    narrowing = math.cos(math.radians((south + north) / 2))
    width, height = (east - west) * narrowing, north - south
    extra = margin * max(width, height)
    wide, high = width + 2 * extra, height + 2 * extra
    if ratio:
        wide, high = max(wide, high * ratio), max(high, wide / ratio)
    x, y = (wide - width) / 2 / narrowing, (high - height) / 2
    return west - x, south - y, east + x, north + y


def simplified(shapes: Sequence[Sequence[Ring]], tolerance: float) -> list[list[Ring]]:
    """Every shape's rings with no point more than `tolerance` away left out. A shape never disappears: its
    largest ring stays, however small; islands and holes smaller than a dot go."""
    cleaned = [[ring for ring in map(_without_repeats, shape) if len(ring) > 2] for shape in shapes]
    arcs = _Arcs((ring for shape in cleaned for ring in shape), tolerance)
    result = []
    for shape in cleaned:
        pairs = [(arcs.redraw(ring), ring) for ring in shape]
        kept = [new for new, _old in pairs if len(new) > 2]
        if not kept and shape:
            kept = [max(shape, key=len)]
        result.append(kept)
    return result


def path(rings: Iterable[Ring]) -> str:
    """The `d` of an SVG path: each ring starts where it is and goes on in steps."""
    parts = []
    for ring in rings:
        (x, y), rest = ring[0], ring[1:]
        steps = []
        for next_x, next_y in rest:
            steps += [next_x - x, next_y - y]
            x, y = next_x, next_y
        numbers = " ".join(map(str, steps)).replace(" -", "-")
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{numbers}z")
    return "".join(parts)


def _without_repeats(ring: Ring) -> Ring:
    """Open (the last point is not the first again) and without the same point twice in a row."""
    return [point for index, point in enumerate(ring) if point != ring[index - 1]]


class _Arcs:
    """Cuts rings where three lines meet, and simplifies each stretch between two such points once."""

    def __init__(self, rings: Iterable[Ring], tolerance: float) -> None:
        self.tolerance = tolerance
        self.done: dict[tuple[Point, ...], Ring] = {}
        self.beside: dict[Point, set[Point]] = defaultdict(set)
        for ring in rings:
            for index, point in enumerate(ring):
                self.beside[ring[index - 1]].add(point)
                self.beside[point].add(ring[index - 1])

    def redraw(self, ring: Ring) -> Ring:
        corners = [index for index, point in enumerate(ring) if len(self.beside[point]) > 2]
        # An island has no corners: it starts at its first point, the same for the hole it lies in.
        start = corners[0] if corners else ring.index(min(ring))
        turned = [*ring[start:], *ring[:start], ring[start]]
        cuts = [0, *((index - start) for index in corners[1:]), len(ring)]
        drawn: Ring = []
        for first, last in pairwise(cuts):
            drawn += self._arc(turned[first : last + 1])[:-1]
        return drawn

    def _arc(self, points: Ring) -> Ring:
        backwards = points[::-1]
        turned = backwards < points
        key = tuple(backwards if turned else points)
        if key not in self.done:
            self.done[key] = _fewer(key, self.tolerance)
        arc = self.done[key]
        return arc[::-1] if turned else arc


def _fewer(points: Sequence[Point], tolerance: float) -> Ring:
    """Douglas and Peucker: keep the point farthest from the line between two kept ones, until none is far."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        distances = [
            (_distance(points[index], points[first], points[last]), index) for index in range(first + 1, last)
        ]
        far, index = max(distances, default=(0.0, 0))
        if far > tolerance:
            keep.add(index)
            todo += [(first, index), (index, last)]
    return [points[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0
    along = min(1, max(0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
