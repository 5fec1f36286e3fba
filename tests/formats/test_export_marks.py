"""Marks: TLP 2.0 names, releasable-to, caveats, reality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.export_marks import TLP_NAMES, marking_banner, marks_of, reality_prefix
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

CODES = st.frozensets(st.sampled_from(["USA", "JPN", "AUS", "FRA", "ACME-OPS"]))


def test_levels_are_named_as_first_names_them() -> None:
    """Source: FIRST, TLP 2.0 (August 2022), section 2."""
    assert list(TLP_NAMES.values()) == [
        "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED",
    ]  # fmt: skip
    assert set(TLP_NAMES) == set(Level)


@given(st.sampled_from(Level), st.none() | CODES, st.frozensets(st.sampled_from(["ORCON", "X"])))
def test_different_markings_have_different_banners(
    level: Level, partners: frozenset[str] | None, caveats: frozenset[str]
) -> None:
    banner = marking_banner(Marking(level, partners, caveats))
    parts = banner.split("//")
    assert parts[0] == TLP_NAMES[level]
    assert parts[-1] == "NOT FOR CLASSIFIED DATA"
    listed = [p.removeprefix("REL TO ").split(", ") for p in parts if p.startswith("REL TO ")]
    assert listed == ([] if partners is None else [sorted(
        partners, key=lambda code: (code != "USA", code)) or ["NOBODY"]])  # fmt: skip
    assert caveats <= set(parts)


@pytest.mark.parametrize("reality", Reality)
def test_only_the_real_goes_without_a_prefix(
    make_export: Callable[..., Any], reality: Reality
) -> None:
    assert (reality_prefix(reality) == "") == (reality is Reality.REAL)
    assert marks_of(make_export(reality))["reality"] == reality.value
