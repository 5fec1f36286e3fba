"""What parted from another object of its launch, read from histories by first element sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

import numpy as np

from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    Confidence,
    Interval,
    ParentCandidate,
    Relation,
    Separation,
)
from hoshimori.model.measured_rates import SEPARATION
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.relations import kinship
from hoshimori.numerics.change import first_rows
from hoshimori.numerics.elements import Floats, OrbitRegime, orbit_regime
from hoshimori.numerics.newcomers import Newcomers, newcomers

_SAME_LAUNCH_WEIGHT = 10.0
_NONE_WEIGHT, _NONE_WEIGHT_EACH = 0.02, 0.02
"""Of "none of them": each further orbit of the launch may lie near by chance."""
_SPEED_SCALE_M_S = 20.0
_LIKELY, _SURE = 0.5, 0.8
_SPEED_SHARE, _NOISE_M_S = 0.25, 1.0
"""The least change of velocity between two orbits is right within a quarter, and their noise."""


@dataclass(frozen=True, slots=True)
class SeparationDetector:
    """Tells from histories, also of few objects, from which of its launch a new object parted.

    With assets in the picture, separations are reported where an asset is a candidate or the new
    object; with none, all are.
    """

    least_probability: float = 0.02
    """Candidates below are not listed."""

    card: ClassVar[Card] = Card(
        name="separation",
        version=1,
        question="From which object of its launch did a new one part?",
        needs=(
            "Histories of the new object and of others of its launch, also of these few alone; "
            "designators. (Where full catalogues follow one another, see breakup.)"
        ),
        method=(
            "New is who has its first element set a month or more after the first of its launch, "
            "under a number higher than all known so long before. Candidates are those of the "
            "launch with a set within ten days of it. For each the least change of velocity "
            "between both orbits is taken; probabilities fall with its square beyond 20 m/s, "
            "and every further orbit of the launch makes it likelier that one lies near by "
            "chance. Reported where all candidates together are likelier than none. It parted "
            "between the first sets of the candidate and of the new object. Base rate: the share "
            "of the regime's objects in the history from which something parted."
        ),
        references=(
            "Vallado 2013, Fundamentals of Astrodynamics and Applications, section 9.3.2 (Gauss)",
        ),
        false_alarm_rate=SEPARATION,
        known_false_alarms=(
            "Debris of a launch catalogued a month late: it parted at the launch.",
            "Objects that one carrier let go one after the other, found after manoeuvres.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[Separation, ...]:
        """Return one finding for each new object, by its first element set."""
        sets = picture.history.sorted_by_object()
        found = newcomers(sets.norad_id, kinship(sets).launch, sets.mean_elements())
        chosen = list(_likely(found, self.least_probability))
        assets = {asset.norad_id for asset in picture.assets}
        told = [
            self._separation(sets, found, rows, probability, len(chosen))
            for rows, probability in chosen
        ]
        return tuple(
            sorted(
                (f for f in told if not assets or assets & _concerned(f)),
                key=lambda f: (f.end_utc, f.objects),
            )
        )

    def _separation(
        self,
        sets: ElementSets,
        found: Newcomers,
        rows: tuple[int, ...],
        probability: Floats,
        events: int,
    ) -> Separation:
        new, best = int(found.new[rows[0]]), int(found.candidate[rows[0]])
        objects = (int(sets.norad_id[best]), int(sets.norad_id[new]))
        name = f"{self.card.name}/{self.card.version}"
        used = [new, *(int(found.candidate[k]) for k in rows)]
        basis = tuple(sorted({element_set_digest(sets, row) for row in used}))
        speed = float(found.speed_m_s[rows[0]])
        sure = float(probability.sum()) >= _SURE
        return Separation(
            finding_id=finding_id(name, self, objects, basis),
            detector=name,
            objects=objects,
            start_utc=as_datetime(sets.of_object(objects[0]).epoch_utc.min()),
            end_utc=as_datetime(sets.epoch_utc[new]),
            base_rate=_rate(sets, new, events),
            confidence=Confidence.MODERATE if sure else Confidence.LOW,
            confidence_because=(
                "one known orbit explains it best"
                if probability[0] >= _LIKELY
                else "several known orbits explain it"
            ),
            basis=basis,
            reality=sets.take(np.array(used)).reality,
            candidates=tuple(
                _candidate(sets, found, k, float(p)) for k, p in zip(rows, probability, strict=True)
            ),
            relative_speed_m_s=Interval(
                max(0.0, (1.0 - _SPEED_SHARE) * speed - _NOISE_M_S),
                speed,
                (1.0 + _SPEED_SHARE) * speed + _NOISE_M_S,
            ),
        )


def _likely(found: Newcomers, least: float) -> Iterator[tuple[tuple[int, ...], Floats]]:
    """Yield the rows of the candidates of each new object that they explain, and probabilities."""
    for _, group in groupby(range(len(found.new)), key=lambda k: int(found.new[k])):
        rows = np.array(list(group))
        speed = found.speed_m_s[rows]
        weight = _SAME_LAUNCH_WEIGHT / (1.0 + (speed / _SPEED_SCALE_M_S) ** 2)
        none = _NONE_WEIGHT + _NONE_WEIGHT_EACH * len(rows)
        probability = weight / (weight.sum() + none)
        listed = probability >= least
        if probability[listed].sum() >= _LIKELY:
            yield tuple(rows[listed].tolist()), np.asarray(probability[listed])


def _candidate(sets: ElementSets, found: Newcomers, k: int, probability: float) -> ParentCandidate:
    r, t, n = (round(float(km), 2) for km in found.offset_rtn_km[k])
    return ParentCandidate(
        norad_id=int(sets.norad_id[found.candidate[k]]),
        probability=round(probability, 4),
        miss_rtn_km=(r, t, n),
        relation=Relation.SAME_LAUNCH,
        known_before=True,
    )


def _concerned(finding: Separation) -> set[int]:
    return {*finding.objects, *(c.norad_id for c in finding.candidates)}


def _rate(sets: ElementSets, new: int, events: int) -> BaseRate:
    """Return the share of the regime's objects known before from which something parted."""
    starts = np.flatnonzero(first_rows(sets.norad_id) == np.arange(len(sets)))
    known = starts[sets.epoch_utc[starts] < sets.epoch_utc[new]]
    regimes = orbit_regime(sets.take(np.append(known, new)).mean_elements())
    alike = int(np.count_nonzero(regimes[:-1] == regimes[-1]))
    span = float((sets.epoch_utc.max() - sets.epoch_utc.min()) / np.timedelta64(1, "D"))
    return BaseRate.counted(OrbitRegime(regimes[-1]).name, min(events, alike), alike, span)
