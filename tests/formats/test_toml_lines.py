"""The line of everything in a TOML text."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.toml_lines import Place, lines_of
from hoshimori.formats.toml_writing import write_toml

NASTY = '''# [[not]] a table
"a.b" = 1   # one
'c' . d = """
[x]
y = \\"""
""" # still c.d
e = [ # a list
  [1, 2],
  { f = 'it''s', "g" = {h = 1} },
]
[[t]]
k = \'\'\'
'' quotes ''\'\'\'
[t.u] # in the first
when = 1979-05-27 07:32:00
[[t.v]]
w = "]"
[[t.v]]
w = "#"
[[t]]
k = -1e3
[q."r s"]
z = "\\\\"
'''.replace("'it''s'", '"it\'s"')


def test_every_way_of_writing_is_followed() -> None:
    tomllib.loads(NASTY)
    lines = lines_of(NASTY)
    expected: dict[Place, int] = {
        ("a.b",): 2,
        ("c",): 3,
        ("c", "d"): 3,
        ("e",): 7,
        ("e", 0): 8,
        ("e", 0, 1): 8,
        ("e", 1): 9,
        ("e", 1, "f"): 9,
        ("e", 1, "g", "h"): 9,
        ("t", 0): 11,
        ("t", 0, "k"): 12,
        ("t", 0, "u"): 14,
        ("t", 0, "u", "when"): 15,
        ("t", 0, "v", 0, "w"): 17,
        ("t", 0, "v", 1): 18,
        ("t", 0, "v", 1, "w"): 19,
        ("t", 1, "k"): 21,
        ("q", "r s"): 22,
        ("q", "r s", "z"): 23,
    }
    assert {place: lines[place] for place in expected} == expected


LEAVES = st.integers() | st.booleans() | st.text(max_size=8) | st.floats(allow_nan=False)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.text(min_size=1, max_size=4), VALUES, max_size=4)


def _writable(value: Any) -> bool:
    """Tell whether a value has no table within a list that holds other things too."""
    if isinstance(value, dict):
        return all(_writable(one) for one in value.values())
    if isinstance(value, list):
        tables = [isinstance(one, dict) for one in value]
        return all(tables) == any(tables) and all(
            _writable(one) and not (isinstance(one, list) and _holds_tables(one)) for one in value
        )
    return True


def _holds_tables(values: list[Any]) -> bool:
    return any(isinstance(v, dict) or (isinstance(v, list) and _holds_tables(v)) for v in values)


def _places(value: Any, place: Place = ()) -> list[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, one in items:
        found.append((*place, key))
        if isinstance(one, dict | list):
            found += _places(one, (*place, key))
    return found


@given(DOCUMENTS.filter(_writable))
def test_what_is_written_is_read_and_each_place_has_its_line(document: dict[str, Any]) -> None:
    text = write_toml(document)
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    assert set(_places(document)) <= set(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.text(st.sampled_from(' ab\n\t\r"\\。、あ\u2003\x0c'), min_size=90, max_size=250))
def test_a_long_text_goes_over_several_lines_and_comes_back(text: str) -> None:
    written = write_toml({"text": text, "last": 1})
    assert tomllib.loads(written) == {"text": text, "last": 1}
    lines = lines_of(written)
    assert lines["last",] == written.rstrip("\n").count("\n") + 1


def test_long_texts_are_broken_between_words_and_clauses() -> None:
    words = "one two " * 20 + "end"
    clauses = "ひとつ、ふたつ。" * 20
    for text in (words, clauses):
        lines = write_toml({"text": text}).splitlines()
        assert max(map(len, lines)) <= 100
        assert all(line[-2] in " 。、" for line in lines[1:-2])
