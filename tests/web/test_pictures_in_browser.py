"""The pictures of the console in a real browser: they draw, they follow, they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.browsing import AXE, BUNDLE, CHROMIUM, IMAGES, REWRITE, opened_browser
from tests.web.picture_server import serving

from hoshimori.model.candidate_causes import CandidateKind
from hoshimori.model.findings import Breakup, Proximity, ReceiverInterference
from hoshimori.model.receivers import Link
from hoshimori.workflows.floor import Floor

WAIT_MS = 60_000
expect.set_options(timeout=WAIT_MS)

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium on the PATH"),
    pytest.mark.skipif(not BUNDLE.is_file(), reason="this build left the console out"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Floor]]:
    """The address and the floor of a running server."""
    with serving(tmp_path_factory.mktemp("pictures")) as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser without WebGL: the pictures need none, and the globe is drawn plainly."""
    with opened_browser(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


@pytest.fixture
def page(served: tuple[str, Floor], browser: Browser) -> Iterator[Page]:
    """A window that asks nobody but the server, and in which nothing goes wrong."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, reduced_motion="reduce", locale="en-GB"
    )
    context.set_default_timeout(WAIT_MS)
    shown = context.new_page()
    hosts: set[str] = set()
    wrong: list[str] = []
    shown.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    yield shown
    context.close()
    assert wrong == []
    assert hosts <= {urlsplit(served[0]).netloc}, "a request left the machine"


def look(page: Page, served: tuple[str, Floor], place: str, **kept: str) -> Page:
    """Go to a place in the console, in a language and theme."""
    chosen = {"language": "en", "theme": "dark"} | kept
    page.add_init_script(
        "".join(f"localStorage.setItem('hoshimori.{k}', '{v}');" for k, v in chosen.items())
    )
    page.goto(f"{served[0]}/#/{place}")
    page.locator(".timeline-svg").wait_for()
    return page


def keep(page: Page, name: str) -> None:
    """Keep what the window shows for the documentation, where its pictures are made anew."""
    if REWRITE:
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / f"console-picture-{name}.png")


def serious(page: Page, inside: str) -> list[Any]:
    """Return what axe finds in a part of the page that hinders people seriously."""
    if not AXE.is_file():
        pytest.skip("needs axe-core beside the console's sources")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(inside) => axe.run(inside).then((r) => r.violations)", inside)
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def proximity(served: tuple[str, Floor]) -> str:
    """Return the most urgent incident whose pair really moves."""
    board = served[1].view().board
    moving = {
        f.finding_id for f in board.findings if isinstance(f, Proximity) and f.median_range_km > 1.0
    }
    return next(i.incident_id for i in board.incidents if moving & set(i.finding_ids))


def test_the_proximity_picture_follows_the_clock(page: Page, served: tuple[str, Floor]) -> None:
    look(page, served, f"relative/{proximity(served)}")
    for plane in ("In the orbit plane", "Across the plane"):
        expect(page.get_by_role("img", name=plane)).to_be_visible()
    slider = page.get_by_role("slider", name="Moment along the track")
    slider.focus()
    page.keyboard.press("Home")  # to the closest approach
    caption = page.locator("figcaption").first.inner_text()
    closest = re.search(r"closest ([\d.,]+ k?m)", caption)
    assert closest is not None
    expect(slider).to_have_attribute("aria-valuetext", re.compile(re.escape(closest[1])))
    page.keyboard.press("PageDown")
    expect(slider).not_to_have_attribute("aria-valuetext", re.compile(re.escape(closest[1])))
    keep(page, "relative")
    page.get_by_text("As a table").click()
    expect(page.get_by_role("table")).to_contain_text("◆")
    assert serious(page, ".relative") == []


def test_the_belt_is_looked_at_nearer_by_its_buttons(page: Page, served: tuple[str, Floor]) -> None:
    look(page, served, "belt")
    expect(page.get_by_role("group", name="Geostationary belt")).to_be_visible()
    keep(page, "belt")
    around = page.locator(".pictures-head select")
    text = around.locator("option").filter(has_text="SIM COMSAT 1").inner_text()
    around.select_option(label=text)
    expect(page).to_have_url(re.compile("width=20"))
    expect(page.locator(".belt-name-asset").first).to_be_visible()
    page.get_by_role("button", name="8°", exact=True).click()
    expect(page).to_have_url(re.compile("width=8"))
    keep(page, "belt-near")
    assert serious(page, ".pictures") == []


def test_a_break_up_is_drawn_then_and_now(page: Page, served: tuple[str, Floor]) -> None:
    finding = next(f for f in served[1].view().board.findings if isinstance(f, Breakup))
    look(page, served, f"breakup/{finding.finding_id}")
    expect(page.get_by_role("img", name="Gabbard plot")).to_be_visible()
    assert page.locator(".gabbard-box .gabbard-apogee").count() == finding.pieces
    keep(page, "gabbard")
    page.get_by_role("button", name="Newest").click()
    expect(page.get_by_role("button", name="Newest")).to_have_attribute("aria-pressed", "true")
    assert serious(page, ".gabbard") == []


def test_lost_navigation_by_day(page: Page, served: tuple[str, Floor]) -> None:
    look(page, served, "interference")
    expect(page.get_by_role("group", name="Lost satellite navigation")).to_be_visible()
    assert page.locator(".interference-svg .map-disturbed").count() > 5
    usual = page.locator(".map-areas button").filter(has_text="permanent")
    expect(usual).to_contain_text(re.compile(r"more since 2026-03-0\d: \d+ % before, \d+ % since"))
    expect(page.locator(".map-areas button").filter(has_text="new")).not_to_contain_text("since")
    keep(page, "interference")
    day = page.locator(".pictures-head strong").inner_text()
    page.get_by_role("button", name="Day before").click()
    expect(page.locator(".pictures-head strong")).not_to_have_text(day)
    page.get_by_role("button", name="Whole Earth").click()
    expect(page).to_have_url(re.compile("whole=1"))
    expect(page.locator(".interference-svg")).to_be_visible()
    assert serious(page, ".pictures") == []


def test_an_incident_shows_what_its_receiver_measured(
    page: Page, served: tuple[str, Floor]
) -> None:
    board = served[1].view().board
    finding = next(
        f for f in board.findings
        if isinstance(f, ReceiverInterference) and f.link is Link.UPLINK
    )  # fmt: skip
    incident = next(i for i in board.incidents if finding.finding_id in i.finding_ids)
    look(page, served, f"incident/{incident.incident_id}")
    expect(page.locator(".reception-compact").get_by_role("img")).to_be_visible()
    page.locator(".reception-compact").get_by_role("link", name="Larger").click()
    drawn = page.locator(".reception:not(.reception-compact)")
    expect(drawn.get_by_role("img", name="Reception")).to_be_visible()
    for name in ("C/N0", "Noise floor", "Gain control"):
        expect(drawn.locator(".picture-title").filter(has_text=name)).to_be_visible()
    keep(page, "reception")
    drawn.get_by_text("As a table").click()
    expect(page.get_by_role("table")).to_contain_text("disturbed")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.querySelector('.frame').scrollWidth <= 390")
    for theme in ("dark", "light"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        assert serious(page, ".reception:not(.reception-compact)") == []


def test_two_handles_moment_and_knowledge(page: Page, served: tuple[str, Floor]) -> None:
    look(page, served, "")
    moment = page.get_by_role("slider", name="Moment shown")
    known = page.get_by_role("slider", name="Moment of knowledge")
    before = moment.get_attribute("aria-valuetext")
    moment.focus()
    page.keyboard.press("ArrowRight")
    expect(moment).not_to_have_attribute("aria-valuetext", before or "")
    assert "as_known_at" not in page.url
    shown = moment.get_attribute("aria-valuetext")
    known.focus()
    for _ in range(18):
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("as_known_at=2026-03-2"))
    assert shown is not None
    expect(page.locator(".timeline-unknown")).to_be_visible()
    keep(page, "timeline")
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"#/$"))
    assert serious(page, ".timeline") == []


def test_an_incident_leads_to_its_pictures(page: Page, served: tuple[str, Floor]) -> None:
    incident_id = proximity(served)
    look(page, served, f"incident/{incident_id}")
    expect(page.locator(".relative-compact").get_by_role("img")).to_have_count(2)
    page.locator(".picture-links a").first.click()
    expect(page.get_by_role("group", name="Geostationary belt")).to_be_visible()
    expect(page).to_have_url(re.compile("width=20"))


def test_an_asset_leads_to_what_could_have_caused_something(
    page: Page, served: tuple[str, Floor]
) -> None:
    asset = served[1].view().board.assets[0].norad_id
    look(page, served, f"object/{asset}")
    link = page.get_by_role("link", name="What could have caused something on it?")
    link.focus()
    page.keyboard.press("Enter")
    moment = page.get_by_label("Moment (UTC)")
    expect(moment).to_have_value("2026-03-24 06:00")  # that of the newest picture
    moment.fill("2026-03-23 19:30")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"at=2026-03-23T19:30:00Z"))
    shown = page.locator(".causes-page")
    storm = shown.locator(".causes-unusual [data-cause=storm]")
    expect(storm).to_contain_text("Geomagnetic storm (Kp)")
    expect(storm).to_contain_text(re.compile(r"G4: Kp 8\.0 .*1 moment in \d+", re.S))
    expect(shown.get_by_role("heading", name="What nobody looks at here")).to_be_visible()
    expect(shown).to_contain_text("flares, proton events")
    expect(shown.locator(".causes-not_judged")).to_contain_text("Missing data are no clean bill")
    assert shown.locator("tbody tr[data-cause]").count() == len(CandidateKind)
    page.set_viewport_size({"width": 1280, "height": 960})
    keep(page, "causes")
    assert serious(page, ".causes-page") == []
    moment.fill("2027-01-01 00:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("nobody knows that yet")
    page.go_back()
    page.keyboard.press("l")
    expect(page.locator(".causes-unusual [data-cause=storm] th")).to_have_text("磁気嵐（Kp）")
    told = page.locator(".causes-page h4, .causes-page thead, .causes-page label").all_inner_texts()
    assert not re.findall(r"\b(?!UTC)[A-Za-z]{4,}\b", " ".join(told))


def test_every_word_of_a_picture_is_japanese_in_japanese(
    page: Page, served: tuple[str, Floor]
) -> None:
    look(page, served, "belt?middle=132&width=20", language="ja", theme="light")
    expect(page.get_by_role("group", name="静止軌道帯")).to_be_visible()
    legend = page.locator(".belt .picture-legend")
    expect(legend).to_contain_text("保護対象")
    assert "Asset" not in legend.inner_text()
    keep(page, "belt-ja")
