"""What people do in the console, done in a real browser against a real server."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.web.browsing import (
    AXE,
    BUNDLE,
    CHROMIUM,
    WAIT_MS,
    Visit,
    new_window,
    opened_browser,
    picture,
    serious_barriers,
    sign_in,
)
from tests.web.console_server import CANARY, DRIFTER, PASSWORD, SOURCE, Served, serving
from typer.testing import CliRunner

from hoshimori.cli.app import app

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium on the PATH"),
    pytest.mark.skipif(not BUNDLE.is_file(), reason="this build left the console out"),
]

REASON = "Its plane was matched twice this month."
"""What a person decides for."""
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of a small made sky."""
    with serving(tmp_path_factory.mktemp("console")) as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser without WebGL, as on a desk without a graphics card: the globe is drawn plainly."""
    with opened_browser(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def visits(served: Served, browser: Browser) -> dict[str, Any]:
    """What the browser keeps of each sign-in, by account."""
    return {}


Visitor = Callable[..., Visit]


@pytest.fixture
def visit(served: Served, browser: Browser, visits: dict[str, Any]) -> Iterator[Visitor]:
    """Open a window for an account, signed in; none of them may ask anybody else."""
    opened: list[tuple[Visit, BrowserContext]] = []

    def open_window(
        account: str = "tanaka", *, language: str = "en", theme: str = "dark", **options: Any
    ) -> Visit:
        context = new_window(
            browser, language=language, theme=theme, storage_state=visits.get(account), **options
        )
        one = Visit(context, served.address)
        opened.append((one, context))
        if account not in visits:
            sign_in(one.page, served.address, account, PASSWORD)
            visits[account] = context.storage_state()
        return one

    yield open_window
    for one, context in opened:
        context.close()
        one.found_good()


def drifter(page: Page) -> Any:
    """Return the line of the board about the object that drifts in."""
    return page.locator(".board-row a", has_text=f"({DRIFTER})").first


def test_an_asset_is_found_and_its_incident_opened(visit: Visitor) -> None:
    page = visit().to("")
    picture(page, "board")
    page.keyboard.press("/")
    page.keyboard.type("comsat 1")
    expect(page.get_by_role("option").filter(has_text="SIM COMSAT 1").first).to_be_visible()
    page.get_by_role("option").filter(has_text="800000001").first.click()
    expect(page.locator(".object-name")).to_have_text("SIM COMSAT 1")
    expect(page.locator(".object-page")).to_contain_text("a protected asset")
    expect(page.locator("figure.series").first).to_be_visible()
    picture(page, "object")
    link = page.locator(".object-incidents a", has_text="drifts in").first
    told = link.inner_text()
    link.click()
    heading = page.locator(".incident-what")
    expect(heading).to_be_visible()
    assert heading.inner_text() in told
    expect(page.locator(".incident-next strong")).not_to_be_empty()


def test_explanations_stand_side_by_side_as_intervals(visit: Visitor) -> None:
    page = visit().to("")
    drifter(page).click()
    page.wait_for_selector(".span-group li")
    groups = page.locator(".span-group")
    assert groups.nth(0).locator("li").count() == 4, "nature, fault, plan and data stand first"
    assert groups.nth(1).locator("li").count() == 6, "the alternatives are always all there"
    for told in page.locator(".span-words").all_inner_texts():
        interval = re.search(r"(under 1 %|over 99 %|\d+ %)( to (\d+ %|over 99 %))?$", told)
        assert interval, told
        assert interval[2] or interval[1] in ("under 1 %", "over 99 %"), f"a bare number: {told}"
    text = page.locator(".incident-page").inner_text()
    assert not re.search(r"armed attack|Article V\b|culprit|perpetrat", text, re.I)
    expect(page.locator(".incident-page")).to_contain_text("is not assessed")
    expect(page.locator(".evidence li").first).to_be_visible()
    picture(page, "incident")


def test_the_past_is_unmistakable_and_knows_no_more_than_then(visit: Visitor) -> None:
    page = visit().to("")
    now = page.locator(".board-summary").inner_text()
    page.goto(page.url.split("#")[0] + "#/?as_known_at=2026-11-25T06:00:00Z")
    banner = page.locator(".knowledge")
    expect(banner).to_contain_text("2026-11-25 06:00")
    expect(page.locator(".board-head")).to_contain_text("as of 2026-11-25 06:00Z")
    then = page.locator(".board-summary").inner_text()
    assert then != now, "two days before, less was known"
    picture(page, "past")
    drifter(page).click()
    expect(page.locator(".incident-what")).to_be_visible()
    assert "as_known_at=2026-11-25T06:00:00Z" in page.url, "links stay in the past"
    expect(page.get_by_role("button", name="Decide").first).to_have_count(0)
    scrubber = page.locator(".timeline-handle-known")
    scrubber.press("End")
    expect(banner).to_have_count(0)
    page.go_back()
    expect(banner).to_have_count(1)
    banner.get_by_role("button").click()
    expect(banner).to_have_count(0)
    expect(page.locator(".board-head")).to_contain_text("as of 2026-11-27 06:00Z")


def test_a_decision_stands_beside_the_proposal(visit: Visitor) -> None:
    page = visit().to("")
    drifter(page).click()
    page.locator("#part-factors > summary").click()
    factor = page.locator(".factors li").nth(4)
    expect(factor).to_contain_text("F5")
    proposed = factor.locator("dd").first.inner_text()
    factor.get_by_role("button").click()
    form = page.locator("form.decision-form")
    form.locator("select").select_option("2")
    form.locator("textarea").fill(REASON)
    picture(page, "decision")
    form.locator("button[type=submit]").click()
    decided = page.locator(".factors li").nth(4).locator("dd").nth(1)
    expect(decided).to_contain_text("tanaka")
    expect(decided).to_contain_text(REASON)
    assert page.locator(".factors li").nth(4).locator("dd").first.inner_text() == proposed
    expect(page.locator("#part-history")).to_contain_text("tanaka")


def test_who_may_only_look_is_offered_no_decision(visit: Visitor) -> None:
    page = visit("guest").to("")
    drifter(page).click()
    page.wait_for_selector(".span-group li")
    assert page.locator(".incident-page button", has_text="Decide").count() == 0
    assert page.locator("a", has_text="Compose a dossier").count() == 0
    page.get_by_role("link", name="guest").click()
    expect(page.locator(".page")).to_contain_text("see boards, objects and incidents")
    expect(page.locator(".page")).not_to_contain_text("compose dossiers")


def test_a_partner_sees_nothing_that_may_not_go_there(visit: Visitor) -> None:
    page = visit().to("")
    drifter(page).click()
    page.get_by_role("button", name="more findings").click()
    expect(page.locator("#part-findings")).to_contain_text(CANARY)
    window = visit("partner")
    seen: list[str] = []
    window.page.on("response", lambda r: seen.append(r.url) if "/api/" in r.url else None)
    page = window.to("")
    drifter(page).click()
    page.wait_for_selector(".span-group li")
    assert CANARY not in page.locator("body").inner_text()
    assert page.locator("#part-history").count() == 0, "the journal is of the house alone"
    for place, there in (
        ("object/800000001", "figure.series"),
        ("quiet", ".quiet-page table"),
        ("dossier", ".dossier-page section p"),
        ("alerts", ".alerts-page [role=alert]"),
    ):
        window.to(place).wait_for_selector(there)
        assert CANARY not in page.locator("body").inner_text()
    answers = [address for address in sorted(set(seen)) if not address.endswith("/live")]
    assert len(answers) > 8
    assert not [one for one in answers if CANARY in page.request.get(one).text()]
    expect(page.locator(".marking")).to_contain_text("TLP:GREEN//REL TO USA, JPN")


def test_a_dossier_is_composed_downloaded_and_verified(visit: Visitor, tmp_path: Path) -> None:
    page = visit().to("")
    drifter(page).click()
    page.get_by_role("link", name="Compose a dossier").click()
    page.get_by_label("日本語").uncheck()
    page.get_by_label("Title").fill("Drifting in on COMSAT 1")
    page.get_by_role("button", name="Compose", exact=True).click()
    page.wait_for_selector(".dossiers li[data-state=ready]")
    whole = downloaded(page.get_by_role("link", name="Download, for the house"), tmp_path)
    assert CANARY in content_of(whole)
    assert verified(whole)["rerun"] is not None
    page.locator(".release summary").click()
    page.get_by_label("Release to").fill("usa")
    page.get_by_role("button", name="Preview").click()
    preview = page.locator(".preview")
    expect(preview.locator("tr.stays")).to_contain_text(["reports"])
    expect(preview).to_contain_text("TLP:GREEN//REL TO USA, JPN")
    expect(preview.locator("ul li").first).to_be_visible()
    picture(page, "release")
    preview.get_by_role("button", name="Make the copy for USA").click()
    page.wait_for_selector(".dossiers li[data-state=ready] >> text=Download the copy for USA")
    copy = downloaded(page.get_by_role("link", name="Download the copy for USA"), tmp_path)
    assert CANARY not in content_of(copy)
    verified(copy, "--seal-only")
    page = visit("partner").to("dossier")
    mine = page.locator(".dossiers > li")
    expect(mine).to_have_count(1)
    expect(mine.get_by_role("link", name="Download the copy for USA")).to_be_visible()
    assert page.get_by_role("link", name="for the house").count() == 0


def downloaded(link: Any, folder: Path) -> Path:
    """Click a link and return the file that came."""
    with link.page.expect_download() as awaited:
        link.click()
    path = folder / awaited.value.suggested_filename
    awaited.value.save_as(path)
    return path


def content_of(dossier: Path) -> str:
    """Return everything that a dossier file holds, as text."""
    with zipfile.ZipFile(dossier) as opened:
        parts = [opened.read(name).decode("utf-8", "replace") for name in opened.namelist()]
    return "\n".join(parts)


def verified(dossier: Path, *more: str) -> Any:
    """Return what the command line says of a dossier; it must be whole and come out the same."""
    done = CliRunner().invoke(app, ["verify", str(dossier), "--json", *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_an_alert_is_taken_note_of(visit: Visitor) -> None:
    page = visit().to("alerts")
    first = page.locator(".alert-open").first
    expect(first).to_contain_text("Look now")
    picture(page, "alerts")
    open_before = page.locator(".alert-open").count()
    first.get_by_placeholder("Note").fill("operator is being asked")
    first.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".alert-open")).to_have_count(open_before - 1)
    noted = page.locator(".alert:not(.alert-open)").first
    noted.locator("summary").click()
    expect(noted).to_contain_text("tanaka")
    expect(noted).to_contain_text("operator is being asked")


def test_japanese_from_end_to_end(visit: Visitor) -> None:
    page = visit().to("")
    drifter(page).click()
    page.wait_for_selector(".span-group li")
    page.keyboard.press("l")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator(".panel-head h2").first).to_have_text("監視ボード")
    expect(page.locator(".incident-next")).to_contain_text("次の手順")
    expect(page.locator(".span-group h4").first).to_have_text("自然・故障・計画・データ")
    expect(page.locator(".span-words").first).to_contain_text("〜")
    told = page.locator(".incident-page").inner_text()
    for said in (CANARY, SOURCE, REASON):
        told = told.replace(said, "")  # what people said stays as they said it
    english = set(re.findall(r"\b[A-Za-z]{4,}\b", told))
    assert english <= {"SPACE", "COMSAT", "DRIFTER", "hoshimori", "tanaka"}, english
    picture(page, "japanese")


def test_everything_can_be_done_from_the_keyboard(visit: Visitor) -> None:
    page = visit().to("")
    focused = "document.activeElement.getAttribute('data-incident')"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    assert first
    assert second not in (None, first)
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.keyboard.press("Enter")
    expect(page.locator(".incident-id")).to_have_text(first)
    page.wait_for_selector(".span-group li")
    page.locator("#part-gates > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form = page.locator("form.decision-form")
    expect(form.locator("select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".incident-page")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    seen: list[str] = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert len(set(seen)) == 8, "the focus moves on, and is never caught"
    page.keyboard.press("x")
    assert "exercise" not in page.url, "no exercise is played here"
    expect(page.locator(".places a", has_text="Exercise")).to_have_count(0)
    expect(page.locator(".exercise-clock")).to_have_count(0)


def test_filters_hold_the_board_and_stand_in_its_address(visit: Visitor) -> None:
    window = visit()
    page = window.to("?kind=manoeuvre")
    every = page.locator(".board-row").count()
    page.locator(".board-selects select").last.select_option("latest")
    expect(page).to_have_url(re.compile("kind=manoeuvre&order=latest"))
    count = page.locator(".board-row").count()
    assert every <= count < 20
    page.locator(".board-row a").first.click()
    expect(page.locator(".incident-what")).to_be_visible()
    assert page.locator(".board-row").count() == count, "filters stay while incidents are opened"
    page = window.to("?kind=decay")
    expect(page.locator(".nothing")).to_be_visible()
    page.locator(".nothing button").click()
    expect(page.locator(".board-row").first).to_be_visible()


def test_what_fails_says_so_and_can_be_tried_again(visit: Visitor) -> None:
    window = visit()
    page = window.page
    broken = {"problem": "the store is busy", "where": "", "expected": "", "do": "wait"}
    page.route("**/incidents/*/assessment*", lambda route: route.fulfill(status=503, json=broken))
    window.to("")
    drifter(page).click()
    alert = page.locator(".incident-page").get_by_role("alert")
    expect(alert).to_contain_text("the store is busy")
    expect(page.locator(".incident-what")).to_be_visible()
    page.unroute("**/incidents/*/assessment*")
    alert.get_by_role("button").click()
    page.wait_for_selector(".span-group li")


PLACES = {
    "": ".board-row",
    "incident": ".span-group li",
    "object/800000001": "figure.series",
    "quiet": ".quiet-page table",
    "dossier": ".dossier-page .soft",
    "alerts": ".alerts-page h3",
    "account": ".page ul",
}
"""Every page of these journeys, and what is on it once it is there."""


@pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core among the console's packages")
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_serious_barrier_on_any_page(visit: Visitor, theme: str) -> None:
    window = visit(theme=theme)
    for place, there in PLACES.items():
        page = window.to("" if place == "incident" else place)
        if place == "incident":
            drifter(page).click()
        page.wait_for_selector(there)
        serious = serious_barriers(page)
        assert not serious, (place, theme, serious)
