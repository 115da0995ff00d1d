"""Borders as plain GeoJSON: reading, checking, and the box around them. No database, no drawing."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

Box = tuple[float, float, float, float]  # west, south, east, north
Position = tuple[float, float]
Border = Any  # GeoJSON's Polygon or MultiPolygon, as a JSONField gives it


class BadGeometry(Exception):
    """The text says what is wrong. `system` is true when all coordinates are in another system."""

    def __init__(self, text: str, system: bool = False) -> None:
        super().__init__(text)
        self.system = system


def polygons(geometry: Border) -> list[list[list[list[float]]]]:
    """The polygons (lists of rings) of a Polygon or MultiPolygon."""
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else coordinates


def rings(geometry: Border) -> Iterator[list[list[float]]]:
    for polygon in polygons(geometry):
        yield from polygon


def box(geometry: Border) -> Box:
    """West, south, east, north in degrees. Holes lie inside, so only the outer rings count."""
    points = [point for polygon in polygons(geometry) for point in polygon[0]]
    longitudes = [point[0] for point in points]
    latitudes = [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def contains(geometry: Border, point: Position) -> bool:
    """Whether a point lies inside: a line from it to the east crosses the border an odd number of times."""
    x, y = point
    crossings = 0
    for ring in rings(geometry):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def clean(value: Any) -> dict[str, Any]:
    """The same border with nothing but two numbers a point. Raises BadGeometry with what is wrong."""
    if not isinstance(value, dict):
        raise BadGeometry(_("there is no border (geometry)"))
    kind, coordinates = value.get("type"), value.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        found = kind[:40] if isinstance(kind, str) and kind.isalnum() else "?"
        raise BadGeometry(
            _("the geometry is %(found)s; it must be Polygon or MultiPolygon") % {"found": found}
        )
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise BadGeometry(_("the border has no coordinates"))
    cleaned = [_polygon(part) for part in parts]
    return {"type": kind, "coordinates": cleaned[0] if kind == "Polygon" else cleaned}


def _polygon(value: Any) -> list[list[list[float]]]:
    if not isinstance(value, list) or not value:
        raise BadGeometry(_("the border has a polygon without rings"))
    return [_ring(ring) for ring in value]


def _ring(value: Any) -> list[list[float]]:
    if not isinstance(value, list) or len(value) < 4:
        raise BadGeometry(_("a ring of the border has fewer than four points"))
    points = [_point(point) for point in value]
    if points[0] != points[-1]:
        raise BadGeometry(_("a ring of the border is not closed: its last point is not its first"))
    return points


def _point(value: Any) -> list[float]:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise BadGeometry(_("a point of the border is not a pair of numbers"))
    x, y = value[:2]
    if not all(isinstance(part, int | float) and not isinstance(part, bool) for part in (x, y)):
        raise BadGeometry(_("a point of the border is not a pair of numbers"))
    if not (_finite(x) and _finite(y)):
        raise BadGeometry(_("a coordinate of the border is NaN or infinite"))
    _check_system(x, y)
    return [x, y]


def _finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # an integer of hundreds of digits
        return False


def _check_system(x: float, y: float) -> None:
    point = {"x": f"{x:g}", "y": f"{y:g}"}
    if -180 <= x <= 180 and -90 <= y <= 90:
        if 50 <= x <= 54 and 3 <= y <= 8:
            text = _("point %(x)s, %(y)s has latitude first; GeoJSON has longitude first, then latitude")
            raise BadGeometry(text % point, system=True)
        return
    if -10_000 <= x <= 310_000 and 280_000 <= y <= 650_000:
        text = _(
            "point %(x)s, %(y)s looks like RD (EPSG:28992); save the file with longitude and latitude (EPSG:4326)"
        )
    else:
        text = _(
            "point %(x)s, %(y)s is not a longitude and latitude; save the file with longitude and latitude "
            "(EPSG:4326)"
        )
    raise BadGeometry(text % point, system=True)
