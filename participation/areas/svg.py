"""The map as SVG, drawn on the server: classes and no styles, every name escaped. The database is not asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import geometry
from .drawing import Projection, Ring, framed, path, simplified
from .geometry import Box
from .models import Area
from .shading import Shading

TOLERANCE = 1.2  # units: about a pixel
# Units: a letter and a line of a name, to see whether it fits.
LETTER, LINE = 11, 24
MANY = 60  # areas; from there on lines are thinner


def map_of(
    area: Area,
    *,
    siblings: Iterable[Area] = (),
    parts: Iterable[Area] = (),
    box: Box | None = None,
    shading: Shading | None = None,
    link: Callable[[Area], str] | None = None,
    labels: bool = True,
    key: str = "map",
) -> SafeString:
    """The area among its `siblings`, or the `parts` it is divided in, as one `<svg>`: `role="img"`, or a group of
    links when `link` gives addresses.

    `box` (degrees) is what is in view, by default the area with some room. With `shading` every area gets the class
    of its step. `key` makes the ids unique when a page has two maps. Styles are in `static/areas/areas.css`.
    """
    drawn = [part for part in parts if part.geometry]
    if not drawn:
        drawn = [other for other in siblings if other.pk != area.pk and other.geometry]
        drawn.append(area)  # last, so that its border lies on top
    projection = Projection(box or view_around(area))
    shapes = dict(zip(drawn, _shapes(drawn, projection), strict=True))
    content = [_title(area, shading, key, divided=area not in drawn)]
    content += [_place(place, rings, area, shading, link) for place, rings in shapes.items()]
    if labels:
        content += _labels(shapes, projection, area)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="oogst-map{}" viewBox="0 0 {} {}" role="{}"'
        ' aria-labelledby="{}-title" aria-describedby="{}-desc">{}</svg>',
        " oogst-map--many" if len(drawn) > MANY else "",
        projection.width,
        projection.height,
        "group" if link else "img",
        key,
        key,
        mark_safe("".join(content)),
    )


def shapes_of(areas: Sequence[Area], box: Box) -> tuple[Projection, dict[Area, list[Ring]]]:
    """These areas, drawn with what is in view."""
    projection = Projection(box)
    return projection, dict(zip(areas, _shapes(areas, projection), strict=True))


def names_on(shapes: dict[Area, list[Ring]], projection: Projection) -> Iterator[SafeString]:
    """Names where they go in."""
    return _labels(shapes, projection, None)


def middle_of(rings: Sequence[Ring]) -> tuple[int, int]:
    """Of the largest part of an area."""
    return _middle(max(rings, key=len))


def view_around(area: Area) -> Box:
    """The area with its neighbours in view, in the shape of a picture 4 wide and 3 high."""
    return framed((area.west, area.south, area.east, area.north), margin=0.15, ratio=4 / 3)  # type: ignore[arg-type]


def view_of(areas: Sequence[Area]) -> Box:
    """All these areas, with a narrow margin."""
    measured = [area for area in areas if area.west is not None]
    west, south = min(a.west for a in measured), min(a.south for a in measured)  # type: ignore[type-var]
    east, north = max(a.east for a in measured), max(a.north for a in measured)  # type: ignore[type-var]
    return framed((west, south, east, north), margin=0.02)  # type: ignore[arg-type]


def _shapes(areas: Sequence[Area], projection: Projection) -> list[list[Ring]]:
    rings: list[list[Ring]] = [
        [[projection(*point) for point in ring] for ring in geometry.rings(area.geometry)] for area in areas
    ]
    return simplified(rings, TOLERANCE)


def _title(area: Area, shading: Shading | None, key: str, divided: bool) -> SafeString:
    if divided:
        title = _("Map of the parts of %(area)s") % {"area": area.name}
        if shading:
            title = f"{title}: {shading.caption}"
        text = _("All names and figures are in the table.")
    elif shading:
        title = _("Map: %(what)s") % {"what": shading.caption}
        text = _("%(area)s: %(figure)s. All figures are in the table.") % {
            "area": area.name,
            "figure": shading.text_of.get(area.code, _("unknown")),
        }
    else:
        title = _("Map of %(area)s") % {"area": area.name}
        text = _("Where %(area)s lies among its neighbours.") % {"area": area.name}
    return format_html('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>', key, title, text)


def _place(
    place: Area,
    rings: list[Ring],
    here: Area,
    shading: Shading | None,
    link: Callable[[Area], str] | None,
) -> SafeString:
    classes = ["oogst-map__here"] if place == here else []
    caption = place.name
    if shading:
        classes.append(f"oogst-map__step-{shading.step_of.get(place.code, 0)}")
        caption = f"{place.name}: {shading.text_of.get(place.code, _('unknown'))}"
    shape = format_html('<path{} d="{}"><title>{}</title></path>', _class(classes), path(rings), caption)
    if link and place != here:
        return format_html('<a href="{}" aria-label="{}">{}</a>', link(place), caption, shape)
    return shape


def _class(names: list[str]) -> SafeString:
    return format_html(' class="{}"', " ".join(names)) if names else SafeString("")


def _labels(
    shapes: dict[Area, list[Ring]], projection: Projection, here: Area | None
) -> Iterator[SafeString]:
    """Names where there is room for them and none is there yet; the area's own comes first."""
    taken: list[tuple[float, float, float]] = []
    for place in sorted(shapes, key=lambda place: place != here):
        ring = max(shapes[place], key=len, default=[])
        half = LETTER * len(place.name) / 2
        if not ring or (place != here and _visible_width(ring, projection) < 2 * half):
            continue
        x, y = _middle(ring)
        inside = half <= x <= projection.width - half and 20 <= y <= projection.height - 12
        free = all(abs(x - x2) > half + half2 or abs(y - y2) > LINE for x2, y2, half2 in taken)
        if inside and free:
            taken.append((x, y, half))
            css = _class(["oogst-map__name"] if place == here else [])
            yield format_html('<text{} x="{}" y="{}">{}</text>', css, x, y, place.name)


def _visible_width(ring: Ring, projection: Projection) -> int:
    columns = [x for x, _y in ring]
    return min(projection.width, max(columns)) - max(0, min(columns))


def _middle(ring: Ring) -> tuple[int, int]:
    """The centre of gravity of a polygon (the middle of its box when it has no surface)."""
    area, sum_x, sum_y = 0, 0, 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, sum_x, sum_y = area + cross, sum_x + (x1 + x2) * cross, sum_y + (y1 + y2) * cross
    if not area:
        return ring[0]
    return round(sum_x / (3 * area)), round(sum_y / (3 * area))
