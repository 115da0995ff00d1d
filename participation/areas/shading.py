"""Five steps of colour for one indicator, with a legend that says exactly what is in each."""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.core.templatetags.oogst import number

STEPS = 5


@dataclass(frozen=True)
class Step:
    """`number` is the colour, 1 (lowest) to 5; `places` is how many areas have it."""

    number: int
    text: str
    places: int


@dataclass(frozen=True)
class Shading:
    label: str
    unit: str
    year: int
    steps: list[Step]
    step_of: dict[str, int]  # by area code; areas without a figure are not in it
    value_of: Mapping[str, float]
    text_of: dict[str, str]

    @property
    def caption(self) -> str:
        """What the colours mean, for instance "Aged 65 or older (%), 2023"."""
        unit = f" ({self.unit})" if self.unit else ""
        return f"{self.label}{unit}, {self.year}"


def shade(values: Mapping[str, float], *, label: str, unit: str, year: int) -> Shading:
    """Classes with about as many areas in each (quantiles); equal figures always share a class, so there may be
    fewer than five. The legend gives the lowest and the highest figure that is really there."""
    bounds = _upper_bounds(sorted(values.values()))
    class_of = {code: sum(value > bound for bound in bounds[:-1]) for code, value in values.items()}
    colours = _spread(len(bounds))
    steps = []
    for index, colour in enumerate(colours):
        members = [values[code] for code, found in class_of.items() if found == index]
        steps.append(Step(colour, _range(min(members), max(members), unit), len(members)))
    return Shading(
        label=label,
        unit=unit,
        year=year,
        steps=steps,
        step_of={code: colours[index] for code, index in class_of.items()},
        value_of=values,
        text_of={code: figure(value, unit) for code, value in values.items()},
    )


def figure(value: float, unit: str) -> str:
    """A figure in the reader's way of writing; a percent sign belongs to it, other units stand beside it."""
    return f"{number(value)}%" if unit == "%" else number(value)


def _upper_bounds(ordered: list[float]) -> list[float]:
    """The highest figure of each class, lowest class first."""
    distinct = sorted(set(ordered))
    if len(distinct) <= STEPS:
        return distinct
    cuts = {ordered[(len(ordered) * step - 1) // STEPS] for step in range(1, STEPS + 1)}
    return sorted(cuts | {ordered[-1]})


def _spread(classes: int) -> list[int]:
    """Which of the five colours to use: all, or fewer that are as far apart as can be."""
    if classes <= 1:
        return [3] * classes
    return [1 + round(index * (STEPS - 1) / (classes - 1)) for index in range(classes)]


def _range(low: float, high: float, unit: str) -> str:
    if low == high:
        return figure(low, unit)
    return f"{number(low)} – {figure(high, unit)}"
