"""What a page weighs over the wire, in bytes: text as the proxy and WhiteNoise compress it (gzip), the rest as it is.
Headers are left out: those of the test server are not those of production."""

import gzip

from playwright.sync_api import Page, Response

PACKED = ("application/json", "application/xml", "image/svg+xml", "text/")


def weights(page: Page, address: str) -> dict[str, int]:
    """Of everything that a browser fetches when it opens this page for the first time, by address."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [response.url for response in responses if response.status != 200] == []
    return {response.url: weight(response) for response in responses}


def weight(response: Response) -> int:
    body = response.body()
    return len(gzip.compress(body, 6)) if response.headers["content-type"].startswith(PACKED) else len(body)


SCRIPTS = "() => performance.getEntriesByType('resource').map((each) => each.name).filter((name) => name.endsWith('.js'))"


class Scripts:
    """Weighs the scripts of one page after the other; each file is fetched once."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, page: Page) -> dict[str, int]:
        return {address: self._weight(page, address) for address in page.evaluate(SCRIPTS)}

    def _weight(self, page: Page, address: str) -> int:
        if address not in self.known:
            self.known[address] = len(gzip.compress(page.request.get(address).body(), 6))
        return self.known[address]
