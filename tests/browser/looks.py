"""What must hold of every page on a screen, asked of the page itself."""

from collections.abc import Sequence

from playwright.sync_api import Page

from scripts.look import SMALL_TARGETS, WIDE

PHONE_WIDTHS = (360, 390)
CUT = """() => [...document.querySelectorAll('.lz-table-wrap')]
  .filter(el => getComputedStyle(el).overflowX === 'clip' && el.firstElementChild.offsetWidth > el.clientWidth + 1)
  .map(el => el.innerText.slice(0, 40))"""


def fits(page: Page) -> None:
    """The page is no wider than its screen (the layout's width: a phone's `innerWidth` grows with what overflows)."""
    width = (page.viewport_size or {"width": 0})["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, (
        f"{page.url} scrolls sideways at {width} px: {page.evaluate(WIDE)}"
    )


def whole(page: Page) -> None:
    """No table loses columns behind the edge of its card: one that is wider scrolls there."""
    cut = page.evaluate(CUT)
    assert not cut, f"{page.url} cuts tables: {cut}"


def fits_the_thumb(page: Page, widths: Sequence[int] = PHONE_WIDTHS) -> None:
    """No sideways scroll at these widths, and nothing to press is under 44 px."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        fits(page)
    touchable(page)


def touchable(page: Page) -> None:
    """Nothing to press is under 44 px; links inside a sentence are spared."""
    small = page.evaluate(SMALL_TARGETS)
    assert not small, f"{page.url} has targets under 44 px: {small}"
