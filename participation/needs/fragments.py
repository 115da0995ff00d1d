"""A quote must stand in its source, word for word."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .models import Evidence

_QUOTATION_MARKS = "\"'“”„‘’‚«»"


@dataclass(frozen=True)
class Part:
    """A stretch of a source's text; `evidence` is set when it is quoted."""

    text: str
    evidence: Evidence | None = None


def find(text: str, fragment: str) -> tuple[int, str] | None:
    """Where the fragment begins and how it stands in the text, or None when it isn't there.

    Only blanks, line ends and quotation marks around it may differ: a selection or a retyped line loses those.
    """
    fragment = unicodedata.normalize("NFC", fragment).strip()
    for wanted in (fragment, fragment.strip(_QUOTATION_MARKS)):
        words = wanted.split()
        if not words:
            continue
        match = re.search(r"\s+".join(map(re.escape, words)), text)
        if match:
            return match.start(), match.group()
    return None


def stands_in(evidence: Evidence, text: str) -> bool:
    """False when the resident changed or took back the words since they were quoted."""
    return evidence.quote in text


def parts(text: str, quotes: Iterable[Evidence]) -> list[Part]:
    """The text cut at its quotes. Of overlapping quotes the first keeps its place, the others begin after it."""
    found: list[Part] = []
    at = 0
    for evidence in sorted(quotes, key=lambda each: (each.start, -len(each.quote))):
        end = evidence.start + len(evidence.quote)
        start = max(at, evidence.start)
        if end <= start or text[evidence.start : end] != evidence.quote:
            continue
        if start > at:
            found.append(Part(text[at:start]))
        found.append(Part(text[start:end], evidence))
        at = end
    if at < len(text):
        found.append(Part(text[at:]))
    return found
