"""Writes on places and figures. Only whoever runs the installation imports them; no organisation owns them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from . import cbs
from .geojson import BadFile
from .indicators import POSITIONS, UNKNOWN_POSITION, known
from .models import Area, AreaImport, Indicator, Observation

MOST_BYTES = 200_000_000
BATCH = 2000
AREA_FIELDS = ["name", "kind", "geometry", "boundary_year", "west", "south", "east", "north"]


@dataclass
class Outcome:
    """What an import did. `notes` are lines for whoever ran it."""

    read: int = 0
    areas_new: int = 0
    areas_changed: int = 0
    indicators_new: int = 0
    figures_new: int = 0
    figures_changed: int = 0
    figures_suppressed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any((self.areas_new, self.areas_changed, self.figures_new, self.figures_changed))


def import_cbs(file: str | Path | BinaryIO, *, year: int | None = None, dry_run: bool = False) -> Outcome:
    """Read areas, borders and figures from a GeoJSON file of CBS or PDOK: all of it or, with BadFile, nothing.

    `year` is for figures whose year the file does not say. A second import of the same file changes nothing.
    With `dry_run` everything is done and undone.
    """
    name, content = _load(file)
    reading = cbs.read(content, year)
    outcome = Outcome(read=len(reading.places), notes=reading.notes)
    with transaction.atomic():
        areas = _write_areas(reading, outcome)
        _link_parents()
        _write_figures(reading, areas, _indicators(reading, outcome), outcome)
        if outcome.changed:
            AreaImport.objects.create(
                name=name[:200],
                areas=outcome.areas_new + outcome.areas_changed,
                figures=outcome.figures_new + outcome.figures_changed,
            )
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _load(file: str | Path | BinaryIO) -> tuple[str, bytes]:
    if not isinstance(file, str | Path):
        return Path(str(getattr(file, "name", "file"))).name, file.read(MOST_BYTES)
    path = Path(file)
    try:
        _check_file(path)
        return path.name, path.read_bytes()
    except (OSError, ValueError):
        raise BadFile([_("this file can't be read")])


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise BadFile([_("this is a folder, not a file")])
    if not path.exists():
        raise BadFile([_("this file does not exist")])
    if not path.is_file():  # a device may never end
        raise BadFile([_("this is not a file")])
    if path.stat().st_size > MOST_BYTES:
        raise BadFile([_("the file is larger than %(n)s MB") % {"n": MOST_BYTES // 1_000_000}])


def _write_areas(reading: cbs.Reading, outcome: Outcome) -> dict[str, Area]:
    """Every place of the file as an Area, by code. A newer border is never replaced by an older one."""
    found = Area.objects.filter(kind=reading.kind).in_bulk(field_name="code")
    new, changed = [], []
    for place in reading.places:
        area = found.get(place.code)
        if area is None:
            area = found[place.code] = Area(code=place.code, kind=reading.kind)
            new.append(area)
        elif _is_older(place, area) or not _differs(place, area):
            continue
        else:
            changed.append(area)
        area.name, area.geometry, area.boundary_year = place.name, place.border, place.boundary_year
        area.measure()
    Area.objects.bulk_create(new, batch_size=BATCH)
    Area.objects.bulk_update(changed, AREA_FIELDS, batch_size=100)
    outcome.areas_new, outcome.areas_changed = len(new), len(changed)
    return found


def _is_older(place: cbs.Place, area: Area) -> bool:
    return area.boundary_year is not None and (place.boundary_year or 0) < area.boundary_year


def _differs(place: cbs.Place, area: Area) -> bool:
    now = (area.name, area.geometry, area.boundary_year)
    return now != (place.name, place.border, place.boundary_year)


def _link_parents() -> None:
    """A code carries its parent's: BU09950101 lies in WK099501, which lies in GM0995."""
    ids = dict(Area.objects.values_list("code", "pk"))
    changed = []
    for area in Area.objects.exclude(kind=Area.Kind.COUNTRY).only("code", "kind", "parent_id"):
        district, municipality = f"WK{area.code[2:8]}", f"GM{area.code[2:6]}"
        wanted = {
            Area.Kind.MUNICIPALITY: ids.get("NL00"),
            Area.Kind.DISTRICT: ids.get(municipality),
            Area.Kind.NEIGHBOURHOOD: ids.get(district) or ids.get(municipality),
        }[Area.Kind(area.kind)]
        if wanted and area.parent_id != wanted:
            area.parent_id = wanted
            changed.append(area)
    Area.objects.bulk_update(changed, ["parent"], batch_size=BATCH // 4)


def _indicators(reading: cbs.Reading, outcome: Outcome) -> dict[str, Indicator]:
    names = dict.fromkeys(name for place in reading.places for name, _year in place.figures)
    found = Indicator.objects.in_bulk(field_name="name")
    new = [_new_indicator(name) for name in names if name not in found]
    Indicator.objects.bulk_create(new)
    outcome.indicators_new = len(new)
    return found | {indicator.name: indicator for indicator in new}


def _new_indicator(name: str) -> Indicator:
    entry = known(name)
    position = POSITIONS.get(name, UNKNOWN_POSITION)
    return Indicator(name=name, unit=entry.unit if entry else "", position=position)


def _write_figures(
    reading: cbs.Reading, areas: dict[str, Area], indicators: dict[str, Indicator], outcome: Outcome
) -> None:
    known_figures = {
        (area, indicator, year): (value, source)
        for area, indicator, year, value, source in Observation.objects.filter(
            area__kind=reading.kind
        ).values_list("area_id", "indicator_id", "year", "value", "source")
    }
    rows = []
    for place in reading.places:
        area = areas[place.code]
        for (name, year), value in place.figures.items():
            indicator = indicators[name]
            outcome.figures_suppressed += value is None
            before = known_figures.get((area.pk, indicator.pk, year))
            if before == (value, cbs.SOURCE):
                continue
            outcome.figures_new += before is None
            outcome.figures_changed += before is not None
            rows.append(
                Observation(area=area, indicator=indicator, year=year, value=value, source=cbs.SOURCE)
            )
    Observation.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["area", "indicator", "year"],
        update_fields=["value", "source"],
    )
