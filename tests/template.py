"""A migrated database to copy. Migrating takes half a minute, copying a moment: on SQLite it is kept beside the test
database until a migration changes, on PostgreSQL for the processes of one run."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

ON_SQLITE = connection.vendor == "sqlite"


def _key() -> str:
    """Another one when any migration differs."""
    found = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return found.hexdigest()[:12]


class Template:
    """`copy` before the test database is made, `keep` after it: the first process makes it, the others wait for that."""

    def __init__(self) -> None:
        self._name = f"test_{connection.settings_dict['NAME']}_{_key()}"
        self._file = Path(settings.VAR_DIR, f"test-template-{_key()}.sqlite3")
        self._is_needed = ON_SQLITE or "PYTEST_XDIST_WORKER" in os.environ
        self._lock: IO[str] | None = None
        self._is_new = False

    def copy(self) -> None:
        if not self._is_needed:
            return
        lock = Path(settings.VAR_DIR, "test-template.lock").open("w")  # noqa: SIM115 (held until `keep`)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not self._exists():
            self._lock = lock  # until it is there
        elif not ON_SQLITE:
            connection.settings_dict["TEST"]["TEMPLATE"] = self._name
        if ON_SQLITE:
            self._instead_of_nothing()

    def _instead_of_nothing(self) -> None:
        create = connection.creation._create_test_db

        def create_copy(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
            was_there = keepdb and Path(connection.creation._get_test_db_name()).exists()
            name: str = create(verbosity, autoclobber, keepdb)
            if not was_there and self._exists():
                shutil.copyfile(self._file, name)
            self._is_new = not was_there
            return name

        connection.creation._create_test_db = create_copy

    def keep(self) -> None:
        if self._lock is None:
            return
        if not ON_SQLITE:
            source = connection.settings_dict["NAME"]
            connection.close()
            with _elsewhere() as cursor:
                cursor.execute(f'CREATE DATABASE "{self._name}" TEMPLATE "{source}"')
        elif self._is_new:
            for old in self._file.parent.glob("test-template-*.sqlite3"):
                old.unlink()
            made = self._file.with_suffix(".new")
            made.unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(made)])
            made.replace(self._file)
        self._lock.close()

    def drop(self) -> None:
        """Behind the tests; who comes late would migrate by itself."""
        if self._is_needed and not ON_SQLITE:
            with _elsewhere() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self._name}"')

    def _exists(self) -> bool:
        if ON_SQLITE:
            return self._file.exists()
        with _elsewhere() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._name])
            return cursor.fetchone() is not None


@contextmanager
def _elsewhere() -> Iterator:
    """A cursor that is in none of the databases at stake."""
    with connection._nodb_cursor() as cursor:
        yield cursor
