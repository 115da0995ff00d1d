"""The registry by which every app hands over or erases what one participant left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction


@dataclass(frozen=True)
class Holder:
    """One app's promise: `export(participant)` gives plain data, `erase(participant)` removes or blanks it."""

    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], int]


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    _holders[holder.name] = holder


def export(participant: Any) -> dict[str, Any]:
    """Everything we hold of this participant, by app."""
    return {name: holder.export(participant) for name, holder in sorted(_holders.items())}


@transaction.atomic
def erase(participant: Any) -> dict[str, int]:
    """Erase everywhere or nowhere; gives the number of rows per app."""
    return {name: holder.erase(participant) for name, holder in sorted(_holders.items())}
