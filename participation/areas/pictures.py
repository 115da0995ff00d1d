"""A map as a picture by itself: what people point at in a question, and where a slide says something is."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from . import geometry, svg
from .geometry import Box
from .maps import KEEP, current_parts
from .models import Area, AreaImport

COLUMNS, ROWS = 40, 30  # of the grid that says in which part a point lies


@dataclass(frozen=True)
class MapPicture:
    """`places` are the parts of the area with their middle, x and y from 0 to 1; `grid` says for each field, row by row,
    in which of them it lies, or -1. `box` is what is in view, in degrees: west, south, east, north."""

    name: str
    svg: SafeString
    width: int
    height: int
    box: Box
    places: list[dict[str, Any]]
    grid: list[int]


def pictures(codes: list[str]) -> dict[str, MapPicture]:
    """By the area's code, of those that have a border. One query, and two for each that was not drawn yet."""
    version = AreaImport.version()
    names = {code: f"areas.picture:{version}:{code}" for code in codes}
    found = cache.get_many(names.values())
    drawn = {code: found.get(name) or _keep(code, name) for code, name in names.items()}
    return {code: each for code, each in drawn.items() if each is not None}


def _keep(code: str, name: str) -> MapPicture | None:
    area = Area.objects.filter(code=code).exclude(geometry=None).first()
    if area is None:
        return None
    picture = _draw(area, current_parts(area))
    cache.set(name, picture, KEEP)
    return picture


def _draw(area: Area, parts: list[Area]) -> MapPicture:
    drawn = parts or [area]
    box = svg.view_of(drawn)
    projection, shapes = svg.shapes_of(drawn, box)
    places = [_place(part, shapes[part], projection.width, projection.height) for part in parts]
    paths = [
        format_html('<path d="{}"><title>{}</title></path>', svg.path(rings), place.name)
        for place, rings in shapes.items()
    ]
    drawing = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
        '<rect width="{0}" height="{1}" fill="#f1ecdd"/>'
        '<g fill="#fffdf6" stroke="#7d8a80" stroke-width="1.5" stroke-linejoin="round">{2}</g>'
        '<g fill="#1d2b24" font-family="Noto Sans, sans-serif" font-size="17" text-anchor="middle">{3}</g></svg>',
        projection.width,
        projection.height,
        mark_safe("".join(paths)),
        mark_safe("".join(svg.names_on(shapes, projection))),
    )
    return MapPicture(area.name, drawing, projection.width, projection.height, box, places, _grid(parts, box))


def _place(part: Area, rings: list[Any], width: int, height: int) -> dict[str, Any]:
    x, y = svg.middle_of(rings)
    return {
        "code": part.code,
        "name": part.name,
        "x": round(min(1, max(0, x / width)), 4),
        "y": round(min(1, max(0, y / height)), 4),
    }


def _grid(parts: list[Area], box: Box) -> list[int]:
    west, south, east, north = box
    middles = [
        (west + (column + 0.5) / COLUMNS * (east - west), north - (row + 0.5) / ROWS * (north - south))
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    return [_part_at(parts, x, y) for x, y in middles]


def _part_at(parts: list[Area], x: float, y: float) -> int:
    for index, part in enumerate(parts):
        is_near = part.west <= x <= part.east and part.south <= y <= part.north  # type: ignore[operator]
        if is_near and geometry.contains(part.geometry, (x, y)):
            return index
    return -1
