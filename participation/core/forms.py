"""Form fields for what residents type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .text import MAX_LENGTH, clean_text


class PlainTextField(forms.CharField):
    """Plain text as `clean_text` keeps it. Line ends are counted as browsers count them: one each."""

    def __init__(self, *, most: int = MAX_LENGTH, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most
        self.widget.attrs.setdefault("maxlength", str(most))
        # clean_text says the same in words residents understand.
        self.validators = []

    def to_python(self, value: Any) -> str:
        if not isinstance(value, str):
            if value in self.empty_values:
                return ""
            raise ValidationError(self.error_messages["required"], code="invalid")
        return clean_text(value, self.most)
