"""Where something acts from and on: one table of what findings and statements say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import assert_never

from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Breakup,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    OperatorReport,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Reception,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Direction
from hoshimori.model.receivers import Bearing, Link
from hoshimori.model.reports import Statement

STATED: Mapping[Statement, Direction] = MappingProxyType(
    {
        Statement.INTERCEPTOR_SEEN: Direction.TO,
        Statement.GROUND_INTRUSION: Direction.GROUND,
        Statement.NAVIGATION_DISTURBED: Direction.GROUND,
    }
)
"""What a statement says about direction; one that is not here says nothing about it.

A link that is disturbed or a sensor that is dazzled is so from somewhere: orbits and the asset do
not tell from where. No statement of the closed list says that something in space acts on Earth.
"""

_TOLD_FIRST = (Direction.TO, Direction.FROM, Direction.GROUND)


def direction_of(finding: AnyFinding) -> Direction:
    """Return what one finding says: physics of orbits is within space, reports say what they say.

    A decay is within space too, until something tells of an effect on Earth.
    """
    match finding:
        case OperatorReport():
            return STATED.get(finding.statement, Direction.WITHIN)
        case Interference():
            return Direction.GROUND
        case ReceiverInterference():
            return _of_link(finding)
        case EmitterInterference():
            return _of_emitter(finding)
        case Conjunction() | Proximity() | Shadowing() | GeoNeighbour():
            return Direction.WITHIN
        case Manoeuvre() | PatternChange() | Separation() | Breakup() | Decay() | Anomaly():
            return Direction.WITHIN
        case _ as never:
            assert_never(never)


_BEARINGS: Mapping[Bearing, Direction] = MappingProxyType(
    {
        Bearing.TO_SPACE: Direction.TO,
        Bearing.FROM_SPACE: Direction.FROM,
        Bearing.WITHIN_SPACE: Direction.WITHIN,
        Bearing.ON_GROUND: Direction.GROUND,
    }
)


def _of_link(finding: ReceiverInterference) -> Direction:
    """Return what whoever runs the receiver states, else what follows from where it stands.

    An antenna of an uplink looks at the Earth: power from outside comes from there. What fades or
    is shut out acts on the side of the ground, and a link between satellites is within space.
    """
    if finding.bearing is not Bearing.NOT_STATED:
        return _BEARINGS[finding.bearing]
    if finding.link is Link.CROSSLINK:
        return Direction.WITHIN
    from_outside = finding.reception in (Reception.ALL_FELL, Reception.STRONGER_ALIKE)
    return Direction.TO if finding.link is Link.UPLINK and from_outside else Direction.GROUND


def _of_emitter(finding: EmitterInterference) -> Direction:
    """Return what whoever measured the signal states, else what follows from what it disturbs.

    An emitter on the Earth that disturbs what satellites receive acts to space; one that disturbs
    receivers on the ground acts there, though satellites heard it.
    """
    if finding.bearing is not Bearing.NOT_STATED:
        return _BEARINGS[finding.bearing]
    if finding.link is None:
        return Direction.TO if finding.objects else Direction.GROUND
    in_space = finding.link in (Link.UPLINK, Link.CROSSLINK)
    return Direction.TO if in_space else Direction.GROUND


def combined_direction(findings: Iterable[AnyFinding]) -> Direction:
    """Return the direction of an incident: what any finding states beyond the default."""
    stated = {direction_of(finding) for finding in findings}
    return next((d for d in _TOLD_FIRST if d in stated), Direction.WITHIN)
