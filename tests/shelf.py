"""What takes long to make in a database is made once for each process, and put back as it was after that: the rows that
migrations made, an organisation with its pages.

Rows are kept as the database's own literals, so that nothing is lost on the way through Python; no signal is sent when
they are put back."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.cache import cache as page_cache
from django.db import connection, transaction

Rows = dict[str, frozenset[str]]  # table -> its rows, as literals

_floor: Rows = {}
_made: dict[Any, tuple[Rows, Rows, Any]] = {}


# --- The floor: what migrations put in the database -------------------------------------------------


def remember_floor() -> None:
    _floor.update(_rows(_tables()))
    _made.clear()


def sweep() -> None:
    """Behind a test with real transactions: the next one finds what migrations put there."""
    _put_back(_floor)


# --- What is made once ------------------------------------------------------------------------------


def ready(make: Callable[..., Any], **how: Any) -> Any:
    """What `make(**how)` gives, from the shelf when the database is as it was before the first time."""
    key = (make, *sorted(how.items()))
    before, after, made = _made.get(key, ({}, {}, None))
    if made is not None and _rows(before) == before:
        _put_back(after)
        page_cache.clear()
        return type(made).objects.get(pk=made.pk)
    return make(**how) if made is not None else _first(key, make, how)


def _first(key: Any, make: Callable[..., Any], how: dict[str, Any]) -> Any:
    before = _rows(_tables())
    made = make(**how)
    after = _rows(_tables())
    changed = [table for table in before if before[table] != after[table]]
    _made[key] = ({each: before[each] for each in changed}, {each: after[each] for each in changed}, made)
    return made


# --- Rows -------------------------------------------------------------------------------------------


@cache
def _columns() -> dict[str, list[str]]:
    """Of every table that Django knows, but the index for searching on SQLite: its own triggers fill it."""
    with connection.cursor() as cursor:
        return {
            table: [each.name for each in connection.introspection.get_table_description(cursor, table)]
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False)
            if table != "django_migrations" and not table.endswith("_fts")
        }


def _tables() -> Iterable[str]:
    return _columns()


def _rows(tables: Iterable[str]) -> Rows:
    tables = list(tables)
    if not tables:
        return {}
    found = dict.fromkeys(tables, frozenset[str]())
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        probes = (f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM {name(each)})" for each in tables)  # noqa: S608
        cursor.execute(" UNION ALL ".join(probes))
        for (table,) in cursor.fetchall():
            literals = " || ',' || ".join(_literal(name(column)) for column in _columns()[table])
            cursor.execute(f"SELECT {literals} FROM {name(table)}")  # noqa: S608
            found[table] = frozenset(row for (row,) in cursor.fetchall())
    return found


def _literal(column: str) -> str:
    return f"quote({column})" if connection.vendor == "sqlite" else f"quote_nullable({column}::text)"


def _put_back(wanted: Rows) -> None:
    """Foreign keys are looked at when all is in its place, so the order does not matter."""
    name = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        present = _rows(wanted)
        changed = [table for table in wanted if present[table] != wanted[table]]
        for table in changed:
            cursor.execute(f"DELETE FROM {name(table)}")  # noqa: S608
        for table in changed:
            if rows := wanted[table]:
                columns = ",".join(name(column) for column in _columns()[table])
                values = ",".join(f"({row})" for row in sorted(rows))
                cursor.execute(f"INSERT INTO {name(table)} ({columns}) VALUES {values}")  # noqa: S608
