"""The globe in a real browser, beside a made sky: it draws, it names, and it may be missing."""

from __future__ import annotations

import runpy
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hoshimori.workflows.skies import made_sky

playwright_api = pytest.importorskip("playwright.sync_api")
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
DRIFTER = 800_000_002
LONGEST_MS = 120_000
"""A machine that is busy with other tests may need long; nothing is measured here."""
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null;"
COUNT_POINTS = """
window.drawn = 0;
const draw = WebGL2RenderingContext.prototype.drawArrays;
WebGL2RenderingContext.prototype.drawArrays = function (mode, first, count) {
  if (mode === 0) window.drawn = Math.max(window.drawn, count);
  return draw.call(this, mode, first, count);
};
"""

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
def browser() -> Iterator[Any]:
    with playwright_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
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


def test_every_object_is_drawn(page: Any, address: str) -> None:
    page.add_init_script(COUNT_POINTS)
    page.goto(address)
    page.wait_for_function("window.drawn >= 600", timeout=LONGEST_MS)
    label = page.locator(".globe canvas").get_attribute("aria-label")
    assert "600 objects" in label


def test_what_is_chosen_is_followed_and_let_go(page: Any, address: str) -> None:
    page.add_init_script(COUNT_POINTS)
    page.goto(f"{address}#/object/{DRIFTER}")
    page.wait_for_function("window.drawn >= 600", timeout=LONGEST_MS)
    follow = page.locator(".globe-buttons button").first
    follow.click(timeout=LONGEST_MS)
    assert follow.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === '#/'", timeout=LONGEST_MS)


def test_keys_turn_the_globe_and_stop_time(page: Any, address: str) -> None:
    page.add_init_script(COUNT_POINTS)
    page.goto(address)
    page.wait_for_function("window.drawn >= 600", timeout=LONGEST_MS)
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


def test_without_webgl_the_globe_says_so_and_the_rest_works(page: Any, address: str) -> None:
    page.add_init_script(NO_WEBGL)
    page.goto(address)
    page.locator(".globe-over strong").wait_for(timeout=LONGEST_MS)
    assert "WebGL" in page.locator(".globe-over").inner_text()
    page.keyboard.press("?")
    page.locator("dialog.help").wait_for(timeout=LONGEST_MS)
