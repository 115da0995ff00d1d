"""Pairs of items: in which order they are asked, and who gets which."""

from collections.abc import Sequence

SAME = "same"
BETWEEN = "|"


def pair_key(one: str, other: str) -> str:
    """The same for both orders."""
    return BETWEEN.join(sorted((one, other)))


def all_pairs(keys: Sequence[str]) -> list[tuple[str, str]]:
    """Every pair once, in rounds in which each item comes once (or is free), as in a competition. Who comes first in a
    pair changes with the round, so that nothing stands first all the time."""
    wheel: list[str | None] = [*keys, *([None] if len(keys) % 2 else [])]
    half, found = len(wheel) // 2, []
    for turn in range(len(wheel) - 1):
        for one, other in zip(wheel[:half], reversed(wheel[half:]), strict=True):
            if one is not None and other is not None:
                found.append((one, other) if turn % 2 else (other, one))
        wheel = [wheel[0], wheel[-1], *wheel[1:-1]]
    return found


def some_pairs(
    keys: Sequence[str], most: int, start: int, first: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """At most `most` pairs: those with their key in `first`, and then a run of the others beginning at `start`."""
    pairs = all_pairs(keys)
    start %= len(pairs) or 1
    turned = [*pairs[start:], *pairs[:start]]
    return sorted(turned, key=lambda pair: pair_key(*pair) not in first)[:most]
