"""What is sound in a script and probably not meant: told beside mistakes, and changes nothing."""

from __future__ import annotations

import re
from typing import Any

from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.scenario_rows import Script, hours, script_of
from hoshimori.formats.toml_tables import Row
from hoshimori.model.injects import (
    Approach,
    Burn,
    DisturbedFlights,
    Docking,
    Fragmentation,
    Launch,
    Loss,
    Reentry,
    Release,
    SlowThrust,
    Tow,
)

_CATALOGUED: tuple[type[Any], ...] = (Fragmentation, Launch, Release)
"""Shown by objects that are catalogued so long after."""
_SHOWN_BY_SETS: tuple[type[Any], ...] = (Approach, Burn, Docking, Loss, Reentry, SlowThrust, Tow)
_LEAST_H = 12.0
"""Sets that show a burn come half a day later or more (docs/explain/exercise-orbits.md)."""
_FEW_FLIGHTS_AN_HOUR, _SHORT_H = 40.0, 0.25
"""With fewer, or for less long, emitters are missed now and then (docs/explain/aircraft.md)."""


def note_hints(row: Row, hints: Mistakes) -> None:
    """Note what is probably not meant in a script without mistakes."""
    script = script_of(row, hints)
    _note_unseen(script)
    _note_what_is_given_away(script)


def _note_unseen(script: Script) -> None:
    """Note injects that are to be found, and are not published before the end."""
    length_h = script.length_h
    if length_h is None:
        return
    wanted = {one.get("inject_id") for one in script.rows("expected") if one.get("findings")}
    for inject in script.rows("injects"):
        if inject.get("inject_id") not in wanted:
            continue
        at_h, ends = inject.get("at_h"), f"the exercise ends at {hours(length_h)}"
        if issubclass(inject.noun, _CATALOGUED):
            shown_h = at_h + inject.get("catalogued_after_h")
            if shown_h >= length_h:
                problem = f"catalogued at {hours(shown_h)}, and {ends}: nobody can find it"
                script.tell(inject, "catalogued_after_h", problem)
        elif issubclass(inject.noun, _SHOWN_BY_SETS) and length_h - at_h < _LEAST_H:
            problem = f"{ends}: element sets that show it come half a day later or more"
            script.tell(inject, "at_h", problem)
        elif inject.noun is DisturbedFlights:
            _note_few_flights(script, inject)


def _note_few_flights(script: Script, inject: Row) -> None:
    """Note emitters that a watch may miss because hardly anybody flies past them."""
    if inject.get("flights_an_hour") < _FEW_FLIGHTS_AN_HOUR:
        problem = f"fewer than {_FEW_FLIGHTS_AN_HOUR:g} an hour: a watch may miss it"
        script.tell(inject, "flights_an_hour", problem)
    if inject.get("lasts_h") < _SHORT_H:
        problem = f"shorter than a quarter of an hour, {hours(_SHORT_H)}: a watch may miss it"
        script.tell(inject, "lasts_h", problem)


def _note_what_is_given_away(script: Script) -> None:
    """Note names of parts in what cells read before play, but for what they watch over."""
    texts = script.row.get("read_ahead")
    for part in script.rows("parts"):
        name = str(part.get("name"))
        for code, text in (texts or {}).items():
            if not part.get("is_asset") and re.search(rf"\b{re.escape(name)}\b", text, re.I):
                problem = f"names the part {name}: cells may read this before play"
                script.tell(script.row, "read_ahead", problem, code)
