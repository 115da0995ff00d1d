"""What a view may see of a conversation in small groups, in one reader's language. No query here."""

import re
from collections import defaultdict
from typing import Any
from urllib.parse import quote

from .models import Session, Step
from .tables import name_of, names_of

MOST_TOGETHER = 200  # notes that are brought together, of all tables,
LEAST_TOGETHER = 5  # but so many of each

_NOT_DIALLED = re.compile(r"[^0-9+,#*]")

Place = tuple[int, bool]  # somebody's table, and whether they take its notes


def tally(
    found: dict[str, Any],
    session: Session,
    step: Step,
    language: str,
    *,
    at: Place | None,
    all_notes: bool,
    together: bool,
) -> dict[str, Any]:
    """`at`: whose screen it is, when they sit somewhere. `together`: the notes of all tables are there for everybody;
    with `all_notes` every one of them."""
    names = names_of(session, step, language)
    called = {each["pk"]: names.get(each["key"]) or each["name"] for each in found["tables"]}
    labels = {each["pk"]: name_of(each["number"], called[each["pk"]], language) for each in found["tables"]}
    by_table = _by_table(found)
    most = max(LEAST_TOGETHER, MOST_TOGETHER // max(len(labels), 1))
    if all_notes or not together:
        most = len(found["texts"]) if all_notes else 0
    shape: dict[str, Any] = {
        "tables": [
            {
                "label": labels[table["pk"]],
                **{name: table[name] for name in ("id", "number", "people", "has_note_taker", "n")},
            }
            for table in found["tables"]
        ],
        "texts": [text for table in found["tables"] for text in by_table[table["id"]][:most]],
        "clusters": found["clusters"] if most else [],
        "own": None,
    }
    for table in found["tables"]:
        if at is not None and table["pk"] == at[0]:
            place = (labels[table["pk"]], called[table["pk"]], at[1])
            shape["own"] = _own(table, by_table[table["id"]], *place)
    return shape


def _by_table(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Each text says in which group it was put, if it was."""
    groups = {each["id"]: each["name"] for each in found["clusters"]}
    texts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for text in found["texts"]:
        texts[text["table"]].append({**text, "group": groups.get(text["cluster"], "")})
    return texts


def _own(
    table: dict[str, Any], texts: list[dict[str, Any]], label: str, name: str, takes_notes: bool
) -> dict[str, Any]:
    names = ("id", "number", "link", "phone", "people", "nicknames", "has_note_taker", "note_taker", "n")
    return {
        "label": label,
        "name": name,
        **{each: table[each] for each in names},
        "dial": f"tel:{quote(_NOT_DIALLED.sub('', table['phone']), safe='+,')}" if table["phone"] else "",
        "takes_notes": takes_notes,
        "texts": texts,
    }
