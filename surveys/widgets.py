"""Native controls for answers of several parts. No widget needs JavaScript."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import localize_input


class ScaleSelect(forms.RadioSelect):
    """Radio buttons side by side: numbers with the words of both ends above them and perhaps one choice that stands
    `apart`, or a few `words`."""

    template_name = "surveys/widgets/scale.html"

    def __init__(
        self, *, low: str = "", high: str = "", apart: str = "", words: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.low, self.high, self.apart, self.words = low, high, apart, words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(low=self.low, high=self.high, apart=self.apart, words=self.words)
        return context


class UnitInput(forms.TextInput):
    """A number with its unit behind it. A text field, because `type=number` throws away what it doesn't like."""

    template_name = "surveys/widgets/unit.html"

    def __init__(self, unit: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = unit

    def format_value(self, value: Any) -> str | None:
        # A stored number in the reader's notation; what somebody typed as they typed it.
        return localize_input(value) if isinstance(value, int | float) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


@dataclass(frozen=True)
class Part:
    """One set of radio buttons of a question. `path` is where its value goes in the answer."""

    path: tuple[str, ...]
    legend: Any  # a text, perhaps translated later
    widget: forms.RadioSelect

    def name(self, name: str) -> str:
        return "-".join((name, *self.path))


class PartsSelect(forms.Widget):
    """Several sets of radio buttons, in groups with a title (or none). The value is a dict, a level for each step of a
    part's path; what is not chosen is not in it."""

    template_name = "surveys/widgets/parts.html"
    use_fieldset = True

    def __init__(
        self, groups: Iterable[tuple[str, Sequence[Part]]], attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.groups = list(groups)
        self.parts = [part for _title, parts in self.groups for part in parts]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        first = context["widget"]["attrs"].get("id", name)
        context["widget"]["groups"] = [
            {
                "title": title,
                "parts": [
                    {
                        "legend": part.legend,
                        "path": " ".join(part.path),  # for scripts: where its value goes in the answer
                        "widget": part.widget.get_context(
                            part.name(name), _value_at(value, part.path), {"id": part.name(first)}
                        )["widget"],
                    }
                    for part in parts
                ],
            }
            for title, parts in self.groups
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in self.parts:
            value = data.get(part.name(name))
            if value:
                place = found
                for step in part.path[:-1]:
                    place = place.setdefault(step, {})
                place[part.path[-1]] = value
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(part.name(name) in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{self.parts[0].name(id_)}_0" if id_ and self.parts else id_


def _value_at(value: Any, path: Iterable[str]) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


class Places(dict):
    """What the selects of a ranking hold: `{option key: place as typed}`. Only a form makes one."""


class PlacesSelect(forms.Widget):
    """A select per option, with its place."""

    template_name = "surveys/widgets/places.html"
    use_fieldset = True

    def __init__(
        self, options: Iterable[dict[str, str]], most: int, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.options, self.most = list(options), most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if not isinstance(value, Places):
            value = Places({key: str(place) for place, key in enumerate(value or [], 1)})
        context["widget"].update(
            places=[str(place) for place in range(1, self.most + 1)],
            rows=[
                {
                    "key": option["key"],
                    "name": f"{name}-{option['key']}",
                    "id": f"{context['widget']['attrs'].get('id', name)}-{option['key']}",
                    "label": option["label"],
                    "place": value.get(option["key"], ""),
                }
                for option in self.options
            ],
        )
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Places:
        typed = {option["key"]: data.get(f"{name}-{option['key']}") for option in self.options}
        return Places({key: place for key, place in typed.items() if place})

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{option['key']}" in data for option in self.options)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-{self.options[0]['key']}" if id_ and self.options else id_
