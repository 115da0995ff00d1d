"""One Chromium for all browser tests; a server and an empty database for each."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .server import Site

HERE = Path(__file__).parent
WALK = HERE / "walk"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
]
expect.set_options(
    timeout=20_000
)  # phones come back after up to three seconds, on a machine that may be busy
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""} ${event.sample}`));
"""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Before `-m` chooses among them."""
    item.add_marker("browser")
    if WALK in item.path.parents:
        item.add_marker("looks")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Last of all: Playwright keeps an event loop running, in which asynchronous tests could not start theirs. The long
    walks come first of them, so that no process waits for the other at the end."""
    items.sort(key=lambda item: (HERE in item.path.parents, WALK not in item.path.parents))


def chromium() -> str:
    """The program, or a skip (a failure with REQUIRE_BROWSER=1)."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    found = next(filter(None, map(shutil.which, candidates)), None)
    if found:
        return found
    text = "No Chromium: sudo apt-get install chromium, or set CHROMIUM=/path/to/chromium"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    # Playwright's loop runs in this thread: Django opens other connections then, and would refuse the database.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(browser: Browser, transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    cache.clear()
    site = Site(tmp_path)
    site.start()
    yield site
    site.close()


class Watch:
    """Collects what no page may do."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.expose_binding("reportViolation", lambda source, text: self.note("policy", text))
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", lambda request: self.host(request.url))
        context.on("response", lambda response: self.answer(response.status, response.url))
        context.on("console", lambda message: self.console(message.text))
        context.on("weberror", lambda error: self.note("script", str(error.error)))

    def note(self, kind: str, text: str) -> None:
        self.problems.append(f"{kind}: {text}")

    def host(self, url: str) -> None:
        parts = urlsplit(url)
        ours = parts.hostname in ("localhost", "127.0.0.1") or (parts.hostname or "").endswith(".localhost")
        if parts.scheme not in ("data", "blob", "about") and not ours:
            self.note("other host", url)

    def answer(self, status: int, url: str) -> None:
        if status >= 500:
            self.note(str(status), url)

    def console(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.note("policy", text)


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`visitor(language="en", width=1280, height=800, javascript=True, dark=False)`: a person's own browser."""
    watch = Watch()
    contexts: list[BrowserContext] = []

    def come(
        language: str = "en",
        width: int = 1280,
        height: int = 800,
        javascript: bool = True,
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            locale={"en": "en-GB", "nl": "nl-NL"}[language],
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
    log = site.log.read_text()[-2000:] if any(p.startswith("5") for p in watch.problems) else ""
    assert watch.problems == [], log
