"""Scripts of exercises in TOML: read with all their mistakes, written, described to editors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.scenario_checks import check_script
from hoshimori.formats.scenario_hints import note_hints
from hoshimori.formats.scenario_shape import SCENARIO
from hoshimori.formats.toml_lines import Place, lines_of, syntax_mistake
from hoshimori.formats.toml_shapes import Wrong
from hoshimori.formats.toml_tables import Row, noun_of
from hoshimori.formats.toml_writing import write_toml
from hoshimori.model.scenarios import Scenario

MOST_BYTES = 500_000
"""No script is longer."""
_MOST_DOTS = 50
_KEY = re.compile(r"[\w\"'.\-\s\[\]]*")


@dataclass(frozen=True, slots=True)
class ScenarioReading:
    """What a file held: a script, or all that is wrong with it."""

    scenario: Scenario | None
    """None where there is any mistake."""
    mistakes: tuple[FormatError, ...]
    """By line."""
    hints: tuple[FormatError, ...] = ()
    """What is sound and probably not meant, by line, where it is asked for; none where there is
    any mistake."""


def read_scenario(data: bytes, *, source: str, wants_hints: bool = False) -> ScenarioReading:
    """Read a script, and check it whole: every mistake is told, not the first alone."""
    try:
        document, lines = document_of(data, source)
    except FormatError as error:
        return ScenarioReading(None, (error,))
    reading = scenario_reading(document, Mistakes(source, lines))
    if reading.scenario is None or not wants_hints:
        return reading
    return replace(reading, hints=_hints(document, source, lines))


def document_of(data: bytes, source: str) -> tuple[dict[str, Any], Mapping[Place, int]]:
    """Return the tables of a file in TOML, with the line of each.

    Raises:
        FormatError: it is too long, no UTF-8 or no TOML; the message names the line.
    """
    text = _text(data, source)
    _refuse_long_keys(text, source)
    try:
        return tomllib.loads(text), lines_of(text)
    except RecursionError:
        problem = "nested too deep: no script needs that"
        raise FormatError(problem, source=source, line=1) from None
    except FormatError:
        raise
    except ValueError as error:
        line, cause = syntax_mistake(error, text)
        problem = f"not TOML: {cause}; mend this line or the one before"
        raise FormatError(problem, source=source, line=line) from None


def scenario_reading(document: Mapping[str, Any], mistakes: Mistakes) -> ScenarioReading:
    """Return the script that tables make, or all that is wrong with it."""
    row = SCENARIO.read(document, (), mistakes)
    check_script(row, mistakes)
    found = mistakes.all()
    return ScenarioReading(None if found else _scenario(row), found)


def _hints(
    document: Mapping[str, Any], source: str, lines: Mapping[Place, int]
) -> tuple[FormatError, ...]:
    hints = Mistakes(source, lines)
    row = SCENARIO.read(document, (), hints)
    assert isinstance(row, Row), "a script without mistakes is a table"
    note_hints(row, hints)
    return hints.all()


def scenario_of(data: bytes, *, source: str) -> Scenario:
    """Return the script of a file.

    Raises:
        FormatError: for the first mistake, with how many more there are.
    """
    reading = read_scenario(data, source=source)
    if reading.scenario is None:
        first, *others = reading.mistakes
        more = f" (and {len(others)} more; `hoshimori rehearse check` lists all)" if others else ""
        problem = f"{first.problem}{more}"
        raise FormatError(problem, source=source, line=first.line, field=first.field)
    return reading.scenario


def write_scenario(scenario: Scenario) -> bytes:
    """Return a script as a file that reads back as the same script."""
    return write_toml(SCENARIO.write(scenario)).encode()


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a script, for editors that complete and check while one writes."""
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Hoshimori scenario"}
    return head | SCENARIO.schema()


def _text(data: bytes, source: str) -> str:
    if len(data) > MOST_BYTES:
        raise FormatError(f"{len(data):,} bytes: expected at most {MOST_BYTES:,}", source=source)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = f"byte {error.start} is not UTF-8: save the file as UTF-8"
        raise FormatError(problem, source=source, line=line) from None


def _refuse_long_keys(text: str, source: str) -> None:
    """Refuse keys of very many parts: the time that `tomllib` takes grows with their square."""
    for number, line in enumerate(text.split("\n"), 1):
        key = line.partition("=")[0]
        if key.count(".") > _MOST_DOTS and _KEY.fullmatch(key):
            problem = f"a key of more than {_MOST_DOTS} parts: no script needs that"
            raise FormatError(problem, source=source, line=number)


def _scenario(row: Row | Wrong) -> Scenario:
    scenario = noun_of(row)
    assert isinstance(scenario, Scenario)
    injects = sorted(scenario.injects, key=lambda inject: inject.at_h)
    return replace(scenario, injects=tuple(injects))
