"""Inserting a few rows where it happens many times a second: building the statement by the ORM takes several times
longer than the database takes for it. Use `bulk_create` everywhere else."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

CHUNK = 200
MOMENT = models.DateTimeField()
PLAIN = {"BigAutoField", "CharField", "BooleanField", "PositiveSmallIntegerField", "PositiveIntegerField"}


def insert(
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    conflict: str = "",
    returning: tuple[str, ...] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows of `{attribute: value}`, all with the same attributes; every column without a default of the
    database must be there. `conflict` is what follows ON CONFLICT, such as "DO NOTHING"; `returning` names columns of
    the rows that were written, given back as the database's driver gives them."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), CHUNK):
        found += _insert(model, rows[start : start + CHUNK], conflict, returning)
    return found


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows a statement gives, none when it gives nothing. `values` are as the driver takes them (see `prepared`).
    By the driver itself: Django's cursor around it takes as long as the database. Not so where queries are counted."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.queries_logged or connection.connection is None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []
    with connection.wrap_database_errors:
        own = connection.connection.execute(_own_words(sql, connection.vendor), values)
        return list(own.fetchall()) if own.description else []


@lru_cache(maxsize=512)
def _own_words(sql: str, vendor: str) -> str:
    return sql % (("?",) * sql.count("%s")) if vendor == "sqlite" else sql


class Statement:
    """A query that was built by the ORM, for who asks it again and again: building takes longer than asking. Its rows
    have values as the driver gives them: JSON is text."""

    def __init__(self, queryset: "models.QuerySet[Any, Any]") -> None:
        self.sql, self.values = queryset.query.sql_with_params()

    def rows(self) -> list[tuple[Any, ...]]:
        return run(self.sql, self.values)


def prepared(model: type[models.Model], name: str, value: Any) -> Any:
    """The value of that attribute as the driver takes it."""
    to_database = _prepare(model, (name,))[0][1]
    return value if to_database is None else to_database(value)


def _insert(
    model: type[models.Model], rows: Sequence[Mapping[str, Any]], conflict: str, returning: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    names = tuple(rows[0])
    prepare = _prepare(model, names)
    values = [
        row[name] if to_database is None else to_database(row[name])
        for row in rows
        for name, to_database in prepare
    ]
    return run(_statement(model, names, len(rows), conflict, returning), values)


@lru_cache(maxsize=64)
def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    by_attribute = {field.attname: field for field in model._meta.concrete_fields}
    return [by_attribute[name] for name in names]


@lru_cache(maxsize=64)
def _prepare(
    model: type[models.Model], names: tuple[str, ...]
) -> list[tuple[str, Callable[[Any], Any] | None]]:
    """How a value of each column goes to the driver; None for what goes as it is."""
    return [(name, _to_database(field)) for name, field in zip(names, _fields(model, names), strict=True)]


def _to_database(field: Any) -> Callable[[Any], Any] | None:
    kind = _type_of(field)
    if kind in PLAIN:
        return None
    if kind == "DateTimeField":
        return _moment
    if kind == "UUIDField":
        return None if connections[DEFAULT_DB_ALIAS].features.has_native_uuid_field else _hex
    if kind == "JSONField" and connections[DEFAULT_DB_ALIAS].vendor == "sqlite" and field.encoder is None:
        return json.dumps
    return lambda value: field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


@lru_cache(maxsize=8)
def _moment(value: datetime | None) -> Any:
    """All rows of a transaction have the same time in several columns."""
    return MOMENT.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _hex(value: uuid.UUID | None) -> str | None:
    return value.hex if value else None


def _type_of(field: Any) -> str:
    return (field.target_field if field.is_relation else field).get_internal_type()


@lru_cache(maxsize=512)
def _statement(
    model: type[models.Model],
    names: tuple[str, ...],
    count: int,
    conflict: str,
    returning: tuple[str, ...],
) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(field.column) for field in _fields(model, names))
    row = f"({', '.join(['%s'] * len(names))})"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}"  # noqa: S608
    if conflict:
        statement += f" ON CONFLICT {conflict}"
    if returning:
        statement += f" RETURNING {', '.join(quote(name) for name in returning)}"
    return statement
