"""A real daphne in a process of its own, on the test's database, and phones that reach it over the network."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from websockets.sync.client import ClientConnection, connect

from tests import ports
from tests.forked import begin, processes

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 20
A_COMMIT_IS_A_COMMIT = ""  # as in production; the tests' own may be quicker


def database_url() -> str:
    """The test database, as a process of its own finds it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    login = quote(settings["USER"] or "")
    if settings["PASSWORD"]:
        login += f":{quote(settings['PASSWORD'])}"
    return (
        f"postgres://{login}@{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}/{settings['NAME']}"
    )


def serve(options: list[str], database: str) -> None:
    """In the new process: daphne as `bin/web` starts it."""
    begin(database, os.devnull)
    os.environ["PGOPTIONS"] = A_COMMIT_IS_A_COMMIT
    from daphne.cli import CommandLineInterface

    CommandLineInterface().run(options)


class Daphne:
    """`env`: what the process gets instead of the tests' own environment; then it loads everything for itself."""

    def __init__(self, **env: str) -> None:
        self._held = ports.reserve()
        self.port = ports.number_of(self._held)
        self.host = f"127.0.0.1:{self.port}"
        options = [
            *("-e", f"tcp:port={self.port}:interface=127.0.0.1:backlog=4096"),
            *("--websocket-max-message-size", "65536", "--websocket-max-frame-size", "65536"),
            *("-v", "0", "config.asgi:application"),
        ]
        if env:
            self._start(options, env)
        else:
            self._fork(options)
        self._wait()

    def _fork(self, options: list[str]) -> None:
        database = str(connection.settings_dict["NAME"])
        process = processes.Process(target=serve, args=(options, database), daemon=True)
        process.start()
        self.pid, self._is_alive, self._join = process.pid, process.is_alive, process.join

    def _start(self, options: list[str], env: dict[str, str]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.web", *options],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "DATABASE_URL": database_url(),
                "PGOPTIONS": A_COMMIT_IS_A_COMMIT,
                **env,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.pid, self._is_alive, self._join = process.pid, lambda: process.poll() is None, process.wait

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if not self._is_alive():
                    raise RuntimeError("daphne did not start") from None
                time.sleep(0.05)
        raise RuntimeError("daphne did not listen")

    def kill(self, how: int = signal.SIGKILL) -> None:
        os.kill(self.pid, how)
        self._join(timeout=PATIENCE)

    def close(self) -> None:
        if self._is_alive():
            self.kill()
        self._held.close()

    @property
    def threads(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/task"))

    @property
    def memory(self) -> int:
        """Resident, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def cookie(self, code: str) -> str:
        """As a phone gets it: from the join page."""
        http = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        http.request("GET", f"/join/{code}/")
        response = http.getresponse()
        response.read()
        assert response.status == 200, response.status
        cookies = response.headers.get_all("Set-Cookie") or []
        return next(each.split(";")[0] for each in cookies if each.startswith("oogst_participant"))

    def phone(self, code: str, *, cookie: str | None = None, hello: bool = True, **more: Any) -> "NetPhone":
        return NetPhone(self, code, cookie or self.cookie(code), hello=hello, **more)


class NetPhone:
    def __init__(
        self,
        server: Daphne,
        code: str,
        cookie: str,
        *,
        hello: bool,
        view: str = "participant",
        origin: str = "",
        unread: int | None = 16,
    ) -> None:
        """`unread`: messages it takes in before somebody gets them; after that its network piles up. None: no end."""
        self.cookie = cookie
        self._open = ExitStack()
        opening = connect(
            f"ws://{server.host}/ws/live/{code}/?view={view}",
            additional_headers={"Cookie": cookie},
            origin=origin or f"http://{server.host}",  # type: ignore[arg-type]
            open_timeout=PATIENCE,
            compression=None,
            max_queue=unread,
        )
        self.socket: ClientConnection = self._open.enter_context(opening)
        if hello:
            self.say(type="hello", v=1, seen=None, lang="nl")
            self.snapshot = self.get("snapshot")

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def answer(self, question: Any, value: Any, key: str | None = None) -> str:
        key = key or str(uuid.uuid4())
        self.say(type="answer", id=key, question=str(question), value=value)
        return key

    def get(self, *types: str, where: Any = lambda message: True) -> dict[str, Any]:
        while True:
            message = json.loads(self.socket.recv(timeout=PATIENCE))
            if message["type"] in types and where(message):
                return message

    def vote(self, question: Any, value: Any) -> dict[str, Any]:
        """Answer, and wait until it is stored."""
        key = self.answer(question, value)
        return self.get("ack", where=lambda ack: ack["id"] == key)

    def close(self) -> None:
        self._open.close()
