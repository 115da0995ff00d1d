"""The registry by which every app hands over or erases what one participant left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction


@dataclass(frozen=True)
class Holder:
    """One app's promise: `export(participant)` gives plain data, `erase(participant)` removes or blanks it. `early`: it
    erases before others, whose rows say what of it there is."""

    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], int]
    early: bool = False


_holders: dict[str, Holder] = {}
_companions: list[Callable[[Any], list[Any]]] = []


def register(holder: Holder) -> None:
    _holders[holder.name] = holder


def register_companions(find: Callable[[Any], list[Any]]) -> None:
    """`find(participant)` gives the other people who took part on the same phone."""
    _companions.append(find)


def companions(participant: Any) -> list[Any]:
    """The other people on this participant's phone: who has the phone sees, takes along and erases theirs as well."""
    return [other for find in _companions for other in find(participant)]


def export(participant: Any) -> dict[str, Any]:
    """Everything we hold of this participant, by app."""
    return {name: holder.export(participant) for name, holder in sorted(_holders.items())}


@transaction.atomic
def erase(participant: Any) -> dict[str, int]:
    """Erase everywhere or nowhere; gives the number of rows per app."""
    holders = sorted(_holders.items(), key=lambda item: (not item[1].early, item[0]))
    return {name: holder.erase(participant) for name, holder in holders}
