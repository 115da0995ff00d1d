"""Which other modules a script of ours imports, so that a phone asks for all of them at once: on a slow network each
step from one to the next costs it a third of a second."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

IMPORT = re.compile(r"""^(?:import|export)\b[^;"'=(]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@cache
def imported_by(path: str) -> tuple[str, ...]:
    """The names of all modules that this static file brings along, itself not among them, each once. Raises LookupError
    when one is not there."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        name = waiting.pop(0)
        for relative in IMPORT.findall(_source(name)):
            each = posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))
            if each != path and each not in found:
                found[each] = None
                waiting.append(each)
    return tuple(found)


def _source(name: str) -> str:
    where = finders.find(name)
    if where is None:
        raise LookupError(name)
    return Path(where).read_text()
