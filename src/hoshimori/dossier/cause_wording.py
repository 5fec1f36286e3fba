"""Candidate causes in words: what was there, how often chance brings as much, what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from hoshimori.dossier.language import Language, say, words
from hoshimori.dossier.nature_wording import natural_sentence
from hoshimori.dossier.quantities import number_text, utc_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.candidate_causes import CandidateCause, CauseReport, Chance, Standing

_SHARED = frozenset({"no_states", "no_catalogue", "no_data", "not_observed", "no_history"})
"""Sentences that several causes may end in."""
_PLAIN = {"at": ("at_utc", "known_utc"), "observed": ("observed_until_utc",)}
_WHOLE = {
    "number": "number",
    "as_one": "as_one",
    "level": "level",
    "hours": "hours",
    "half": "half_min",
    "reach": "reach_km",
    "field": "field_nt",
    "height": "height_km",
    "horizon": "horizon_km",
    "flux": "flux",
    "ap": "ap",
    "hourly": "hourly",
    "sporadic": "sporadic",
}
_ROUNDED = {
    "range": ("range_km",),
    "error": ("error_km",),
    "speed": ("speed_km_s",),
    "slow": ("speed_m_s",),
    "angle": ("angle_deg",),
    "beam": ("beam_deg",),
    "within": ("within_km", "within_deg"),
    "shell": ("shell",),
    "apart": ("apart_h",),
    "sigma": ("sigma_h",),
    "age": ("age_days",),
    "limit": ("limit", "limit_deg", "limit_nt", "limit_days"),
    "area": ("area_km2",),
}
_RANGES = {"expected": ("expected_low", "expected_high"), "size": ("low_m_s", "high_m_s")}
_CHOICES = ("dark", "edge", "belt")
_ONE_IN_BELOW = 0.2
"""Shares below are told as one in so many."""


def cause_name(cause: CandidateCause, language: Language) -> str:
    """Return the name of what was looked at."""
    return say(language, f"cause.name.{cause.kind.name.lower()}")


def standing_text(standing: Standing, language: Language) -> str:
    """Return in a word or two what came of looking."""
    return say(language, f"cause.standing.{standing.name.lower()}")


def cause_sentence(cause: CandidateCause, names: Mapping[int, str], language: Language) -> str:
    """Return what was there at the moment, or why that could not be judged, in one line."""
    if cause.check is not None:
        return natural_sentence(cause.check, names, language)
    kind = cause.kind.name.lower()
    shared = cause.sentence in _SHARED
    key = f"cause.{cause.sentence}" if shared else f"cause.{kind}.{cause.sentence}"
    told = _numbers(cause.values) | _worded(kind, cause.values, names, language)
    return say(language, key, **told)


def chance_text(chance: Chance | None, language: Language) -> str:
    """Return how often chance brings as much, and how often it is there at all."""
    if chance is None:
        return say(language, "cause.chance.none")
    there = number_text(100.0 * chance.present / max(chance.drawn, 1))
    return say(language, "cause.chance.both", much=_share(chance.p_value, language), there=there)


def span_text(chance: Chance | None, language: Language) -> str:
    """Return how many moments of which span show as much."""
    if chance is None:
        return say(language, "cause.chance.none")
    start, end = (utc_text(moment) for moment in (chance.from_utc, chance.until_utc))
    return say(
        language,
        "cause.span",
        as_much=f"{chance.as_much:,}",
        drawn=f"{chance.drawn:,}",
        start=start,
        end=end,
    )


def _share(share: float, language: Language) -> str:
    if share < _ONE_IN_BELOW:
        return say(language, "cause.chance.one_in", number=number_text(1.0 / share))
    return say(language, "cause.chance.percent", percent=number_text(100.0 * share))


def where_sentence(report: CauseReport, language: Language) -> str:
    """Return where the asset was, and what that rests on."""
    return say(
        language,
        "cause.where",
        asset=name_of(report.norad_id, report.names, language),
        moment=utc_text(report.at_utc),
        height=_rounded(report.height_km),
        point=point_text(report.latitude_deg, report.longitude_deg),
        epoch=utc_text(report.elements_epoch_utc),
        objects=f"{report.objects:,}",
    )


def summary_sentence(report: CauseReport, language: Language) -> str:
    """Return how many causes came out how."""
    counts = {s: sum(one.standing is s for one in report.candidates) for s in Standing}
    return say(
        language,
        "cause.summary",
        looked=str(report.looked_at),
        unusual=str(counts[Standing.UNUSUAL]),
        present=str(counts[Standing.PRESENT]),
        absent=str(counts[Standing.ABSENT]),
        unjudged=str(counts[Standing.NOT_JUDGED]),
    )


def rarest_sentence(report: CauseReport, language: Language) -> str:
    """Return how often chance alone brings one as rare among so many."""
    there = (Standing.UNUSUAL, Standing.PRESENT)
    if not any(one.chance is not None and one.standing in there for one in report.candidates):
        return say(language, "cause.rarest.none")
    percent = number_text(100.0 * report.rarest_by_chance)
    return say(language, "cause.rarest", ranked=str(report.ranked), percent=percent)


def assumptions_sentence(report: CauseReport, language: Language) -> str:
    """Return what is taken for granted, and how chance was measured."""
    taken = report.assumptions
    place = say(language, "cause.place.below")
    if taken.station is not None:
        place = point_text(*taken.station)
    return say(
        language,
        "cause.assumptions",
        beam=_rounded(taken.beam_half_deg),
        place=place,
        drawn=f"{taken.drawn:,}",
        seed=str(taken.seed),
        days=_rounded(taken.span_days or 0.0),
    )


def point_text(latitude_deg: float, longitude_deg: float) -> str:
    """Return a place on the Earth to a tenth of a degree.

    >>> point_text(-23.46, 190.0)
    '23.5° S 170.0° W'
    """
    east = (longitude_deg + 180.0) % 360.0 - 180.0
    north = f"{abs(latitude_deg):.1f}° {'N' if latitude_deg >= 0.0 else 'S'}"
    return f"{north} {abs(east):.1f}° {'E' if east >= 0.0 else 'W'}"


def _numbers(values: Mapping[str, float | str]) -> dict[str, str]:
    """Return what needs no language: times, counts, numbers and ranges."""
    told = {place: str(values[s]) or "–" for place, ss in _PLAIN.items() for s in ss if s in values}
    told |= {place: f"{float(values[s]):,.0f}" for place, s in _WHOLE.items() if s in values}
    for place, sources in _ROUNDED.items():
        found = [float(values[source]) for source in sources if source in values]
        told |= {place: _rounded(found[0])} if found else {}
    for place, (low, high) in _RANGES.items():
        if low in values:
            told[place] = "–".join(_small(float(values[end])) for end in (low, high))
    if "kp" in values:
        told["kp"] = f"{float(values['kp']):.1f}"
    if "area_deg_north" in values:
        told["spot"] = point_text(float(values["area_deg_north"]), float(values["area_deg_east"]))
    return told


def _worded(
    kind: str, values: Mapping[str, float | str], names: Mapping[int, str], language: Language
) -> dict[str, str]:
    """Return what is worded by language: objects, places, moments, choices of closed lists."""
    told: dict[str, str] = {}
    if "norad_id" in values:
        told["object"] = name_of(int(values["norad_id"]), names, language)
    if "after_min" in values:
        minutes = float(values["after_min"])
        key = "cause.after" if minutes >= 0.0 else "cause.before"
        told["after"] = say(language, key, minutes=_rounded(abs(minutes)))
    if "latitude_deg" in values:
        point = point_text(float(values["latitude_deg"]), float(values["longitude_deg"]))
        told |= {"point": point, "place": point} | ({} if "area_km2" in values else {"spot": point})
    if values.get("place") == "below":
        told["place"] = say(language, "cause.place.below")
    for choice in _CHOICES:
        key = f"cause.{kind}.{values.get(choice, '')}"
        if choice in values and key in words(language):
            told[choice] = say(language, key)
    if "shower" in values:
        shower = str(values["shower"]).lower().replace(" ", "_").replace("-", "_")
        told["shower"] = say(language, f"cause.shower.{shower}")
    return told


def _rounded(value: float) -> str:
    """Return a number to whole units from a hundred on or where it is whole, else to three digits.

    >>> _rounded(789.4), _rounded(3.042), _rounded(0.1234), _rounded(10.0)
    ('789', '3.04', '0.123', '10')
    """
    is_whole = abs(value) >= 100.0 or value == round(value)
    return f"{value:,.0f}" if is_whole else number_text(value, 3)


def _small(value: float) -> str:
    return f"{value:.0e}" if 0.0 < abs(value) < 1e-3 else number_text(value)
