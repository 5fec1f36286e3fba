"""What came apart: break-ups and separations, from objects that appear between catalogues."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from hoshimori.model import measured_curves
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.findings import (
    BaseRate,
    Breakup,
    Confidence,
    EnergyClass,
    FragmentCloud,
    Interval,
    Separation,
)
from hoshimori.model.fragments import Burst, Catalogued, bursts_of
from hoshimori.model.measured_rates import BREAKUP
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.newcomers import newcomers
from hoshimori.model.parents import (
    KnownOrbits,
    Parents,
    known_before,
    may_have_parted,
    parents_at,
    parents_of_newcomer,
)
from hoshimori.model.picture import Picture
from hoshimori.numerics.breakup_cloud import Cloud, cloud_at
from hoshimori.numerics.breakup_event import Parting, PinchRule, parting_of
from hoshimori.numerics.breakup_orbits import secular_orbits, shapes_at
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import (
    Floats,
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
    period_min,
)

_ENERGY_J_PER_G = (0.1, 1.0)
_SURE_PIECES = 20
_NOISE_M_S = 1.0
_LIKELY = 0.5
_SURE_IN_ALL = 0.8
"""With this probability of all candidates together something parted from one of them."""


@dataclass(frozen=True, slots=True)
class BreakupDetector:
    """Finds events at which new objects parted from one another or from a known object.

    With assets in the picture, separations are reported where an asset is a candidate parent;
    break-ups always are. With none, all are.
    """

    rule: PinchRule = field(default_factory=PinchRule)
    look_back_days: float = 120.0
    """Catalogues lag: events so long before the last catalogue without the pieces are sought."""
    longest_back_days: float = 500.0
    first_days: tuple[float, ...] = (1.0, 30.0)
    """Pieces that appeared so long after the first are tried before all: their elements are nearest
    to the event."""
    burst_gap_days: float = 120.0
    """Pieces of one launch that appear farther apart than this are judged apart."""
    fastest_separation_m_s: float = 50.0
    least_probability: float = 0.02
    """Candidates below are not listed."""
    seed: int = 1
    """Of the resampling that gives intervals."""

    card: ClassVar[Card] = Card(
        name="breakup",
        version=1,
        question="What came apart, when, and from which object?",
        needs=(
            "Two or more catalogues: objects that only the later ones hold. Catalogues lag by "
            "weeks: until pieces are catalogued nothing can be seen."
        ),
        method=(
            "New objects of one launch (without designators: of planes alike) are followed back by "
            "secular theory. Where they came apart all planes hold one point and all ellipses pass "
            "through it: moment and place of the least robust spread are sought over months. If "
            "the pieces also pass that point at one time, that pass gives the moment to minutes, "
            "else the planes give it to days or weeks; intervals by resampling pieces and drag, a "
            "revolution to either side at least. Velocity changes at the point tell fragments "
            "(spread alike in radius, along and across) from satellites that a carrier released "
            "or that climb on their own, and from pieces of an old break-up catalogued late (no "
            "common point any more). Parents are known orbits that pass the point at the moment, "
            "with probabilities by heavy-tailed errors of their elements; a common launch weighs "
            "ten times, the name that pieces carry (a weak hint) three times, an orbit far from "
            "the middle of the cloud or moved by drag as pieces are less. A likely parent with "
            "fresh elements gives the moment by its own pass. A new object whose orbit touches a "
            "known one, both at one place at some moment, is a separation. Base rate: the share of "
            "the regime's objects known before from which something of the kind parted in the "
            "time covered."
        ),
        references=(
            "Johnson et al. 2001, Adv. Space Res. 28(9), 1377 (velocities of fragments)",
            "Andrisan et al. 2017, FREMAT, 7th European Conference on Space Debris (pinch point)",
            "Efron and Tibshirani 1993, An Introduction to the Bootstrap",
            "Vallado et al. 2006, AIAA 2006-6753 (secular theory)",
        ),
        false_alarm_rate=BREAKUP,
        known_false_alarms=(
            "Debris of one launch catalogued with it: covers and springs thrown at tens of m/s.",
            "Groups of satellites that a stage took to several eccentric orbits.",
            "Debris in low or eccentric orbits catalogued late: drag blurs the point.",
            "Old debris that happens to pass near a known object: a separation of low probability.",
        ),
        sweep=measured_curves.BREAKUP,
    )

    def detect(self, picture: Picture) -> tuple[Breakup | Separation, ...]:
        """Return one finding for each event, break-ups first, each kind by time."""
        appeared = newcomers(picture.history)
        if not len(appeared):
            return ()
        catalogued = Catalogued.of(picture.history, appeared)
        events: list[_Event] = []
        left: list[Burst] = []
        for burst in bursts_of(catalogued, gap_days=self.burst_gap_days):
            event = self._event(catalogued, burst)
            if event is not None:
                _add(events, event)
            elif not burst.is_new_launch:
                left.append(burst)
        breakups = [self._breakup(picture, catalogued, event, len(events)) for event in events]
        separations = self._separations(picture, catalogued, left)
        return (
            *sorted(breakups, key=lambda f: (f.event_utc, f.objects)),
            *sorted(separations, key=lambda f: (f.end_utc, f.objects)),
        )

    def _event(self, catalogued: Catalogued, burst: Burst) -> _Event | None:
        """Return the event of a burst, by its first pieces where they tell the moment best."""
        back = np.timedelta64(round(self.look_back_days * 24), "h")
        longest = np.timedelta64(round(self.longest_back_days * 24), "h")
        found: list[Parting] = []
        for rows in burst.growing(catalogued, days=self.first_days):
            orbits = secular_orbits(catalogued.elements(rows))
            parting = parting_of(
                orbits,
                max(burst.before_utc - back, orbits.epoch_utc.min() - longest),
                self.rule,
                np.random.Generator(np.random.PCG64(self.seed)),
                is_new_launch=burst.is_new_launch,
            )
            if parting is not None:
                found.append(parting)
            if parting is not None and parting.time.is_resolved:
                break
        best = min(found, key=lambda p: (not p.time.is_resolved, p.time.sigma_s), default=None)
        return None if best is None else _Event(burst, best)

    def _breakup(
        self, picture: Picture, catalogued: Catalogued, event: _Event, events: int
    ) -> Breakup:
        burst, time = event.burst, event.parting.time
        parents = parents_at(catalogued, burst, time, least=self.least_probability)
        elements = catalogued.elements(burst.rows)
        shapes = shapes_at(secular_orbits(elements), time.utc)
        cloud = cloud_at(shapes, time.pinch.direction, parents.velocity_km_s)
        ids = tuple(int(i) for i in catalogued.history.norad_id[burst.rows])
        objects = (parents.candidates[0].norad_id if parents.candidates else ids[0],)
        name, basis = self._name(), self._basis(catalogued, np.append(burst.rows, parents.rows))
        confidence, because = _confidence(event)
        energy = cloud.energy_j_per_g
        return Breakup(
            finding_id=finding_id(name, self, (*objects, *ids), basis),
            detector=name,
            objects=objects,
            start_utc=as_datetime(time.low_utc),
            end_utc=as_datetime(time.high_utc),
            base_rate=_rate(picture, catalogued, burst.rows, events),
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=catalogued.history.take(burst.rows).reality,
            event_utc=as_datetime(time.utc if parents.pass_utc is None else parents.pass_utc),
            event_by_pieces_utc=as_datetime(time.utc),
            event_sigma_s=time.sigma_s,
            is_resolved=time.is_resolved,
            pieces=len(ids),
            candidates=parents.candidates,
            altitude_km=time.pinch.radius_km - WGS72_RADIUS_KM,
            latitude_deg=float(np.degrees(np.arcsin(time.pinch.direction[2]))),
            pinch_km=(time.pinch.radial_km, time.pinch.cross_km),
            spread_rtn_m_s=_three(cloud.spread_rtn_m_s),
            posigrade_share=Interval(*cloud.posigrade_share()),
            energy=_energy_class(energy),
            energy_j_per_g=energy,
            cloud=_columns(ids, cloud, catalogued, burst),
        )

    def _separations(
        self, picture: Picture, catalogued: Catalogued, bursts: list[Burst]
    ) -> list[Separation]:
        assets = {asset.norad_id for asset in picture.assets}
        found: dict[tuple[int, np.datetime64], list[tuple[int, Parents]]] = defaultdict(list)
        known: KnownOrbits | None = None
        for burst in sorted(bursts, key=lambda b: b.before_utc):
            if known is None or known.before_utc != burst.before_utc:
                known = known_before(catalogued, burst)
            for row in burst.rows:
                if assets and not may_have_parted(catalogued, burst, known, int(row), assets):
                    continue
                parents = parents_of_newcomer(
                    catalogued,
                    burst,
                    known,
                    int(row),
                    fastest_m_s=self.fastest_separation_m_s,
                    least=self.least_probability,
                )
                near = {c.norad_id for c in parents.candidates}
                if near and (not assets or near & assets):
                    first = parents.candidates[0].norad_id
                    found[first, burst.before_utc].append((int(row), parents))
        return [
            self._separation(picture, catalogued, parted, len(found)) for parted in found.values()
        ]

    def _separation(
        self,
        picture: Picture,
        catalogued: Catalogued,
        parted: list[tuple[int, Parents]],
        events: int,
    ) -> Separation:
        """Return what parted from one object between two catalogues, as one finding."""
        rows = np.array([row for row, _ in parted])
        clearest = max((p for _, p in parted), key=lambda p: p.candidates[0].probability)
        candidates = clearest.candidates
        ids = tuple(int(i) for i in catalogued.history.norad_id[rows])
        objects = (candidates[0].norad_id, *ids)
        speeds = np.array([p.speed_m_s for _, p in parted])
        name = self._name()
        judged = np.concatenate([rows, *(p.rows for _, p in parted)])
        basis = self._basis(catalogued, judged)
        likely = candidates[0].probability >= _LIKELY
        sure = sum(c.probability for c in candidates) >= _SURE_IN_ALL
        return Separation(
            finding_id=finding_id(name, self, objects, basis),
            detector=name,
            objects=objects,
            start_utc=as_datetime(min(p.low_utc for _, p in parted)),
            end_utc=as_datetime(max(p.high_utc for _, p in parted)),
            base_rate=_rate(picture, catalogued, rows, events),
            confidence=Confidence.MODERATE if sure else Confidence.LOW,
            confidence_because=(
                "one known orbit explains it best" if likely else "several known orbits explain it"
            ),
            basis=basis,
            reality=catalogued.history.take(rows).reality,
            candidates=candidates,
            relative_speed_m_s=Interval(
                max(0.0, float(speeds.min()) - _NOISE_M_S),
                float(np.median(speeds)),
                float(speeds.max()) + _NOISE_M_S,
            ),
        )

    def _name(self) -> str:
        return f"{self.card.name}/{self.card.version}"

    def _basis(self, catalogued: Catalogued, rows: npt.NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(sorted({element_set_digest(catalogued.history, int(r)) for r in rows}))


@dataclass(frozen=True, slots=True, eq=False)
class _Event:
    burst: Burst
    parting: Parting


def _add(events: list[_Event], event: _Event) -> None:
    """Add an event; later pieces of one known before join it.

    They are its pieces where the intervals of time overlap, or where they tell no time of their
    own: what an old cloud's last pieces share is the cloud.
    """
    for k, known in enumerate(events):
        if not event.burst.launch or known.burst.launch != event.burst.launch:
            continue
        a, b = known.parting.time, event.parting.time
        overlap = a.low_utc <= b.high_utc and b.low_utc <= a.high_utc
        if overlap or not b.is_resolved:
            better = min(known, event, key=lambda e: (not e.parting.time.is_resolved, _width(e)))
            events[k] = _Event(known.burst.joined(event.burst), better.parting)
            return
    events.append(event)


def _width(event: _Event) -> float:
    return event.parting.time.sigma_s


def _confidence(event: _Event) -> tuple[Confidence, str]:
    time, pieces = event.parting.time, len(event.burst.rows)
    if time.is_resolved and pieces >= _SURE_PIECES:
        return Confidence.HIGH, f"{pieces} pieces pass one point at one time"
    if time.is_resolved:
        return Confidence.MODERATE, f"few pieces ({pieces}), but they pass one point at one time"
    if time.pinch.spread_km < 0.15 * time.pinch.usual_km and pieces >= _SURE_PIECES:
        return Confidence.MODERATE, "the planes meet; drag hides at which pass"
    return Confidence.LOW, "the planes meet loosely; drag or few pieces hide the moment"


def _rate(
    picture: Picture, catalogued: Catalogued, rows: npt.NDArray[np.int64], events: int
) -> BaseRate:
    """Return the share of known objects of the regime from which something parted."""
    regimes = catalogued.regimes_before(as_column_time(picture.as_of_utc))
    own = int(np.bincount(orbit_regime(catalogued.elements(rows)), minlength=1).argmax())
    alike = int(np.count_nonzero(regimes == own))
    span = catalogued.span_days
    return BaseRate.counted(OrbitRegime(own).name, min(events, alike), alike, span)


def _energy_class(energy_j_per_g: float) -> EnergyClass:
    low, high = _ENERGY_J_PER_G
    if not energy_j_per_g >= low:
        return EnergyClass.LOW
    return EnergyClass.MODERATE if energy_j_per_g < high else EnergyClass.HIGH


def _columns(
    ids: tuple[int, ...], cloud: Cloud, catalogued: Catalogued, burst: Burst
) -> FragmentCloud:
    elements = catalogued.elements(burst.rows)
    return FragmentCloud(
        norad_id=ids,
        period_min=_floats(period_min(elements)),
        apogee_km=_floats(apogee_altitude_km(elements)),
        perigee_km=_floats(perigee_altitude_km(elements)),
        delta_v_rtn_m_s=tuple(_three(row) for row in cloud.delta_v_rtn_m_s),
    )


def _floats(column: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 3) for value in column)


def _three(row: Floats) -> tuple[float, float, float]:
    r, t, n = (round(float(value), 3) for value in row)
    return r, t, n
