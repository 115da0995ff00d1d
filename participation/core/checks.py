"""What Django's system check should say about this machine."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db import connection

# A reset of the write-ahead log could corrupt the file: https://sqlite.org/wal.html#walresetbug
FIRST_BAD, FIRST_GOOD = (3, 7, 0), (3, 51, 3)


def wal_reset_warning(vendor: str, version: tuple[int, ...]) -> list[CheckMessage]:
    """A warning when this SQLite library may damage a database that several threads write to."""
    if vendor != "sqlite" or not FIRST_BAD <= version < FIRST_GOOD:
        return []
    return [
        Warning(
            f"SQLite {'.'.join(map(str, version))} can, very rarely, damage a database in WAL mode.",
            hint="Use PostgreSQL (DATABASE_URL). Or start Oogst with SQLite 3.51.3 or newer: build it from "
            "sqlite.org and set LD_LIBRARY_PATH to its folder, or use a Python that has it. "
            "`python -c 'import sqlite3; print(sqlite3.sqlite_version)'` tells which one you have.",
            id="core.W001",
        )
    ]


@register()
def check_sqlite(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """In production only: a developer's database may be made again."""
    if settings.DEBUG or not settings.SESSION_COOKIE_SECURE:
        return []
    return wal_reset_warning(connection.vendor, sqlite3.sqlite_version_info)
