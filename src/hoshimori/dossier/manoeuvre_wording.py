"""What histories show, in the words of a board: one row for each manoeuvre, and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import duration_text, interval_text, number_text, utc_text
from hoshimori.dossier.wording import confidence_text, name_of
from hoshimori.model.findings import Interval
from hoshimori.model.manoeuvres import CONFIDENCES, Doubt, Manoeuvres, Watched
from hoshimori.model.moments import as_datetime

_SHOWN_IN_MM_S = 0.1


@dataclass(frozen=True, slots=True)
class ManoeuvreRow:
    """One manoeuvre as people read it."""

    object: str
    when: str
    size: str
    components: str
    kind: str
    strength: str
    confidence: str


def manoeuvre_row(
    rows: Manoeuvres, row: int, names: Mapping[int, str], language: Language
) -> ManoeuvreRow:
    """Return one manoeuvre in words and rounded numbers."""
    low_thrust = bool(rows.low_thrust[row])
    unit, scale = ("mm/s", 1e3) if rows.delta_v_high_m_s[row] < _SHOWN_IN_MM_S else ("m/s", 1.0)
    in_track, across = (scale * float(c[row]) for c in (rows.in_track_m_s, rows.cross_track_m_s))
    strength = float(rows.strength[row])
    size = Interval(
        *(
            scale * float(ends[row])
            for ends in (rows.delta_v_low_m_s, rows.delta_v_m_s, rows.delta_v_high_m_s)
        )
    )
    return ManoeuvreRow(
        object=name_of(int(rows.norad_id[row]), names, language),
        when=_when(rows, row, language),
        size=interval_text(size, unit, language),
        components=f"{in_track:+.3g} / {number_text(across)} {unit}",
        kind=say(language, f"manoeuvres.kind.{'low_thrust' if low_thrust else 'impulsive'}"),
        strength=number_text(strength) if np.isfinite(strength) else "–",
        confidence=confidence_text(CONFIDENCES[rows.confidence[row]], language),
    )


def _when(rows: Manoeuvres, row: int, language: Language) -> str:
    if rows.dated[row]:
        return say(
            language,
            "manoeuvres.when.dated",
            moment=utc_text(as_datetime(rows.burn_utc[row])),
            duration=duration_text(float(rows.burn_sigma_h[row]), language),
        )
    start, end = (utc_text(as_datetime(t[row])) for t in (rows.start_utc, rows.end_utc))
    return say(language, "manoeuvres.when.between", start=start, end=end)


def summary(found: Manoeuvres, watched: Watched, sets: int, language: Language) -> str:
    """Return how much was found, in how much."""
    objects = len(np.unique(found.norad_id))
    return say(
        language,
        "manoeuvres.found",
        manoeuvres=say_count(language, "manoeuvres.manoeuvres", len(found)),
        objects=say_count(language, "manoeuvres.objects", objects),
        sets=f"{sets:,}",
        judged=say_count(language, "manoeuvres.objects", int((watched.steps > 0).sum())),
    )


def limits(dismissed: Manoeuvres, watched: Watched, language: Language) -> list[str]:
    """Return what was dismissed and what could not be seen."""
    told = [
        say_count(language, key, int((dismissed.doubt == doubt).sum()))
        for key, doubt in (
            ("manoeuvres.dismissed.swapped", Doubt.SWAPPED),
            ("manoeuvres.dismissed.chance", Doubt.BEYOND_CHANCE_LIMIT),
        )
        if (dismissed.doubt == doubt).any()
    ]
    judged = watched.steps > 0
    floors = [f[judged] for f in (watched.in_track_floor_m_s, watched.cross_track_floor_m_s)]
    if judged.sum() == 1:
        in_track, across = (number_text(float(f[0])) for f in floors)
        told.append(say(language, "manoeuvres.floor.one", in_track=in_track, across=across))
    elif judged.any():
        (half, most), (across, across_most) = (
            map(number_text, np.quantile(f, (0.5, 0.9)).tolist()) for f in floors
        )
        told.append(
            say(
                language,
                "manoeuvres.floor",
                median=half,
                p90=most,
                across=across,
                across_p90=across_most,
            )
        )
    short = int((~judged).sum())
    if short:
        told.append(say_count(language, "manoeuvres.short", short))
    return [*told, say(language, "manoeuvres.blind")]
