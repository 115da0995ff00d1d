"""The servers that are compared: each starts on ports of its own with a fresh database, and is asked afterwards what is
really in there.
"""

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis

from . import processes

HERE = Path(__file__).resolve().parent
ROOT, OUT = HERE.parent, HERE / "out"
BIN = Path(sys.executable).parent
SOCKETIO = HERE / "references" / "socketio"
POSTGRES = "postgres://postgres@127.0.0.1:5432"
REDIS = "redis://127.0.0.1:6379/14"
PATIENCE = 60
BACKLOG = "4096"

Rows = list[tuple[str, Any]]
VOTES = (
    "SELECT r.participant_id, a.value FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id"
)


class DidNotStart(Exception):
    """With what it said."""


@dataclass
class Place:
    """What a server is given to run in."""

    folder: Path
    first_port: int
    cores: set[int]  # where it may run; empty: anywhere

    def start(self, number: int, command: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
        with socket.socket() as probe:  # or another server would be measured
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", self.first_port + number))
        log = (self.folder / f"log-{number}.txt").open("wb")
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environ},
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: processes.pin(0, self.cores),
        )

    def said(self) -> str:
        return "\n".join(each.read_text(errors="replace")[-1500:] for each in self.folder.glob("log-*.txt"))


@dataclass
class Running:
    """A server that answers; `rows` reads its votes from the database."""

    started: list[subprocess.Popen[bytes]]
    ports: list[int]
    rows: Callable[[], Rows]
    plan: dict[str, Any] = field(default_factory=dict)

    @property
    def pids(self) -> list[int]:
        return [each.pid for each in self.started]

    @property
    def death(self) -> str:
        """How it ended by itself, or empty."""
        codes = [each.poll() for each in self.started]
        return next((f"died with status {code}" for code in codes if code is not None), "")

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        for port in self.ports:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if self.death or time.monotonic() > until:
                        raise DidNotStart(self.death or "did not listen") from None
                    time.sleep(0.1)  # a server says nothing when it begins to listen: knock again

    def stop(self) -> None:
        for how in (signal.SIGTERM, signal.SIGKILL):
            for each in self.started:
                if each.poll() is None:
                    each.send_signal(how)
            for each in self.started:
                try:
                    each.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    continue


# --- References -------------------------------------------------------------------------------------


def _reference_rows(file: Path) -> Callable[[], Rows]:
    def rows() -> Rows:
        with closing(sqlite3.connect(file)) as database:
            return list(database.execute("SELECT participant, value FROM answer"))

    return rows


@contextmanager
def websockets_reference(place: Place) -> Iterator[Running]:
    file = place.folder / "votes.sqlite3"
    command = [sys.executable, str(HERE / "references" / "websockets_server.py")]
    process = place.start(0, [*command, str(place.first_port), str(file)], {})
    yield Running([process], [place.first_port], _reference_rows(file))


@contextmanager
def socketio_reference(place: Place) -> Iterator[Running]:
    if not (SOCKETIO / "node_modules" / "better-sqlite3" / "build").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=SOCKETIO, check=True)
    file = place.folder / "votes.sqlite3"
    command = ["node", str(SOCKETIO / "server.js"), str(place.first_port), str(file)]
    process = place.start(0, command, {})
    yield Running([process], [place.first_port], _reference_rows(file), {"dialect": "socketio"})


# --- Oogst ------------------------------------------------------------------------------------------


def _environ(database: str, **more: str) -> dict[str, str]:
    """As in production, behind a proxy that does https."""
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "EMAIL_URL": "smtp://mail.example.org:25",
        "DEFAULT_FROM_EMAIL": "oogst@example.org",
        "LOG_LEVEL": "WARNING",
        "SINGLE_PROCESS": "yes",
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "MEDIA_ROOT": str(OUT / "media"),
        **more,
    }


def _recipe() -> str:
    """Changes when a seeded database would be another one."""
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py"), HERE / "seed.py"])
    text = "".join(each.read_text() for each in files)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _run(*command: str, environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environ or {})}, capture_output=True, text=True
    )
    if done.returncode:
        raise DidNotStart(f"{' '.join(command)}: {done.stderr[-1500:]}")
    return done.stdout


def _seed(database: str) -> str:
    return _run(sys.executable, "-m", "bench.seed", environ=_environ(database)).strip()


