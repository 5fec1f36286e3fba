"""The globe in a real browser, beside a made sky: it draws, it names, and it may be missing."""

from __future__ import annotations

import io
import re
import runpy
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from hoshimori.workflows.skies import made_sky

ROOT = Path(__file__).resolve().parents[2]
STAGE = runpy.run_path(str(ROOT / "benchmarks" / "console_stage.py"))
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--no-sandbox",
]
LOOKS = (ROOT / "web-console" / "src" / "globe" / "looks.ts").read_text(encoding="utf-8")
KIND_COLOURS = {
    kind.strip(): (int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16))
    for kind, colour in re.findall(r"'?([a-z ]+)'?: \['#(\w{6})'", LOOKS)
}
NO_WEBGL = ["--disable-gpu", "--disable-software-rasterizer", "--no-sandbox"]
EARTH_AND_GLOW = 0.36
"""Radius of the Earth with its glow as the eye first sees it, in heights of the canvas."""
DRIFTER = 800_000_002
LONGEST_MS = 120_000
"""A machine that is busy with other tests may need long; nothing is measured here."""
NOT_DRAWING = """
HTMLCanvasElement.prototype.getContext = () => null;
delete HTMLCanvasElement.prototype.transferControlToOffscreen;
"""
HEAR_PAINTED = """
window.painted = { pictures: 0, objects: 0, way: '' };
document.addEventListener('painted', ({ detail }) => {
  window.painted = { ...detail, pictures: window.painted.pictures + 1 };
});
"""
COUNT_POINTS = """
window.drawn = 0;
const draw = WebGL2RenderingContext.prototype.drawArrays;
WebGL2RenderingContext.prototype.drawArrays = function (mode, first, count) {
  if (mode === 0) window.drawn = Math.max(window.drawn, count);
  return draw.call(this, mode, first, count);
};
"""
"""Graphics calls of the page itself: what is told to be painted is compared with them."""
PAUSES_WITHOUT_END = """
window.slept = 0;
const later = window.setTimeout.bind(window);
window.setTimeout = (what, ms, ...more) => {
  if (!window.endless || !(ms > 60)) return later(what, ms, ...more);
  window.slept += 1;
  return later(what, 2 ** 30, ...more);
};
"""
"""Longer than between two pictures that a hand asks for, shorter than what moving objects need."""
NEXT_STATES_MS = 15_000
"""Sooner than new states come, which are painted too."""
ALL_ARE_DRAWN = "window.painted.objects >= 600"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH"),
    pytest.mark.skipif(
        not (STAGE["BUNDLE"] / "index.html").is_file(), reason="this build left the console out"
    ),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = STAGE["stage"](made_sky(seed=1, objects=600))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when a script fails or when it asks anybody outside."""
    opened = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: wrong.append(asked.url) if _outside(asked.url) else None)
    yield opened
    opened.close()
    assert not wrong


def _outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def kinds_of(page: Page) -> dict[str, int]:
    """Return how many pixels of the sky beside the Earth and its glow are those of each kind."""
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.locator(".globe canvas").screenshot())).convert("RGB")
    middle, around = (picture.width / 2, picture.height / 2), EARTH_AND_GLOW * picture.height
    ImageDraw.Draw(picture).circle(middle, around, fill="black")
    counted = picture.getcolors(picture.width * picture.height) or []
    pixels: dict[Any, int] = {colour: count for count, colour in counted}
    return {kind: pixels.get(colour, 0) for kind, colour in KIND_COLOURS.items()}


def test_every_object_is_drawn_without_a_graphics_card(page: Page, address: str) -> None:
    page.add_init_script(HEAR_PAINTED)
    page.goto(address)
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    assert page.evaluate("window.painted.way") == "plain"
    label = page.locator(".globe canvas").get_attribute("aria-label")
    assert label is not None
    assert "600 objects" in label


def test_every_object_is_drawn_by_webgl_where_that_is_asked_for(page: Page, address: str) -> None:
    page.add_init_script(HEAR_PAINTED)
    page.add_init_script(COUNT_POINTS)
    page.goto(f"{address}?drawing=webgl")
    page.wait_for_function(f"window.drawn >= 600 && {ALL_ARE_DRAWN}", timeout=LONGEST_MS)
    assert page.evaluate("window.painted.way") == "webgl"


def test_both_ways_show_the_same_sky(page: Page, address: str) -> None:
    seen = {}
    for way in ("plain", "webgl"):
        page.add_init_script(HEAR_PAINTED)
        page.goto(f"{address}?drawing={way}")
        page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
        page.keyboard.press("Space")
        seen[way] = kinds_of(page)
        assert page.evaluate("window.painted.way") == way
        assert min(seen[way]["payload"], seen[way]["debris"]) > 0
    # A point of a pixel and a half covers one, two or four; objects come and go at the limb.
    counts = [sum(kinds.values()) for kinds in seen.values()]
    assert min(counts) > 0.75 * max(counts) > 0, seen


def test_a_browser_without_webgl_draws_the_globe_all_the_same(
    playwright: Playwright, address: str
) -> None:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=NO_WEBGL)
    page = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    page.add_init_script(HEAR_PAINTED)
    page.goto(address)
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    assert page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    assert page.evaluate("window.painted.way") == "plain"
    kinds = kinds_of(page)
    assert min(kinds["payload"], kinds["debris"]) > 0
    browser.close()


def test_what_is_chosen_is_followed_and_let_go(page: Page, address: str) -> None:
    page.add_init_script(HEAR_PAINTED)
    page.goto(f"{address}#/object/{DRIFTER}")
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    follow = page.locator(".globe-buttons button").first
    follow.click(timeout=LONGEST_MS)
    assert follow.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === '#/'", timeout=LONGEST_MS)


def test_keys_turn_the_globe_and_stop_time(page: Page, address: str) -> None:
    page.add_init_script(HEAR_PAINTED)
    page.goto(address)
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    page.keyboard.press("Space")
    page.wait_for_timeout(600)
    moment = page.locator(".timebar-moment").inner_text()
    before = page.locator(".globe canvas").screenshot()
    page.locator(".globe canvas").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(1500)
    assert page.locator(".globe canvas").screenshot() != before
    assert page.locator(".timebar-moment").inner_text() == moment


@pytest.mark.parametrize("way", ["plain", "webgl"])
def test_a_hand_that_turns_the_globe_sees_it_turn(page: Page, address: str, way: str) -> None:
    """No pause between pictures, short or endless, stands between a hand and what it turns."""
    page.add_init_script(HEAR_PAINTED)
    page.add_init_script(PAUSES_WITHOUT_END)
    page.goto(f"{address}?drawing={way}")
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    page.evaluate("window.endless = true")
    page.wait_for_function("window.slept > 0", timeout=LONGEST_MS)
    box = page.locator(".globe canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        before = page.evaluate("window.painted.pictures")
        page.mouse.move(x + 5 * step, y)
        page.wait_for_function(f"window.painted.pictures > {before}", timeout=NEXT_STATES_MS)
    page.mouse.up()


def test_time_that_stands_paints_nothing_and_time_that_goes_does(page: Page, address: str) -> None:
    page.add_init_script(HEAR_PAINTED)
    page.goto(address)
    page.wait_for_function(ALL_ARE_DRAWN, timeout=LONGEST_MS)
    page.keyboard.press("Space")
    page.wait_for_timeout(1500)
    before = page.evaluate("window.painted.pictures")
    still = page.locator(".globe canvas").screenshot()
    page.wait_for_timeout(1000)
    assert page.evaluate("window.painted.pictures") == before
    assert page.locator(".globe canvas").screenshot() == still
    page.keyboard.press("Space")
    page.wait_for_function(f"window.painted.pictures > {before + 3}", timeout=LONGEST_MS)
    assert page.locator(".globe canvas").screenshot() != still


def test_where_nothing_can_draw_the_globe_says_so_and_the_rest_works(
    page: Page, address: str
) -> None:
    page.add_init_script(NOT_DRAWING)
    page.goto(address)
    page.locator(".globe-over strong").wait_for(timeout=LONGEST_MS)
    assert "WebGL" in page.locator(".globe-over").inner_text()
    page.keyboard.press("?")
    page.locator("dialog.help").wait_for(timeout=LONGEST_MS)
