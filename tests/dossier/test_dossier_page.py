"""The page of a dossier: safe, whole, self-contained, marked, and the same bytes twice."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from hoshimori.dossier.dossier_document import dossier_document
from hoshimori.dossier.dossier_page import dossier_page
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.page_style import LIGHT
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

EN = Language.EN
EVIL = "<script>alert(1)</script><img src=x onerror=y>\"'&"
VOID = {"meta", "br", "use"}


def page(briefing: Any, language: Language = EN) -> str:
    return dossier_page(dossier_document(briefing, language))


class Reading(HTMLParser):
    """Collects what a page loads or runs, its ids and references, and tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        for key, value in attributes:
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.references.append(value or "")
            if key == "src" or key.startswith("on") or name in {"script", "img", "link", "iframe"}:
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


@pytest.mark.parametrize("language", Language)
def test_it_is_well_formed_and_loads_and_runs_nothing(briefings: Any, language: Language) -> None:
    text = page(briefings.briefing(), language)
    reading = Reading()
    reading.feed(text)
    assert reading.problems == []
    assert reading.open == []
    assert len(set(reading.ids)) == len(reading.ids)
    assert {r.removeprefix("#") for r in reading.references} <= set(reading.ids)
    assert "default-src 'none'" in text or "default-src &#x27;none&#x27;" in text
    assert not re.search(r"https?:|url\((?!#)", text)


def test_every_text_is_escaped(briefings: Any) -> None:
    names = {briefings.made["ASSET"]: EVIL, briefings.made["OTHER"]: EVIL}
    people = briefings.decided("G1", EVIL, who=EVIL, why=EVIL)
    text = page(
        briefings.briefing(names=names, title=EVIL, people=people, software={"hoshimori": EVIL})
    )
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("reality", Reality)
@pytest.mark.parametrize("language", Language)
def test_what_is_not_real_cannot_be_missed(
    briefings: Any, reality: Reality, language: Language
) -> None:
    text = page(briefings.briefing(reality=reality), language)
    word = say(language, f"reality.{reality.name.lower()}")
    real = reality is Reality.REAL
    assert ('class="watermark"' in text) is not real
    assert (f"<title>[{word}]" in text) is not real
    assert f'class="running {reality.name.lower()}"' in text


def test_the_marking_stands_at_the_head_and_at_the_foot(briefings: Any) -> None:
    marking = Marking(Level.AMBER, frozenset({"JPN", "USA"}))
    text = page(briefings.briefing(marking=marking))
    assert text.count("TLP:AMBER//REL TO USA, JPN · REAL") >= 2
    assert text.index("TLP:AMBER") < text.index("<h1")


def test_the_same_briefing_gives_the_same_bytes(briefings: Any) -> None:
    assert page(briefings.briefing()) == page(briefings.briefing())


def test_colours_of_the_drawings_are_those_of_the_page(briefings: Any) -> None:
    text = page(briefings.briefing())
    assert set(re.findall(r"var\(--([a-z]+)\)", text)) <= set(LIGHT)
