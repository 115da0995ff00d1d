"""Scripts that are ready to use: an editor begins a session with one and changes what does not fit. Plain data, a file
for each; their words are written in both languages here, because they become an editor's own."""

from . import choosing, evaluation, needs, neighbourhood, tour
from .writing import Say, Script

SCRIPTS: dict[str, Script] = {
    each.slug: each
    for each in (needs.SCRIPT, neighbourhood.SCRIPT, choosing.SCRIPT, evaluation.SCRIPT, tour.SCRIPT)
}

__all__ = ["SCRIPTS", "Say", "Script"]
