"""What detectors report: physics with its uncertainty, its base rate and its basis."""

from __future__ import annotations

from hoshimori.model.finding import (
    BaseRate,
    Confidence,
    Finding,
    Interval,
    Relation,
)
from hoshimori.model.findings_of_change import (
    Anomaly,
    Breakup,
    BurnDirection,
    Decay,
    EnergyClass,
    FragmentCloud,
    Manoeuvre,
    ParentCandidate,
    PatternChange,
    PatternShift,
    Phenomenon,
    Separation,
    Thrust,
)
from hoshimori.model.findings_of_emitters import EmitterInterference, LocatedArea, LocatedEllipse
from hoshimori.model.findings_of_interference import (
    Disturbance,
    DisturbedDay,
    Interference,
    Persistence,
)
from hoshimori.model.findings_of_nearness import (
    Arrival,
    Company,
    CompanyKind,
    Conjunction,
    GeoMotion,
    GeoNeighbour,
    LongitudeTrack,
    PlaneHold,
    PlaneTrack,
    Proximity,
    ProximityMotion,
    RelativeTrack,
    Shadowing,
    WarningBound,
)
from hoshimori.model.findings_of_receivers import (
    QuantityChange,
    ReceiverInterference,
    Reception,
    ReceptionPoint,
)
from hoshimori.model.reports import OperatorReport

__all__ = [
    "Anomaly",
    "AnyFinding",
    "Arrival",
    "BaseRate",
    "Breakup",
    "BurnDirection",
    "ChangeFinding",
    "Company",
    "CompanyKind",
    "Confidence",
    "Conjunction",
    "Decay",
    "Disturbance",
    "DisturbedDay",
    "EmitterInterference",
    "EnergyClass",
    "Finding",
    "FragmentCloud",
    "GeoMotion",
    "GeoNeighbour",
    "Interference",
    "Interval",
    "LocatedArea",
    "LocatedEllipse",
    "LongitudeTrack",
    "Manoeuvre",
    "NearFinding",
    "OperatorReport",
    "ParentCandidate",
    "PatternChange",
    "PatternShift",
    "Persistence",
    "Phenomenon",
    "PlaneHold",
    "PlaneTrack",
    "Proximity",
    "ProximityMotion",
    "QuantityChange",
    "RadioFinding",
    "ReceiverInterference",
    "Reception",
    "ReceptionPoint",
    "Relation",
    "RelativeTrack",
    "ReportFinding",
    "Separation",
    "Shadowing",
    "Thrust",
    "WarningBound",
]

NearFinding = Conjunction | Proximity | Shadowing | GeoNeighbour
"""Findings about two objects."""
ChangeFinding = Manoeuvre | PatternChange | Separation | Breakup | Decay | Anomaly
"""Findings about what one object did, or came apart into."""
ReportFinding = OperatorReport
"""What somebody stated; kept as said, never as measured."""
RadioFinding = Interference | ReceiverInterference | EmitterInterference
"""Findings of the kind *interference*: an area of the ground, one receiver or link, or where the
emitter of a signal stands."""
AnyFinding = NearFinding | ChangeFinding | RadioFinding | ReportFinding
"""The closed list of findings."""
