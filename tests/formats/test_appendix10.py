"""The form of Appendix 10: every item stands, what is not known stays blank."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.appendix10 import ITEMS, write_appendix10
from hoshimori.model.exports import GroundArea
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Statement

Make = Callable[..., Any]


def with_area(make_export: Make, reality: Reality = Reality.REAL) -> Any:
    made = make_export(reality)
    ring = ((32.0, -98.0), (32.0, -96.0), (34.0, -96.0))
    area = GroundArea(
        "a made\narea", "interference", "i1", made.as_of_utc, made.as_of_utc, (ring,), 0.3
    )
    return replace(made, areas=(area,))


def test_the_items_are_those_of_the_form() -> None:
    """Source: Radio Regulations, Appendix 10; repeated in AMSAT-BB, January 2002."""
    assert list(ITEMS) == list(string.ascii_lowercase[:24])
    of = [part.split(" ")[-1] for part, _ in ITEMS.values()]
    assert [of.count(last) for last in ("interference", "with")] == [9 + 8, 7]


def test_what_is_known_is_filled_and_the_rest_is_listed(make_export: Make) -> None:
    lines = write_appendix10(with_area(make_export)).decode().splitlines()
    by_letter = {line[0]: line for line in lines if line[1:3] == "  "}
    assert list(by_letter) == list(ITEMS)
    filled = {letter for letter, line in by_letter.items() if not line.endswith(":")}
    assert filled == {"j", "r", "s", "u"}
    assert by_letter["r"].endswith(
        "a made area: latitude 32.00 to 34.00, longitude -98.00 to -96.00 (WGS-84, degrees)"
    )
    assert by_letter["u"].endswith(
        "reception of satellite navigation disturbed in a made area, 30 % of the receivers"
    )
    (blank,) = [line for line in lines if line.startswith("Not known, left blank: ")]
    listed = set(blank.removeprefix("Not known, left blank: ").split(", "))
    assert listed == set(ITEMS) - filled


@pytest.mark.parametrize("reality", Reality)
def test_the_marks_are_the_first_and_the_last_lines(make_export: Make, reality: Reality) -> None:
    lines = write_appendix10(with_area(make_export, reality)).decode().splitlines()
    marks = [reality.value, "TLP:CLEAR//NOT FOR CLASSIFIED DATA"]
    assert lines[:2] == lines[-2:] == marks


def test_a_report_of_interference_is_enough_and_is_attributed(
    make_export: Make, make_report: Make
) -> None:
    made = make_export(findings=(make_report(Statement.LINK_INTERFERENCE),))
    text = write_appendix10(made).decode()
    assert "link interference, stated by MADE OPERATOR (graded B2)" in text
    assert "2026-11-27T00:00:00Z to 2026-11-27T02:00:00Z" in text


def test_without_interference_there_is_no_form(make_export: Make, make_report: Make) -> None:
    with pytest.raises(FormatError, match="no interference"):
        write_appendix10(make_export(findings=(make_report(Statement.PIECES_SEEN),)))
