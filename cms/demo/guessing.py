"""Believable answers to what is weighed or graded."""

import random
from collections import Counter

from .questions import option_keys


def points(dice: random.Random, name: str, likes: tuple[int, ...]) -> dict[str, int]:
    """A hundred points, by ten at a time."""
    given = Counter(dice.choices(option_keys(name, len(likes)), likes, k=10))
    return {each: times * 10 for each, times in given.items()}


def grade(dice: random.Random, mean: float) -> int:
    return min(5, max(1, round(dice.gauss(mean, 0.9))))


def votes(dice: random.Random, name: str, agreement: tuple[float, ...]) -> dict[str, str]:
    votes = {}
    for each, share in zip(option_keys(name, len(agreement)), agreement, strict=True):
        roll = dice.random()
        votes[each] = "pass" if roll > 0.9 else "agree" if roll < share else "disagree"
    return votes
