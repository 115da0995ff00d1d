"""Every message of a phone or a console passes one of these forms. JSON types are taken strictly: "1" is no number."""

import uuid
from typing import Any

from django import forms

from participation.core.errors import Invalid

from .protocol import storable

NOTE_LENGTH = 500  # of a note on a wall or a question to the stage, by socket and by POST


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError("text", code="invalid")
        return super().to_python(value)  # type: ignore[return-value]


class KeyField(forms.Field):
    """A UUID, as text."""

    def to_python(self, value: Any) -> uuid.UUID | None:
        if value in self.empty_values:
            return None
        try:
            return uuid.UUID(value)
        except (ValueError, TypeError, AttributeError):
            raise forms.ValidationError("key", code="invalid") from None


class WholeNumberField(forms.Field):
    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value is None:
            return None
        if type(value) is not int or not self.least <= value <= self.most:
            raise forms.ValidationError("number", code="invalid")
        return value


class FlagField(forms.Field):
    def to_python(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise forms.ValidationError("flag", code="invalid")
        return value

    def validate(self, value: bool) -> None:
        """False is an answer too."""


class AnythingField(forms.Field):
    """Plain JSON that another form judges; here only that it can be kept."""

    def validate(self, value: Any) -> None:
        if not storable(value):
            raise forms.ValidationError("text", code="invalid")


class HelloForm(forms.Form):
    v = WholeNumberField(least=0, most=2**31, required=False)
    seen = WholeNumberField(least=0, most=2**62, required=False)
    lang = TextField(max_length=12, required=False)


class AnswerForm(forms.Form):
    id = KeyField()
    question = KeyField()
    value = AnythingField(required=False)


class ContributeForm(forms.Form):
    id = KeyField()
    thread = TextField(max_length=40)
    text = TextField(max_length=NOTE_LENGTH)
    name = TextField(max_length=60, required=False)


class SupportForm(forms.Form):
    id = KeyField()
    contribution = TextField(max_length=40)
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


def read(form_class: type[forms.Form], data: dict[str, Any]) -> dict[str, Any]:
    """The cleaned data. Raises Invalid."""
    form = form_class(data)
    if not form.is_valid():
        raise Invalid
    return form.cleaned_data
