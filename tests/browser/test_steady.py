"""No browser test reads a page once and compares; and what waits for a page waits long enough."""

import ast
from pathlib import Path

import pytest

from .steady import offline, still

pytestmark = pytest.mark.looks

HERE = Path(__file__).parent
ONCE = {
    "all_inner_texts",
    "all_text_contents",
    "get_attribute",
    "inner_html",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_editable",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "text_content",
}


def reads_once(source: str) -> list[str]:
    """The assertions in which a page is read, without waiting until it is as it should be."""
    asserted = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)]
    return [ast.unparse(node) for node in asserted if any(map(_is_read, ast.walk(node)))]


def _is_read(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr == "url":
        return isinstance(node.value, ast.Name) and node.value.id == "page"
    return node.attr in ONCE or (node.attr == "count" and _is_located(node.value))


def _is_located(node: ast.AST) -> bool:
    """Something on a page, not rows of the database."""
    names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return any(name == "locator" or name.startswith("get_by_") for name in names)


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.py")), ids=lambda path: str(path.relative_to(HERE)))
def test_what_a_page_should_be_is_waited_for(path):
    assert reads_once(path.read_text()) == []


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("assert page.get_by_role('heading').text_content() == name", True),
        ("assert not page.locator('p').is_visible()", True),
        ("assert page.locator('p').count() == 2", True),
        ("assert '/en/' in page.url", True),
        ("assert Support.objects.count() == 1", False),
        ("assert sent.count('POST') == 1", False),
        ("assert axe(page) == []", False),
        ("expect(page.locator('p')).to_be_visible()", False),
        ("name = page.locator('h1').inner_text()", False),
    ],
)
def test_reading_once_is_found_and_nothing_else(line, is_refused):
    assert bool(reads_once(line)) == is_refused


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.context.close()


def test_a_page_is_still_when_what_moved_has_arrived(page):
    page.set_content(
        "<style>p { opacity: 0; transition: opacity 500ms } .come p { opacity: 1 }"
        "@keyframes turn { to { rotate: 360deg } } i { animation: turn 1s infinite }</style><p>Here</p><i>o</i>"
    )
    page.evaluate("() => document.body.classList.add('come')")
    still(page)
    assert page.evaluate("() => getComputedStyle(document.querySelector('p')).opacity") == "1"


def test_a_page_is_still_when_its_script_has_followed_the_window(page):
    page.set_content("<main>Here</main>")
    page.evaluate(
        "() => new ResizeObserver(() => { document.title = innerWidth }).observe(document.querySelector('main'))"
    )
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        still(page)
        assert page.evaluate("() => document.title") == str(width)


def test_a_page_without_a_network_knows_it(page):
    page.set_content("<p>Here</p>")
    page.evaluate("() => addEventListener('offline', () => { document.title = 'offline' })")
    offline(page)
    assert page.evaluate("() => document.title") == "offline"
