"""Notices as text: short lines, marks first and last."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.notso import WIDTH, write_notso
from hoshimori.model.notices import Notice, NoticeSection

TEXTS = st.text(max_size=300)


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


def notice(text: str = "A made line.") -> Notice:
    section = NoticeSection("Overview", (text, "The end."))
    return Notice(("EXERCISE", "TLP:RED"), "NOTSO: made", (("Event ID", "INC-1"),), (section,))


def test_the_marks_are_the_first_and_the_last_lines() -> None:
    lines = write_notso(notice()).decode().splitlines()
    assert lines[:2] == lines[-2:] == ["EXERCISE", "TLP:RED"]
    assert lines[3:9] == [
        "NOTSO: made", "Event ID: INC-1", "", "1. Overview", "   A made line.", "   The end.",
    ]  # fmt: skip


@given(TEXTS)
def test_no_text_makes_a_long_line_or_moves_the_marks(text: str) -> None:
    lines = write_notso(notice(text)).decode().split("\n")
    assert all(columns(line) <= WIDTH for line in lines)
    assert all(c.isprintable() for line in lines for c in line)
    assert lines[:2] == lines[-3:-1] == ["EXERCISE", "TLP:RED"]
    assert "   The end." in lines


def test_japanese_is_broken_by_columns() -> None:
    written = write_notso(notice("軌道要素の不確かさ" * 10)).decode()
    assert written.replace("\n   ", "").count("軌道要素の不確かさ") == 10
