"""Does a text hold somebody's details? Good enough to ask "do you want others to read this?", never to forbid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?|0)[1-9](?:[ -]?\d){8}(?!\d)")
_NINE = re.compile(r"(?<![\d.,-])\d{4}[. ]?\d{2}[. ]?\d{3}(?![\d-])")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b")
# A street and a number: "Stationsstraat 12b", "Laan van Meerdervoort 3"; not "the square 200 trees".
_WAYS = "straat|laan|weg|plein|gracht|kade|dijk|hof|pad|singel|steeg|dreef|plantsoen"
_STREET = re.compile(
    rf"\b(?:\w+(?:{_WAYS})|(?:{_WAYS}) (?:van|de|der|den|het|ten)(?: (?:de|der|den|het))? \w+)"
    r",? \d{1,4}(?: ?[a-z])?(?![\w.,:]*\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """`kind` is email, phone, bsn, iban or address; `label` says it to a reader; `text` is what was found."""

    kind: str
    label: Any
    text: str


def find(text: str) -> list[Found]:
    """What looks like personal details in `text`, each fragment once, in the order it is read."""
    seen: dict[str, tuple[int, Found]] = {}
    for start, found in _matches(text):
        seen.setdefault(found.text, (start, found))
    return [found for _start, found in sorted(seen.values(), key=lambda item: item[0])]


def _matches(text: str) -> Iterator[tuple[int, Found]]:
    taken: list[range] = []
    for kind, label, pattern in (
        ("email", _("an e-mail address"), _EMAIL),
        ("iban", _("a bank account number"), _IBAN),
        ("phone", _("a phone number"), _PHONE),
        ("bsn", _("a citizen service number (BSN)"), _NINE),
        ("address", _("a postal code"), _POSTCODE),
        ("address", _("a street with a house number"), _STREET),
    ):
        for match in pattern.finditer(text):
            if any(match.start() in span for span in taken) or (kind == "bsn" and not is_bsn(match.group())):
                continue
            taken.append(range(match.start(), match.end()))
            yield match.start(), Found(kind, label, match.group().strip())


def is_bsn(text: str) -> bool:
    """Nine digits that pass the "elfproef": 9a+8b+...+2h-i divides by eleven (Besluit BSN, art. 1)."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 9 or not any(digits):
        return False
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0
