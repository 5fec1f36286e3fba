"""A cut-down look: what a draw can change of a picture whole, and of the rest just enough.

Detectors are asked as they are. All objects stay in the picture, so that neighbours, planes and
base rates are those of the whole catalogue; but only objects that a draw touches, or that detectors
compare with them by history, keep their histories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.detectors.decay import DecayDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.exercise.injecting import played
from hoshimori.model.assets import Asset
from hoshimori.model.company import assets_and_company
from hoshimori.model.detector import Detector
from hoshimori.model.elements import ElementSets, interleaved
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.sweeps import DrawKind, DrawRegime
from hoshimori.model.tapes import Tape, TrueEvent
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import Times, orbit_regime, semi_major_axis_km
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.workflows.sweep_sky import Around, Rows, SweepSky

_SHADOWING = ShadowingDetector()
_POINT_KM = 150.0
"""Who passes this near the point at which something came apart comes into question."""
_SPARE = 20
"""Objects that SGP4 does not carry to the moment of a look, at most."""
_TILT_DEG = 0.1
"""More than inclinations change while planes drift."""
_NEWCOMER = np.timedelta64(round(_SHADOWING.newcomer_days * 24), "h")
_BESIDE_RAD = np.radians(10.0)
"""Planes farther apart than this are no pair, nor within a month."""
_PARTED = (DrawKind.RELEASE, DrawKind.BREAK_UP)
_PLANES = (ProximityDetector(), _SHADOWING)
_IN_BELT = (GeoNeighbourDetector(), ProximityDetector())
_MANOEUVRE = ManoeuvreDetector()
_ASKED: Mapping[DrawKind, tuple[Detector, ...]] = MappingProxyType(
    {
        DrawKind.BURN: (_MANOEUVRE,),
        DrawKind.SLOW_THRUST: (_MANOEUVRE,),
        DrawKind.SHADOW: _PLANES,
        DrawKind.INSPECT: (ProximityDetector(),),
        DrawKind.FLY_BY: (ProximityDetector(),),
        DrawKind.RELEASE: (BreakupDetector(), SeparationDetector()),
        DrawKind.BREAK_UP: (BreakupDetector(),),
        DrawKind.LOSS: (OverdueDetector(),),
        DrawKind.LAUNCH: (_SHADOWING,),
        DrawKind.RE_ENTRY: (DecayDetector(),),
    }
)
"""Those whose findings a draw expects."""


def detectors_for(kind: DrawKind, regime: DrawRegime) -> tuple[Detector, ...]:
    """Return the detectors that a kind of draw tests; the belt has its own for approaches."""
    approaches = (DrawKind.SHADOW, DrawKind.INSPECT, DrawKind.FLY_BY)
    return _IN_BELT if regime is DrawRegime.BELT and kind in approaches else _ASKED[kind]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A draw on a sky, ready for cut-down looks."""

    sky: SweepSky
    kind: DrawKind
    tape: Tape
    touched: frozenset[int]
    """Objects of the cast, and all that the tape tells of."""
    compared: frozenset[int]
    """Others whose histories detectors compare with theirs."""
    beside: Rows
    """Further rows of the whole history: what became known last before something new did."""
    assets: tuple[Asset, ...]

    def at(self, look: int) -> Picture:
        """Return what is known at a look, of the whole sky, cut down."""
        return self._picture(look, self.tape)

    def without(self, look: int) -> Picture:
        """Return the same had nothing been injected."""
        return self._picture(look, Tape())

    def narrowed(self, picture: Picture, detector: Detector) -> Picture:
        """Return as much of a picture as one detector looks at."""
        if detector is not _SHADOWING:
            return picture
        return _in_like_planes(self.sky, picture, self.touched)

    def _picture(self, look: int, tape: Tape) -> Picture:
        sky, moment = self.sky, self.sky.moments[look]
        near = frozenset[int]()
        if self.kind in (DrawKind.BURN, DrawKind.SLOW_THRUST):
            near = self._judged(sky.around[look], moment)
        own = self.touched | self.compared | near
        known = played(sky.with_histories(own), tape, as_column_time(moment))
        around, history = sky.around[look], sky.whole.history
        beside = self.beside[history.known_utc[self.beside] <= as_column_time(moment)]
        thin = around.thin_sets
        if len(beside):
            thin = history.take(np.union1d(around.thin, beside))
        return replace(
            known,
            assets=self.assets,
            history=_joined(known.history, thin, own),
            newest=_joined(known.newest, around.newest, own),
        )

    def _judged(self, around: Around, moment: datetime) -> frozenset[int]:
        """Return whose histories the manoeuvre detector judges: company, and its sample of others.

        As the others here are those of its sample alone, it takes them all.
        """
        rule = _MANOEUVRE.company
        picture = replace(
            self.sky.whole, newest=around.newest, as_of_utc=moment, assets=self.assets
        )
        company = assets_and_company(picture, rule)
        others = around.ids[around.counts >= _MANOEUVRE.rule.fewest_sets]
        others = others[~np.isin(others, list(company))]
        sample = others[:: max(1, len(others) // rule.reference_objects)]
        return company | frozenset(sample.tolist())


def _joined(own: ElementSets, others: ElementSets, numbers: frozenset[int]) -> ElementSets:
    return interleaved(others.take(~np.isin(others.norad_id, list(numbers))), own)


def cut_of(
    sky: SweepSky, kind: DrawKind, tape: Tape, touched: frozenset[int], assets: Sequence[Asset]
) -> Cut:
    """Return a draw on a sky, with the objects that its detectors compare with those it touches."""
    everybody = touched | frozenset(tape.element_sets.norad_id.tolist())
    compared: frozenset[int] = frozenset()
    beside = np.empty(0, np.int64)
    if kind in _PARTED:
        compared = _of_launches(sky, everybody) | _past_point(sky, tape.truth[-1])
        beside = sky.known_just_before(_first_known(tape.element_sets))
    return Cut(sky, kind, tape, everybody, compared, beside, tuple(assets))


def _first_known(sets: ElementSets) -> Times:
    """Return when the first set of each object became known; rows are ordered by object."""
    starts = np.flatnonzero(np.diff(sets.norad_id, prepend=-1))
    return np.asarray(np.minimum.reduceat(sets.known_utc, starts))


def _in_like_planes(sky: SweepSky, picture: Picture, touched: frozenset[int]) -> Picture:
    """Return those objects whose planes the shadowing detector compares, alone.

    Its base rate is that of the objects nearest in inclination to an asset; pairs of these are with
    objects in planes alike, hence of like inclination. Who may steer and is of no constellation
    counts.
    """
    newest = picture.newest
    own = np.isin(newest.norad_id, list(touched))
    steers = np.isin(newest.norad_id, sky.steering) | own
    assets = np.isin(newest.norad_id, [asset.norad_id for asset in picture.assets])
    tilt, regime = newest.inclination_deg, orbit_regime(newest.mean_elements())
    kept = own.copy()
    for row in np.flatnonzero(assets).tolist():
        off = np.abs(tilt - tilt[row])
        alike = steers & (regime == regime[row])
        nearest = np.sort(off[alike])[: _SHADOWING.neighbourhood + _SPARE]
        kept |= steers & (off <= nearest[-1] + _SHADOWING.widest_deg + _TILT_DEG)
    shown = newest.take(kept)
    history = picture.history.take(np.isin(picture.history.norad_id, shown.norad_id))
    needed = np.isin(history.norad_id, [*touched, *_beside_late_ones(history, shown)])
    return replace(picture, newest=shown, history=history.take(needed))


def _beside_late_ones(history: ElementSets, newest: ElementSets) -> list[int]:
    """Return who begins so much later than others that it may seem launched, and who is near it.

    Of other bystanders free drift is all that thin histories could show.
    """
    first = history.take(np.append(True, history.norad_id[1:] != history.norad_id[:-1]))
    late = first.epoch_utc >= first.epoch_utc.min() + _NEWCOMER
    early = first.epoch_utc <= first.epoch_utc.max() - _NEWCOMER
    odd = late if np.count_nonzero(late) <= np.count_nonzero(early) else early
    is_odd = np.isin(newest.norad_id, first.norad_id[odd])
    tilt, node = np.radians(newest.inclination_deg), np.radians(newest.raan_deg)
    beside = is_odd.copy()
    for row in np.flatnonzero(is_odd).tolist():
        near = np.abs(tilt - tilt[row]) <= _BESIDE_RAD
        turned = np.abs((node - node[row] + np.pi) % (2.0 * np.pi) - np.pi) * np.sin(tilt[row])
        beside |= near & (turned <= _BESIDE_RAD)
    return [int(number) for number in newest.norad_id[beside]]


def _of_launches(sky: SweepSky, numbers: frozenset[int]) -> frozenset[int]:
    """Return the objects of the launches of some."""
    newest = sky.whole.newest
    names = np.array([launch_of(str(i)) for i in newest.object_id], np.str_)
    own = np.unique(names[np.isin(newest.norad_id, list(numbers))])
    return frozenset(newest.norad_id[np.isin(names, own[own != ""])].tolist())


def _past_point(sky: SweepSky, event: TrueEvent) -> frozenset[int]:
    """Return the objects whose orbits pass near the place at which something came apart."""
    newest = sky.whole.newest
    at_utc = as_column_time(event.from_utc)
    elements = carried_elements(newest.mean_elements(), np.full(len(newest), at_utc))
    body = np.flatnonzero(newest.norad_id == event.objects[0])
    states = propagate_each(initialise(elements.take(body)), at_utc, np.zeros(1))
    place = states.position_teme_km[0]
    radius = float(np.linalg.norm(place))
    normal = _normals(elements.inclination_rad, elements.raan_rad)
    across_km = np.abs(normal @ place)
    axis_km, round_ = semi_major_axis_km(elements), elements.eccentricity
    inside = (axis_km * (1.0 - round_) - _POINT_KM <= radius) & (
        axis_km * (1.0 + round_) + _POINT_KM >= radius
    )
    return frozenset(newest.norad_id[(across_km < _POINT_KM) & inside].tolist())


def _normals(
    inclination_rad: npt.NDArray[np.float64], raan_rad: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    tilt = np.sin(inclination_rad)
    return np.stack(
        [tilt * np.sin(raan_rad), -tilt * np.cos(raan_rad), np.cos(inclination_rad)], axis=1
    )
