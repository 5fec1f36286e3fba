"""What has to hold in the lives of parts: they exist, meet, dock, are towed, and are gone.

Injects are gone through in the order of time. A report may name a part at any time: people speak
of what is to come and of what was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hoshimori.formats.scenario_rows import Script, hours
from hoshimori.formats.toml_tables import Row
from hoshimori.model.injects import (
    Approach,
    ApproachKind,
    Burn,
    CrossTag,
    Docking,
    Fragmentation,
    FragmentationKind,
    Lateness,
    Launch,
    Loss,
    Reentry,
    Release,
    SlowThrust,
    StatedReport,
    Tow,
)

_NAMES: dict[type[Any], tuple[str, ...]] = {
    Burn: ("part",),
    SlowThrust: ("part",),
    Approach: ("part", "target"),
    Docking: ("part", "target"),
    Tow: ("part", "target"),
    Release: ("part",),
    Fragmentation: ("part",),
    Loss: ("part",),
    Reentry: ("part",),
    Launch: ("into_plane_of",),
    CrossTag: ("part", "other"),
    Lateness: ("parts",),
    StatedReport: ("parts",),
}
"""What each kind says of parts that have to be in the script."""
_BRINGS: dict[type[Any], str] = {Release: "released", Launch: "launched", Fragmentation: "other"}
"""What each kind says of the part that it brings into being."""
_MOVES = (Burn, SlowThrust, Approach, Tow)
_ANY_TIME = (Lateness, StatedReport)
_MEETS = (ApproachKind.RENDEZVOUS, ApproachKind.INSPECT)


@dataclass(slots=True)
class _Lives:
    """What became of the parts so far."""

    since: dict[str, float]
    """When each part was there; minus infinity for those that always were."""
    gone: dict[str, float] = field(default_factory=dict)
    met: dict[frozenset[str], float] = field(default_factory=dict)
    """Since when two have been together."""
    docked: dict[frozenset[str], float] = field(default_factory=dict)
    """Until when two are docked."""
    busy: dict[str, tuple[str, float]] = field(default_factory=dict)
    """The last approach of each part, and until when it takes."""

    def docked_to(self, part: str, *, besides: frozenset[str]) -> tuple[str, float]:
        """Return to what else a part is docked, and until when."""
        for pair, until_h in self.docked.items():
            if part in pair and pair != besides:
                return next(iter(pair - {part})), until_h
        return "", float("-inf")


def check_lives(script: Script) -> None:
    """Note where parts are used before they are there, after they are gone, or apart."""
    injects = [row for row in script.rows("injects") if row.get("at_h") is not None]
    injects.sort(key=lambda row: float(row.get("at_h")))
    brought = _brought(script, injects)
    lives = _Lives(
        {n: float("-inf") for n, row in script.parts.items() if not _is_new(row)} | brought
    )
    for row in injects:
        _check_names(script, row, lives)
        _check_one(script, row, lives)
        _go_on(row, lives)


def _brought(script: Script, injects: list[Row]) -> dict[str, float]:
    """Return when each new part comes into being; note those that come never, twice, or already."""
    brought: dict[str, float] = {}
    for row in injects:
        attribute = _BRINGS.get(row.noun)
        name = row.get(attribute) if attribute else None
        if not attribute or not name:
            continue
        part = script.parts.get(name)
        if part is None:
            problem = f"there is no part {name}: add a [[part]] with that name alone"
            script.tell(row, attribute, problem)
        elif not _is_new(part):
            problem = f"{name} exists already: take away its norad_id or choice, or name another"
            script.tell(row, attribute, problem)
        elif name in brought:
            problem = f"{name} came into being at {hours(brought[name])}: name another part"
            script.tell(row, attribute, problem)
        else:
            brought[name] = row.get("at_h")
    everything_read = len(injects) == len(script.row.get("injects") or ()) == _written(script)
    for name, part in script.parts.items():
        if everything_read and _is_new(part) and part.is_whole and name not in brought:
            problem = f"{name} is never there: give it norad_id or choice, or release or launch it"
            script.tell(part, "name", problem)
    return brought


def _written(script: Script) -> int:
    """Return how many injects stand in the file, those that could not be read too."""
    return script.mistakes.count(("inject",))


def _is_new(part: Row) -> bool:
    return part.get("norad_id") is None and part.get("choice") is None and part.is_whole


def _named(row: Row) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Give what an inject says of parts: attribute, position in it, name."""
    for attribute in _NAMES.get(row.noun, ()):
        value = row.get(attribute)
        if isinstance(value, str):
            yield attribute, (), value
        else:
            for n, name in enumerate(value or ()):
                yield attribute, (n,), name


