"""What a facilitator does in the room. Each command is one function in these files, with the form of its arguments."""

from . import (  # noqa: F401  (each registers its commands)
    captioning,
    changing,
    cloud,
    clusters,
    counting,
    moving,
    pacing,
    people,
    rehearsing,
    steps,
    talking,
    texts,
)
from .registry import COMMANDS, command

__all__ = ["COMMANDS", "command"]
