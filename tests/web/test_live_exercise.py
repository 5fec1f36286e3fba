"""Two cells and who directs play a script to its end, in real browsers on one real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
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
from tests.web.live_server import ACCOUNTS, NAME, PASSWORD, STORY, Served, serving

pytestmark = [
    pytest.mark.xdist_group("exercise browser"),
    pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium on the PATH"),
    pytest.mark.skipif(not BUNDLE.is_file(), reason="this build left the console out"),
]
expect.set_options(timeout=WAIT_MS)

REASON = "It came from fifteen degrees away and matched the drift."
NOTICE = (
    "SIM-GEO 0001 stays within 40 km of the relay. One in ten objects of the belt has such a "
    "neighbour within a week; a relocation that nobody announced would look the same."
)
BROKEN = """\
[[inject]]
id = "broken"
kind = "report"
statment = "no_answer"
parts = ["visitor"]
source = "a partner"
grade = "Z9"
text = "We hear of disturbed links too."
begins_h = 0
is_true = false
"""
"""Mistakes in lines 4 and 7; because of the first, something is missing in line 1."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server, its clock standing at the start."""
    with serving(tmp_path_factory.mktemp("exercise")) as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser."""
    with opened_browser(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def people(served: Served, browser: Browser) -> Iterator[dict[str, Visit]]:
    """A window for each person, all open at once; none of them may ask anybody else."""
    windows: dict[str, Visit] = {}
    with ExitStack() as stack:
        for name in ACCOUNTS:
            context = new_window(browser)
            stack.callback(context.close)
            windows[name] = Visit(context, served.address)
            sign_in(windows[name].page, served.address, name, PASSWORD)
        yield windows
        for window in windows.values():
            window.found_good()


def test_two_cells_play_a_script_to_its_end(
    served: Served, people: dict[str, Visit], tmp_path: Path
) -> None:
    umpire, sato, kim = (people[name].page for name in ("umpire", "sato", "kim"))
    everybody_finds_the_exercise(umpire, sato, kim)
    a_cell_reads_nothing_of_the_script(sato)
    what_fails_says_so(kim)
    the_director_jumps(umpire, 3)
    both_cells_answer(served, sato, kim)
    a_cell_opens_the_incident_and_decides(sato)
    messages_pass(sato, kim, umpire)
    the_director_injects(umpire)
    the_director_jumps(umpire, 8)
    cells_see_what_was_injected(sato, kim)
    japanese_from_end_to_end(kim)
    the_clock_runs(umpire, sato)
    the_director_jumps(umpire, 26)
    words_get_points(umpire, sato, kim)
    no_page_has_a_serious_barrier(umpire, sato)
    the_director_jumps(umpire, 45)
    the_director_ends_it(umpire, sato, kim)
    score_and_report_tell_of_both(umpire, tmp_path)


def everybody_finds_the_exercise(umpire: Page, sato: Page, kim: Page) -> None:
    for page in (umpire, sato, kim):
        expect(page.locator(".reality-exercise")).to_contain_text(NAME)
        expect(page.locator(".exercise-clock")).to_contain_text("+00:00")
        expect(page.locator(".exercise-clock")).to_contain_text("paused")
        expect(page.locator(".places a", has_text="Exercise")).to_be_visible()
        page.keyboard.press("x")
        expect(page.locator(".deck")).to_be_visible()
    expect(umpire.locator(".deck")).to_contain_text("White cell control")
    expect(sato.locator(".deck")).to_contain_text("Cell blue")
    expect(kim.locator(".deck")).to_contain_text("Cell green")
    expect(sato.locator(".deck")).to_contain_text("Watch the relay and speak with its operator.")
    for page in (sato, kim):
        expect(page.locator(".exercise-page")).to_contain_text("Nothing waits for your answer.")
        expect(page.locator(".read-ahead")).to_contain_text("Two nations depend on one relay")
        expect(page.locator(".read-ahead p")).to_be_visible()
    expect(umpire.locator(".script li")).to_have_count(3)
    expect(umpire.locator(".exercise-page")).to_contain_text(STORY)
    umpire.keyboard.press("?")
    expect(umpire.get_by_role("dialog")).to_contain_text("the exercise")
    umpire.keyboard.press("Escape")


def a_cell_reads_nothing_of_the_script(sato: Page) -> None:
    start = sato.url.split("#")[0]
    for place in ("exercise", "exercise?tab=score", "exercise?tab=inject"):
        sato.goto(f"{start}#/{place}")
        expect(sato.locator(".deck")).to_contain_text("Cell blue")
        assert sato.locator(".controls, .tabs, .script").count() == 0
        assert STORY not in sato.locator("body").inner_text()
    for path in ("script", "kinds", "score", "debrief.html", "debrief.pdf"):
        assert sato.request.get(f"{start}api/v1/exercise/{path}").status == 403, path
    token = sato.request.get(f"{start}api/v1/me").json()["forgery_token"]
    for path, body in (
        ("clock", {"paused": False}),
        ("injects", {"toml": BROKEN}),
        ("points", {"cell": "blue", "question_id": "summary", "points": 3}),
        ("end", {}),
    ):
        refused = sato.request.post(
            f"{start}api/v1/exercise/{path}", data=body, headers={"X-CSRF-Token": token}
        )
        assert refused.status == 403, path
    foreign = sato.request.post(
        f"{start}api/v1/exercise/messages",
        data={"to": "blue", "text": "I am green", "cell": "green"},
        headers={"X-CSRF-Token": token},
    )
    assert foreign.status == 403, "a cell acts for itself alone"


def what_fails_says_so(kim: Page) -> None:
    broken = {"problem": "the store is busy", "where": "", "expected": "", "do": "wait"}
    kim.route("**/exercise/questions*", lambda route: route.fulfill(status=503, json=broken))
    kim.reload()
    alert = kim.locator(".exercise-page").get_by_role("alert")
    expect(alert).to_contain_text("the store is busy")
    expect(kim.locator("form.compose")).to_be_visible()
    kim.unroute("**/exercise/questions*")
    alert.get_by_role("button").click()
    expect(kim.locator(".exercise-page")).to_contain_text("Nothing waits for your answer.")


def the_director_jumps(umpire: Page, hour: int) -> None:
    form = umpire.locator(".jumps form")
    form.get_by_role("spinbutton").fill(str(hour))
    form.get_by_role("button").click()
    expect(umpire.locator(".dial b")).to_have_text(re.compile(rf"^\+{hour:02d}:"))
    expect(umpire.locator(".board-head")).to_contain_text(
        f"as of 2026-01-{1 + hour // 24:02d} {hour % 24:02d}:"
    )


def question(page: Page, name: str) -> Any:
    """Return the card of a question."""
    return page.locator(f"[data-question={name}]")


def both_cells_answer(served: Served, sato: Page, kim: Page) -> None:
    visitor = str(served.live.stage.stage.cast.numbers["visitor"])
    expect(question(sato, "which")).to_contain_text("17 h 0 min left")
    assert question(sato, "when").count() == 0, "what another cell is asked is not shown"
    picture(sato, "exercise-cell")
    for page in (sato, kim):
        box = question(page, "which").get_by_role("combobox")
        box.fill(visitor)
        page.get_by_role("option").filter(has_text=visitor).first.click()
        expect(box).to_have_value(re.compile(visitor))
        question(page, "which").get_by_role("button", name="Answer").click()
        expect(question(page, "which")).to_contain_text(f"({visitor})")
    card = question(sato, "next")
    card.get_by_label("Name the one behind it").check()
    card.get_by_role("button", name="Answer").click()
    expect(card).to_contain_text("Answered: Name the one behind it")
    card.get_by_role("button", name="Change").click()
    card.get_by_label("Tell the operator of the relay").check()
    card.get_by_role("button", name="Answer").click()
    expect(card).to_contain_text("Answered: Tell the operator")
    question(kim, "how-near").get_by_role("spinbutton").fill("400")
    question(kim, "how-near").get_by_role("button").click()
    expect(question(kim, "how-near")).to_contain_text("Answered: 400")
    question(kim, "when").get_by_role("textbox").fill("2026-01-01 14:00")
    question(kim, "when").get_by_role("button").click()
    expect(question(kim, "when")).to_contain_text("Answered: 2026-01-01 14:00Z")


def a_cell_opens_the_incident_and_decides(sato: Page) -> None:
    sato.locator(".board-row a").first.click()
    sato.wait_for_selector(".span-group li")
    incident = sato.locator(".incident-id").inner_text()
    assert sato.locator("a", has_text="Compose a dossier").count() == 0
    sato.locator("#part-factors > summary").click()
    sato.locator(".factors li").nth(4).get_by_role("button", name="Decide").click()
    form = sato.locator("form.decision-form")
    form.locator("select").select_option("2")
    form.locator("textarea").fill(REASON)
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)
    expect(sato.locator(".incident-page")).to_contain_text("Recorded.")
    sato.keyboard.press("x")
    log = sato.locator(".acts li").first
    expect(log).to_contain_text(incident)
    expect(log).to_contain_text(REASON)
    expect(log).to_contain_text("decision")


def write(page: Page, to: str, text: str) -> None:
    """Write a message to a cell."""
    form = page.locator("form.compose")
    form.get_by_label("To").select_option(to)
    form.get_by_label("Text").fill(text)
    form.get_by_role("button").click()


def messages_pass(sato: Page, kim: Page, umpire: Page) -> None:
    write(sato, "green", "We see a visitor beside the relay. Do you track it?")
    expect(kim.locator(".talk")).to_contain_text("Do you track it?")
    write(kim, "blue", "We do: forty kilometres, and no signals beyond its beacon.")
    expect(sato.locator(".talk")).to_contain_text("no signals beyond its beacon")
    write(kim, "blue", "This was an armed attack.")
    alert = kim.locator("form.compose").get_by_role("alert")
    expect(alert).to_contain_text("must not be said")
    kim.locator("form.compose").get_by_label("Text").fill("")
    assert "armed" not in sato.locator(".talk").inner_text()
    write(kim, "control", "Please ask the operator of the visitor for its plans.")
    umpire.get_by_role("tab", name="Messages and log").click()
    expect(umpire.locator(".talk")).to_contain_text("Please ask the operator of the visitor")
    expect(umpire.locator(".acts")).to_contain_text(REASON)
    expect(umpire.locator(".acts")).to_contain_text("How near is it, in kilometres?")
    expect(umpire.locator(".acts")).to_contain_text("Tell the operator of the relay")
    assert "Please ask" not in sato.locator(".talk").inner_text(), "not to blue"
    picture(sato, "exercise-cell-messages")


def the_director_injects(umpire: Page) -> None:
    umpire.get_by_role("tab", name="Inject now").click()
    umpire.get_by_role("button", name="As TOML").click()
    umpire.locator(".raw textarea").fill(BROKEN)
    umpire.get_by_role("button", name="Let it happen").click()
    mistakes = umpire.locator(".mistakes")
    expect(mistakes).to_contain_text("line 4")
    expect(mistakes).to_contain_text("did you mean statement?")
    expect(mistakes).to_contain_text("line 7")
    expect(umpire.locator(".raw-wrong")).to_have_text(["1", "4", "7"])
    picture(umpire, "exercise-mistakes")
    umpire.locator(".raw textarea").fill(
        BROKEN.replace("statment", "statement").replace("Z9", "C3")
    )
    umpire.get_by_role("button", name="Let it happen").click()
    expect(umpire.locator("[data-inject=broken]")).to_contain_text("made live")
    form = umpire.locator("form.inject-form")
    form.get_by_label("What happens").select_option("report")
    for name, chosen in (("statement", "link_interference"), ("grade", "B2"), ("is_true", "true")):
        form.locator(f"[name={name}]").select_option(chosen)
    form.get_by_label(re.compile("^relay =")).check()
    for name, text in (
        ("source", "operator of the relay"),
        ("text", "Two transponders are disturbed since an hour."),
        ("begins_h", "2"),
    ):
        form.locator(f"[name={name}]").fill(text)
    umpire.locator(".area-centre .panel-body").evaluate("body => body.scrollTo(0, 0)")
    picture(umpire, "exercise-inject")
    form.get_by_role("button", name="Let it happen").click()
    expect(umpire.locator(".inject-done")).to_contain_text("live-1")
    expect(umpire.locator("[data-inject=live-1]")).to_contain_text("happened")
    expect(umpire.locator(".script li")).to_have_count(5)


def cells_see_what_was_injected(sato: Page, kim: Page) -> None:
    for page in (sato, kim):
        expect(page.locator(".board-head")).to_contain_text("as of 2026-01-01 08:")
        page.locator(".board-row a").first.click()
        expect(page.locator("#part-evidence")).to_contain_text("Two transponders are disturbed")
        page.keyboard.press("x")
        expect(page.locator(".deck")).to_contain_text("+08:00")


def japanese_from_end_to_end(kim: Page) -> None:
    kim.keyboard.press("l")
    expect(kim.locator("html")).to_have_attribute("lang", "ja")
    expect(kim.locator(".deck")).to_contain_text("green班")
    expect(question(kim, "which")).to_contain_text("中継衛星に近づいた物体はどれか。")
    expect(kim.locator(".reality-exercise")).to_contain_text("演習 演習 演習")
    picture(kim, "exercise-japanese")
    told = kim.locator(".exercise-page").inner_text()
    for said in kim.locator(".talk-text, .act-value").all_inner_texts():
        told = told.replace(said, "")  # what people said stays as they said it
    english = set(re.findall(r"\b[A-Za-z]{3,}\b", told))
    names = {"Autumn", "Sky", "blue", "green", "control", "kim", "sato", "SIM", "GEO"}
    assert english <= names | {"UTC", "YYYY", "which", "when", "how", "near"}, english
    kim.keyboard.press("l")
    expect(kim.locator("html")).to_have_attribute("lang", "en")


def the_clock_runs(umpire: Page, sato: Page) -> None:
    umpire.get_by_role("button", name="60×").click()
    umpire.keyboard.press("p")
    for page in (umpire, sato):
        expect(page.locator(".dial-gait")).to_contain_text("runs at 60×")
        expect(page.locator(".exercise-clock")).to_contain_text("60×")
        expect(page.locator(".dial b")).not_to_have_text("+08:00")
    umpire.keyboard.press("p")
    for page in (umpire, sato):
        expect(page.locator(".dial-gait")).to_contain_text("paused")
    expect(sato.locator(".dial b")).to_have_text(umpire.locator(".dial b").inner_text())


def words_get_points(umpire: Page, sato: Page, kim: Page) -> None:
    texts = {"blue": NOTICE, "green": "Something is near the relay. It may be nothing."}
    for page, text in zip((sato, kim), texts.values(), strict=True):
        question(page, "summary").get_by_label("Your text").fill(text)
        question(page, "summary").get_by_role("button").click()
        expect(question(page, "summary")).to_contain_text(text)
    umpire.get_by_role("tab", name="Questions").click()
    for cell, given in (("blue", "3"), ("green", "1")):
        line = question(umpire, "summary").locator(f"[data-cell={cell}]")
        expect(line).to_contain_text(texts[cell])
        line.get_by_role("spinbutton").fill(given)
        line.get_by_role("button", name="Give").click()
        expect(line).to_contain_text("judged")
    expect(question(umpire, "which").locator("[data-cell=blue]")).to_contain_text("right")
    expect(question(umpire, "how-near").locator("[data-cell=green]")).to_contain_text("wrong")
    picture(umpire, "exercise-director")


def no_page_has_a_serious_barrier(umpire: Page, sato: Page) -> None:
    if not AXE.is_file():
        return
    for _ in ("dark", "light"):
        for tab in ("Questions", "Inject now", "Messages and log", "Score and end"):
            umpire.get_by_role("tab", name=tab).click()
            umpire.wait_for_selector("[role=tabpanel] .card")
            assert serious_barriers(umpire) == [], tab
        assert serious_barriers(sato) == []
        for page in (umpire, sato):
            page.keyboard.press("t")


def the_director_ends_it(umpire: Page, sato: Page, kim: Page) -> None:
    umpire.get_by_role("tab", name="Score and end").click()
    umpire.get_by_role("button", name="End the exercise").click()
    dialog = umpire.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(umpire.locator(".dial-gait")).to_contain_text("paused")
    umpire.get_by_role("button", name="End the exercise").click()
    dialog.get_by_role("button", name="End the exercise").click()
    for page in (umpire, sato, kim):
        expect(page.locator(".dial-gait")).to_contain_text("The exercise is over.")
        expect(page.locator(".exercise-clock")).to_contain_text("The exercise is over.")
    for page in (sato, kim):
        assert page.locator("form.compose, form.answer").count() == 0
    assert umpire.locator(".controls").count() == 0


def score_and_report_tell_of_both(umpire: Page, folder: Path) -> None:
    umpire.reload()
    blue = umpire.locator(".cell-scores [data-cell=blue]")
    expect(blue).to_contain_text("6 of 6 points")
    expect(blue).to_contain_text("decisions 1")
    green = umpire.locator(".cell-scores [data-cell=green]")
    expect(green).to_contain_text("3 of 6 points")
    expect(green).to_contain_text("messages 2")
    expect(green.locator(".verdict-chips li", has_text="How near is it")).to_contain_text("wrong")
    expect(umpire.locator(".exercise-page")).to_contain_text("comes")
    picture(umpire, "exercise-score")
    for link, start in (("Download as a page", b"<!"), ("Download as PDF", b"%PDF")):
        with umpire.expect_download() as awaited:
            umpire.get_by_role("link", name=link).click()
        path = folder / awaited.value.suggested_filename
        awaited.value.save_as(path)
        report = path.read_bytes()
        assert report.lower().startswith(start.lower())
        assert path.name.startswith("EXERCISE")
    page = next(folder.glob("*.html")).read_text(encoding="utf-8")
    assert [said for said in ("EXERCISE", "blue", "green") if said not in page] == []
