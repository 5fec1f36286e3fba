"""What has to hold between the tables of a script: names, times, cells, expectations."""

from __future__ import annotations

from itertools import pairwise

from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.scenario_lives import check_lives
from hoshimori.formats.scenario_questions import check_questions
from hoshimori.formats.scenario_rows import Script, hours, script_of
from hoshimori.formats.scenario_shape import MEASURES
from hoshimori.formats.toml_shapes import Wrong
from hoshimori.formats.toml_tables import Row
from hoshimori.model.injects import DisturbedFlights, FlightEffect
from hoshimori.model.reports import EFFECTS
from hoshimori.model.scenarios import CellKind


def check_script(row: Row | Wrong, mistakes: Mistakes) -> None:
    """Note everything that does not hold between the tables of a script."""
    if not isinstance(row, Row):
        return
    script = script_of(row, mistakes)
    _check_names(script)
    _check_parts(script)
    _check_cells(script)
    _check_clock(script)
    _check_injects(script)
    check_lives(script)
    _check_expected(script)
    check_questions(script)


def _check_names(script: Script) -> None:
    """Note names that two tables have, and two parts that are one object."""
    for rows, attribute in (
        (script.rows("parts"), "name"),
        (script.rows("parts"), "norad_id"),
        (script.rows("cells"), "name"),
        (script.rows("injects"), "inject_id"),
        (script.rows("questions"), "question_id"),
    ):
        seen: dict[str | int, Row] = {}
        for row in rows:
            name = row.get(attribute)
            if name is not None and name in seen:
                other = script.line(seen[name].at(attribute))
                script.tell(row, attribute, f"{name} is already taken in line {other}: rename one")
            seen.setdefault(name, row)


def _check_parts(script: Script) -> None:
    for part in script.rows("parts"):
        if part.get("norad_id") is not None and part.get("choice") is not None:
            problem = "the part is fixed by its norad_id: leave out either of the two"
            script.tell(part, "choice", problem)
        owner = part.get("owner")
        if owner and owner not in script.cells:
            script.tell(part, "owner", f"there is no cell {owner}: expected {script.cell_names}")
        _check_choice(script, part)


def _check_choice(script: Script, part: Row) -> None:
    choice = part.get("choice")
    if not isinstance(choice, Row):
        return
    if choice.get("belt_deg_east") is not None and choice.get("height_km") is not None:
        problem = "an object of the belt has no other height: leave out height_km"
        script.tell(choice, "height_km", problem)
    near = choice.get("near")
    if not near:
        if choice.get("plane_deg") is not None:
            script.tell(choice, "plane_deg", "is the angle to a part that it is near: say which")
        return
    other = script.parts.get(near)
    if other is None:
        script.tell(choice, "near", f"there is no part {near}: expected {script.part_names}")
    elif other.get("norad_id") is None and other.get("choice") is None:
        problem = f"{near} is not there yet when parts are cast: expected a fixed or chosen part"
        script.tell(choice, "near", problem)
    elif _leads_back(script, part):
        problem = "parts are near one another in a circle: let one of them stand for itself"
        script.tell(choice, "near", problem)


def _leads_back(script: Script, part: Row) -> bool:
    """Tell whether going from a part to what it is near comes back to it."""
    at: Row | None = part
    for _ in script.parts:
        choice = at.get("choice") if at else None
        at = script.parts.get(choice.get("near") or "") if isinstance(choice, Row) else None
        if at is part:
            return True
    return False


def _check_cells(script: Script) -> None:
    rows = script.rows("cells")
    white = [row for row in rows if row.get("kind") is CellKind.WHITE]
    if rows and not white and all(row.get("kind") for row in rows):
        problem = 'no white cell: give one [[cell]] kind = "white", it directs'
        script.tell(rows[0], "kind", problem)
    for row in white[1:]:
        script.tell(row, "kind", "a second white cell: one directs, make this one national")
    if white and len(white) == len(rows):
        problem = 'nobody to direct: give at least one [[cell]] kind = "national"'
        script.tell(white[0], "kind", problem)