def prepare_static() -> None:
    """The files that browsers fetch, named and packed as in production."""
    _run(sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0", environ=_environ("sqlite://"))


def _seeded_sqlite() -> tuple[Path, str]:
    """Made once, for as long as migrations stay the same."""
    file, code = OUT / f"seed-{_recipe()}.sqlite3", OUT / f"seed-{_recipe()}.code"
    if not (file.exists() and code.exists()):
        sweep(OUT, _recipe())
        half = OUT / f"half-{secrets.token_hex(4)}.sqlite3"  # another run may be making it too
        found = _seed(f"sqlite:///{half}")
        half.replace(file)
        code.write_text(found)
    return file, code.read_text()


def _seeded_dump() -> tuple[Path, str]:
    file, code = OUT / f"seed-{_recipe()}.sql", OUT / f"seed-{_recipe()}.pgcode"
    if not (file.exists() and code.exists()):
        sweep(OUT, _recipe())
        with _postgres_database(f"oogst_bench_{secrets.token_hex(4)}") as address:
            found = _seed(address)
            file.write_text(_run("pg_dump", "--no-owner", "--dbname", address))
        code.write_text(found)
    return file, code.read_text()


def sweep(folder: Path, recipe: str) -> None:
    """Away with what older migrations made."""
    for each in folder.glob("seed-*"):
        if not each.name.startswith(f"seed-{recipe}."):
            each.unlink()


@contextmanager
def _postgres_database(name: str) -> Iterator[str]:
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _app_rows_sqlite(file: Path) -> Callable[[], Rows]:
    def rows() -> Rows:
        with closing(sqlite3.connect(file)) as database:
            return [(person, json.loads(value)) for person, value in database.execute(VOTES)]

    return rows


def _app_rows_postgres(address: str) -> Callable[[], Rows]:
    def rows() -> Rows:
        with psycopg.connect(address) as server:
            return [(uuid.UUID(str(person)).hex, value) for person, value in server.execute(VOTES)]

    return rows


def _daphne(place: Place, number: int, environ: dict[str, str]) -> subprocess.Popen[bytes]:
    """The way production starts it."""
    port = str(place.first_port + number)
    return place.start(number, ["bin/web"], {**environ, "PORT": port, "BIN": str(BIN)})


def _uvicorn(place: Place, number: int, environ: dict[str, str]) -> subprocess.Popen[bytes]:
    site = OUT / "site"
    if not (site / "uvicorn").exists():
        wanted = ["--target", str(site), "--no-deps", "--requirement", str(HERE / "requirements.txt")]
        _run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted)
    options = {"host": "127.0.0.1", "port": str(place.first_port + number), "backlog": BACKLOG}
    options |= {"ws": "websockets-sansio", "ws-max-size": "65536", "log-level": "warning"}
    command = [word for name, value in options.items() for word in (f"--{name}", value)]
    flags = ["--ws-per-message-deflate", "false", "--no-access-log", "--no-proxy-headers"]
    flags += ["--no-server-header", "--timeout-graceful-shutdown", "3"]
    return place.start(
        number,
        [sys.executable, "-m", "uvicorn", *command, *flags, "config.asgi:application"],
        {**environ, "PYTHONPATH": str(site)},
    )


Starter = Callable[[Place, int, dict[str, str]], "subprocess.Popen[bytes]"]


def app_on_sqlite(starter: Starter) -> "Server":
    @contextmanager
    def start(place: Place) -> Iterator[Running]:
        seed, code = _seeded_sqlite()
        file = place.folder / "oogst.sqlite3"
        shutil.copy(seed, file)
        process = starter(place, 0, _environ(f"sqlite:///{file}"))
        plan = {"code": code, "page": f"/join/{code}/"}
        yield Running([process], [place.first_port], _app_rows_sqlite(file), plan)

    return start


def app_on_postgres(number: int) -> "Server":
    @contextmanager
    def start(place: Place) -> Iterator[Running]:
        dump, code = _seeded_dump()
        with _postgres_database(f"oogst_bench_{secrets.token_hex(4)}") as address:
            _run("psql", "--quiet", "--output", os.devnull, "--file", str(dump), "--dbname", address)
            _forget_redis()
            environ = _environ(address, REDIS_URL=REDIS, TASK_WORKER="process")
            started = [_daphne(place, each, environ) for each in range(number)]
            ports = [place.first_port + each for each in range(number)]
            plan = {"code": code, "page": f"/join/{code}/", "helpers": ["postgres", "redis-server"]}
            try:
                yield Running(started, ports, _app_rows_postgres(address), plan)
            finally:
                _forget_redis()

    return start


def _forget_redis() -> None:
    """Number 14 is ours."""
    assert urlsplit(REDIS).path == "/14"
    with closing(redis.Redis.from_url(REDIS)) as server:
        server.flushdb()


Server = Callable[[Place], Any]

SERVERS: dict[str, Server] = {
    "app-sqlite": app_on_sqlite(_daphne),
    "app-uvicorn": app_on_sqlite(_uvicorn),
    "app-postgres-1": app_on_postgres(1),
    "app-postgres-2": app_on_postgres(2),
    "app-postgres-4": app_on_postgres(4),
    "websockets": websockets_reference,
    "socketio": socketio_reference,
}
USUAL = [name for name in SERVERS if name != "app-postgres-4"]


def processes_of(name: str) -> int:
    return int(name.rpartition("-")[2]) if name.startswith("app-postgres-") else 1
