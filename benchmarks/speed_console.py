"""What the console costs: processor time a frame, script a frame, time to the first view, bytes.

A made sky of 30,000 objects moves at 60 times real time with one orbit shown, drawn by Chromium in
software (SwiftShader). Processor time is that of all Chromium processes together, and of each kind.
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
FLAGS = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--no-sandbox",
]
COUNT_FRAMES = """
(() => {
  window.stage = { frames: 0, firstMs: 0 };
  const gl = WebGL2RenderingContext.prototype;
  const clear = gl.clear, draw = gl.drawArrays;
  gl.clear = function (mask) { window.stage.frames += 1; return clear.call(this, mask); };
  gl.drawArrays = function (mode, first, count) {
    if (count >= 10000 && !window.stage.firstMs) window.stage.firstMs = performance.now();
    return draw.call(this, mode, first, count);
  };
})();
"""


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on PATH: nothing to measure with")
    sky = made_sky(seed=1, objects=OBJECTS)
    server = stage(sky)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        figures = {
            "objects": OBJECTS,
            "rate_of_time": int(RATE),
            "load_average": os.getloadavg()[0],
            "chromium": browser.version,
            "window_1280x720": [measured(browser, url, sky, of_globe=False) for _ in range(RUNS)],
            "globe_alone_1280x720": [
                measured(browser, url, sky, of_globe=True) for _ in range(RUNS)
            ],
            "bundle_bytes": sum(p.stat().st_size for p in BUNDLE.rglob("*") if p.is_file()),
        }
        browser.close()
    server.shutdown()
    keep("speed_console", figures)


def measured(browser: Browser, url: str, sky: Sky, *, of_globe: bool) -> dict[str, Any]:
    """Open the console afresh and measure it; `of_globe` shows it alone, at 1280 by 720."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    page.add_init_script(COUNT_FRAMES)
    travelled: list[int] = []
    page.on("requestfinished", lambda asked: travelled.append(_bytes(asked)))
    page.goto(url)
    page.wait_for_function("window.stage.firstMs > 0", timeout=60_000)
    first_ms = page.evaluate("window.stage.firstMs")
    page.select_option(".timebar select", RATE)
    place = f"#/object/{sky.assets[-1].norad_id}{'?wide=1' if of_globe else ''}"
    page.evaluate(f"location.hash = '{place}'")
    if of_globe:
        page.wait_for_timeout(1_000)
        box = page.locator(".globe canvas").bounding_box()
        assert box is not None
        size = {"width": round(2560 - box["width"]), "height": round(1440 - box["height"])}
        page.set_viewport_size(size)
    page.wait_for_timeout(SETTLE_MS)
    figures = cost(browser, page) | {
        "canvas": page.evaluate("(c => [c.width, c.height])(document.querySelector('canvas'))"),
        "first_view_s": first_ms / 1000,
        "travelled_bytes": sum(travelled),
    }
    page.close()
    return figures


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
