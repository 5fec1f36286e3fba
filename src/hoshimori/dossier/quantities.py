"""Numbers as people read them: rounded to what they carry, intervals instead of points."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from hoshimori.dossier.language import Language, say
from hoshimori.model.findings import BaseRate, Interval

_HOURS_SHOWN_AS_HOURS = 48.0
_METRES_BELOW_KM = 10.0
_LEAST_PROBABILITY = 1e-10
_UNIT = re.compile(r"(\d) (%|km|m/s|min|h|d)(?!\w)")


def unbroken(text: str) -> str:
    """Return text in which a number and its unit do not part at the end of a line.

    >>> unbroken("46 % to 94 %")
    '46\\xa0% to 94\\xa0%'
    """
    return _UNIT.sub("\\g<1>\u00a0\\g<2>", text)


def utc_text(moment: datetime) -> str:
    """Return a moment in ISO 8601 UTC to the minute.

    >>> utc_text(datetime(2025, 3, 4, 12, 33, 59, tzinfo=UTC))
    '2025-03-04T12:33Z'
    """
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.strftime("%Y-%m-%dT%H:%MZ")


def number_text(value: float, digits: int = 2) -> str:
    """Return a value rounded to a number of significant digits, with thousands marked.

    >>> number_text(1234.5), number_text(0.01234), number_text(-62.0), number_text(0.0)
    ('1,200', '0.012', '-62', '0')
    """
    if not math.isfinite(value) or value == 0.0:
        return "0" if value == 0.0 else "–"
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    return f"{round(value, decimals):,.{max(0, decimals)}f}"


def length_text(length_km: float) -> str:
    """Return a length in metres below ten kilometres, else in kilometres, to three digits.

    >>> length_text(0.0123), length_text(26.3704), length_text(0.7151)
    ('12.3 m', '26.4 km', '715 m')
    """
    if abs(length_km) < _METRES_BELOW_KM:
        return f"{number_text(length_km * 1000.0, 3)} m"
    return f"{number_text(length_km, 3)} km"


def probability_text(probability: float | None) -> str:
    """Return a probability to two digits, one below 1e-10 as such, a dash for none.

    >>> probability_text(4.835e-5), probability_text(1e-80), probability_text(None)
    ('4.8e-05', '< 1e-10', '–')
    """
    if probability is None:
        return "–"
    return "< 1e-10" if probability < _LEAST_PROBABILITY else f"{probability:.1e}"


def interval_text(interval: Interval, unit: str, language: Language) -> str:
    """Return an interval rounded outwards to two digits of its width; never a point.

    >>> interval_text(Interval(62.3, 70.0, 93.6), "km", Language.EN)
    '62–94 km'
    >>> interval_text(Interval(0.0, 0.0, 0.0), "km", Language.EN)
    'about 0 km (uncertainty not stated)'
    """
    if interval.low == interval.high:
        value = _with_unit(number_text(interval.best), unit)
        return say(language, "interval.unknown", value=value)
    if not math.isfinite(interval.high):
        return say(language, "interval.open", value=_with_unit(number_text(interval.low), unit))
    return _with_unit("–".join(_rounded_outwards(interval.low, interval.high)), unit)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}".strip()


def _rounded_outwards(low: float, high: float) -> tuple[str, str]:
    exponent = math.floor(math.log10(high - low)) - 1
    step = 10.0**exponent
    decimals = max(0, -exponent)
    # The hair's breadth keeps 0.3 / 0.1 from rounding a step too far.
    down = math.floor(low / step + 1e-9) * step
    up = math.ceil(high / step - 1e-9) * step
    low_text = "0" if down == 0.0 else f"{down:,.{decimals}f}"
    return low_text, f"{up:,.{decimals}f}"


def duration_text(hours: float, language: Language) -> str:
    """Return a duration in hours below two days, else in days.

    >>> duration_text(33.2, Language.EN), duration_text(149.0, Language.EN)
    ('33 h', '6.2 d')
    """
    if not math.isfinite(hours):
        return say(language, "missing")
    if abs(hours) < _HOURS_SHOWN_AS_HOURS:
        return say(language, "duration.hours", number=number_text(hours))
    return say(language, "duration.days", number=number_text(hours / 24.0))


def moment_text(moment: datetime, as_of_utc: datetime, language: Language) -> str:
    """Return a moment with its distance from the moment of the picture."""
    hours = (moment - as_of_utc).total_seconds() / 3600.0
    if abs(hours) < 1.0 / 60.0:
        return say(language, "moment.now", moment=utc_text(moment))
    key = "moment.ahead" if hours > 0 else "moment.past"
    duration = duration_text(abs(hours), language)
    return say(language, key, moment=utc_text(moment), duration=duration)


def longitude_text(degrees_east: float, language: Language) -> str:
    """Return a longitude with its hemisphere.

    >>> longitude_text(62.004, Language.EN), longitude_text(-1.0, Language.EN)
    ('62.00° E', '1.00° W')
    """
    wrapped = (degrees_east + 180.0) % 360.0 - 180.0
    key = "longitude.east" if wrapped >= 0.0 else "longitude.west"
    return say(language, key, degrees=f"{abs(wrapped):.2f}")


def drift_text(deg_day: float, language: Language) -> str:
    """Return a drift in longitude, east positive, with its direction in words.

    >>> drift_text(-0.0904, Language.EN)
    '0.090° a day westward'
    """
    key = "drift.east" if deg_day >= 0.0 else "drift.west"
    return say(language, key, value=f"{abs(deg_day):.3f}")


def share_words(share: float, at_most: float) -> tuple[str, str]:
    """Return the form of words for a share ("one_in", "in_ten", …) and its number.

    >>> share_words(0.0247, 0.04), share_words(0.31, 0.4), share_words(0.0, 0.002)
    (('one_in', '40'), ('in_ten', '3'), ('fewer', '500'))
    """
    if share <= 0.0:
        return ("fewer", number_text(1.0 / at_most)) if at_most > 0.0 else ("unmeasured", "")
    if share >= 0.95:
        return "nearly_all", ""
    if share >= 0.15:
        return "in_ten", str(round(share * 10.0))
    return "one_in", number_text(1.0 / share)


def percent_text(share: Interval, language: Language) -> str:
    """Return a share as an interval in per cent, without the sign."""
    in_percent = Interval(share.low * 100.0, share.best * 100.0, share.high * 100.0)
    return interval_text(in_percent, "", language)


def is_measured(rate: BaseRate) -> bool:
    """Tell whether a base rate was counted at all."""
    return rate.compared > 0 and (rate.share.best > 0.0 or rate.share.high > 0.0)
