"""Who passes an asset closely in the coming days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import numpy as np
from scipy.special import gammaincinv

from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.element_errors import judged_errors
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import BaseRate, Confidence, Conjunction, Interval
from hoshimori.model.measured_rates import CONJUNCTION
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.relations import IdPair, pairs_lately_one, relation_between
from hoshimori.numerics.elements import Floats, MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.frames import rtn_basis, to_rtn
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate_each
from hoshimori.numerics.uncertainty import (
    covariance_teme_km2,
    interval_km,
    miss_sigma_km,
)

_FRESH_DAYS = 3.0
"""Up to this age at the closest approach, elements carry a statement with moderate confidence."""


@dataclass(frozen=True, slots=True)
class ConjunctionDetector:
    """Screens the assets against everything in the picture, for the days it looks ahead."""

    listing_km: float = 10.0
    """Passes computed to come this near are reported."""
    counting_km: float = 50.0
    """Passes within this distance are counted for the base rate."""
    together_km_s: float = 0.1
    """Slower pairs move together; they are proximities, not conjunctions."""
    sigmas: float = 2.0
    """Half-width of the miss interval."""

    card: ClassVar[Card] = Card(
        name="conjunction",
        version=1,
        question="Which objects pass an asset closely, when, how near and how fast?",
        needs="The newest element set of every object, the assets' own included.",
        method=(
            "SGP4 states of all objects, a sweep that cannot lose a close approach between "
            "samples, and an exact solution of every minimum of range. Miss distances are "
            "intervals: the expected error of both element sets, judged by earlier sets of the "
            "object where there are enough, else by orbit and age (larger in constellations, which "
            "steer), across the relative velocity. Base rate: the asset's "
            "own passes within a larger distance K in the same window, scaled by (miss / K)^2 as "
            "for a gas of independent objects, as the chance of at least one such pass."
        ),
        references=(
            "Hoots, Crawford and Roehrich 1984, Celestial Mechanics 33 (sieves)",
            "Kessler 1981, Icarus 48 (kinetic theory of encounters)",
            "Garwood 1936, Biometrika 28 (interval of a Poisson mean)",
            "Vallado et al. 2006, AIAA 2006-6753",
        ),
        false_alarm_rate=CONJUNCTION,
        known_false_alarms=(
            "Station-keeping constellations, propagated as if nobody steered them.",
            "Objects that have manoeuvred since their elements were made.",
            "Elements fitted to a planned burn.",
            "An object catalogued twice under two numbers.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Conjunction, ...]:
        """Return one finding for each close pass of an asset, by time."""
        sets = picture.newest.sorted_by_object()
        assets = np.flatnonzero(np.isin(sets.norad_id, [a.norad_id for a in picture.assets]))
        if len(assets) == 0:
            return ()
        t0_utc = as_column_time(picture.as_of_utc)
        duration_s = 86400.0 * picture.days_ahead
        satellites = initialise(sets.mean_elements())
        passes = closest_approaches(satellites, assets, t0_utc, duration_s, self.counting_km)
        passes = passes.take(passes.speed_km_s >= self.together_km_s)
        counts = _passes_of_each(passes, len(sets))
        listed = passes.take(passes.miss_km <= self.listing_km)
        lately_one = pairs_lately_one(picture.history, t0_utc)
        scene = _Scene(self, picture, sets, satellites, counts, listed, lately_one)
        return tuple(_findings(scene))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """The picture with what was computed from it."""

    settings: ConjunctionDetector
    picture: Picture
    sets: ElementSets
    satellites: Satellites
    counts: Floats
    """Passes of each object within the counting distance."""
    listed: Encounters
    lately_one: frozenset[IdPair]
    """Pairs that shared element sets lately."""


@dataclass(frozen=True, slots=True, eq=False)
class _Errors:
    """What limits each listed pass."""

    age_days: Floats
    """Age of the older element set at the closest approach."""
    sigma_km: Floats
    miss_rtn_km: Floats


def _passes_of_each(passes: Encounters, objects: int) -> Floats:
    both = np.concatenate([passes.primary, passes.secondary])
    return np.bincount(both, minlength=objects).astype(np.float64)


def _findings(scene: _Scene) -> Iterator[Conjunction]:
    errors = _errors(scene)
    regimes = orbit_regime(scene.sets.mean_elements().take(scene.listed.primary))
    for k in range(len(scene.listed)):
        yield _finding(scene, k, errors, OrbitRegime(regimes[k]).name)


def _errors(scene: _Scene) -> _Errors:
    listed, elements = scene.listed, scene.sets.mean_elements()
    t0_utc = as_column_time(scene.picture.as_of_utc)
    errors = judged_errors(scene.sets, (scene.picture.history,))
    ages, covariance = [], np.zeros((len(listed), 3, 3))
    for rows in (listed.primary, listed.secondary):
        states = propagate_each(scene.satellites.take(rows), t0_utc, listed.tca_s)
        age = _age_days(elements.take(rows), t0_utc, listed.tca_s)
        covariance += covariance_teme_km2(
            states.position_teme_km,
            states.velocity_teme_km_s,
            errors.of(rows).sigma_rtn_km(age),
        )
        ages.append(np.abs(age))
    first = propagate_each(scene.satellites.take(listed.primary), t0_utc, listed.tca_s)
    basis = rtn_basis(first.position_teme_km, first.velocity_teme_km_s)
    return _Errors(
        age_days=np.maximum(*ages),
        sigma_km=miss_sigma_km(covariance, listed.relative_velocity_teme_km_s),
        miss_rtn_km=to_rtn(basis, listed.relative_position_teme_km),
    )


def _age_days(elements: MeanElements, t0_utc: np.datetime64, t_s: Floats) -> Floats:
    return np.asarray((t0_utc - elements.epoch_utc) / np.timedelta64(1, "D") + t_s / 86400.0)


def _finding(scene: _Scene, k: int, errors: _Errors, regime: str) -> Conjunction:
    listed, sets, settings = scene.listed, scene.sets, scene.settings
    rows = (int(listed.primary[k]), int(listed.secondary[k]))
    objects = (int(sets.norad_id[rows[0]]), int(sets.norad_id[rows[1]]))
    basis = tuple(element_set_digest(sets, row) for row in rows)
    detector = f"{settings.card.name}/{settings.card.version}"
    tca_utc = scene.picture.as_of_utc + timedelta(seconds=float(listed.tca_s[k]))
    miss_km, at_edge = float(listed.miss_km[k]), bool(listed.at_window_edge[k])
    confidence, because = _confidence(float(errors.age_days[k]), float(errors.sigma_km[k]), at_edge)
    r, t, n = (float(x) for x in errors.miss_rtn_km[k])
    return Conjunction(
        finding_id=finding_id(
            detector, settings, objects, basis, tca_utc.isoformat(timespec="seconds")
        ),
        detector=detector,
        objects=objects,
        start_utc=tca_utc,
        end_utc=tca_utc,
        base_rate=_base_rate(scene, rows[0], miss_km, regime),
        confidence=confidence,
        confidence_because=because,
        basis=basis,
        reality=sets.take(np.array(rows)).reality,
        tca_utc=tca_utc,
        miss_km=Interval(*interval_km(miss_km, float(errors.sigma_km[k]), settings.sigmas)),
        speed_km_s=float(listed.speed_km_s[k]),
        miss_rtn_km=(r, t, n),
        at_window_edge=at_edge,
        relation=relation_between(sets, *rows, scene.lately_one),
    )


def _base_rate(scene: _Scene, asset: int, miss_km: float, regime: str) -> BaseRate:
    """Return the chance that the asset has a pass at least this near in such a window.

    A disc of radius d is swept by (d / K)^2 of the passes within K (Kessler 1981); the chance of at
    least one is 1 - exp(-their mean number), with the exact interval of the Poisson mean.
    """
    count = float(scene.counts[asset])
    nearer = (miss_km / scene.settings.counting_km) ** 2
    means = (gammaincinv(count, 0.025), count, gammaincinv(count + 1.0, 0.975))
    low, best, high = (float(-np.expm1(-nearer * mean)) for mean in means)
    return BaseRate(
        regime=regime,
        compared=int(count),
        share=Interval(low, best, high),
        window_days=scene.picture.days_ahead,
    )


def _confidence(age_days: float, sigma_km: float, at_edge: bool) -> tuple[Confidence, str]:
    because = f"elements {age_days:.1f} days old at the pass, error about {sigma_km:.1f} km"
    if at_edge:
        return Confidence.LOW, f"{because}; the closest approach lies outside the window"
    return (Confidence.MODERATE if age_days <= _FRESH_DAYS else Confidence.LOW), because
