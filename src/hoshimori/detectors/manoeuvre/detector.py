"""Which orbits changed between two element sets by more than their noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from hoshimori.detectors.manoeuvre.rule import Judged, ManoeuvreRule
from hoshimori.model import measured_curves
from hoshimori.model.company import CompanyRule, assets_and_company, examined_sets
from hoshimori.model.constellations import family_of
from hoshimori.model.detector import Card
from hoshimori.model.digest import element_set_digest, finding_id
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import (
    BaseRate,
    BurnDirection,
    Interval,
    Manoeuvre,
    Thrust,
)
from hoshimori.model.manoeuvres import CONFIDENCES, Doubt
from hoshimori.model.measured_rates import MANOEUVRE
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.change import first_rows
from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import OrbitRegime

_US_PER_DAY = 86400e6


@dataclass(frozen=True, slots=True)
class ManoeuvreDetector:
    """Finds burns of the assets and their companions in their element-set histories.

    One setting for all objects. With no assets in the picture every object is examined.
    """

    rule: ManoeuvreRule = field(default_factory=ManoeuvreRule)
    """What counts as a change."""
    lookback_days: float = 30.0
    """Only changes that showed within this time before the moment are reported."""
    company: CompanyRule = field(default_factory=CompanyRule)

    card: ClassVar[Card] = Card(
        name="manoeuvre",
        version=2,
        question="Which orbits changed between two element sets by more than their noise?",
        needs=(
            "Histories: at least fifteen element sets of an object, at most ten days apart; the "
            "next set to confirm a change. With one set per object nothing can be seen."
        ),
        method=(
            "Each set is carried to the next by SGP4's own rates and the mean elements compared: "
            "the axis as a velocity change in-track, the turn of the orbit normal as one across. "
            "Changes over one, two and four sets are measured in the object's own noise (running "
            "median and MAD around each set, never below a floor for the regime). What counts is "
            "the part that shows alike from this set and the next to both sets before. The size "
            "is taken between the last set of the old orbit and the first of the new; the time "
            "from how far the object has fallen behind its prediction. A drag term that jumps (a "
            "refit) moves no axis; an object soon back in its old orbit and place had its "
            "identity swapped: neither is reported. Slopes that nature does not make are low "
            "thrust. The radial component cannot be seen and is given as 0, and the sign across "
            "the plane is not determined. The p-value is the share of quiet steps of the object, "
            "with a hundred of its regime beside its own, that would be as strong: a Pareto law "
            "cut at the threshold. Base rate: the share of the objects of the same regime with a "
            "history that changed at least as much in the time looked at."
        ),
        references=(
            "Lemmens and Krag 2014, JGCD 37(3), 860",
            "Kelecy et al. 2007, AMOS",
            "Shorten et al. 2022, arXiv 2212.08662 (labelled histories)",
            "Aban, Meerschaert and Panorska 2006, J. Am. Stat. Assoc. 101, 270 (cut tails)",
            "Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289 (many steps at once)",
        ),
        false_alarm_rate=MANOEUVRE,
        known_false_alarms=(
            "Space weather that changes the drag of low objects within days.",
            "Identities swapped for good between objects of one launch.",
            "Element sets fitted to predicted orbits, which show a planned burn early or smeared.",
            "Wheel unloadings and other small unlisted burns, which are real changes all the same.",
        ),
        sweep=measured_curves.MANOEUVRE,
    )

    def detect(self, picture: Picture) -> tuple[Manoeuvre, ...]:
        """Return one finding for each change, oldest first."""
        wanted = assets_and_company(picture, self.company)
        sets = examined_sets(picture.history, wanted, self.company, fewest=self.rule.fewest_sets)
        if not len(sets):
            return ()
        found = self.rule.judge(sets.mean_elements(), sets.norad_id)
        (judged,), _ = self.rule.conclude([found], asked=len(wanted))
        since_utc = as_column_time(picture.as_of_utc) - _span(self.lookback_days)
        recent = (judged.changes.time_utc >= since_utc) & (judged.changes.doubt == Doubt.NONE)
        scene = _Scene(self, sets, judged, np.flatnonzero(recent))
        reported = [row for row in scene.recent if judged.changes.norad_id[row] in wanted]
        findings = [_finding(scene, int(row)) for row in reported]
        return tuple(sorted(findings, key=lambda f: (f.end_utc, f.objects)))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What every finding is made from."""

    settings: ManoeuvreDetector
    sets: ElementSets
    judged: Judged
    recent: Rows
    """Rows of all changes in the time looked at."""


