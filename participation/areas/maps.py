"""Reads for the maps: which areas are on one, their colours, and the table beside it.

Drawn maps are kept in the cache, with the version of the data in their key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import geometry, svg
from .geometry import Box
from .indicators import Country, Known, known
from .models import Area, AreaImport, Indicator, Observation
from .shading import Shading, Step, shade

KEEP = 24 * 60 * 60  # seconds; every import makes new keys


@dataclass(frozen=True)
class Place:
    """A line of the table beside a map."""

    code: str
    name: str
    url: str
    text: str
    step: int
    is_here: bool


@dataclass(frozen=True)
class MapView:
    svg: SafeString
    caption: str  # what the colours mean; empty without shading
    steps: list[Step]
    here: int  # the area's own step; 0 when unknown
    unknown: int  # how many areas have no figure
    places: list[Place]


def map_view(
    area: Area, *, view: str = "around", indicator: str = "", links: bool = False, key: str = "map"
) -> MapView | None:
    """The area's map, with its legend and table; None when the area has no border. At most three queries.

    `view`: "around" (neighbours in view), "inside" (the districts it is divided in) or "country" (all of its kind).
    Kept in the cache until the next import."""
    if not area.geometry:
        return None
    parts = ("areas.map", AreaImport.version(), area.pk, view, indicator, links, key, get_language())
    name = ":".join(str(part) for part in parts)
    found = cache.get(name)
    if found is None:
        found = _draw(area, view, indicator, links, key)
        cache.set(name, found, KEEP)
    return found


def _draw(area: Area, view: str, indicator: str, links: bool, key: str) -> MapView:
    shown, box = surroundings(area, view)
    shading = shading_of(indicator, shown, area) if indicator else None
    drawing = svg.map_of(
        area,
        siblings=shown if view != "inside" else (),
        parts=shown if view == "inside" else (),
        box=box,
        shading=shading,
        link=Area.get_absolute_url if links else None,
        labels=view != "country",
        key=key,
    )
    places = _places(area, shown, shading)
    return MapView(
        svg=drawing,
        caption=shading.caption if shading else "",
        steps=shading.steps if shading else [],
        here=shading.step_of.get(area.code, 0) if shading else 0,
        unknown=sum(not place.step for place in places) if shading else 0,
        places=places,
    )


def surroundings(area: Area, view: str = "around") -> tuple[list[Area], Box]:
    """The areas on the map and what is in view. One query."""
    if view == "inside":
        parts = current_parts(area)
        return parts, svg.view_of(parts or [area])
    same_kind = Area.objects.filter(kind=area.kind, boundary_year=area.boundary_year).exclude(geometry=None)
    if view == "country":
        areas = list(same_kind)
        return areas, svg.view_of(areas)
    west, south, east, north = box = svg.view_around(area)
    near = same_kind.filter(west__lt=east, east__gt=west, south__lt=north, north__gt=south)
    return [place for place in near if place == area or _in_view(place, box)], box


def _in_view(place: Area, box: Box) -> bool:
    """Whether some of the border is in the box, or all of the box in what the border encloses."""
    west, south, east, north = box
    points = [point for ring in geometry.rings(place.geometry) for point in ring]
    if any(west < x < east and south < y < north for x, y in points):
        return True
    middle = ((west + east) / 2, (south + north) / 2)
    return geometry.contains(place.geometry, middle)


def current_parts(area: Area) -> list[Area]:
    """What it is divided in: only the newest borders, when districts of several years are known."""
    found = list(area.children.exclude(geometry=None))
    newest = max((area.boundary_year or 0 for area in found), default=0)
    return [area for area in found if (area.boundary_year or 0) == newest]


def shading_of(indicator: str, areas: Sequence[Area], here: Area) -> Shading | None:
    """Colours for the newest year of the area's own figure or, when it is not on the map, of the others'."""
    rows = list(
        Observation.objects.filter(
            indicator__name=indicator, area__in=areas, value__isnull=False
        ).select_related("indicator", "area")
    )
    if not rows:
        return None
    year = max([row.year for row in rows if row.area_id == here.pk] or [row.year for row in rows])
    measure = rows[0].indicator
    return shade(
        {row.area.code: row.value for row in rows if row.year == year and row.value is not None},
        label=measure.label,
        unit=measure.unit_label,
        year=year,
    )


def _places(area: Area, siblings: Sequence[Area], shading: Shading | None) -> list[Place]:
    """By name; with figures, the highest first and the unknown last."""
    if shading:
        siblings = sorted(siblings, key=lambda place: -shading.value_of.get(place.code, -1))
    return [
        Place(
            code=place.code,
            name=place.name,
            url=place.get_absolute_url(),
            text=shading.text_of.get(place.code, "") if shading else "",
            step=shading.step_of.get(place.code, 0) if shading else 0,
            is_here=place.pk == area.pk,
        )
        for place in siblings
    ]


def measures(area: Area, view: str) -> list[Indicator]:
    """What may colour this map: shares, means and densities that the areas on it have. A count only shows where
    many people live. One query."""
    own = Q(observations__area__parent=area) if view == "inside" else Q(observations__area=area)
    found = Indicator.objects.filter(own, observations__value__isnull=False).distinct()
    return [indicator for indicator in found if _is_fair(known(indicator.name))]


def _is_fair(entry: Known | None) -> bool:
    fair = (Country.PER_INHABITANT, Country.PER_HOUSEHOLD, Country.DENSITY)
    return entry is not None and (entry.country in fair or entry.unit == "%")


def views_of(area: Area) -> list[str]:
    """Which maps the area has, the best first."""
    views = ["around", "country"]
    if area.children.exclude(geometry=None).exists():
        views.insert(1, "inside")
    return views


def as_geojson(area: Area) -> dict[str, Any]:
    """The area and its neighbours as a FeatureCollection, with the address of each page."""
    near, _box = surroundings(area)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": place.geometry,
                "properties": {
                    "name": place.name,
                    "url": place.get_absolute_url(),
                    "here": place.pk == area.pk,
                },
            }
            for place in near
        ],
    }
