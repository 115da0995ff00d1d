"""The checks find what they are for."""

import pytest

from .checks import axe, keyboard_walk, overflow
from .conftest import Watch

pytestmark = pytest.mark.looks

GOOD = """<!DOCTYPE html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width">
<style>body {{ background: #fff; color: #000 }} {style}</style></head><body><main><h1>Page</h1>{body}</main></body></html>"""


@pytest.fixture
def show(browser):
    page = browser.new_page()

    def show(body="", style=""):
        page.set_content(GOOD.format(body=body, style=style))
        return page

    yield show
    page.close()


@pytest.fixture
def watched(browser):
    """Open a page of our own making under a strict policy; gives what the watch saw."""
    context = browser.new_context()
    watch = Watch()
    watch.over(context)

    def answer(route):
        headers = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'self'; img-src *"}
        if route.request.url == "http://localhost/":
            route.fulfill(headers=headers, body=answer.body)
        else:
            route.fulfill(status=answer.status, body="")

    def watched(body, status=200):
        answer.body, answer.status = body, status
        context.route("**/*", answer)
        page = context.new_page()
        page.goto("http://localhost/")
        page.wait_for_load_state("networkidle")
        return watch.problems

    yield watched
    context.close()


CONTROLS = (
    '<a href="#a">One</a> <button>Two</button> <input aria-label="Three"> <select aria-label="Four"></select>'
)


def test_a_good_page_has_no_problems(show):
    page = show(CONTROLS)
    assert (axe(page), keyboard_walk(page), overflow(page)) == ([], [], [])


def test_axe_finds_a_picture_without_words(show):
    assert [problem.split(":")[0] for problem in axe(show('<img src="data:,">'))] == ["image-alt"]


def test_the_walk_finds_a_focus_that_is_not_drawn(show):
    assert keyboard_walk(show(CONTROLS, "button:focus { outline: none }")) == [
        "no visible focus: <button> Two"
    ]


def test_the_walk_finds_a_trap(show):
    page = show(CONTROLS)
    page.evaluate("() => { document.querySelector('button').onkeydown = (event) => event.preventDefault() }")
    trapped = "the keyboard does not get out of <button> Two"
    assert keyboard_walk(page) == [trapped, "not reached: <input> Three", "not reached: <select> Four"]
    page.get_by_label("Three").click()
    assert keyboard_walk(page) == [trapped, "not reached: <input> Three"]


def test_the_walk_is_the_same_whatever_was_clicked_before(show):
    page = show(CONTROLS)
    page.get_by_role("button", name="Two").click()
    assert [keyboard_walk(page), keyboard_walk(page)] == [[], []]


def test_the_walk_finds_another_order(show):
    problems = keyboard_walk(
        show('<button>One</button> <button tabindex="1">Two</button> <button>Three</button>')
    )
    assert problems == ["the order differs from the page's: <button> One, <button> Three, <button> Two"]


def test_the_walk_finds_a_focus_behind_something(show):
    page = show(
        '<button>One</button><p id="cover">x</p>', "#cover { position: fixed; inset: 0; background: #fff }"
    )
    assert keyboard_walk(page) == ["the focus is out of sight: <button> One"]


def test_the_walk_begins_at_the_top_where_the_page_took_the_focus_itself(show):
    page = show(CONTROLS)
    page.locator("input").focus()
    assert keyboard_walk(page) == []


def test_radio_buttons_are_one_stop(show):
    radios = "".join(f'<label><input type="radio" name="a"> {n}</label>' for n in range(3))
    assert keyboard_walk(show(f"{radios}<button>Go</button>")) == []


def test_what_is_in_a_closed_disclosure_is_no_stop(show):
    assert keyboard_walk(show("<details><summary>More</summary><button>In</button></details>")) == []


def test_overflow_finds_what_sticks_out(show):
    (problem,) = overflow(show('<p id="wide">x</p>', "#wide { width: 400px }"))
    assert problem.endswith('px: <p id="wide">x</p>')


def test_what_scrolls_in_a_box_of_its_own_does_not_stick_out(show):
    page = show('<div id="box"><p id="wide">x</p></div>', "#box { overflow-x: auto } #wide { width: 400px }")
    assert overflow(page) == []


def test_the_watch_sees_a_broken_policy(watched):
    problems = watched("<p style='color: red'>x</p>")
    assert {problem.split(":")[0] for problem in problems} == {"policy"}


def test_the_watch_sees_another_host(watched):
    assert watched('<img src="https://tracker.example/dot.gif">') == [
        "other host: https://tracker.example/dot.gif"
    ]


def test_the_watch_sees_an_error_of_the_server(watched):
    assert watched('<img src="/picture">', status=500) == ["500: http://localhost/picture"]