def _check_names(script: Script, row: Row, lives: _Lives) -> None:
    at_h = row.get("at_h")
    for attribute, position, name in _named(row):
        if name not in script.parts:
            problem = f"there is no part {name}: expected {script.part_names}"
            script.tell(row, attribute, problem, *position)
        elif row.noun in _ANY_TIME:
            continue
        elif at_h < lives.since.get(name, float("-inf")):
            problem = f"{name} comes into being at {hours(lives.since[name])}: begin later"
            script.tell(row, attribute, problem, *position)
        elif at_h > lives.gone.get(name, float("inf")):
            problem = f"{name} is gone since {hours(lives.gone[name])}: begin before that"
            script.tell(row, attribute, problem, *position)
    both = [name for attribute, _, name in _named(row) if attribute in ("target", "other")]
    if row.get("part") is not None and row.get("part") in both:
        attribute = "target" if "target" in row.keys else "other"
        script.tell(row, attribute, f"{row.get('part')} itself: expected another part")


def _check_one(script: Script, row: Row, lives: _Lives) -> None:
    """Note what one inject asks for and does not find."""
    part = script.parts.get(row.get("part") or "")
    if row.noun in _MOVES and part is not None and part.get("can_manoeuvre") is False:
        problem = f"{row.get('part')} cannot manoeuvre by its [[part]]: change either"
        script.tell(row, "part", problem)
    if "delta_v_rtn_m_s" in row.keys and row.get("delta_v_rtn_m_s") == (0.0, 0.0, 0.0):
        script.tell(row, "delta_v_rtn_m_s", "nothing changes: expected a number other than 0")
    if row.noun is Approach:
        _check_approach(script, row, lives)
    elif row.noun in (Docking, Tow):
        _check_pair(script, row, lives)
    elif row.noun is Fragmentation:
        _check_fragmentation(script, row)


def _check_approach(script: Script, row: Row, lives: _Lives) -> None:
    part, at_h, takes_h = (row.get(name) for name in ("part", "at_h", "takes_h"))
    other, until_h = lives.busy.get(part, ("", float("-inf")))
    if at_h < until_h:
        problem = f"{part} is busy with {other} until {hours(until_h)}: begin later"
        script.tell(row, "at_h", problem)
    how, stays_h = row.get("how"), row.get("stays_h")
    if how is ApproachKind.FLY_BY and stays_h:
        script.tell(row, "stays_h", "a fly-by passes and does not stay: leave it out")
    if how not in (None, ApproachKind.RENDEZVOUS) and row.get("range_km") == 0.0:
        script.tell(row, "range_km", f"0 km: expected a distance above 0 for {how.value}")
    length_h = script.length_h
    if takes_h is not None and length_h is not None and at_h + takes_h > length_h >= at_h:
        problem = f"it is there at {hours(at_h + takes_h)}, after the end, {hours(length_h)}"
        script.tell(row, "takes_h", f"{problem}: let it begin earlier or take less")


def _check_pair(script: Script, row: Row, lives: _Lives) -> None:
    pair, at_h = frozenset((row.get("part"), row.get("target"))), row.get("at_h")
    if None in pair or len(pair) < 2:
        return
    names = " and ".join(str(row.get(name)) for name in ("part", "target"))
    if row.noun is Docking and at_h < lives.met.get(pair, float("inf")):
        problem = f"{names} have not met by {hours(at_h)}: let an approach (rendezvous) end before"
        script.tell(row, "at_h", problem)
    other, until_h = lives.docked_to(row.get("part"), besides=pair)
    if row.noun is Docking and at_h < until_h:
        problem = f"{row.get('part')} is docked to {other} until {hours(until_h)}: dock after that"
        script.tell(row, "at_h", problem)
    if row.noun is Tow and at_h > lives.docked.get(pair, float("-inf")):
        problem = f"{names} are not docked at {hours(at_h)}: let a docking come before, and last"
        script.tell(row, "at_h", problem)


def _check_fragmentation(script: Script, row: Row) -> None:
    how, other = row.get("how"), row.get("other")
    if how is FragmentationKind.COLLISION and other == "":
        problem = "a collision has two bodies: add other, with a [[part]] of that name alone"
        script.tell(row, "how", problem)
    if how not in (None, FragmentationKind.COLLISION) and other:
        script.tell(row, "other", f"{how.value}: no second catalogued body, leave other out")


def _go_on(row: Row, lives: _Lives) -> None:
    """Take into the lives what an inject does."""
    at_h, part = row.get("at_h"), row.get("part")
    pair = frozenset((part, row.get("target")))
    if row.noun is Approach:
        there_h = at_h + (row.get("takes_h") or 0.0)
        lives.busy[part] = (str(row.get("inject_id")), there_h + (row.get("stays_h") or 0.0))
        # An approach that was not read whole may have been a rendezvous: no mistake follows of it.
        if row.get("how") in (*_MEETS, None):
            lives.met[pair] = min(there_h, lives.met.get(pair, there_h))
    elif row.noun is Docking:
        lasts_h = row.get("lasts_h")
        lives.docked[pair] = at_h + lasts_h if lasts_h is not None else float("inf")
    elif row.noun is Release:
        lives.met[frozenset((part, row.get("released")))] = at_h
    elif row.noun is Fragmentation:
        lives.gone[part] = at_h
        lives.gone[row.get("other")] = at_h
    elif row.noun is Reentry:
        lives.gone[part] = at_h + (row.get("lasts_h") or 0.0)
