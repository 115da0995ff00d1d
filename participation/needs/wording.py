"""Hints for a need's sentence: it says what people want to reach, not how."""

import re

# Dutch words that also end a compound: "computercursus", "buurtfestival".
_ENDINGS = (
    "cursus|cursussen|training|trainingen|workshop|workshops|evenement|evenementen|festival|festivals|website|"
    "websites|spreekuur|spreekuren|bijeenkomst|bijeenkomsten|campagne|campagnes|platform|platforms|lezing|lezingen"
)
# Short or English words: only on their own.
_WHOLE = (
    "app|apps|les|lessen|club|clubs|event|events|course|courses|class|classes|program|programme|"
    "campaign|campaigns|lecture|lectures|project|projecten"
)
_SOLUTION = re.compile(rf"\b(?:\w*?(?:{_ENDINGS})|{_WHOLE})\b", re.IGNORECASE)


def solution_in(sentence: str) -> str:
    """The first word that names a solution ("cursus", "app", "event"), or "" when the sentence names none."""
    match = _SOLUTION.search(sentence)
    return match.group() if match else ""


# "Ik heet Fatima", "mevrouw De Vries": a name is announced. A bare capital says too little to warn about.
_NAME = re.compile(
    r"\b(?:(?i:ik heet|mijn naam is|hij heet|zij heet|my name is|called|meneer|mevrouw|dhr\.?|mevr\.?|mw\.?|mrs?\.?|ms\.?))"
    r"\s+(?:(?:van|de|den|der|het|ter|ten|el|al)\s+)*[A-ZÀ-Þ][\w'-]+"
)


def name_in(text: str) -> str:
    """What looks like somebody's name, with the words that announce it; "" when nothing does."""
    match = _NAME.search(text)
    return match.group() if match else ""
