"""What the natural checks look at: an incident, what was seen, the orbits, and what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType

import numpy as np

from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.breakup_causes import PassesAtPoint
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Finding
from hoshimori.model.findings import (
    Anomaly,
    Breakup,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    PatternChange,
    Proximity,
    ReceiverInterference,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Incident
from hoshimori.model.known_failures import KnownFailure
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.reports import OperatorReport, Statement
from hoshimori.model.space_weather import SpaceWeather

Values = Mapping[str, float | str]


class Symptom(Enum):
    """What was seen, as far as a natural cause must fit it."""

    UPSET = "something on board went wrong"
    PIECES = "pieces appeared"
    MOVED = "an orbit or a pattern of life changed"
    SINKING = "an orbit sinks"
    SILENT = "no new elements"
    NEAR = "objects are near one another, or pass"
    RADIO = "a radio link was disturbed"
    NAVIGATION = "receivers on Earth lost satellite navigation"


_OF_FINDING: tuple[tuple[type[Finding], Symptom], ...] = (
    (Breakup, Symptom.PIECES),
    (Separation, Symptom.PIECES),
    (Manoeuvre, Symptom.MOVED),
    (PatternChange, Symptom.MOVED),
    (Decay, Symptom.SINKING),
    (Anomaly, Symptom.SILENT),
    (Conjunction, Symptom.NEAR),
    (Proximity, Symptom.NEAR),
    (GeoNeighbour, Symptom.NEAR),
    (Shadowing, Symptom.NEAR),
    (Interference, Symptom.NAVIGATION),
    (ReceiverInterference, Symptom.RADIO),
    (EmitterInterference, Symptom.RADIO),
)
_OF_STATEMENT = {
    Statement.TELEMETRY_ANOMALY: Symptom.UPSET,
    Statement.SERVICE_LOST: Symptom.UPSET,
    Statement.UNCOMMANDED_STATE: Symptom.UPSET,
    Statement.TUMBLING_SEEN: Symptom.UPSET,
    Statement.SENSOR_DAZZLED: Symptom.UPSET,
    Statement.PIECES_SEEN: Symptom.PIECES,
    Statement.CLOSE_RANGE_SEEN: Symptom.NEAR,
    Statement.LINK_INTERFERENCE: Symptom.RADIO,
    Statement.RADIO_OR_CYBER_EFFECT: Symptom.RADIO,
}
_SHARP = timedelta(hours=6)
"""What took longer is no moment."""
_USABLE_DAYS = 7.0
"""Element sets farther from a moment do not tell where an object was."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, and how exactly that is known."""

    from_utc: datetime
    until_utc: datetime

    @property
    def middle_utc(self) -> datetime:
        """Return the middle."""
        return self.from_utc + (self.until_utc - self.from_utc) / 2

    @property
    def half_s(self) -> float:
        """Return half the span [s]."""
        return (self.until_utc - self.from_utc).total_seconds() / 2.0


