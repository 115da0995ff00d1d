"""GeoJSON from outside: from bytes to a list of features, in longitude and latitude. Knows nothing of CBS.

Problems are raised as BadFile, with a line each.
"""

import json
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.core.errors import Invalid

from .forms import shown

MOST_PROBLEMS = 20
CRS_NAMES = re.compile(r"(urn:ogc:def:crs:)?(OGC:[\d.]*:?CRS84|EPSG:[\d.]*:?4326)", re.IGNORECASE)
Features = list[tuple[int, dict[str, Any]]]  # the number in the file, from 1, and the feature


class BadFile(Invalid):
    """Nothing was read. `problems` has one line each; more than MOST_PROBLEMS are counted, not listed."""

    def __init__(self, problems: list[str]) -> None:
        self.count = len(problems)
        shown_problems = problems[:MOST_PROBLEMS]
        more = self.count - len(shown_problems)
        if more:
            shown_problems.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
        self.problems = shown_problems
        super().__init__("\n".join(shown_problems))


def features(content: bytes) -> Features:
    """Every feature is an object with properties; its geometry is not looked at yet."""
    return _features(_document(_text(content)))


def _text(content: bytes) -> str:
    if not content.strip():
        raise BadFile([_("the file is empty")])
    if b"\0" in content[:4096]:
        raise BadFile([_("this is not a text file; export it as GeoJSON in UTF-8")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile([_("line %(line)s: this is not UTF-8; save the file as UTF-8") % {"line": line}])


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        if error.pos >= len(text.rstrip()):
            raise BadFile([_("line %(line)s, column %(column)s: the file stops halfway") % place])
        raise BadFile([_("line %(line)s, column %(column)s: this is not JSON") % place])
    except RecursionError:
        raise BadFile([_("the JSON is nested too deeply to be a map")])
    except ValueError:
        raise BadFile([_("the file has a number that is too long")])
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        found = document.get("type") if isinstance(document, dict) else None
        text = _("this is not a GeoJSON FeatureCollection but “%(found)s”") % {"found": shown(found)}
        raise BadFile([text if found else _("this is not a GeoJSON FeatureCollection")])
    _check_crs(document.get("crs"))
    return document


def _check_crs(crs: Any) -> None:
    """GeoJSON before RFC 7946 could name another coordinate system."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and CRS_NAMES.fullmatch(name.strip()):
        return
    text = _("the coordinate system is “%(found)s”; save the file with longitude and latitude (EPSG:4326)")
    if isinstance(name, str) and re.search(r"28992|amersfoort|rd_?new", name, re.IGNORECASE):
        text = _(
            "the coordinate system is “%(found)s”, RD (EPSG:28992); save the file with longitude and latitude "
            "(EPSG:4326)"
        )
    raise BadFile([text % {"found": shown(name or crs)}])


def _features(document: dict[str, Any]) -> Features:
    found = document.get("features")
    if not isinstance(found, list):
        raise BadFile([_("the file has no list of features")])
    if not found:
        raise BadFile([_("the file has no areas: the list of features is empty")])
    problems = [
        _("feature %(number)s: this is not a GeoJSON Feature with properties") % {"number": number}
        for number, feature in enumerate(found, 1)
        if not _is_feature(feature)
    ]
    if problems:
        raise BadFile(problems)
    return list(enumerate(found, 1))


def _is_feature(feature: Any) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.get("properties"), dict)
    )
