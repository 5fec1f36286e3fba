"""Papers as they are printed: marked on every page, readable, archivable, the same bytes twice."""

from __future__ import annotations

import io
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from hoshimori.dossier.language import Language, say
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.workflows.documents import documents, papers_of

LONG = "A NAME THAT IS LONG AND DOES NOT END SO SOON " * 3
NEVER = runpy.run_path(str(Path(__file__).parents[1] / "dossier" / "test_words.py"))["NEVER"]


def paper(briefing: Any, language: Language) -> PdfReader:
    (data,) = (b.data for b in documents(briefing, language) if b.name.endswith(".pdf"))
    return PdfReader(io.BytesIO(data))


def text_of(page: Any) -> str:
    return re.sub(r"\s+", "", page.extract_text())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reality", [Reality.REAL, Reality.EXERCISE])
def test_every_page_has_marking_reality_incident_and_number(
    briefings: Any, language: Language, reality: Reality
) -> None:
    marking = Marking(Level.AMBER, frozenset({"JPN", "USA"}))
    made = briefings.briefing(reality=reality, marking=marking)
    pages = paper(made, language).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = text_of(page)
        word = say(language, f"reality.{reality.name.lower()}").replace(" ", "")
        times = 4 if reality is Reality.EXERCISE else 2
        assert text.count(word) >= times, number
        assert text.count("TLP:AMBER") >= 2
        assert made.incident.incident_id in text
        counted = say(language, "document.page", page=str(number), pages=str(len(pages)))
        assert counted.replace(" ", "") in text


@pytest.mark.parametrize("language", Language)
def test_the_first_page_holds_all_that_a_minister_must_know(
    briefings: Any, language: Language
) -> None:
    names = {briefings.made["ASSET"]: LONG, briefings.made["OTHER"]: LONG}
    made = briefings.briefing(names=names, people=briefings.decided("G2", "open"))
    first, second = (text_of(page) for page in paper(made, language).pages[:2])
    assert say(language, "assess.gate.G4").replace(" ", "") in first
    assert say(language, "assess.attribution").replace(" ", "") in first
    assert "dutyanalyst" in first
    assert say(language, "document.contents").replace(" ", "") in second


@pytest.mark.parametrize("language", Language)
def test_words_that_must_never_appear_do_not(briefings: Any, language: Language) -> None:
    made = briefings.briefing()
    for page in paper(made, language).pages:
        assert not NEVER[language].search(page.extract_text())
    (html,) = (b.data for b in documents(made, language) if b.name.endswith(".html"))
    assert not NEVER[language].search(html.decode())


@pytest.mark.parametrize("language", Language)
def test_the_same_briefing_gives_the_same_bytes(briefings: Any, language: Language) -> None:
    made = briefings.briefing()
    assert documents(made, language) == documents(made, language)


def test_a_paper_is_tagged_named_and_in_its_language(briefings: Any) -> None:
    reader = paper(briefings.briefing(), Language.JA)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ja"
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3" in metadata
    assert "<pdfuaid:part>1" in metadata


def test_any_name_and_reason_can_be_printed(briefings: Any) -> None:
    odd = '😀 \x00\x07 ‮abc ﷽ 中国话 " \\ #set $x$'
    names = {briefings.made["ASSET"]: odd}
    made = briefings.briefing(names=names, people=briefings.decided("F1", odd, why=odd))
    assert len(paper(made, Language.EN).pages) > 3


def test_every_kind_of_finding_can_be_printed(briefings: Any) -> None:
    made = briefings.made
    kinds = [made["breakup"](), made["separation"](), made["shadowing"](), made["report"]()]
    for finding in kinds:
        assert paper(briefings.briefing(findings=[finding]), Language.JA).pages


def test_names_of_files_are_those_that_dossiers_take(briefings: Any) -> None:
    names = [b.name for lang in Language for b in documents(briefings.briefing(), lang)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[\w.-]+", name) for name in names)
    assert papers_of(()) == {}
