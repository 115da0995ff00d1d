"""Waiting for a page: what a click, a key or a message brings comes later, and on a busy machine much later."""

from playwright.sync_api import Page, expect

STILL = """async () => {
  const drawn = () => new Promise((done) => {
    new ResizeObserver((_all, eye) => { eye.disconnect(); done(); }).observe(document.body);
  });
  await drawn(); // what follows the size of the window has followed it
  await document.fonts.ready;
  const ends = (each) => Number.isFinite(each.effect?.getComputedTiming().endTime);
  await Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished));
  await drawn();
}"""
SESSION = "script[src*='live/participant.'], script[src*='live/console.']"


def still(page: Page) -> None:
    """Until the page is there with its scripts and its letters, and nothing on it is on its way. Needs JavaScript."""
    page.wait_for_load_state()
    page.evaluate(STILL)


def connected(page: Page) -> Page:
    """Until a phone or a console has its connection: then the link to load it anew goes. Any other page has none."""
    page.wait_for_load_state()
    if page.locator(SESSION).count():
        expect(page.locator("[data-refresh]")).to_be_hidden()
    return page


def offline(page: Page) -> None:
    """Take its network away, until its script has heard of that."""
    page.evaluate(
        "() => { window.heard = new Promise((heard) => addEventListener('offline', () => heard(), { once: true })) }"
    )
    page.context.set_offline(True)
    page.evaluate("() => window.heard")
