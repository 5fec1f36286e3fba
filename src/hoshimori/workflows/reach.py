"""Warning times: how soon which objects could come alongside the assets, at the very least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.errors import SettingsError
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import BaseRate, Confidence, Relation
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.picture import Picture
from hoshimori.model.reach import (
    AssetReach,
    PlaneForecast,
    Reacher,
    ReachOutlook,
    WarningCount,
    WarningLimit,
    WarningTime,
)
from hoshimori.model.relations import RELATIONS, Kinship, kinship, place_of, relations_of_pairs
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    Times,
    orbit_regime,
    semi_major_axis_km,
)
from hoshimori.numerics.planes import (
    alignment,
    carried_to,
    plane_motion,
    plane_motion_of_pairs,
)
from hoshimori.numerics.reach import ReachTimes, reach_times
from hoshimori.numerics.reach_transfer import two_impulse_days
from hoshimori.numerics.sgp4 import initialise

WITHIN_KM = 50.0
"""How near counts as alongside where nobody says."""
DELTA_V_M_S = (50.0, 200.0)
"""Velocity changes asked about where nobody says."""
_MARKS_DAYS = (1.0, 3.0, 10.0, 30.0)
_MOST_STAND_INS = 100
"""Payloads of each regime that stand in for an asset where its base rate is counted."""
_TRANSFERS_BELOW_DAYS = 3.0
"""Above, two impulses within four revolutions cannot say more than the bound."""
_FRESH_DAYS = 3.0
_LIMITS = tuple(WarningLimit)
_MOST_DAYS, _MOST_KM, _MOST_M_S = 365.0, 500.0, 2000.0

Rows = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]


def reach(
    picture: Picture,
    *,
    within_km: float = WITHIN_KM,
    delta_v_m_s: tuple[float, ...] = DELTA_V_M_S,
    most_listed: int = 5,
    any_kind: bool = False,
    on_progress: Progress = lambda done, of: None,
) -> ReachOutlook:
    """Return the warning times of a picture's assets over its days ahead.

    Objects catalogued as debris or rocket bodies are left out unless `any_kind`; catalogues err on
    kinds. Of each asset the `most_listed` soonest of no known relation are described one by one.

    Raises:
        SettingsError: a bound is not positive or beyond what the method holds for.
    """
    _check(within_km, delta_v_m_s, picture.days_ahead)
    scene = _scene(picture, within_km, delta_v_m_s, any_kind)
    ids = [asset.norad_id for asset in picture.assets]
    found = np.flatnonzero(np.isin(scene.sets.norad_id, ids))
    rates = {r: _stand_in_shortest(scene, r) for r in np.unique(scene.regime[found]).tolist()}
    assets: list[AssetReach] = []
    for done, row in enumerate(found):
        on_progress(done, len(found))
        assets.append(_asset(scene, int(row), rates[int(scene.regime[row])], most_listed))
    known = set(scene.sets.norad_id[found].tolist())
    return ReachOutlook(
        as_of_utc=picture.as_of_utc,
        within_km=within_km,
        horizon_days=picture.days_ahead,
        delta_v_m_s=delta_v_m_s,
        assets=tuple(sorted(assets, key=_soonest)),
        missing=tuple(i for i in ids if i not in known),
        compared=int(scene.counted.sum()),
        left_out=int((~scene.counted).sum()),
        reality=scene.sets.reality,
        provenances=scene.sets.provenances,
    )


def _check(within_km: float, delta_v_m_s: tuple[float, ...], days: float) -> None:
    limits = [(within_km, _MOST_KM, "--within-km", "km"), (days, _MOST_DAYS, "--days", "days")]
    limits += [(each, _MOST_M_S, "--delta-v-m-s", "m/s") for each in delta_v_m_s]
    for value, most, option, unit in limits:
        if not 0.0 < value <= most:
            raise SettingsError(
                f"{option} {value:g}: expected more than 0 and at most {most:g} {unit}"
            )


def _soonest(asset: AssetReach) -> tuple[float, int]:
    days = asset.counts[0].shortest_days
    return (np.inf if days is None else days), asset.norad_id


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What every warning time is made from; rows are those of the newest element sets."""

    picture: Picture
    sets: ElementSets
    elements: MeanElements
    """Carried to the moment of the picture."""
    regime: npt.NDArray[np.uint8]
    kin: Kinship
    types: Sequence[ObjectType]
    counted: npt.NDArray[np.bool_]
    """Objects taken as able to manoeuvre."""
    payload: npt.NDArray[np.bool_]
    axis_km: Floats
    within_km: float
    delta_v_m_s: tuple[float, ...]

    @property
    def moment_utc(self) -> np.datetime64:
        return as_column_time(self.picture.as_of_utc)

    def times(self, rows: Rows, delta_v_m_s: float) -> ReachTimes:
        return reach_times(
            self.elements,
            rows,
            self.moment_utc,
            within_km=self.within_km,
            horizon_days=self.picture.days_ahead,
            delta_v_m_s=delta_v_m_s,
        )

    def unrelated(self, row: int) -> npt.NDArray[np.bool_]:
        """Return which counted objects have no known relation to one."""
        every = np.arange(len(self.sets))
        relation = relations_of_pairs(self.kin, np.full(len(every), row), every)
        alone = (relation == place_of(Relation.UNRELATED)) & (every != row)
        return np.asarray(self.counted & alone)


