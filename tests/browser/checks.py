"""What every page must stand: each check gives a list of what is wrong, empty when all is well."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from .steady import still

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text()
KEYBOARD = (HERE / "keyboard.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page, *, ignore: tuple[str, ...] = ()) -> list[str]:
    """WCAG 2.2 A and AA and good practice, as far as a machine can tell. `ignore` names rules; say why beside it."""
    still(page)
    page.evaluate(AXE)
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in result["violations"]
        if violation["id"] not in ignore
        for node in violation["nodes"]
    ]


def keyboard_walk(page: Page) -> list[str]:
    """Walk through the page with Tab: every control is reached, in the order of the page, with a focus that can be
    seen and is not hidden behind something, and the keyboard is never trapped.

    Tab goes on from what had the focus or was clicked last, so the walk is a round: it ends where it began."""
    still(page)
    page.evaluate(KEYBOARD)
    expected = page.evaluate("() => walk.begin()")
    reached: list[int] = []
    while True:
        before = len(reached)
        for _control in range(len(expected) - before + 5):
            page.keyboard.press("Tab")
        reached, problems, is_round = _one_round(page.evaluate("() => walk.seen()"))
        if is_round or len(reached) == before:
            break
    if len(reached) > 1 and not is_round:
        problems.append(f"the keyboard does not get out of {expected[reached[-1]]}")
    problems += [f"not reached: {expected[index]}" for index in range(len(expected)) if index not in reached]
    first = reached.index(min(reached)) if reached else 0
    reached = reached[first:] + reached[:first]
    if reached != sorted(reached):
        problems.append(
            "the order differs from the page's: " + ", ".join(expected[index] for index in reached)
        )
    return problems


def _one_round(seen: list[dict[str, Any]]) -> tuple[list[int], list[str], bool]:
    """The controls in the order in which they were reached, what is wrong with them, and whether the walk came back to
    where it began."""
    reached: list[int] = []
    problems: list[str] = []
    for found in seen:
        if found["at"] is None or found["at"] in reached[-1:]:
            continue  # outside of the page; or in a date field, which stops at its day, month and year
        if found["at"] in reached:
            return reached, problems, True
        reached.append(found["at"])
        problems += found["problems"]
    return reached, problems, False


def overflow(page: Page, width: int = 320) -> list[str]:
    """What sticks out sideways on a screen this wide. Leaves the page that wide."""
    page.wait_for_load_state()
    page.set_viewport_size({"width": width, "height": 640})
    return page.evaluate(
        """width => {
          if (document.documentElement.scrollWidth <= width) return [];
          const clips = (e) => /(auto|scroll|hidden)/.test(getComputedStyle(e).overflowX);
          const scrolls = (e) => e && (clips(e) || scrolls(e.parentElement));
          const out = [...document.body.querySelectorAll("*")]
            .filter((e) => e.getBoundingClientRect().right > width + 0.5 && !scrolls(e.parentElement))
            .map((e) => `${Math.round(e.getBoundingClientRect().right)} px: ${e.outerHTML.slice(0, 160)}`);
          return out.length ? out : [`the page is ${document.documentElement.scrollWidth} px wide`];
        }""",
        width,
    )


def cut(page: Page) -> list[str]:
    """Words that are cut off by the box they stand in, other than those that are hidden on purpose."""
    return page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
          .filter((e) => {
            const style = getComputedStyle(e), box = e.getBoundingClientRect();
            if (!e.textContent.trim() || e.closest("svg, template, [hidden]")) return false;
            if (box.width < 2 || box.height < 2) return false;
            const across = /(hidden|clip)/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
            const down = /(hidden|clip)/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
            return (across && style.textOverflow !== "ellipsis") || down;
          })
          .map((e) => `cut: ${e.outerHTML.slice(0, 160)}`)"""
    )


def enlarged(page: Page) -> list[str]:
    """What goes wrong at 200 %: zoomed in on a screen of 1280 and of 640 pixels, and with letters twice as large."""
    found = []
    for width in (640, 320):
        found += overflow(page, width) + cut(page)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    for width in (640, 390):
        found += overflow(page, width) + cut(page)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return found
