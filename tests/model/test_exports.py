"""Nothing made leaves as real: the reality of an export is the most contagious of its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hoshimori.model.provenance import Reality

Make = Callable[..., Any]


@pytest.mark.parametrize("reality", Reality)
def test_one_finding_marks_the_whole_export(make_export: Make, reality: Reality) -> None:
    real = make_export()
    marked = replace(real.findings[1], reality=reality)
    assert replace(real, findings=(real.findings[0], marked)).reality is reality


@pytest.mark.parametrize("part", ["incident", "facts", "message"])
def test_every_part_marks_it(make_export: Make, make_cdm: Make, part: str) -> None:
    real = make_export()
    marked = {
        "incident": replace(real, incident=replace(real.incident, reality=Reality.EXERCISE)),
        "facts": replace(real, facts_reality=Reality.EXERCISE),
        "message": replace(real, messages=(make_cdm(reality=Reality.EXERCISE),)),
    }[part]
    assert real.reality is Reality.REAL
    assert marked.reality is Reality.EXERCISE


def test_a_name_is_printable_and_carries_the_number(make_export: Make) -> None:
    made = make_export(names={25544: "A\x00\nB ", 7: "\t"})
    assert made.name_of(25544) == "AB (25544)"
    assert made.name_of(7) == "Object 7"
