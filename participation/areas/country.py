"""The country's figures, computed from its municipalities. Empty rather than wrong."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.cache import cache

from .indicators import CATALOGUE, HOUSEHOLDS, INHABITANTS, LAND, Country, Known
from .models import Area, Observation

# How many municipalities there were on 1 January. A sum over fewer is not the Netherlands. From what CBS announced at
# the end of each year before (2019 to 2023), and from its division in areas, "Gebieden in Nederland" (2022 to 2025).
MUNICIPALITIES = {2019: 355, 2020: 355, 2021: 352, 2022: 345, 2023: 342, 2024: 342, 2025: 342}
KEEP = 24 * 60 * 60

Figures = Mapping[int, float | None]  # by area


def country_figures(years: Iterable[int], version: int) -> dict[tuple[str, int], float]:
    """By indicator and year, only where all municipalities of that year have a figure. One query, or none when the
    answer for this version of the data is in the cache."""
    wanted = sorted(set(years) & MUNICIPALITIES.keys())
    if not wanted:
        return {}
    key = f"areas.country:{version}:{'-'.join(map(str, wanted))}"
    found = cache.get(key)
    if found is None:
        found = _computed(wanted)
        cache.set(key, found, KEEP)
    return found


def _computed(years: list[int]) -> dict[tuple[str, int], float]:
    table: dict[tuple[str, int], dict[int, float | None]] = defaultdict(dict)
    rows = Observation.objects.filter(area__kind=Area.Kind.MUNICIPALITY, year__in=years)
    for name, year, area, value in rows.values_list("indicator__name", "year", "area_id", "value"):
        table[name, year][area] = value
    found = {}
    for entry in CATALOGUE:
        for year in years:
            value = _figure(entry, year, table)
            if value is not None:
                found[entry.name, year] = value
    return found


def _figure(entry: Known, year: int, table: Mapping[tuple[str, int], Figures]) -> float | None:
    def complete(name: str) -> dict[int, float] | None:
        figures = table.get((name, year), {})
        known = {area: value for area, value in figures.items() if value is not None}
        return known if len(known) == len(figures) == MUNICIPALITIES[year] else None

    own = complete(entry.name)
    if own is None or entry.country is Country.NONE:
        return None
    if entry.country is Country.SUM:
        return sum(own.values())
    if entry.country is Country.DENSITY:
        people, land = complete(INHABITANTS), complete(LAND)
        return round(sum(people.values()) / sum(land.values()) * 100) if people and land else None
    weights = complete(INHABITANTS if entry.country is Country.PER_INHABITANT else HOUSEHOLDS)
    return _mean(own, weights, decimals=0 if entry.unit == "%" else 1) if weights else None


def _mean(figures: Mapping[int, float], weights: Mapping[int, float], decimals: int) -> float | None:
    """As precise as the figures it is made of, which CBS rounds."""
    total = sum(weights[area] for area in figures)
    weighed = sum(value * weights[area] for area, value in figures.items())
    return round(weighed / total, decimals) if total else None
