"""What an editor chooses in blocks, beside Wagtail's own choosers."""

from typing import Any

from django import forms
from wagtail import blocks

from participation.areas import queries


class AreaChoiceBlock(blocks.FieldBlock):
    """An area of this installation by its code. Whether it still has a map is seen when it is shown."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=required,
            max_length=12,
            help_text=help_text,
            widget=forms.Select(choices=_areas),  # type: ignore[arg-type]
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "site"
        default = ""


def _areas() -> list[Any]:
    return [("", "---------"), *queries.choices()]
