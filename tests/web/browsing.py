"""A real browser before a real server: windows, signing in, pictures, and what bars people."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import hoshimori

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web-console" / "node_modules" / "axe-core" / "axe.min.js"
BUNDLE = Path(hoshimori.__file__).parent / "web" / "console" / "index.html"
IMAGES = ROOT / "docs" / "images"
REWRITE = os.environ.get("HOSHIMORI_REWRITE_IMAGES") == "1"
"""Whether the pictures of the documentation are made anew."""
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
WAIT_MS = 180_000
"""The longest that anything is waited for; a machine that does much else is slow."""


@contextmanager
def opened_browser(folder: Path) -> Iterator[Browser]:
    """Give a browser without WebGL, as on a desk without a graphics card."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-3d-apis"],
            env={**os.environ, **with_own_fonts(folder)},
        )
        yield opened
        opened.close()


def with_own_fonts(folder: Path) -> dict[str, str]:
    """Return what makes the browser write with the fonts of the package, whatever is installed."""
    fonts = Path(hoshimori.__file__).parent / "workflows" / "fonts"
    told = f"<fontconfig><dir>{fonts}</dir><cachedir>{folder}</cachedir></fontconfig>"
    place = folder / "fonts.conf"
    place.write_text(f'<?xml version="1.0"?>{told}', encoding="utf-8")
    return {"FONTCONFIG_FILE": str(place)}


class Visit:
    """One person's window, which remembers whom it asked and what went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.hosts: set[str] = set()
        self.wrong: list[str] = []
        context.set_default_timeout(WAIT_MS)
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        # What the server refuses on purpose is told by the page; the browser logs it as well.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(message.text)

    def to(self, place: str) -> Page:
        """Go to a place in the console and wait until its board is there."""
        self.page.goto(f"{self.address}/#/{place}")
        self.page.wait_for_selector(".board-summary")
        return self.page

    def found_good(self) -> None:
        """Fail where anything went wrong in it, or anybody but the server was asked."""
        assert self.wrong == []
        assert self.hosts <= {urlsplit(self.address).netloc}, "a request left the machine"


def new_window(
    browser: Browser,
    *,
    language: str = "en",
    theme: str = "dark",
    storage_state: Any = None,
    viewport: Any = None,
) -> BrowserContext:
    """Return a window of its own in a language and theme."""
    context = browser.new_context(
        storage_state=storage_state,
        viewport=viewport or {"width": 1440, "height": 900},
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.add_init_script(
        f"localStorage.setItem('hoshimori.language', '{language}');"
        f"localStorage.setItem('hoshimori.theme', '{theme}');"
    )
    return context


def sign_in(page: Page, address: str, account: str, password: str) -> None:
    """Sign in as a person does."""
    page.goto(f"{address}/#/")
    page.get_by_role("textbox").first.fill(account)
    page.locator("input[type=password]").fill(password)
    page.locator("form button").click()
    page.wait_for_selector(".board-summary")


def picture(page: Page, name: str, *, wait_ms: int = 4_000) -> None:
    """Keep what the window shows as a picture of the documentation, where these are made anew."""
    if REWRITE:
        page.wait_for_timeout(wait_ms)  # the globe comes last
        taken = Image.open(io.BytesIO(page.screenshot()))
        small = taken.convert("RGB").quantize(160, dither=Image.Dither.NONE)
        small.save(IMAGES / f"console-{name}.png", optimize=True)


def serious_barriers(page: Page) -> list[Any]:
    """Return what axe-core finds serious or critical on a page, with everything that folds open."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        ".then(r => r.violations.map(v => [v.id, v.impact, v.nodes.slice(0, 3)"
        ".map(n => n.html.slice(0, 120) + ' | ' + n.failureSummary.slice(0, 200))]))"
    )
    return [one for one in found if one[1] in ("serious", "critical")]
