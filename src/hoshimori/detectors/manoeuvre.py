"""Which orbits changed between two element sets by more than their noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import BaseRate, BurnDirection, Confidence, Interval, Manoeuvre
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.change import Episode, Steps, episodes, find_steps, first_rows, tail_shares
from hoshimori.numerics.elements import Floats, OrbitRegime, orbit_regime
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.numerics.vicinity import companions

_US_PER_DAY = 86400e6


@dataclass(frozen=True, slots=True)
class ManoeuvreDetector:
    """Finds burns of the assets and their companions in their element-set histories.

    One setting for all objects. With no assets in the picture every object is examined.
    """

    threshold: float = 9.0
    """How many robust spreads a persistent change must reach."""
    near_earth_floor_m_s: tuple[float, float] = (0.0001, 0.02)
    """Least spread, in-track and across the plane, of orbits with periods below 225 minutes."""
    deep_space_floor_m_s: tuple[float, float] = (0.005, 0.06)
    """The same for longer periods."""
    window_sets: int = 60
    """Element sets of the object's own past that give its usual rate and spread."""
    fewest_sets: int = 15
    """Objects with fewer element sets are not judged."""
    longest_gap_days: float = 10.0
    """Element sets farther apart are not compared."""
    lookback_days: float = 30.0
    """Only changes that showed within this time before the moment are reported."""
    sure_score: float = 30.0
    """A confirmed change of this many spreads is stated with high confidence."""
    size_error: float = 0.25
    """Least half-width of the interval of a velocity change, as a share of it: on the labelled
    histories two of three logged burns lie within (several burns between two sets do not)."""
    companion_km: float = 1000.0
    companion_plane_deg: float = 1.0
    """Other objects this near an asset, in a plane this close, are examined as well."""
    reference_objects: int = 300
    """How many other objects of the history serve as the reference for quiet changes."""

    card: ClassVar[Card] = Card(
        name="manoeuvre",
        version=1,
        question="Which orbits changed between two element sets by more than their noise?",
        needs=(
            "Histories: at least fifteen element sets of an object, at most ten days apart; the "
            "next set to confirm a change. With one set per object nothing can be seen."
        ),
        method=(
            "Each set is propagated to the next with SGP4 and the difference of the orbits taken "
            "as a velocity change: in-track from the semi-major axis, across from the orbit "
            "normal. The object's own usual rate (running median) is removed and the rest measured "
            "in its own spread (running MAD, never below a floor for the regime). What counts is "
            "the part that shows alike from this set and the next to both sets before. A drag "
            "term that jumps (a refit) moves no axis and is not reported. The time bracket is the "
            "last set before and the first that shows the change; a smeared change is summed over "
            "the sets it spreads over. The radial component cannot be seen and is given as 0, and "
            "the sign across the plane is not determined. The p-value is the share of quiet "
            "changes of objects of the same regime in this history that score as high, beyond "
            "the largest extended by a power law. Base rate: the share of the objects of the "
            "same regime with a history that changed at least as much in the time looked at."
        ),
        references=(
            "Lemmens and Krag 2014, JGCD 37(3), 860",
            "Kelecy et al. 2007, AMOS",
            "Shorten et al. 2022, arXiv 2212.08662 (labelled histories)",
        ),
        false_alarm_rate=(
            "On the labelled histories of Shorten et al. with corrected times, one setting for "
            "all: Sentinel-3A, Sentinel-6A, Jason-3 and CryoSat-2 pooled 0.37 a satellite-year "
            "(recall 0.76, F1 0.84); Fengyun-2D, -2E and -2H pooled 2.0, unlisted small burns "
            "included (recall 0.71, F1 0.68); Jason-1, TOPEX and Haiyang-2A, whose burns are near "
            "the noise or whose logs have gaps, 3.2 (recall 0.23). Run "
            "benchmarks/accuracy_manoeuvres.py to measure it again."
        ),
        known_false_alarms=(
            "Space weather that changes the drag of low objects within days.",
            "Identities swapped between objects of one launch for more than one element set.",
            "Element sets fitted to predicted orbits, which show a planned burn early or smeared.",
            "Wheel unloadings and other small unlisted burns, which are real changes all the same.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Manoeuvre, ...]:
        """Return one finding for each change, oldest first."""
        wanted = self._wanted(picture)
        sets = self._examined(picture.history, wanted)
        if not len(sets):
            return ()
        regime = orbit_regime(sets.mean_elements())
        steps = find_steps(
            sets.mean_elements(),
            sets.norad_id,
            self._floors_m_s(regime, sets),
            window=self.window_sets,
            fewest=self.fewest_sets,
            longest_gap_days=self.longest_gap_days,
        )
        found = episodes(steps, sets.norad_id, sets.epoch_utc, self.threshold)
        since_utc = as_column_time(picture.as_of_utc) - _span(self.lookback_days)
        recent = [e for e in found if sets.epoch_utc[e.first] >= since_utc]
        scene = _Scene(self, sets, steps, regime, _quiet_scores(steps, regime, found), recent)
        reported = [e for e in recent if sets.norad_id[e.first] in wanted]
        findings = [_finding(scene, episode) for episode in reported]
        return tuple(sorted(findings, key=lambda f: (f.end_utc, f.objects)))

    def _wanted(self, picture: Picture) -> frozenset[int]:
        """Return the ids of the assets and their companions; of all objects without assets."""
        if not picture.assets:
            return frozenset(np.unique(picture.history.norad_id).tolist())
        newest, assets = picture.newest, [asset.norad_id for asset in picture.assets]
        now_s = np.zeros(len(newest))
        states = propagate_each(
            initialise(newest.mean_elements()), as_column_time(picture.as_of_utc), now_s
        )
        near = companions(
            states,
            np.flatnonzero(np.isin(newest.norad_id, assets)),
            distance_km=self.companion_km,
            plane_deg=self.companion_plane_deg,
        )
        return frozenset([*assets, *newest.norad_id[near].tolist()])

    def _examined(self, history: ElementSets, wanted: frozenset[int]) -> ElementSets:
        """Return the distinct sets, ordered, of wanted objects and a reference sample of others."""
        ids, counts = np.unique(history.norad_id, return_counts=True)
        ids = ids[counts >= self.fewest_sets]
        is_wanted = np.isin(ids, list(wanted))
        others = ids[~is_wanted]
        sample = others[:: max(1, len(others) // self.reference_objects)]
        chosen = np.isin(history.norad_id, np.append(ids[is_wanted], sample))
        sets = history.take(chosen).sorted_by_object()
        last = np.ones(len(sets), dtype=np.bool_)
        last[:-1] = (sets.norad_id[1:] != sets.norad_id[:-1]) | (
            sets.epoch_utc[1:] != sets.epoch_utc[:-1]
        )
        return sets.take(last)

    def _floors_m_s(self, regime: npt.NDArray[np.uint8], sets: ElementSets) -> Floats:
        near, deep = (
            np.array([in_track, across, across])
            for in_track, across in (self.near_earth_floor_m_s, self.deep_space_floor_m_s)
        )
        return np.where((regime == OrbitRegime.LEO)[:, None], near, deep)


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What every finding is made from."""

    settings: ManoeuvreDetector
    sets: ElementSets
    steps: Steps
    regime: npt.NDArray[np.uint8]
    quiet: dict[int, Floats]
    """Scores of the changes outside all episodes, for each regime."""
    recent: list[Episode]
    """All changes in the time looked at."""


def _span(days: float) -> np.timedelta64:
    """Return a time span; one too long for the calendar becomes a thousand years."""
    return np.timedelta64(round(min(days, 365250.0) * _US_PER_DAY), "us")


def _quiet_scores(
    steps: Steps, regime: npt.NDArray[np.uint8], found: list[Episode]
) -> dict[int, Floats]:
    quiet = np.asarray(np.isfinite(steps.change_m_s).all(axis=1))
    for episode in found:
        quiet[episode.first : episode.last + 1] = False
    strength = np.abs(steps.score).max(axis=1, initial=0.0)
    return {int(kind): strength[quiet & (regime == kind)] for kind in OrbitRegime}


def _finding(scene: _Scene, episode: Episode) -> Manoeuvre:
    sets, settings = scene.sets, scene.settings
    norad_id = int(sets.norad_id[episode.first])
    used = np.arange(*_basis_rows(scene, episode))
    basis = tuple(sorted(element_set_digest(sets, int(row)) for row in used))
    name = f"{settings.card.name}/{settings.card.version}"
    components_m_s, sigma_m_s = _velocity_change(scene, episode)
    total_m_s = float(np.linalg.norm(components_m_s))
    half_m_s = float(np.hypot(3.0 * sigma_m_s, settings.size_error * total_m_s))
    confidence, because = _confidence(scene, episode)
    start_utc, end_utc = (as_datetime(sets.epoch_utc[episode.first + k]) for k in (-1, 0))
    return Manoeuvre(
        finding_id=finding_id(name, settings, (norad_id,), basis, str(end_utc)),
        detector=name,
        objects=(norad_id,),
        start_utc=start_utc,
        end_utc=end_utc,
        base_rate=_base_rate(scene, episode, total_m_s),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=sets.take(used).reality,
        delta_v_m_s=Interval(max(0.0, total_m_s - half_m_s), total_m_s, total_m_s + half_m_s),
        components_rtn_m_s=(0.0, float(components_m_s[0]), float(components_m_s[1])),
        direction=_direction(components_m_s),
        p_value=_p_value(scene, episode),
    )


def _basis_rows(scene: _Scene, episode: Episode) -> tuple[int, int]:
    """Return the rows used: two before the change to one after it."""
    ids = scene.sets.norad_id
    first = int(first_rows(ids[: episode.first + 1])[-1])
    after = episode.last + 1
    follows = after < len(ids) and ids[after] == ids[episode.first]
    return max(first, episode.first - 2), after + 1 if follows else after


def _velocity_change(scene: _Scene, episode: Episode) -> tuple[Floats, float]:
    """Return in-track and cross-track change and the sigma of their size.

    A component that stays within three of its spreads is noise and given as 0.
    """
    rows = slice(episode.first, episode.last + 1)
    summed = np.nan_to_num(scene.steps.change_m_s[rows]).sum(axis=0)
    spread = np.sqrt(np.square(np.nan_to_num(scene.steps.spread_m_s[rows])).sum(axis=0))
    in_track = summed[0] if abs(summed[0]) > 3.0 * spread[0] else 0.0
    across, across_spread = np.hypot(*summed[1:]), np.hypot(*spread[1:])
    across = across if across > 3.0 * across_spread else 0.0
    shown = np.array([in_track, across])
    weight = np.abs(shown) / max(float(np.linalg.norm(shown)), 1e-12)
    return shown, float(np.hypot(weight[0] * spread[0], weight[1] * across_spread))


def _direction(components_m_s: Floats) -> BurnDirection:
    in_track, across = np.abs(components_m_s)
    if in_track >= 3.0 * across:
        return BurnDirection.IN_TRACK
    return BurnDirection.CROSS_TRACK if across >= 3.0 * in_track else BurnDirection.MIXED


def _p_value(scene: _Scene, episode: Episode) -> float:
    quiet = scene.quiet[int(scene.regime[episode.peak])]
    return float(tail_shares(np.array([episode.score]), quiet)[0])


def _base_rate(scene: _Scene, episode: Episode, total_m_s: float) -> BaseRate:
    """Return the share of judged objects of the regime that changed at least as much."""
    sets, regime = scene.sets, scene.regime[episode.peak]
    judged = np.isfinite(scene.steps.score).all(axis=1) & (scene.regime == regime)
    changed = {
        int(sets.norad_id[e.first])
        for e in scene.recent
        if scene.regime[e.peak] == regime
        and np.linalg.norm(_velocity_change(scene, e)[0]) >= total_m_s
    }
    span_days = float(np.ptp(sets.epoch_utc).astype(np.int64)) / _US_PER_DAY
    return BaseRate.counted(
        OrbitRegime(regime).name,
        len(changed),
        len({*np.unique(sets.norad_id[judged]).tolist(), *changed}),
        min(scene.settings.lookback_days, span_days),
    )


def _confidence(scene: _Scene, episode: Episode) -> tuple[Confidence, str]:
    gap_days = (scene.sets.epoch_utc[episode.first] - scene.sets.epoch_utc[episode.first - 1]) / (
        np.timedelta64(1, "D")
    )
    because = f"{episode.score:.0f} times the usual spread, sets {gap_days:.1f} days apart"
    if not scene.steps.confirmed[episode.last]:
        return Confidence.LOW, f"not yet confirmed by a later element set; {because}"
    if episode.score >= scene.settings.sure_score:
        return Confidence.HIGH, f"confirmed by the next element set; {because}"
    return Confidence.MODERATE, f"confirmed by the next element set; {because}"
