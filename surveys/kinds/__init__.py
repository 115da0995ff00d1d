"""Kinds of question: every module of this folder with a `kind` in it."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .base import Kind


@cache
def all_kinds() -> dict[str, Kind]:
    """slug -> kind, in the order of the files' names."""
    found = {}
    for module in iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "kind", None)
        if kind is not None:
            found[kind.slug] = kind
    return found


def get(slug: str) -> Kind:
    """Raises KeyError when no file makes this kind."""
    return all_kinds()[slug]


def in_own_words() -> list[str]:
    """The kinds whose answers people write or say themselves."""
    return [slug for slug, kind in all_kinds().items() if kind.is_text or kind.is_written]
