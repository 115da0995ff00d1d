"""A real daphne in a process of its own, on the test database."""

import email
import socket
import time
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page

from cms.actions import create_organisation
from participation.organisations.models import Organisation
from participation.people.models import User
from tests import ports, shelf
from tests.forked import begin, processes


def serve(port: int, database: str, log: str, overrides: dict[str, Any]) -> None:
    """In the new process: daphne on this port until it is terminated."""
    begin(database, log)
    from daphne.server import Server
    from django.conf import settings
    from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler

    from config.asgi import application

    for name, value in overrides.items():
        setattr(settings, name, value)
    endpoint = f"tcp:port={port}:interface=127.0.0.1"
    Server(ASGIStaticFilesHandler(application), endpoints=[endpoint], signal_handlers=False).run()


class Server:
    """A daphne that can be started, stopped and asked."""

    organisation: Organisation  # whose site is `localhost`

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self.mail_folder = folder / "mails"
        self._held = ports.reserve()  # also while it is stopped
        self.port = ports.number_of(self._held)
        self.process: Any = None

    def address(self, path: str = "/", host: str = "localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def mails(self) -> list[Message]:
        """What the server sent, oldest first."""
        files = sorted(self.mail_folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def let_in(self, page: Page, user: User) -> None:
        """Log this browser in."""
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address("/")}
        page.context.add_cookies([cookie])

    def start(self, **overrides: Any) -> None:
        mail = {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(self.mail_folder),
        }
        database = str(connections["default"].settings_dict["NAME"])
        arguments = (self.port, database, str(self.log), mail | overrides)
        self.process = processes.Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        self._wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.join()

    def close(self) -> None:
        """For good."""
        self.stop()
        self._held.close()

    def restart(self, **overrides: Any) -> None:
        """With these settings changed."""
        self.stop()
        self.start(**overrides)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.is_alive():
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-3000:]}")


class Site(Server):
    """An organisation with its pages, on a running server."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.organisation = shelf.ready(
            create_organisation, name="Bibliotheek", slug="library", hostname="localhost", is_default=True
        )
        self.organisation.site.port = self.port
        self.organisation.site.save()

    def neighbour(self) -> Organisation:
        """A second organisation, on `site.address("/", host="buur.localhost")`."""
        return create_organisation(name="Buur", slug="buur", hostname="buur.localhost", port=self.port)
