"""What is added to a script is checked with it and told by its own lines; it reads back as kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workflows.live_play import script

from hoshimori.formats.scenario_additions import MOST_BYTES, read_addition

SCRIPT = script()
BURN = """[[inject]]
id = "turn"
kind = "burn"
part = "canary-two"
delta_v_rtn_m_s = [0.0, 0.5, 0.0]
"""


def test_what_states_no_moment_happens_now_and_is_kept_with_it() -> None:
    reading = read_addition(BURN.encode(), script(), now_h=3.00001)
    assert reading.mistakes == ()
    assert reading.scenario is not None
    (added,) = [one for one in reading.scenario.injects if one.inject_id == "turn"]
    assert 3.00001 <= added.at_h < 3.001
    again = read_addition(reading.toml.encode(), script())
    assert again.scenario == reading.scenario
    assert again.toml == reading.toml


def test_everything_before_stays_as_it_is() -> None:
    reading = read_addition(BURN.encode(), script(), now_h=1.0)
    assert reading.scenario is not None
    kept = [one for one in reading.scenario.injects if one.inject_id != "turn"]
    assert kept == list(script().injects)
    assert reading.scenario.questions == script().questions
    assert reading.scenario.parts == script().parts


def test_all_mistakes_are_told_by_the_lines_of_the_addition() -> None:
    wrong = BURN.replace("canary-two", "nobody") + BURN.replace('"turn"', '"canary-burn"')
    told = read_addition(wrong.encode(), script(), now_h=0.0).mistakes
    assert [(one.line, one.field) for one in told] == [(4, "inject[1].part"), (7, "inject[2].id")]
    assert "is already taken by the script" in told[1].problem
    twice = read_addition((BURN + BURN).encode(), script(), now_h=0.0).mistakes
    assert [(one.line, one.field) for one in twice] == [(7, "inject[2].id")]
    assert "is already taken in line 2" in twice[0].problem


def test_a_new_part_comes_with_what_brings_it() -> None:
    toml = """[[part]]
name = "small"
[[inject]]
id = "lets-go"
kind = "release"
part = "canary-two"
released = "small"
delta_v_rtn_m_s = [0.0, 0.3, 0.0]
catalogued_after_h = 4
[[expected]]
inject = "lets-go"
findings = ["separation"]
within_h = 12
"""
    reading = read_addition(toml.encode(), script(), now_h=2.0)
    assert reading.mistakes == ()
    assert reading.scenario is not None
    assert reading.scenario.parts[-1].is_new
    assert reading.scenario.expected[-1].inject_id == "lets-go"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xfe", "is not UTF-8"),
        (b"x" * (MOST_BYTES + 1), "expected at most"),
        (b'title = "x"', "cannot be added"),
        (b"inject = 3", "cannot be added"),
        (b"[[part]]\nname = 'x'\n", "adds nothing"),
        (b"[[inject]]\n", "kind"),
    ],
)
def test_what_is_no_addition_is_refused(data: bytes, problem: str) -> None:
    reading = read_addition(data, script(), now_h=0.0)
    assert reading.scenario is None
    assert problem in str(reading.mistakes[0])


@given(
    st.sampled_from(BURN.splitlines()),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.integers(0, 5),
)
def test_whatever_is_written_is_read_or_told(line: str, text: str, at: int) -> None:
    lines = BURN.replace(line, text).splitlines()
    written = "\n".join([*lines[:at], text, *lines[at:]])
    reading = read_addition(written.encode(), SCRIPT, now_h=0.0)
    assert (reading.scenario is None) == bool(reading.mistakes)
