"""Reads GeoJSON as CBS and PDOK publish it: municipalities, districts (wijken) or neighbourhoods (buurten).

`read()` gives plain data or raises BadFile with every problem on one line; it never touches the database.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import geojson
from .forms import AreaForm, FigureField, is_number, shown
from .geojson import BadFile, Features
from .indicators import INHABITANT_NAMES, INHABITANTS, known
from .models import Area

SOURCE = "CBS, Kadaster"
YEAR_SUFFIX = re.compile(r"(?P<name>.+?)_(?P<year>(?:19|20)\d\d)")
# Numbers that measure nothing.
NOT_FIGURES = {
    "jaar", "fid", "id", "objectid", "ogc_fid", "gid", "shape_area", "shape_length", "shape_leng",
    "meestvoorkomendepostcode", "dekkingspercentage", "indelingswijzigingwijkenenbuurten", "ind_wbi", "dek_perc",
}  # fmt: skip
# From the smallest to the largest: a file's kind is the first whose code column it has.
COLUMNS = {
    Area.Kind.NEIGHBOURHOOD: ("buurtcode", "buurtnaam"),
    Area.Kind.DISTRICT: ("wijkcode", "wijknaam"),
    Area.Kind.MUNICIPALITY: ("gemeentecode", "gemeentenaam"),
}


@dataclass
class Place:
    code: str
    name: str
    border: dict[str, Any]
    boundary_year: int | None
    figures: dict[tuple[str, int], float | None] = field(default_factory=dict)  # by indicator and year


@dataclass
class Reading:
    kind: Area.Kind
    places: list[Place]
    notes: list[str]


@dataclass(frozen=True)
class Column:
    """A property that holds figures: its name in the file, the indicator it is, and its year when it names one."""

    key: str
    indicator: str
    year: int | None


def read(content: bytes, year: int | None = None) -> Reading:
    """`year` is for figures whose year the file does not say. Raises BadFile."""
    features = geojson.features(content)
    kind = _kind(features)
    features, notes = _land_only(features)
    columns = _columns(features, kind)
    year = year or _only_year(columns, features, notes)
    reader = _Reader(kind, columns, year)
    places = [reader.place(number, feature) for number, feature in features]
    if reader.problems:
        raise BadFile(reader.problems)
    return Reading(kind, [place for place in places if place], notes)


# --- What the file is about ---------------------------------------------------------------------------


def _kind(features: Features) -> Area.Kind:
    present = {name for _number, feature in features for name in feature["properties"]}
    for kind, (code, name) in COLUMNS.items():
        if code in present:
            if name in present:
                return kind
            raise BadFile([_("the column “%(column)s” is missing") % {"column": name}])
    wanted = ", ".join(code for code, _name in reversed(COLUMNS.values()))
    raise BadFile([_("no column with codes: one of %(columns)s is needed") % {"columns": wanted}])


def _land_only(features: Features) -> tuple[Features, list[str]]:
    """CBS gives the large waters of a municipality as a second feature with the same code."""
    land = [(n, f) for n, f in features if f["properties"].get("water") not in ("JA", "B")]
    skipped = len(features) - len(land)
    if not land:
        raise BadFile([_("the file has only water, no land")])
    if not skipped:
        return land, []
    note = ngettext("%(n)s water surface was left out.", "%(n)s water surfaces were left out.", skipped)
    return land, [note % {"n": skipped}]


def _columns(features: Features, kind: Area.Kind) -> list[Column]:
    keys = dict.fromkeys(key for _number, feature in features for key in feature["properties"])
    columns = [_column(key) for key in keys if key not in sum(COLUMNS.values(), ())]
    columns = [column for column in columns if known(column.indicator) or _holds_figures(column, features)]
    problems = []
    if not any(column.indicator in INHABITANT_NAMES for column in columns):
        problems.append(_("the column “%(column)s” is missing") % {"column": INHABITANTS})
    twice = Counter((column.indicator, column.year) for column in columns)
    for (indicator, _year), times in twice.items():
        if times > 1:
            same = [c.key for c in columns if c.indicator == indicator]
            problems.append(_("columns %(columns)s are the same figure") % {"columns": ", ".join(same)})
    problems += [
        _("the column name “%(column)s” is too long or has odd characters") % {"column": shown(column.key)}
        for column in columns
        if not (0 < len(column.indicator) <= 80 and column.indicator.isprintable())
    ]
    if problems:
        raise BadFile(problems)
    return columns


def _column(key: str) -> Column:
    match = YEAR_SUFFIX.fullmatch(key)
    name, year = (match["name"], int(match["year"])) if match else (key, None)
    entry = known(name)
    return Column(key, entry.name if entry else name, year)


def _holds_figures(column: Column, features: Features) -> bool:
    """An unknown property counts when it has numbers and nothing that is neither a number nor suppressed."""
    if column.key.lower() in NOT_FIGURES:
        return False
    values = [feature["properties"].get(column.key) for _number, feature in features]
    return any(map(is_number, values)) and all(_is_figure(value) for value in values)


_figure = FigureField()


def _is_figure(value: Any) -> bool:
    try:
        _figure.clean(value)
    except ValidationError:
        return False
    return True


def _only_year(columns: list[Column], features: Features, notes: list[str]) -> int | None:
    """When some figures have no year and the file names exactly one year anywhere, it is that year."""
    dated = any(feature["properties"].get("jaar") for _number, feature in features)
    undated = [column.key for column in columns if column.year is None]
    if dated or not undated:
        return None
    years = {column.year for column in columns if column.year}
    if len(years) != 1:
        raise BadFile(
            [
                _("no year for %(columns)s: add the column “jaar” or use --year")
                % {"columns": shown(", ".join(undated))}
            ]
        )
    year = years.pop()
    notes.append(
        _("%(columns)s: no year in the file, taken as %(year)s (use --year if that is wrong).")
        % {"columns": ", ".join(undated), "year": year}
    )
    return year


# --- From features to places --------------------------------------------------------------------------


class _Reader:
    """Turns features into places and collects what is wrong with them."""

    def __init__(self, kind: Area.Kind, columns: list[Column], year: int | None) -> None:
        self.kind, self.columns, self.year = kind, columns, year
        self.problems: list[str] = []
        self.seen: dict[str, int] = {}
        self.other_system = False

    def place(self, number: int, feature: dict[str, Any]) -> Place | None:
        properties = feature["properties"]
        code, name = COLUMNS[self.kind]
        label = _("feature %(number)s") % {"number": number}
        if properties.get(code):
            label += f" ({shown(properties[code])})"
        form = AreaForm(
            {
                "code": properties.get(code),
                "name": properties.get(name),
                "year": properties.get("jaar"),
                "border": feature.get("geometry"),
            },
            self.kind,
        )
        problems = [
            *self._form_problems(form),
            *self._repeated(form, number),
            *self._strays(form, properties),
        ]
        cleaned = form.cleaned_data
        year = cleaned.get("year")
        figures = {}
        if "year" not in form.errors:
            figures = self._figures(properties, year or self.year, problems)
        self.problems += [f"{label}: {problem}" for problem in problems]
        if self.problems:
            return None
        return Place(cleaned["code"], cleaned["name"], cleaned["border"], year, figures)

    def _form_problems(self, form: AreaForm) -> Iterator[str]:
        if not form.is_valid():
            for field_name, errors in form.errors.as_data().items():
                for error in errors:
                    if error.code == "system":
                        if self.other_system:
                            continue  # the whole file is in that system: saying it once is enough
                        self.other_system = True
                    unclear = field_name == "name" and error.code == "invalid"
                    yield f"name: {error.messages[0]}" if unclear else error.messages[0]

    def _repeated(self, form: AreaForm, number: int) -> Iterator[str]:
        code = form.cleaned_data.get("code")
        if code and code in self.seen:
            yield _("this code is already used by feature %(number)s") % {"number": self.seen[code]}
        elif code:
            self.seen[code] = number

    def _strays(self, form: AreaForm, properties: dict[str, Any]) -> Iterator[str]:
        """A district's code starts with the number of its municipality; the columns must agree."""
        code, municipality = form.cleaned_data.get("code"), properties.get("gemeentecode")
        if code and municipality and str(municipality)[2:] != code[2:6]:
            yield _("its gemeentecode is “%(code)s”, which does not fit") % {"code": shown(municipality)}

    def _figures(
        self, properties: dict[str, Any], year: int | None, problems: list[str]
    ) -> dict[tuple[str, int], float | None]:
        figures = {}
        for column in self.columns:
            if column.key not in properties:
                if column.indicator in INHABITANT_NAMES:
                    problems.append(_("“%(column)s” is missing") % {"column": column.key})
                continue
            try:
                value = _figure.clean(properties[column.key])
            except ValidationError as error:
                problems.append(f"{column.key}: {error.messages[0]}")
                continue
            when = column.year or year
            if when is None:
                problems.append(_("“jaar” is missing"))
                break
            figures[column.indicator, when] = value
        return figures
