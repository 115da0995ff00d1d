"""One person's browser without a screen: pages and forms over HTTP on an ASGI application, with cookies."""

import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from channels.testing import HttpCommunicator

PATIENCE = 30  # seconds; nothing takes that long
HOST = "testserver"


class Page:
    """What came back. `text` is what somebody reads, with the white space as it is seen."""

    def __init__(self, address: str, status: int, html: str) -> None:
        self.address, self.status, self.html = address, status, html
        self.soup = BeautifulSoup(html, "html.parser")

    @property
    def text(self) -> str:
        return words(self.soup)

    def part(self, selector: str) -> str:
        """What is read in the one part of the page that this CSS selector finds."""
        [found] = self.soup.select(selector)
        return words(found)

    def link(self, address: str, says: str = "") -> str:
        """The first link whose address matches this pattern, and that says this."""
        for each in self.soup.select("a[href]"):
            if re.search(address, str(each["href"])) and says in words(each):
                return str(each["href"])
        raise AssertionError(
            f"no link to {address} that says “{says}” on {self.address}:\n{self.text[:3000]}"
        )

    def field(self, label: str) -> str:
        """The name of the field that is called so."""
        found = [each["for"] for each in self.soup.select("label[for]") if words(each) == label]
        assert found, f"nothing is called {label} on {self.address}:\n{self.text[:3000]}"
        return str(self.soup.find(id=found[0])["name"])

    def form(self, *names: str, press: str | None = None) -> Tag:
        """The first form with fields of all these names, and with the button that is pressed."""
        for form in self.soup.select("form"):
            known = {control.get("name") for control in controls(self.soup, form)}
            if known.issuperset(names) and (press is None or press in buttons(self.soup, form)):
                return form
        raise AssertionError(f"no form with {names} and {press} on {self.address}:\n{self.text[:3000]}")


class Visitor:
    """Follows links and redirects, and sends a form back with all that the page had put in it."""

    def __init__(self, application: Any, language: str = "en") -> None:
        self.application, self.language = application, language
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The header with which the same browser opens a websocket."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def open(self, address: str) -> Page:
        return await self._ask("GET", address)

    async def follow(self, page: Page, address: str, says: str = "") -> Page:
        return await self._ask("GET", urljoin(page.address, page.link(address, says)))

    async def send(
        self, page: Page, fields: dict[str, Any], *, press: str | None = None, **more: Any
    ) -> Page:
        """Fill in the form that has these fields and send it; `press` is `name=value` of a button with a meaning.
        `more` are fields that a script adds to the form, as Wagtail's editor does."""
        form = page.form(*fields, press=press)
        filled: dict[str, Any] = {}
        for name, value in as_it_is(page.soup, form):
            filled.setdefault(name, []).append(value)
        filled |= fields | more
        if press is not None:
            name, _equals, value = press.partition("=")
            filled[name] = value
        address = urljoin(page.address, str(form.get("action") or page.address))
        if str(form.get("method", "get")).lower() == "get":
            return await self._ask("GET", f"{address}?{urlencode(filled, doseq=True)}")
        return await self._ask("POST", address, urlencode(filled, doseq=True).encode(), page.address)

    async def _ask(self, method: str, address: str, body: bytes = b"", referrer: str = "") -> Page:
        for _hop in range(6):
            status, headers, html = await self._once(method, address, body, referrer)
            if status not in (301, 302, 303):
                assert status < 400, (
                    f"{method} {address}: {status}\n{words(BeautifulSoup(html, 'html.parser'))}"
                )
                return Page(address, status, html)
            method, body = "GET", b""
            address = urljoin(address, headers["location"])
        raise AssertionError(f"redirected without end to {address}")

    async def _once(self, method: str, address: str, body: bytes, referrer: str) -> tuple[int, dict, str]:
        place = urlsplit(address)
        headers = {
            "host": HOST,
            "accept-language": self.language,
            "cookie": self.cookie,
            "content-type": "application/x-www-form-urlencoded",
            "content-length": str(len(body)),
        }
        if method == "POST":
            headers |= {"origin": f"http://{HOST}", "referer": urljoin(f"http://{HOST}/", referrer)}
        exchange = HttpCommunicator(
            self.application,
            method,
            f"{place.path}?{place.query}",
            body,
            [(name.encode(), value.encode()) for name, value in headers.items()],
        )
        exchange.scope |= {"scheme": "http", "client": ("127.0.0.1", 40000), "server": (HOST, 80)}
        response = await exchange.get_response(timeout=PATIENCE)
        await exchange.wait(timeout=PATIENCE)
        found = [(name.decode().lower(), value.decode("latin1")) for name, value in response["headers"]]
        for name, value in found:
            if name == "set-cookie":
                self._keep(SimpleCookie(value))
        return response["status"], dict(found), response["body"].decode(errors="replace")

    def _keep(self, cookies: SimpleCookie) -> None:
        for name, morsel in cookies.items():
            if morsel["max-age"] == 0 or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def words(part: Tag) -> str:
    """What is read in a part of a page."""
    return " ".join(part.get_text(" ").split())


def controls(soup: BeautifulSoup, form: Tag) -> list[Tag]:
    """The fields of a form, those elsewhere on the page that name it included."""
    outside = soup.select(f"[form='{form['id']}']") if form.get("id") else []
    return [
        each
        for each in [*form.select("input[name], select[name], textarea[name]"), *outside]
        if each.get("form") in (None, form.get("id")) and not each.has_attr("disabled")
    ]


def buttons(soup: BeautifulSoup, form: Tag) -> set[str]:
    found = [*form.select("button[name]"), *form.select("input[type=submit][name]")]
    return {f"{each['name']}={each.get('value', '')}" for each in found}


def as_it_is(soup: BeautifulSoup, form: Tag) -> list[tuple[str, str]]:
    """What the form would send if nobody touched it."""
    found = []
    for control in controls(soup, form):
        name = str(control["name"])
        if control.name == "textarea":
            found.append((name, control.get_text().removeprefix("\n")))
        elif control.name == "select":
            options = control.select("option")
            chosen = control.select("option[selected]") or (
                [] if control.has_attr("multiple") else options[:1]
            )
            found += [(name, str(each.get("value", each.get_text()))) for each in chosen]
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                found.append((name, str(control.get("value", "on"))))
        elif control.get("type") not in ("submit", "button", "image", "file", "reset"):
            found.append((name, str(control.get("value", ""))))
    return found