def _span(days: float) -> np.timedelta64:
    """Return a time span; one too long for the calendar becomes a thousand years."""
    return np.timedelta64(round(min(days, 365250.0) * _US_PER_DAY), "us")


def _finding(scene: _Scene, row: int) -> Manoeuvre:
    sets, settings, changes = scene.sets, scene.settings, scene.judged.changes
    norad_id = int(changes.norad_id[row])
    used = np.arange(*_basis_rows(scene, row))
    basis = tuple(sorted(element_set_digest(sets, int(at)) for at in used))
    name = f"{settings.card.name}/{settings.card.version}"
    size_m_s = Interval(
        *(
            float(ends[row])
            for ends in (changes.delta_v_low_m_s, changes.delta_v_m_s, changes.delta_v_high_m_s)
        )
    )
    end_utc = as_datetime(changes.time_utc[row])
    in_track_m_s = float(changes.in_track_m_s[row])
    cross_track_m_s = float(changes.cross_track_m_s[row])
    return Manoeuvre(
        finding_id=finding_id(name, settings, (norad_id,), basis, str(end_utc)),
        detector=name,
        objects=(norad_id,),
        start_utc=as_datetime(changes.start_utc[row]),
        end_utc=end_utc,
        base_rate=_base_rate(scene, row),
        confidence=CONFIDENCES[changes.confidence[row]],
        confidence_because=_because(scene, row),
        basis=basis,
        reality=sets.take(used).reality,
        delta_v_m_s=size_m_s,
        components_rtn_m_s=(0.0, in_track_m_s, cross_track_m_s),
        direction=_direction(in_track_m_s, cross_track_m_s),
        p_value=float(changes.p_value[row]),
        thrust=Thrust.LOW if changes.low_thrust[row] else Thrust.IMPULSIVE,
        burn_utc=as_datetime(changes.burn_utc[row]),
        burn_sigma_h=float(changes.burn_sigma_h[row]),
        in_constellation=bool(family_of(str(sets.object_name[used[-1]]))),
    )


def _basis_rows(scene: _Scene, row: int) -> tuple[int, int]:
    """Return the rows used: two before the change to one after it."""
    ids, first_row = scene.sets.norad_id, int(scene.judged.first_row[row])
    after = int(scene.judged.last_row[row]) + 1
    start = int(first_rows(ids[: first_row + 1])[-1])
    follows = after < len(ids) and ids[after] == ids[first_row]
    return max(start, first_row - 1), after + 1 if follows else after


def _direction(in_track_m_s: float, cross_track_m_s: float) -> BurnDirection:
    in_track, across = abs(in_track_m_s), abs(cross_track_m_s)
    if in_track >= 3.0 * across:
        return BurnDirection.IN_TRACK
    return BurnDirection.CROSS_TRACK if across >= 3.0 * in_track else BurnDirection.MIXED


def _base_rate(scene: _Scene, row: int) -> BaseRate:
    """Return the share of judged objects of the regime that changed at least as much."""
    judged, changes, regime = scene.judged, scene.judged.changes, scene.judged.regime[row]
    alike = scene.recent[judged.regime[scene.recent] == regime]
    as_much = alike[changes.delta_v_m_s[alike] >= changes.delta_v_m_s[row]]
    changed = set(changes.norad_id[as_much].tolist())
    seen = judged.watched.norad_id[(judged.watched_regime == regime) & (judged.watched.steps > 0)]
    span_days = float(np.ptp(scene.sets.epoch_utc).astype(np.int64)) / _US_PER_DAY
    return BaseRate.counted(
        OrbitRegime(regime).name,
        len(changed),
        len({*seen.tolist(), *changed}),
        min(scene.settings.lookback_days, span_days),
    )


def _because(scene: _Scene, row: int) -> str:
    """Return what limits the confidence, in a few words."""
    changes = scene.judged.changes
    if changes.low_thrust[row]:
        days = (changes.end_utc[row] - changes.start_utc[row]) / np.timedelta64(1, "D")
        return f"the orbit went one way for {days:.0f} days, set after set"
    gap_days = (changes.time_utc[row] - changes.start_utc[row]) / np.timedelta64(1, "D")
    because = f"{changes.strength[row]:.0f} times the usual spread, sets {gap_days:.1f} days apart"
    if not changes.confirmed[row]:
        return f"not yet confirmed by a later element set; {because}"
    if not changes.single[row]:
        return f"the place along the orbit does not fit one burn; {because}"
    return f"confirmed by the next element set; {because}"
