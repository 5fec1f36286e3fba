"""Break-ups and separations in words: what came apart, from what, how, and what bears on why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import interval_text, number_text, percent_text, utc_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.breakup_causes import Cause, Evidence
from hoshimori.model.findings import Breakup, Interval, ParentCandidate, Separation

_MOST_CANDIDATES = 4

Pairs = tuple[tuple[str, str], ...]


def separation_sentences(
    finding: Separation, names: Mapping[int, str], language: Language
) -> tuple[str, ...]:
    """Return what was measured of a separation."""
    measured = say(
        language,
        "explain.separation",
        object=name_of(finding.objects[0], names, language),
        numbers=", ".join(str(i) for i in finding.objects[1:]),
        range=interval_text(finding.relative_speed_m_s, "m/s", language),
    )
    told = candidates_text(finding.candidates, names, language)
    return measured, say(language, "explain.separation.candidates", candidates=told)


def breakup_sentences(
    finding: Breakup, names: Mapping[int, str], language: Language
) -> tuple[str, ...]:
    """Return what was measured of a break-up."""
    point = say(
        language,
        "explain.breakup",
        pieces=f"{finding.pieces:,}",
        altitude=f"{finding.altitude_km:,.0f}",
        latitude=latitude_text(finding.latitude_deg, language),
        start=utc_text(finding.start_utc),
        end=utc_text(finding.end_utc),
    )
    if finding.is_resolved:
        moment = utc_text(finding.event_by_pieces_utc)
        time = say(language, "explain.breakup.resolved", moment=moment)
    else:
        time = say(language, "explain.breakup.unresolved")
    cloud = say(
        language,
        "explain.breakup.cloud",
        energy=say(language, f"breakup.energy.{finding.energy.name.lower()}"),
        range=percent_text(finding.posigrade_share, language),
    )
    return point, time, _candidates_sentence(finding, names, language), cloud


def _candidates_sentence(finding: Breakup, names: Mapping[int, str], language: Language) -> str:
    if not finding.candidates:
        return say(language, "explain.breakup.no_candidates")
    told = candidates_text(finding.candidates, names, language)
    return say(language, "explain.breakup.candidates", candidates=told)


def candidates_text(
    candidates: Sequence[ParentCandidate], names: Mapping[int, str], language: Language
) -> str:
    """Return the likeliest candidates with their probabilities."""
    return ", ".join(
        say(
            language,
            "breakup.candidate",
            name=name_of(one.norad_id, names, language),
            percent=f"{100.0 * one.probability:.0f}",
        )
        for one in candidates[:_MOST_CANDIDATES]
    )


def latitude_text(degrees: float, language: Language) -> str:
    """Return a latitude with its hemisphere.

    >>> latitude_text(-12.34, Language.EN)
    '12.3° S'
    """
    key = "latitude.north" if degrees >= 0.0 else "latitude.south"
    return say(language, key, degrees=f"{abs(degrees):.1f}")


def separation_measures(finding: Separation, language: Language) -> Pairs:
    """Return the numbers of a separation."""
    return (
        ("parting", interval_text(finding.relative_speed_m_s, "m/s", language)),
        ("candidates", candidates_text(finding.candidates, {}, language)),
    )


def breakup_measures(finding: Breakup, language: Language) -> Pairs:
    """Return the numbers of a break-up."""
    height = f"{finding.altitude_km:,.0f}"
    latitude = latitude_text(finding.latitude_deg, language)
    missing = say(language, "missing")
    return (
        ("pieces", f"{finding.pieces:,}"),
        ("event", utc_text(finding.event_utc)),
        ("by_pieces", utc_text(finding.event_by_pieces_utc)),
        ("point", say(language, "measure.point.value", altitude=height, latitude=latitude)),
        ("pinch", f"{' / '.join(number_text(km) for km in finding.pinch_km)} km"),
        ("spread", spread_text(finding)),
        ("posigrade", f"{percent_text(finding.posigrade_share, language)} %"),
        ("energy", f"{number_text(finding.energy_j_per_g)} J/g"),
        ("candidates", candidates_text(finding.candidates, {}, language) or missing),
    )


def spread_text(finding: Breakup) -> str:
    """Return the spreads of the velocity changes."""
    return f"{' / '.join(number_text(v) for v in finding.spread_rtn_m_s)} m/s"


def cause_text(cause: Cause, language: Language) -> str:
    """Return the name of a cause."""
    return say(language, f"breakup.cause.{cause.kind.name.lower()}")


def evidence_text(
    evidence: Sequence[Evidence], names: Mapping[int, str], language: Language
) -> str:
    """Return signs one after the other; a word for none."""
    told = [_sign_text(one, names, language) for one in evidence]
    return "; ".join(told) or say(language, "breakup.nothing")


def _sign_text(one: Evidence, names: Mapping[int, str], language: Language) -> str:
    values = {key: number_text(value) for key, value in one.values.items()}
    if "norad_id" in one.values:
        values["object"] = name_of(int(one.values["norad_id"]), names, language)
    if "median_m_s" in one.values:
        values["median"] = values["median_m_s"]
    return say(language, f"breakup.sign.{one.sign.name.lower()}", **values)


def rate_text(value: float) -> str:
    """Return a rate to two digits, a very small one as such.

    >>> rate_text(0.0), rate_text(0.00004), rate_text(0.123)
    ('0', '< 0.001', '0.12')
    """
    return "< 0.001" if 0.0 < value < 0.001 else number_text(value)


def rates_text(rates: Interval) -> str:
    """Return an interval of rates."""
    return f"{rate_text(rates.low)} – {rate_text(rates.high)}"