def _scene(
    picture: Picture, within_km: float, delta_v_m_s: tuple[float, ...], any_kind: bool
) -> _Scene:
    sets = picture.newest.sorted_by_object()
    types = [_type_of(picture, i, n) for i, n in zip(sets.norad_id, sets.object_name, strict=True)]
    inert = {ObjectType.DEBRIS, ObjectType.ROCKET_BODY}
    mean = sets.mean_elements()
    return _Scene(
        picture=picture,
        sets=sets,
        elements=carried_to(mean, as_column_time(picture.as_of_utc)),
        regime=orbit_regime(mean),
        kin=kinship(sets),
        types=types,
        counted=np.array([any_kind or kind not in inert for kind in types], dtype=np.bool_),
        payload=np.array([kind is ObjectType.PAYLOAD for kind in types], dtype=np.bool_),
        axis_km=semi_major_axis_km(mean),
        within_km=within_km,
        delta_v_m_s=delta_v_m_s,
    )


def _type_of(picture: Picture, norad_id: int, name: str) -> ObjectType:
    listed = picture.objects.get(int(norad_id))
    if listed is not None and listed.object_type is not ObjectType.UNKNOWN:
        return listed.object_type
    return kind_by_name(str(name))


def _stand_in_shortest(scene: _Scene, regime: int) -> list[Floats]:
    """Return the shortest warning times of payloads of a regime, for each velocity change."""
    every = np.flatnonzero(scene.payload & (scene.regime == regime))
    chosen = every[:: max(1, len(every) // _MOST_STAND_INS)]
    others = [scene.unrelated(int(row)) for row in chosen]
    shortest: list[Floats] = []
    for delta_v_m_s in scene.delta_v_m_s:
        days = scene.times(chosen, delta_v_m_s).days
        least = [line[other].min(initial=np.inf) for line, other in zip(days, others, strict=True)]
        shortest.append(np.array(least, np.float64))
    return shortest


def _asset(scene: _Scene, row: int, rates: list[Floats], most_listed: int) -> AssetReach:
    lines = [scene.times(np.array([row]), each) for each in scene.delta_v_m_s]
    unrelated = scene.unrelated(row)
    regime = OrbitRegime(scene.regime[row]).name
    # By the smallest velocity change first, then by the next.
    order = np.lexsort([line.days[0] for line in reversed(lines)])
    in_reach = np.isfinite(lines[-1].days[0]) | np.isfinite(lines[0].days[0])
    listed = [int(j) for j in order if unrelated[j] and in_reach[j]][:most_listed]
    return AssetReach(
        norad_id=int(scene.sets.norad_id[row]),
        name=_name(scene, row),
        regime=regime,
        counts=tuple(
            _count(scene, row, line, unrelated, each, shortest)
            for line, each, shortest in zip(lines, scene.delta_v_m_s, rates, strict=True)
        ),
        reachers=_reachers(scene, row, listed, lines, unrelated),
    )


def _name(scene: _Scene, row: int) -> str:
    norad_id = int(scene.sets.norad_id[row])
    stated = next((a.name for a in scene.picture.assets if a.norad_id == norad_id), "")
    return stated or str(scene.sets.object_name[row])


def _count(
    scene: _Scene,
    row: int,
    line: ReachTimes,
    unrelated: npt.NDArray[np.bool_],
    delta_v_m_s: float,
    shortest: Floats,
) -> WarningCount:
    days, horizon = line.days[0], scene.picture.days_ahead
    others = days[unrelated]
    least = float(others.min(initial=np.inf))
    marks = sorted({*(mark for mark in _MARKS_DAYS if mark < horizon), horizon})
    known = scene.counted & ~unrelated & np.isfinite(days)
    return WarningCount(
        delta_v_m_s=delta_v_m_s,
        shortest_days=least if np.isfinite(least) else None,
        within_days=tuple((mark, int(np.count_nonzero(others <= mark))) for mark in marks),
        known_relation=int(np.count_nonzero(known)),
        base_rate=BaseRate.counted(
            OrbitRegime(scene.regime[row]).name,
            int(np.count_nonzero(shortest <= least)) if np.isfinite(least) else len(shortest),
            len(shortest),
        ),
    )


def _reachers(
    scene: _Scene,
    asset: int,
    listed: list[int],
    lines: list[ReachTimes],
    unrelated: npt.NDArray[np.bool_],
) -> tuple[Reacher, ...]:
    if not listed:
        return ()
    apart_km = np.abs(scene.axis_km[listed] - scene.axis_km[asset])
    motion = plane_motion_of_pairs(scene.elements, np.full(len(listed), asset), np.array(listed))
    census = _plane_census(scene, asset, float(apart_km.max()), float(motion.angle_rad().max()))
    return tuple(_reacher(scene, asset, row, lines, unrelated, census) for row in listed)


def _reacher(
    scene: _Scene,
    asset: int,
    row: int,
    lines: list[ReachTimes],
    unrelated: npt.NDArray[np.bool_],
    census: _PlaneCensus,
) -> Reacher:
    confidence, because = _confidence(scene, asset, row)
    relation = relations_of_pairs(scene.kin, np.array([asset]), np.array([row]))[0]
    return Reacher(
        norad_id=int(scene.sets.norad_id[row]),
        name=str(scene.sets.object_name[row]),
        object_type=scene.types[row],
        relation=RELATIONS[int(relation)],
        times=tuple(
            _warning_time(scene, asset, row, line, each, unrelated)
            for line, each in zip(lines, scene.delta_v_m_s, strict=True)
        ),
        plane=_plane(scene, asset, row, census),
        confidence=confidence,
        confidence_because=because,
    )


def _warning_time(
    scene: _Scene,
    asset: int,
    row: int,
    line: ReachTimes,
    delta_v_m_s: float,
    unrelated: npt.NDArray[np.bool_],
) -> WarningTime:
    days = float(line.days[0, row])
    regime = scene.regime[asset]
    alike = unrelated & (scene.regime == regime)
    alike[row] = False
    sooner = np.count_nonzero(line.days[0, alike] <= days) if np.isfinite(days) else alike.sum()
    transfer = np.inf
    if 0.0 < days < _TRANSFERS_BELOW_DAYS:
        pair = scene.sets.take(np.array([asset, row])).mean_elements()
        transfer = two_impulse_days(initialise(pair), scene.moment_utc, delta_v_m_s)
    return WarningTime(
        delta_v_m_s=delta_v_m_s,
        no_sooner_days=days if np.isfinite(days) else None,
        two_impulse_days=max(transfer, days) if np.isfinite(transfer) else None,
        limit=_LIMITS[int(line.limit[0, row])],
        base_rate=BaseRate.counted(OrbitRegime(regime).name, int(sooner), int(alike.sum())),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _PlaneCensus:
    """Pairs of payloads like an asset with others: least angle in the horizon, and axes apart."""

    stand_in: Rows
    angle_rad: Floats
    apart_km: Floats
    stand_ins: int


def _plane_census(scene: _Scene, asset: int, widest_km: float, widest_rad: float) -> _PlaneCensus:
    """Return pairs of the payloads nearest an asset in inclination with what may come as near."""
    alike = np.flatnonzero(scene.payload & (scene.regime == scene.regime[asset]))
    alike = alike[alike != asset]
    inclination = scene.elements.inclination_rad
    order = np.argsort(np.abs(inclination[alike] - inclination[asset]), kind="stable")
    chosen = alike[order[:_MOST_STAND_INS]]
    apart_km = np.abs(scene.axis_km[chosen][:, None] - scene.axis_km[None, :])
    tilted_rad = np.abs(inclination[chosen][:, None] - inclination[None, :])
    near = (apart_km <= widest_km) & (tilted_rad <= widest_rad) & scene.counted
    stand_in, other = np.nonzero(near)
    relation = relations_of_pairs(scene.kin, chosen[stand_in], other)
    alone = (relation == place_of(Relation.UNRELATED)) & (chosen[stand_in] != other)
    stand_in, other = stand_in[alone], other[alone]
    motion = plane_motion_of_pairs(scene.elements, chosen[stand_in], other)
    angle = alignment(motion, scene.picture.days_ahead).angle_rad
    return _PlaneCensus(stand_in, angle, apart_km[stand_in, other], len(chosen))


def _plane(scene: _Scene, asset: int, row: int, census: _PlaneCensus) -> PlaneForecast:
    both = scene.elements.take(np.array([row, asset]))
    motion = plane_motion(both.take(np.array([0])), both.take(np.array([1])))
    least = alignment(motion, scene.picture.days_ahead)
    after, sigma = float(least.after_days[0]), float(least.sigma_days[0])
    aligns = sigma < after < scene.picture.days_ahead
    apart_km = abs(scene.axis_km[row] - scene.axis_km[asset])
    alike = (census.angle_rad <= least.angle_rad[0]) & (census.apart_km <= apart_km)
    return PlaneForecast(
        angle_deg=float(np.degrees(motion.angle_rad()[0])),
        least_angle_deg=float(np.degrees(least.angle_rad[0])),
        aligns_in_days=after if aligns else None,
        sigma_days=sigma if aligns else None,
        base_rate=BaseRate.counted(
            OrbitRegime(scene.regime[asset]).name,
            len(np.unique(census.stand_in[alike])),
            census.stand_ins,
            scene.picture.days_ahead,
        ),
    )


def _confidence(scene: _Scene, asset: int, row: int) -> tuple[Confidence, str]:
    epochs: Times = scene.sets.epoch_utc[[asset, row]]
    oldest = float(np.abs((scene.moment_utc - epochs) / np.timedelta64(1, "D")).max())
    because = f"elements {oldest:.1f} days old; propellant and state of the object are not known"
    return (Confidence.MODERATE if oldest <= _FRESH_DAYS else Confidence.LOW), because
