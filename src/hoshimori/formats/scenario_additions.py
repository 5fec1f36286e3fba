"""What is added to a script while it is played: injects and what belongs to them, as in a script.

An addition is checked together with the script, by the same checks, and what is wrong is told by
the lines and fields of the addition alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.scenario_shape import SCENARIO
from hoshimori.formats.scenarios import document_of, scenario_reading, write_scenario
from hoshimori.formats.toml_lines import Place, lines_of
from hoshimori.formats.toml_writing import write_toml
from hoshimori.model.scenarios import Scenario

TABLES = ("inject", "part", "expected", "question")
"""What may be added; the first and the last have moments, which must not be over."""
MOST_BYTES = 50_000
_MOMENTS = {"inject": "at_h", "question": "asked_h"}
_OF_SCRIPT = 0
"""The line of what stands in the script: an addition cannot mend it."""
_COUNTED = re.compile(rf"({'|'.join(TABLES)})\[(\d+)\](.*)")


@dataclass(frozen=True, slots=True)
class AdditionReading:
    """The script with an addition, or all that is wrong with the addition."""

    scenario: Scenario | None
    """None where there is any mistake."""
    mistakes: tuple[FormatError, ...]
    toml: str = ""
    """The addition as it is kept: every moment is stated."""


def read_addition(
    data: bytes, scenario: Scenario, *, now_h: float = -math.inf, source: str = ""
) -> AdditionReading:
    """Read injects, parts, expectations and questions that are added to a script.

    What states no moment happens now; what lies before `now_h`, hours from the start, is refused.
    """
    try:
        if len(data) > MOST_BYTES:
            raise FormatError(f"{len(data):,} bytes: expected at most {MOST_BYTES:,}")
        document, lines = document_of(data, source)
        _check_tables(document, lines, source)
    except FormatError as error:
        return AdditionReading(None, (error,))
    before = SCENARIO.write(scenario)
    counts = {name: len(before.get(name, ())) for name in TABLES}
    mistakes = Mistakes(source, _placed(lines, scenario, counts))
    _check_moments(document, counts, now_h, mistakes)
    merged = before | {name: [*before.get(name, ()), *tables] for name, tables in document.items()}
    reading = scenario_reading(merged, mistakes)
    if reading.scenario is None:
        return AdditionReading(None, tuple(_own(one, counts) for one in reading.mistakes))
    return AdditionReading(reading.scenario, (), write_toml(document))


def _check_tables(document: Mapping[str, Any], lines: Mapping[Place, int], source: str) -> None:
    for name, tables in document.items():
        if name not in TABLES or not isinstance(tables, list):
            problem = f"cannot be added: expected {', '.join(f'[[{one}]]' for one in TABLES)}"
            raise FormatError(problem, source=source, line=lines.get((name,), 1), field=name)
    if not any(document.get(name) for name in _MOMENTS):
        raise FormatError("adds nothing: expected an [[inject]] or a [[question]]", source=source)


def _placed(
    lines: Mapping[Place, int], scenario: Scenario, counts: Mapping[str, int]
) -> dict[Place, int]:
    """Return the lines of an addition by where it stands behind what the script has already."""
    placed = dict.fromkeys(lines_of(write_scenario(scenario).decode()), _OF_SCRIPT)
    for place, line in lines.items():
        match place:
            case (str(name), int(number), *further):
                placed[name, counts[name] + number, *further] = line
            case _:
                placed[place] = line
    return placed


def _check_moments(
    document: Mapping[str, Any], counts: Mapping[str, int], now_h: float, mistakes: Mistakes
) -> None:
    for name, key in _MOMENTS.items():
        for number, table in enumerate(document.get(name, ())):
            if not isinstance(table, dict):
                continue
            if key not in table and math.isfinite(now_h):
                table[key] = math.ceil(now_h * 3600.0) / 3600.0
            at_h = table.get(key)
            if isinstance(at_h, int | float) and at_h < now_h:
                problem = f"{at_h:g} h is over: it is {now_h:.2f} h; leave it out for now"
                mistakes.tell((name, counts[name] + number, key), problem)


def _own(mistake: FormatError, counts: Mapping[str, int]) -> FormatError:
    """Return a mistake as it stands in the addition."""
    field, line = mistake.field, mistake.line or None
    found = _COUNTED.fullmatch(field)
    if found and int(found[2]) > counts[found[1]]:
        field = f"{found[1]}[{int(found[2]) - counts[found[1]]}]{found[3]}"
    problem = mistake.problem.replace(f"in line {_OF_SCRIPT}:", "by the script:")
    return FormatError(problem, source=mistake.source, line=line, field=field)
