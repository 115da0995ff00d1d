"""What one place in a file must look like."""

import math
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.core.text import clean_text

from . import geometry
from .models import Area

SUPPRESSED = ("", ".", "-", "x", "X")
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,15})?")

# The columns of each kind, as PDOK names them, and the form of its codes.
CODES = {
    Area.Kind.MUNICIPALITY: r"GM[0-9]{4}",
    Area.Kind.DISTRICT: r"WK[0-9]{4}[0-9A-Z]{2}",
    Area.Kind.NEIGHBOURHOOD: r"BU[0-9]{4}[0-9A-Z]{4}",
}


def shown(value: Any) -> str:
    """A stranger's value inside a message: short, on one line, without control characters."""
    text = "".join(c if c.isprintable() else "�" for c in str(value)[:60])
    return text if len(text) <= 40 else f"{text[:40]}…"


class FigureField(forms.Field):
    """A figure, or None where CBS suppressed it: null, "", "." or a negative number such as -99997."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> float | None:
        if value is None or (isinstance(value, str) and value.strip() in SUPPRESSED):
            return None
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            value = float(value.strip().replace(",", "."))
        if not is_number(value):
            raise ValidationError(_("“%(value)s” is not a number"), params={"value": shown(value)})
        return None if value < 0 else float(value)


def is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e15 if isinstance(value, int) else math.isfinite(value)


class TextField(forms.CharField):
    """Text that really is text: a number or a list is not taken for a name."""

    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise ValidationError(_("“%(value)s” is not a text"), "invalid", {"value": shown(value)})
        text = super().to_python(value) or ""
        return clean_text(text).replace("\n", " ")


class BorderField(forms.Field):
    def to_python(self, value: Any) -> dict[str, Any]:
        try:
            return geometry.clean(value)
        except geometry.BadGeometry as bad:
            raise ValidationError(str(bad), code="system" if bad.system else "invalid")


class AreaForm(forms.Form):
    """One feature: its code, name, parent's codes, year and border."""

    code = TextField(max_length=12, error_messages={"required": _("the code is missing")})
    name = TextField(
        max_length=120,
        error_messages={
            "required": _("the name is missing"),
            "max_length": _("the name is longer than %(limit_value)s characters"),
        },
    )
    year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=2100,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("“jaar” is not a year")),
    )
    border = BorderField(required=False)

    def __init__(self, data: dict[str, Any], kind: Area.Kind) -> None:
        super().__init__(data)
        self.kind = kind

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not re.fullmatch(CODES[self.kind], code):
            example = {"gemeente": "GM0995", "wijk": "WK099501", "buurt": "BU09950101"}[self.kind]
            raise ValidationError(
                _("“%(code)s” is not a code as CBS writes it, such as %(example)s"),
                params={"code": shown(code), "example": example},
            )
        return code


class MapForm(forms.Form):
    """What a reader of an area's page may choose: how much is on the map, and which figure colours it. A choice that
    is not there is no error: an old link shows the default, the first."""

    VIEWS = (("around", _("Surroundings")), ("inside", _("Districts")), ("country", _("Whole country")))

    view = forms.ChoiceField(choices=VIEWS, required=False)
    indicator = forms.CharField(required=False, max_length=80)

    def chosen(self, field: str, offered: list[str]) -> str:
        self.is_valid()
        choice = self.cleaned_data.get(field)
        return choice if choice in offered else next(iter(offered), "")
