"""An organisation's own colours and letters: custom properties of NL Design System and nothing else.

`read` gives what was pasted as names and values, or says what it can't take. `too_pale` checks the pairs on which
reading depends against WCAG 2.2 (1.4.3: 4.5 to 1 for text, 1.4.11: 3 to 1 for edges of fields).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_CHARACTERS = 20_000
LINE = re.compile(r"(--[a-z][a-z0-9-]{1,80})\s*:\s*([^;:{}]{1,200});?")
VALUE = re.compile(r"[\w\s#%.,()\"'/+*-]+")
FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "var", "calc", "min", "max", "clamp"}
FUNCTION = re.compile(r"([\w-]+)\s*\(")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
REFERENCE = re.compile(r"var\(\s*(--[a-z0-9-]+)\s*(?:,\s*(.+))?\)")


@dataclass(frozen=True)
class Pair:
    """`front` must stand out against `back`; `what` says where it is seen."""

    front: str
    back: str
    what: Any
    least: float = 4.5


PAIRS = (
    Pair("default-color-document", "default-bg-document", gettext_lazy("text on cards")),
    Pair("default-color-document", "default-bg-subtle", gettext_lazy("text on the page")),
    Pair("default-color-subtle", "default-bg-subtle", gettext_lazy("quiet text on the page")),
    Pair("action-1-inverse-color-default", "action-1-inverse-bg-default", gettext_lazy("words on buttons")),
    Pair(
        "action-1-inverse-color-hover",
        "action-1-inverse-bg-hover",
        gettext_lazy("words on buttons under the pointer"),
    ),
    Pair("accent-1-color-default", "default-bg-subtle", gettext_lazy("accents on the page")),
    Pair("action-2-color-default", "default-bg-subtle", gettext_lazy("links on the page")),
    Pair("default-border-default", "default-bg-document", gettext_lazy("edges of fields"), 3),
)


def read(text: str) -> dict[str, str]:
    """Names and values of `--name: value;` lines. Raises ValidationError naming the first line it can't take."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("This is too long. A theme has a few hundred lines at most."))
    found = {}
    for number, line in enumerate(_without_comments(text).splitlines(), start=1):
        line = line.strip()
        if line:
            name, value = _property(number, line)
            found[name] = value
    return found


def _without_comments(text: str) -> str:
    """Line numbers stay what they are."""
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


def _property(number: int, line: str) -> tuple[str, str]:
    match = LINE.fullmatch(line)
    if match is None:
        raise ValidationError(
            _("Line %(number)s is not a custom property. Each line is like “--basis-color-x: #1f5a43;”.")
            % {"number": number}
        )
    name, value = match.group(1), match.group(2).strip()
    called = {function.lower() for function in FUNCTION.findall(value)}
    if not VALUE.fullmatch(value) or value.count("(") != value.count(")") or not called <= FUNCTIONS:
        raise ValidationError(
            _("Line %(number)s has a value we don't take: only colours, sizes and names of fonts.")
            % {"number": number}
        )
    if value.count('"') % 2 or value.count("'") % 2:
        raise ValidationError(_("Line %(number)s has a quote that is not closed.") % {"number": number})
    return name, value


def too_pale(properties: Mapping[str, str]) -> list[str]:
    """A sentence for each pair that can't be read well with these properties over the house theme's."""
    whole = {**house_theme(), **properties}
    found = []
    for pair in PAIRS:
        front, back = (colour(f"--basis-color-{each}", whole) for each in (pair.front, pair.back))
        if front is None or back is None:
            found.append(
                _("We can't check %(what)s. Write the colour as #1f5a43 or rgb(31 90 67).")
                % {"what": pair.what}
            )
        elif contrast(front, back) < pair.least:
            found.append(
                _("Contrast of %(what)s is %(ratio).1f to 1. It has to be %(least)s to 1: make one darker.")
                % {"what": pair.what, "ratio": contrast(front, back), "least": pair.least}
            )
    return found


@cache
def house_theme() -> dict[str, str]:
    """The custom properties of `static/theme/oogst.css`, of the light theme."""
    text = _without_comments((settings.BASE_DIR / "static" / "theme" / "oogst.css").read_text())
    block = text[text.index(".oogst-theme {") :].split("}", 1)[0]
    return {name: value.strip() for name, value in LINE.findall(block)}


Colour = tuple[float, float, float]


def colour(name: str, properties: Mapping[str, str], depth: int = 0) -> Colour | None:
    """Red, green and blue from 0 to 255 of a property, through references. None when it can't be told."""
    value = properties.get(name, "").strip()
    reference = REFERENCE.fullmatch(value)
    if reference:
        other = reference.group(1)
        if depth < 8 and other in properties:
            return colour(other, properties, depth + 1)
        return parse(reference.group(2) or "")
    return parse(value)


def parse(value: str) -> Colour | None:
    """`#abc`, `#aabbcc` and `rgb(...)` without transparency."""
    value = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)
    match = re.fullmatch(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", value)
    if match and all(int(part) <= 255 for part in match.groups()):
        red, green, blue = (int(part) for part in match.groups())
        return red, green, blue
    return None


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """WCAG's relative luminance of an sRGB colour."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def style_sheet(theme_class: str, properties: Mapping[str, str]) -> str:
    """What is served: one rule, for the class on `<html>`."""
    lines = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f".oogst-theme.{theme_class} {{\n{lines}}}\n"
