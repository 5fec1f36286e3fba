"""The source of a paper: everything that is said stands in string literals, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hoshimori.dossier.dossier_document import dossier_document
from hoshimori.dossier.dossier_paper import dossier_paper, quoted
from hoshimori.dossier.language import Language
from hoshimori.dossier.paper_letters import STAND_IN
from hoshimori.dossier.paper_style import PAPER_STYLE

EVIL = '"); #import "evil.typ" // \\" + read("/etc/passwd") #eval("1")'
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


def outside_of_literals(source: str) -> str:
    return LITERAL.sub('""', source)


@pytest.mark.parametrize("language", Language)
def test_no_text_of_anybody_becomes_code(briefings: Any, language: Language) -> None:
    names = {briefings.made["ASSET"]: EVIL, briefings.made["OTHER"]: EVIL}
    people = briefings.decided("G1", EVIL, who=EVIL, why=EVIL)
    made = briefings.briefing(names=names, title=EVIL, people=people)
    plain = briefings.briefing(
        names=names, title="plain", people=briefings.decided("G1", "a", who="b", why="c")
    )
    source, other = (
        dossier_paper(dossier_document(one, language), one.composed_utc) for one in (made, plain)
    )
    assert "evil.typ" in source
    assert outside_of_literals(source) == outside_of_literals(other)
    assert "import" not in outside_of_literals(source)


def test_the_style_reads_no_file() -> None:
    assert not re.search(r"\b(read|include|import|csv|json|plugin|eval)\b\s*[(\"]", PAPER_STYLE)


@pytest.mark.parametrize("text", ["", "a\\", '"', "line\nbreak", "\x00\x1b", "\\u{0}", "#x $y$ @z"])
def test_any_text_is_one_literal(text: str) -> None:
    assert LITERAL.fullmatch(quoted(text))


def test_letters_that_the_fonts_lack_are_seen_to_be_missing() -> None:
    assert quoted("a😀b") == f'"a{STAND_IN}b"'


@pytest.mark.parametrize("language", Language)
def test_the_same_briefing_gives_the_same_source(briefings: Any, language: Language) -> None:
    made = briefings.briefing()
    one, other = (
        dossier_paper(dossier_document(made, language), made.composed_utc) for _ in range(2)
    )
    assert one == other
