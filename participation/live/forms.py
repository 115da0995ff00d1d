"""Every message of a phone or a console passes one of these forms. JSON types are taken strictly: "1" is no number."""

import uuid
from functools import cache
from typing import Any

from django import forms
from django.db.models import BigIntegerField

from participation.core.errors import Invalid

from . import seats
from .models import Attendance
from .protocol import storable

MOST_STEPS = 999  # of which a page's address can name one
NOTE_LENGTH = 500  # of a note on a wall or a question to the stage, by socket and by POST


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError("text", code="invalid")
        return super().to_python(value)  # type: ignore[return-value]


class StrictField(forms.Field):
    """Has no validators besides its own two steps: asking for them takes as long as those."""

    def clean(self, value: Any) -> Any:
        value = self.to_python(value)
        self.validate(value)
        return value


class KeyField(StrictField):
    """A UUID, as text."""

    def to_python(self, value: Any) -> uuid.UUID | None:
        if value in self.empty_values:
            return None
        try:
            return uuid.UUID(value)
        except (ValueError, TypeError, AttributeError):
            raise forms.ValidationError("key", code="invalid") from None


def whole(text: str, most: int = 999_999) -> int | None:
    """The number, from 0, that these digits say; None when it is none, or more than `most`."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if is_number and int(text) <= most else None


def row_ids(text: str) -> list[int]:
    """The id of a row that a command names, as a list of one; empty when no row can have it."""
    number = whole(text, BigIntegerField.MAX_BIGINT)
    return [] if number is None else [number]


class WholeNumberField(StrictField):
    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value is None:
            return None
        if type(value) is not int or not self.least <= value <= self.most:
            raise forms.ValidationError("number", code="invalid")
        return value


class FlagField(StrictField):
    """Left out, where that is allowed, it is false."""

    def to_python(self, value: Any) -> bool:
        if value is None and not self.required:
            return False
        if not isinstance(value, bool):
            raise forms.ValidationError("flag", code="invalid")
        return value

    def validate(self, value: bool) -> None:
        """False is an answer too."""


class AnythingField(StrictField):
    """Plain JSON that another form judges; here only that it can be kept."""

    def validate(self, value: Any) -> None:
        if not storable(value):
            raise forms.ValidationError("text", code="invalid")


class SeatField(WholeNumberField):
    """Which of the people on this phone."""

    def __init__(self) -> None:
        super().__init__(least=0, most=seats.MOST - 1, required=False)


class HelloForm(forms.Form):
    v = WholeNumberField(least=0, most=2**31, required=False)
    seen = WholeNumberField(least=0, most=2**62, required=False)
    lang = TextField(max_length=12, required=False)
    seat = SeatField()


class AnswerForm(forms.Form):
    id = KeyField()
    question = KeyField()
    value = AnythingField(required=False)
    seat = SeatField()


class ContributeForm(forms.Form):
    id = KeyField()
    thread = TextField(max_length=40)
    text = TextField(max_length=NOTE_LENGTH)
    name = TextField(max_length=60, required=False)
    seat = SeatField()


class SupportForm(forms.Form):
    id = KeyField()
    contribution = TextField(max_length=40)
    on = FlagField()
    seat = SeatField()


class MeForm(forms.Form):
    id = KeyField()
    seat = SeatField()
    name = TextField(max_length=200, required=False)  # the action says how long a nickname may be
    given_by = TextField(max_length=10, required=False)
    people = WholeNumberField(least=1, most=Attendance.MOST_PEOPLE, required=False)


class TakeSeatForm(forms.Form):
    id = KeyField()
    step = KeyField()
    table = TextField(max_length=40, required=False)
    seat = SeatField()


class TakeNotesForm(forms.Form):
    id = KeyField()
    step = KeyField()
    on = FlagField()
    seat = SeatField()


class CaptionsForm(forms.Form):
    on = FlagField()


class CommandForm(forms.Form):
    id = KeyField()
    name = TextField(max_length=40)
    args = AnythingField(required=False)

    def clean_args(self) -> dict[str, Any]:
        args = self.cleaned_data["args"]
        if args is None:
            return {}
        if not isinstance(args, dict):
            raise forms.ValidationError("args", code="invalid")
        return args


@cache
def _is_plain(form_class: type[forms.Form]) -> bool:
    """No rule of it looks further than one field. Then it needs no instance, which costs more than the judging."""
    own = any(hasattr(form_class, f"clean_{name}") for name in form_class.base_fields)
    return form_class.clean is forms.Form.clean and not own


def read(form_class: type[forms.Form], data: dict[str, Any]) -> dict[str, Any]:
    """The cleaned data. Raises Invalid."""
    if _is_plain(form_class):
        try:
            return {name: field.clean(data.get(name)) for name, field in form_class.base_fields.items()}
        except forms.ValidationError:
            raise Invalid from None
    form = form_class(data)
    if not form.is_valid():
        raise Invalid
    return form.cleaned_data
