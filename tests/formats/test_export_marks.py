"""Marks: TLP 2.0 names, releasable-to, caveats, reality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.export_marks import marking_banner, marks_of, reality_prefix
from hoshimori.formats.markings import parse_marking
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

CODES = st.frozensets(st.sampled_from(["USA", "JPN", "AUS", "FRA", "ACME-OPS"]))


@given(st.sampled_from(Level), st.none() | CODES, st.frozensets(st.sampled_from(["ORCON", "X"])))
def test_a_banner_is_the_marking_and_the_limit_of_this_tool(
    level: Level, partners: frozenset[str] | None, caveats: frozenset[str]
) -> None:
    marking = Marking(level, partners, caveats)
    text, _, limit = marking_banner(marking).rpartition("//")
    assert parse_marking(text) == marking
    assert limit == "NOT FOR CLASSIFIED DATA"


@pytest.mark.parametrize("reality", Reality)
def test_only_the_real_goes_without_a_prefix(
    make_export: Callable[..., Any], reality: Reality
) -> None:
    assert (reality_prefix(reality) == "") == (reality is Reality.REAL)
    assert marks_of(make_export(reality))["reality"] == reality.value
