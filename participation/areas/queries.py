"""Reads: the figures of an area beside those of the country, its map, and who works there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from participation.organisations.models import Organisation

from . import maps
from .country import country_figures
from .indicators import known
from .models import Area, AreaImport, Observation
from .shading import figure

HEADLINES = (
    "aantalInwoners",
    "inwoners_som_buurten",
    "percentagePersonen0Tot15Jaar",
    "percentagePersonen65JaarEnOuder",
    "percentageEenpersoonshuishoudens",
    "p_meergezinswoning",
)


@dataclass(frozen=True)
class Compared:
    """Another area's figure. `year` is there only when it is another year than the area's own."""

    text: str
    year: int | None = None


@dataclass(frozen=True)
class Row:
    """`text` is empty when the source suppressed the figure. `parent` and `country` are None when unknown."""

    name: str
    label: str
    text: str
    unit: str
    unit_key: str
    year: int
    parent: Compared | None
    country: Compared | None
    main: bool

    @property
    def unit_note(self) -> str:
        """The unit, where the label and the figure don't say it already."""
        return "" if self.unit_key in ("%", "people", "households") else self.unit


@dataclass(frozen=True)
class Profile:
    area: Area
    rows: list[Row]
    sources: list[str]
    country_computed: bool  # some of the country's figures are our own sums and weighted means

    @property
    def main(self) -> list[Row]:
        """The dozen figures for a short table."""
        return [row for row in self.rows if row.main]

    @property
    def headlines(self) -> list[Row]:
        """Four figures to print large."""
        found = {row.name: row for row in self.rows if row.text}
        return [found[name] for name in HEADLINES if name in found][:4]

    @property
    def has_parent(self) -> bool:
        return any(row.parent for row in self.rows)

    @property
    def has_country(self) -> bool:
        return any(row.country for row in self.rows)

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})


def profile(area: Area) -> Profile:
    """The newest figure of every indicator of the area, beside those of what it lies in and of the country.

    At most three queries. The country's figure is CBS's own when it was imported (area NL00), else computed from all
    municipalities where that is honest (`indicators.Country`)."""
    found = _newest(area)
    own = found.get(area.pk, {})
    parent = found.get(area.parent_id, {}) if area.parent_id else {}
    official = next((figures for pk, figures in found.items() if pk not in (area.pk, area.parent_id)), {})
    computed = country_figures({row.year for row in own.values()}, AreaImport.version()) if own else {}
    rows = [_row(observation, parent, official, computed) for observation in own.values()]
    return Profile(
        area=area,
        rows=rows,
        sources=sorted({observation.source for observation in own.values()}),
        country_computed=any(row.country and row.name not in official for row in rows),
    )


def _newest(area: Area) -> dict[int, dict[str, Observation]]:
    """By area (this one, its parent and the country) and indicator, in the order of the table."""
    rows = (
        Observation.objects.filter(Q(area_id__in=[area.pk, area.parent_id]) | Q(area__code="NL00"))
        .select_related("indicator")
        .order_by("indicator__position", "indicator__name", "year")
    )
    found: dict[int, dict[str, Observation]] = {}
    for row in rows:
        found.setdefault(row.area_id, {})[row.indicator.name] = row
    return found


def _row(
    own: Observation,
    parent: dict[str, Observation],
    official: dict[str, Observation],
    computed: dict[tuple[str, int], float],
) -> Row:
    name, unit = own.indicator.name, own.indicator.unit
    entry = known(name)
    country = _compared(official.get(name), own)
    if country is None and (name, own.year) in computed:
        country = Compared(figure(computed[name, own.year], unit))
    return Row(
        name=name,
        label=own.indicator.label,
        text="" if own.value is None else figure(own.value, unit),
        unit=own.indicator.unit_label,
        unit_key=unit,
        year=own.year,
        parent=_compared(parent.get(name), own),
        country=country,
        main=bool(entry and entry.main),
    )


def _compared(other: Observation | None, own: Observation) -> Compared | None:
    if other is None or other.value is None:
        return None
    year = other.year if other.year != own.year else None
    return Compared(figure(other.value, other.indicator.unit), year)


def summary(area: Area) -> dict[str, Any]:
    """What `templates/areas/summary.html` shows: `{area, profile, map}`, in at most five queries."""
    return {
        "area": area,
        "profile": profile(area),
        "map": maps.map_view(area, key=f"map-{area.code.lower()}"),
    }


@dataclass(frozen=True)
class ProjectHere:
    title: str
    url: str
    text: str
    status: str
    status_kind: str


def projects_here(area: Area, organisation: Organisation) -> list[ProjectHere]:
    """This organisation's projects in the area that have a live page: in the reader's language where there is one,
    newest first. Three queries, and Wagtail's own for addresses."""
    projects = {project.page_key: project for project in area.projects.filter(organisation=organisation)}
    pages = Page.objects.live().public().filter(translation_key__in=projects).select_related("locale")
    best: dict[Any, Page] = {}
    for page in pages:
        if page.translation_key not in best or page.locale.language_code == get_language():
            best[page.translation_key] = page
    return [
        ProjectHere(
            title=best[key].title,
            url=best[key].url,
            text=best[key].search_description,
            status=project.get_status_display(),
            status_kind="success" if project.status == "running" else "neutral",
        )
        for key, project in projects.items()
        if key in best
    ]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: the areas with a border by kind, as (code, name)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    areas = Area.objects.exclude(kind=Area.Kind.COUNTRY).exclude(geometry=None).order_by("kind", "name")
    for area in areas.only("code", "kind", "name"):
        groups.setdefault(area.get_kind_display(), []).append((area.code, area.name))
    return list(groups.items())