def _check_clock(script: Script) -> None:
    pace, length_h = script.pace, script.length_h
    if pace is None or length_h is None:
        return
    if (every_h := pace.get("watch_every_h")) and every_h > length_h:
        problem = f"{hours(every_h)}: expected no more than length_h, {hours(length_h)}"
        script.tell(pace, "watch_every_h", problem)
    pauses = pace.get("pauses_h") or ()
    jumps = pace.get("jumps_h") or ()
    for n, pause in enumerate(pauses):
        if not 0.0 <= pause <= length_h:
            script.tell(pace, "pauses_h", f"{hours(pause)}: expected 0 to {hours(length_h)}", n)
        for start, end in jumps:
            if start < pause < end:
                problem = f"{hours(pause)} is skipped by the jump to {hours(end)}: move either"
                script.tell(pace, "pauses_h", problem, n)
    if any(a >= b for a, b in pairwise(pauses)):
        script.tell(pace, "pauses_h", "expected rising hours, each once")
    _check_jumps(script, pace, jumps, length_h)


def _check_jumps(
    script: Script, pace: Row, jumps: tuple[tuple[float, float], ...], length_h: float
) -> None:
    for n, (start, end) in enumerate(jumps):
        if start >= end:
            problem = f"{hours(start)} to {hours(end)}: expected from an earlier to a later hour"
            script.tell(pace, "jumps_h", problem, n)
        elif start < 0.0 or end > length_h:
            problem = f"{hours(start)} to {hours(end)}: expected within 0 to {hours(length_h)}"
            script.tell(pace, "jumps_h", problem, n)
    for n, ((_, end), (start, _)) in enumerate(pairwise(jumps), 1):
        if start < end:
            problem = f"begins at {hours(start)}, before the jump before it ends: part the two"
            script.tell(pace, "jumps_h", problem, n)


def _check_injects(script: Script) -> None:
    for row in script.rows("injects"):
        at_h, length_h = row.get("at_h"), script.length_h
        if at_h is not None and length_h is not None and at_h > length_h:
            problem = f"{hours(at_h)} is after the end: expected at most {hours(length_h)}"
            script.tell(row, "at_h", problem)
        begins_h = row.get("begins_h")
        happened = row.get("statement") in EFFECTS
        if happened and at_h is not None and begins_h is not None and begins_h > at_h:
            problem = (
                f"{hours(begins_h)} is after it is told, {hours(at_h)}: nobody can know it yet"
            )
            script.tell(row, "begins_h", problem)
        for n, cell in enumerate(row.get("for_cells") or ()):
            if cell not in script.cells:
                problem = f"there is no cell {cell}: expected {script.cell_names}"
                script.tell(row, "for_cells", problem, n)
        _check_flights(script, row)


def _check_flights(script: Script, row: Row) -> None:
    """Note where displaced aircraft are shown nowhere, and jammed ones somewhere."""
    if row.noun is not DisturbedFlights or row.get("how") is None:
        return
    displaced = row.get("how") is FlightEffect.DISPLACED
    for name in ("shown_latitude_deg", "shown_longitude_deg"):
        stated = row.get(name) is not None
        if displaced and name in row.values and not stated:
            script.tell(row, "how", f"displaced aircraft say that they are elsewhere: give {name}")
        elif stated and not displaced:
            script.tell(row, name, "jammed aircraft show no other place: leave it out")


def _check_expected(script: Script) -> None:
    for row in script.rows("expected"):
        inject = row.get("inject_id")
        if inject is not None and inject not in script.injects:
            known = ", ".join(script.injects) or "an inject of this script"
            script.tell(row, "inject_id", f"there is no inject {inject}: expected {known}")
        for n, part in enumerate(row.get("parts") or ()):
            if part not in script.parts:
                problem = f"there is no part {part}: expected {script.part_names}"
                script.tell(row, "parts", problem, n)
        _check_measures(script, row)


def _check_measures(script: Script, row: Row) -> None:
    findings = row.get("findings")
    if findings is None:
        return
    known = sorted(set().union(*(MEASURES[kind] for kind in findings)))
    for name in row.get("measures") or {}:
        if not findings:
            problem = "nothing should be found, so there is nothing to measure: leave it out"
            script.tell(row, "measures", problem, name)
        elif name not in known:
            problem = f"{' and '.join(findings)} has no such number: expected {', '.join(known)}"
            script.tell(row, "measures", problem, name)
