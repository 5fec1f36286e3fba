"""What could have caused something on an asset at a moment: physics, each with what chance brings.

Nothing here says what did. A cause that was present is a candidate, one among others; one that
could not be judged is none that was excluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.provenance import Reality


class CandidateKind(Enum):
    """What is looked at, in the order in which it is told where nothing else decides."""

    FAST_PASS = "fast pass"
    """Another object passes at speed, in the minutes around."""
    COMPANY = "slow company"
    """Another object goes along near it."""
    CONJUNCTION = "conjunction"
    """A pass so near, in the hours around, that it calls for attention by itself."""
    OWN_MANOEUVRE = "own manoeuvre"
    COMPANION_MANOEUVRE = "manoeuvre of company"
    NEW_OBJECT = "new object"
    IN_BEAM = "object in the beam"
    """Another object between it and the Earth, in its beam."""
    IN_LINE = "object in line"
    """Another object beside it, as seen from the ground."""
    DISTURBED_GROUND = "disturbed area in sight"
    """An area in which aircraft lost satellite navigation, in its line of sight."""
    ECLIPSE = "edge of the shadow"
    SUN_IN_VIEW = "Sun in the field of view"
    SUN_BEHIND = "Sun behind it"
    STORM = "geomagnetic storm"
    STORM_DAY = "disturbed day"
    SOLAR_FLUX = "solar radio flux"
    SOUTH_ATLANTIC = "South Atlantic Anomaly"
    RADIATION_BELT = "radiation belt"
    METEOR_SHOWER = "meteor shower"
    DEBRIS_FLUX = "debris flux"
    ELEMENT_AGE = "age of the elements"
    DATA_ARTEFACT = "error in the data"
    KNOWN_FAILURE = "known failure of the make"
    DECAY = "end of the orbit"


class Standing(Enum):
    """What came of looking at a cause."""

    UNUSUAL = "unusual"
    """Present, and chance rarely brings as much."""
    PRESENT = "present"
    """Present, as it often is."""
    ABSENT = "absent"
    """Not there, or too weak to matter."""
    NOT_JUDGED = "not judged"
    """The data to judge it are not at hand: missing evidence, not a clean bill."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How often the same asset meets as much: the same test at moments drawn in a span of days."""

    p_value: float
    """Share of all moments, the one asked about counted, with as much or more."""
    as_much: int
    """Drawn moments with as much or more."""
    present: int
    """Drawn moments at which the cause was present."""
    drawn: int
    from_utc: datetime
    until_utc: datetime
    ties: int = 0
    """Drawn moments with exactly as much."""


@dataclass(frozen=True, slots=True)
class NearObject:
    """Another object that a cause is about."""

    norad_id: int
    range_km: float | None = None
    speed_km_s: float | None = None
    angle_deg: float | None = None
    at_utc: datetime | None = None
    """When, where that is not the moment itself."""


@dataclass(frozen=True, slots=True)
class CandidateCause:
    """One thing that could have been the cause, as it was at the moment asked about."""

    kind: CandidateKind
    standing: Standing
    sentence: str
    """Which sentence tells it (``cause.KIND.SENTENCE``), with `values`."""
    values: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))
    chance: Chance | None = None
    """None where it could not be judged, or is no matter of the moment."""
    objects: tuple[NearObject, ...] = ()
    """The most striking first; not all."""
    check: NaturalCheck | None = None
    """The natural check that it rests on, where it is one."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is taken for granted where nobody says."""

    beam_half_deg: float
    """Half-angle of the beam, taken to point to the Earth's centre."""
    station: tuple[float, float] | None
    """Latitude and longitude [deg] of the place on the ground; None: straight below the asset."""
    span_days: float | None
    """Length of the span that moments are drawn in, for all that goes by the revolution; None: by
    the orbit. In a report it is the length that was used."""
    drawn: int
    seed: int
    unusual_p: float
    """From this share down a cause that is present is called unusual."""


@dataclass(frozen=True, slots=True)
class CauseReport:
    """Everything that could explain something on an asset at a moment, what is unusual first."""

    norad_id: int
    at_utc: datetime
    as_of_utc: datetime
    """The moment of the picture: what was not known by then is not used."""
    elements_epoch_utc: datetime
    """Of the element set of the asset that was used."""
    latitude_deg: float
    """Of the point straight below, as in the next two."""
    longitude_deg: float
    height_km: float
    candidates: tuple[CandidateCause, ...]
    looked_at: int
    """Causes that were looked at."""
    ranked: int
    """Those whose rarity was measured."""
    rarest_by_chance: float
    """The most that chance alone brings one as rare as the rarest among so many."""
    assumptions: Assumptions
    objects: int
    """In the catalogue that was searched."""
    names: Mapping[int, str]
    reality: Reality
