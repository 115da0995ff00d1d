"""Which templates ask a kind of question and draw its results: its own when there are, else the default ones."""

import math
from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def ask_templates(kind: str) -> list[str]:
    return [f"surveys/kinds/{kind}/ask.html", "surveys/kinds/default_ask.html"]


@register.filter
def results_templates(kind: str) -> list[str]:
    return [f"surveys/kinds/{kind}/results.html", "surveys/kinds/default_results.html"]


@register.filter
def dots(points: Sequence[tuple[float, float, int]], picture: dict[str, Any]) -> list[dict[str, int]]:
    """The points of a chart in the units of its picture, the largest first so that all are seen."""
    wide, high = picture["width"], picture["height"]
    most = max((n for _x, _y, n in points), default=1)
    return [
        {"x": round(x * wide), "y": round(y * high), "r": round(wide * (0.01 + 0.025 * math.sqrt(n / most)))}
        for x, y, n in sorted(points, key=lambda point: -point[2])
    ]
