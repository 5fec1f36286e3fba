"""The page: complete, well-formed, safe, deterministic, bounded, and it loads nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from hoshimori.dossier.board_sections import MOST_ROUTINE_ROWS
from hoshimori.dossier.incident_sections import MOST_PLOTS
from hoshimori.dossier.language import Language
from hoshimori.dossier.page_style import DARK, LIGHT
from hoshimori.dossier.story_wording import planted_sentence
from hoshimori.dossier.watch_page import watch_page
from hoshimori.model.board import AttentionRate
from hoshimori.model.findings import Interval, RelativeTrack
from hoshimori.model.incidents import Attention
from hoshimori.model.planted import Planted, PlantedKind
from hoshimori.model.provenance import Provenance, Reality

EN, JA = Language.EN, Language.JA
COMMAND = "hoshimori watch --catalogue a.csv --assets '44476' --report out.html"
TUG = Planted(kind=PlantedKind.NEIGHBOUR, asset="SIM COMSAT", other="SIM TUG", measure="40")
VOID = {"meta", "br", "use"}


class Balance(HTMLParser):
    """Collects ids, references and tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.problems: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        for key, value in attributes:
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.references.append(value or "")
            if key == "src" or key.startswith("on"):
                self.problems.append(f"{name} {key}")
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(name, attributes)
        if name not in VOID:
            self.open.pop()

    def handle_endtag(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            self.problems.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def read(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    return balance


def every_board(boards: Any) -> Any:
    findings = boards.every_kind()
    attentions = [list(Attention)[i % 3] for i in range(len(findings))]
    incidents = [boards.incident(f, attention=a) for f, a in zip(findings, attentions, strict=True)]
    rates = tuple(AttentionRate(a, 2, Interval(0.2, 1.0, 3.1)) for a in Attention)
    return boards.board(incidents, findings, rates=rates, story=(TUG,))


@pytest.mark.parametrize("language", Language)
def test_a_page_of_everything_is_well_formed(boards: Any, language: Language) -> None:
    read_page = read(watch_page(every_board(boards), language, COMMAND))
    assert read_page.problems == []
    assert read_page.open == []
    assert len(read_page.ids) == len(set(read_page.ids))
    assert all(ref.startswith("#") for ref in read_page.references)
    assert {ref[1:] for ref in read_page.references} <= set(read_page.ids)


@pytest.mark.parametrize("language", Language)
def test_a_page_says_what_it_must(boards: Any, language: Language) -> None:
    board = every_board(boards)
    text = "".join(read(watch_page(board, language, COMMAND)).text)
    wanted = (
        "2025-03-04T00:00Z", "catalogue.3le.gz", "0123456789abcdef" * 4, COMMAND, "62–94 km",
        "NOT FOR CLASSIFIED DATA", "one element set of each object",
        planted_sentence(TUG, language),
    )  # fmt: skip
    assert [part for part in wanted if part not in text] == []
    assert not re.search(r"[{}]|\bnan\b|None", text)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reality", Reality)
def test_what_is_not_real_is_said_at_the_top(
    boards: Any, reality: Reality, language: Language
) -> None:
    page = watch_page(boards.board([], [], reality=reality), language, COMMAND)
    banner = page.index('class="running')
    assert page.index(f'class="running {reality.name.lower()}"') == banner
    if reality is not Reality.REAL:
        assert reality.value in page[banner : banner + 200]
        assert reality.value in page[page.index("<title>") : page.index("</title>")]


def test_the_same_board_gives_the_same_bytes(boards: Any) -> None:
    board = boards.story()
    assert watch_page(board, EN, COMMAND) == watch_page(board, EN, COMMAND)


@pytest.mark.parametrize("language", Language)
def test_a_page_loads_nothing(boards: Any, language: Language) -> None:
    page = watch_page(boards.story(), language, COMMAND)
    assert "http://" not in page
    assert "https://" not in page
    assert "@import" not in page
    assert "default-src &#x27;none&#x27;" in page


def test_untrusted_text_is_escaped(boards: Any) -> None:
    nasty = "<script>alert(1)</script>&\"'$x$@0@"
    board = replace(
        boards.story(),
        names=dict.fromkeys(boards.names, nasty),
        provenances=(Provenance(nasty, nasty),),
        runs=tuple(replace(run, problem=nasty) for run in boards.story().runs),
        findings=tuple(replace(f, confidence_because=nasty) for f in boards.story().findings),
        story=(Planted(kind=PlantedKind.OVERDUE, asset=nasty, days="9"),),
    )
    page = watch_page(board, EN, nasty)
    assert page.count("<script") == 1
    assert read(page).problems == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page


def test_the_story_of_a_made_sky_is_told_in_the_language_of_the_page(boards: Any) -> None:
    planted = Planted(kind=PlantedKind.OVERDUE, asset="SIM OCEAN 1", days="9")
    board = replace(boards.story(), story=(planted,))
    english = "SIM OCEAN 1 was updated twice a day until 9 days ago."
    assert english in watch_page(board, EN, COMMAND)
    japanese = watch_page(board, Language.JA, COMMAND)
    assert english not in japanese
    assert "SIM OCEAN 1 は 9 日前まで 1 日 2 回更新されていた。" in japanese


@pytest.mark.parametrize("language", Language)
def test_an_empty_board_is_calm_and_still_says_its_limits(boards: Any, language: Language) -> None:
    empty = boards.coverage(
        objects=0, not_propagated=0, element_age_histogram=(), assets=(), element_sets=0
    )
    board = boards.board([], [], assets=(), coverage=empty, runs=(), provenances=(), names={})
    read_page = read(watch_page(board, language, COMMAND))
    assert read_page.problems == []
    assert "unseen" in read_page.ids


def test_tracks_without_points_get_no_plot(boards: Any) -> None:
    bare = boards.proximity(track=RelativeTrack((), (), (), ()))
    one = boards.incident(bare, attention=Attention.LOOK)
    page = watch_page(boards.board([one], [bare]), EN, COMMAND)
    assert "plot-1" not in page


def test_a_busy_board_stays_bounded_and_says_what_it_leaves_out(boards: Any) -> None:
    near = [boards.proximity(f"p{i}") for i in range(MOST_PLOTS + 6)]
    passes = [boards.conjunction(f"c{i}") for i in range(MOST_ROUTINE_ROWS + 100)]
    incidents = [
        *(boards.incident(f, attention=Attention.LOOK) for f in near),
        *(boards.incident(f, attention=Attention.LOG) for f in passes),
    ]
    page = watch_page(boards.board(incidents, [*near, *passes]), EN, COMMAND)
    text = "".join(read(page).text)
    assert f"first {MOST_PLOTS} of {len(near)} findings" in text
    assert f"The first {MOST_ROUTINE_ROWS} of {len(passes)}" in text
    two_megabytes = 2_000_000
    assert len(page.encode()) < two_megabytes


def test_many_findings_of_one_incident_are_told_in_part(boards: Any) -> None:
    passes = [boards.conjunction(f"c{i}") for i in range(20)]
    one = boards.incident(*passes, attention=Attention.WATCH)
    text = "".join(read(watch_page(boards.board([one], passes), EN, COMMAND)).text)
    assert "14 further findings" in text


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_text_colours_reach_wcag_aa(palette: dict[str, str]) -> None:
    wcag_aa = 4.5
    for ground in ("ground", "panel"):
        for name in palette.keys() - {"ground", "panel", "rule"}:
            one, other = sorted(map(_luminance, (palette[name], palette[ground])))
            assert (other + 0.05) / (one + 0.05) >= wcag_aa, (name, ground)
