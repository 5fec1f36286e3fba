"""What the console costs: processor time a frame, script a frame, time to the first view, bytes.

A made sky of 30,000 objects moves at 60 times real time with one orbit shown, in Chromium without
a graphics card. Processor time is that of all Chromium processes together, and of each kind.
The globe is drawn plainly, as such a machine gets it, and by WebGL in software (SwiftShader), which
must be asked for; and plainly once more where Chromium has no SwiftShader at all.

Script a frame is measured as beside a graphics card too: the context is called one and draws no
pixels, so that software keeps up while the globe is turned by hand, with a picture for each frame
of the browser.
"""

from __future__ import annotations

import os
import shutil
import threading
from typing import Any

from console_stage import BUNDLE, stage
from measuring import keep
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from hoshimori.workflows.skies import Sky, made_sky

OBJECTS = 30_000
RATE = "60"
SETTLE_MS, MEASURED_MS, RUNS = 4_000, 10_000, 3
SOFTWARE_WEBGL = (
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
NO_WEBGL = ("--disable-gpu", "--disable-software-rasterizer")
WAYS = {
    "plain": (SOFTWARE_WEBGL, ""),
    "webgl": (SOFTWARE_WEBGL, "?drawing=webgl"),
    "plain_without_webgl": (NO_WEBGL, ""),
}
"""What Chromium is told, and what the address asks for."""
COUNT_FRAMES = """
window.stage = { frames: 0, firstMs: 0, way: '' };
document.addEventListener('painted', ({ detail }) => {
  window.stage.frames += 1;
  window.stage.way = detail.way;
  if (detail.objects > 0 && !window.stage.firstMs) window.stage.firstMs = performance.now();
});
"""
"""The globe tells of each picture when it is painted, and of how many moved objects."""
AS_BY_CARD = """
const open = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  const context = open.call(this, kind, ...more);
  if (kind === 'webgl2' && context !== null) {
    const known = context.getParameter.bind(context);
    const { UNMASKED_RENDERER_WEBGL } = context.getExtension('WEBGL_debug_renderer_info');
    context.getParameter = (name) => (name === UNMASKED_RENDERER_WEBGL ? 'a card' : known(name));
    context.enable(context.RASTERIZER_DISCARD);
  }
  return context;
};
"""
TURN_BY_HAND = """
() => {
  const globe = document.querySelector('.globe canvas');
  const { left, top, width, height } = globe.getBoundingClientRect();
  let x = left + width / 2;
  const hand = (type) => globe.dispatchEvent(new PointerEvent(type, {
    bubbles: true, pointerId: 1, clientX: x, clientY: top + height / 2, buttons: 1,
  }));
  globe.setPointerCapture = () => {};
  hand('pointerdown');
  const turn = () => {
    x += 1;
    hand('pointermove');
    requestAnimationFrame(turn);
  };
  turn();
}
"""


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on PATH: nothing to measure with")
    sky = made_sky(seed=1, objects=OBJECTS)
    server = stage(sky)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    figures: dict[str, Any] = {
        "objects": OBJECTS,
        "rate_of_time": int(RATE),
        "load_average": os.getloadavg()[0],
        "bundle_bytes": sum(p.stat().st_size for p in BUNDLE.rglob("*") if p.is_file()),
    }
    with sync_playwright() as playwright:
        for way, (flags, query) in WAYS.items():
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", *flags]
            )
            figures["chromium"] = browser.version
            for name, of_globe in (("window", False), ("globe_alone", True)):
                figures[f"{way}_{name}_1280x720"] = [
                    measured(browser, url + query, sky, of_globe=of_globe) for _ in range(RUNS)
                ]
            browser.close()
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", *SOFTWARE_WEBGL]
        )
        figures["script_as_by_card_window_1280x720"] = [
            turned(browser, url, sky) for _ in range(RUNS)
        ]
        browser.close()
    server.shutdown()
    keep("speed_console", figures)


def measured(browser: Browser, url: str, sky: Sky, *, of_globe: bool) -> dict[str, Any]:
    """Open the console afresh and measure it; `of_globe` shows it alone, at 1280 by 720."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    travelled: list[int] = []
    page.on("requestfinished", lambda asked: travelled.append(_bytes(asked)))
    first_ms = opened(page, url, sky, of_globe=of_globe)
    if of_globe:
        page.wait_for_timeout(1_000)
        box = page.locator(".globe canvas").bounding_box()
        assert box is not None
        size = {"width": round(2560 - box["width"]), "height": round(1440 - box["height"])}
        page.set_viewport_size(size)
    page.wait_for_timeout(SETTLE_MS)
    figures = cost(browser, page) | {
        "way": page.evaluate("window.stage.way"),
        "canvas": page.evaluate("(c => [c.width, c.height])(document.querySelector('canvas'))"),
        "first_view_s": first_ms / 1000,
        "travelled_bytes": sum(travelled),
    }
    page.close()
    return figures


def turned(browser: Browser, url: str, sky: Sky) -> dict[str, Any]:
    """Return what the main thread does for a picture while a hand turns the globe, as by a card."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    page.add_init_script(AS_BY_CARD)
    opened(page, url, sky)
    page.wait_for_timeout(SETTLE_MS)
    page.evaluate(TURN_BY_HAND)
    figures = cost(browser, page) | {"way": page.evaluate("window.stage.way")}
    page.close()
    kept = ("way", "frames_per_s", "script_ms_per_frame", "main_thread_ms_per_frame")
    return {name: figures[name] for name in kept}


def opened(page: Page, url: str, sky: Sky, *, of_globe: bool = False) -> float:
    """Open the console at an object and start its clock; return when objects were seen, ms."""
    page.add_init_script(COUNT_FRAMES)
    page.goto(url)
    page.wait_for_function("window.stage.firstMs > 0", timeout=60_000)
    page.select_option(".timebar select", RATE)
    place = f"#/object/{sky.assets[-1].norad_id}{'?wide=1' if of_globe else ''}"
    page.evaluate(f"location.hash = '{place}'")
    return float(page.evaluate("window.stage.firstMs"))


def _bytes(asked: Any) -> int:
    sizes = asked.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def cost(browser: Browser, page: Page) -> dict[str, Any]:
    """Return frames a second and what one costs over a stretch of time."""
    whole, main_thread = browser.new_browser_cdp_session(), page.context.new_cdp_session(page)
    main_thread.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = (processors(whole), script(main_thread), page.evaluate("window.stage.frames"))
    page.wait_for_timeout(MEASURED_MS)
    after = (processors(whole), script(main_thread), page.evaluate("window.stage.frames"))
    frames = after[2] - before[2]
    kinds = {k: (after[0][k] - before[0].get(k, 0.0)) * 1000 / frames for k in after[0]}
    return {
        "frames_per_s": frames / (MEASURED_MS / 1000),
        "cpu_ms_per_frame": sum(kinds.values()),
        "cpu_ms_per_frame_by_process": kinds,
        "script_ms_per_frame": (after[1][0] - before[1][0]) * 1000 / frames,
        "main_thread_ms_per_frame": (after[1][1] - before[1][1]) * 1000 / frames,
    }


def processors(session: CDPSession) -> dict[str, float]:
    """Return the CPU seconds of Chromium's processes by kind."""
    found: dict[str, float] = {}
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        found[process["type"]] = found.get(process["type"], 0.0) + process["cpuTime"]
    return found


def script(session: CDPSession) -> tuple[float, float]:
    """Return seconds of script, and of all tasks, on the page's main thread."""
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return metrics["ScriptDuration"], metrics["TaskDuration"]


if __name__ == "__main__":
    main()