@dataclass(frozen=True, slots=True, eq=False)
class NaturalScene:
    """Everything that the checks of one incident look at; nothing here names an owner."""

    incident: Incident
    findings: tuple[Finding, ...]
    """Those of the incident, reports among them."""
    picture: Picture
    weather: SpaceWeather | None
    """Only what was known as of the moment of the picture is used of it."""
    failures: tuple[KnownFailure, ...]
    passes: PassesAtPoint | None = None
    """Catalogued objects at the point of a break-up, where that was looked at."""

    @property
    def symptoms(self) -> frozenset[Symptom]:
        """Return what was seen; without any finding the question is about an upset.

        Where no object is named nothing can have happened to one: it is about users on Earth.
        """
        if not (self.incident.assets or self.incident.others):
            return frozenset({Symptom.NAVIGATION})
        seen = [symptom_of(finding) for finding in self.findings]
        return frozenset(s for s in seen if s is not None) or frozenset({Symptom.UPSET})

    def affected(self, symptoms: frozenset[Symptom]) -> tuple[int, ...]:
        """Return the objects in whose findings one of some symptoms stands, the asset first."""
        found = [i for f in self.findings if symptom_of(f) in symptoms for i in f.objects]
        return tuple(dict.fromkeys(found)) or self.incident.assets or self.incident.others

    def moment(self, symptoms: frozenset[Symptom]) -> Moment | None:
        """Return when a symptom showed: the sharpest finding; None where none tells a moment."""
        spans = [moment_of(f) for f in self.findings if symptom_of(f) in symptoms]
        if not self.findings:
            spans = [Moment(self.incident.start_utc, self.incident.end_utc)]
        sharp = [span for span in spans if span.until_utc - span.from_utc <= _SHARP]
        return min(sharp, key=lambda span: (span.half_s, span.from_utc), default=None)

    def span(self, symptoms: frozenset[Symptom]) -> Moment:
        """Return the moment of the symptoms, else the time that the incident takes until now."""
        known = self.moment(symptoms)
        if known is not None:
            return known
        end = min(self.incident.end_utc, self.picture.as_of_utc)
        return Moment(min(self.incident.start_utc, end), end)

    def set_near(self, norad_id: int, at_utc: datetime) -> ElementSets | None:
        """Return the element set of an object nearest before a moment, else nearest after."""
        rows = self.picture.history.of_object(norad_id)
        if not len(rows):
            rows = self.picture.newest.of_object(norad_id)
        return nearest_set(rows, as_column_time(at_utc))

    def name_of(self, norad_id: int) -> tuple[str, str]:
        """Return name and international designator of an object, empty where unknown."""
        known = self.picture.objects.get(norad_id)
        if known is not None and known.name:
            return known.name, known.object_id
        rows = self.picture.history.of_object(norad_id)
        if not len(rows):
            return "", ""
        return str(rows.object_name[-1]), str(rows.object_id[-1])


def nearest_set(rows: ElementSets, at_utc: np.datetime64) -> ElementSets | None:
    """Return the set nearest before a moment, else after; None where none lies within a week."""
    if not len(rows):
        return None
    apart_days = (rows.epoch_utc - at_utc) / np.timedelta64(1, "D")
    # A set after the moment holds what happened at it: one before is preferred within its time.
    cost = np.where(apart_days <= 0.0, -apart_days, apart_days + 3.0)
    best = int(np.argmin(cost))
    if abs(apart_days[best]) > _USABLE_DAYS:
        return None
    return rows.take(np.array([best]))


def symptom_of(finding: Finding) -> Symptom | None:
    """Return what a finding shows; None for a statement that says nothing of it."""
    if isinstance(finding, OperatorReport):
        return _OF_STATEMENT.get(finding.statement)
    return next((s for kind, s in _OF_FINDING if isinstance(finding, kind)), None)


def moment_of(finding: Finding) -> Moment:
    """Return when what a finding is about happened."""
    if isinstance(finding, Manoeuvre):
        half = timedelta(hours=2.0 * finding.burn_sigma_h)
        return Moment(finding.burn_utc - half, finding.burn_utc + half)
    if isinstance(finding, Breakup):
        half = timedelta(seconds=2.0 * finding.event_sigma_s)
        return Moment(finding.event_utc - half, finding.event_utc + half)
    if isinstance(finding, Conjunction):
        return Moment(finding.tca_utc, finding.tca_utc)
    return Moment(finding.start_utc, finding.end_utc)


def check(
    key: str,
    sentence: str,
    values: Values = MappingProxyType({}),
    *,
    evaluated: bool = True,
    speaks_for: bool = False,
    **more: float | str,
) -> NaturalCheck:
    """Return a check; `sentence` names the words that tell it (``natural.KEY.SENTENCE``)."""
    told: dict[str, float | str] = {"sentence": sentence, **values, **more}
    return NaturalCheck(key, evaluated, evaluated and speaks_for, told)


def utc_value(moment: datetime | np.datetime64) -> str:
    """Return a moment as the values of a check hold it: ISO 8601 to the minute, with a Z."""
    column = moment if isinstance(moment, np.datetime64) else as_column_time(moment)
    return f"{np.datetime_as_string(column, unit='m')}Z"


def ids_value(norad_ids: Sequence[int]) -> str:
    """Return catalogue numbers as the values of a check hold them."""
    return ",".join(str(i) for i in norad_ids)
