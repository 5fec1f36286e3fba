"""Natural and accidental explanations in words: one sentence for each check."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hoshimori.dossier.language import Language, say, words
from hoshimori.dossier.quantities import drift_text, longitude_text, number_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.assessments import NaturalCheck

_SHARED = frozenset({"does_not_fit", "no_moment", "no_elements", "no_catalogue"})
"""Sentences that every check may end in; they name the check."""
_PLAIN = {
    "at": ("at_utc", "edge_utc", "known_utc"),
    "needed": ("needed_until_utc",),
    "observed": ("observed_until_utc",),
    "start": ("from_utc",),
    "end": ("until_utc",),
    "source": ("source",),
    "make": ("make",),
    "example": ("example",),
    "date": ("happened",),
    "since": ("since",),
}
"""Places that take a text as it stands: place, and the values that it may come from."""
_COUNTS = {
    "number": ("number", "objects_at_hand", "so_far", "makes"),
    "level": ("level",),
    "hours": ("hours",),
    "judged": ("judged",),
    "driven": ("driven",),
}
_ROUNDED = {
    "height": ("height_km", "perigee_km"),
    "angle": ("angle_deg", "sun_above_plane_deg"),
    "limit": ("limit_deg",),
    "within": ("within_km",),
    "minutes": ("minutes", "edge_min"),
    "age": ("age_days",),
    "usual": ("usual_days",),
    "speed": ("speed_km_s",),
    "days": ("days",),
}
_RANGES = {
    "density": ("density_low", "density_high"),
    "expected": ("expected_low", "expected_high"),
    "miss": ("miss_low_km", "miss_high_km"),
    "days": ("days_low", "days_high"),
}


def natural_sentence(check: NaturalCheck, names: Mapping[int, str], language: Language) -> str:
    """Return the one sentence of a check."""
    sentence = str(check.values["sentence"])
    key = f"natural.{sentence}" if sentence in _SHARED else f"natural.{check.check}.{sentence}"
    told = _texts(check.values)
    told |= _named(check, names, language)
    told["check"] = natural_name(check, language)
    return say(language, key, **told)


def natural_name(check: NaturalCheck, language: Language) -> str:
    """Return the name of what was looked at."""
    return say(language, f"natural.name.{check.check}")


def natural_judgement(check: NaturalCheck, language: Language) -> str:
    """Return in a word whether it fits, does not show, or was not judged."""
    if not check.evaluated:
        return say(language, "natural.not_evaluated")
    return say(language, "natural.speaks_for" if check.speaks_for else "natural.does_not_speak_for")


def _texts(values: Mapping[str, float | str]) -> dict[str, str]:
    """Return what needs no language: times, counts, numbers and ranges."""
    told: dict[str, str] = {}
    for kind, as_text in _AS_TEXT:
        for place, sources in kind.items():
            for source in sources:
                if source in values:
                    told[place] = as_text(values[source])
    for place, (low, high) in _RANGES.items():
        if low in values:
            told[place] = _range(float(values[low]), float(values[high]))
    if "share_low" in values:
        percents = (100.0 * float(values[key]) for key in ("share_low", "share_high"))
        told["percent"] = _range(*percents)
    elif "share" in values:
        told["percent"] = number_text(100.0 * float(values["share"]))
    if "kp" in values:
        told["kp"] = f"{float(values['kp']):.1f}"
    return told


def _named(check: NaturalCheck, names: Mapping[int, str], language: Language) -> dict[str, str]:
    """Return what is worded by language: objects, directions, and choices of a closed list."""
    values = check.values
    told: dict[str, str] = {}
    if "objects" in values:
        ids = [int(one) for one in str(values["objects"]).split(",") if one]
        told["object"] = ", ".join(name_of(i, names, language) for i in ids) or "–"
    if "norad_id" in values:
        told["object"] = name_of(int(values["norad_id"]), names, language)
    for choice in ("edge", "mode", "motion"):
        key = f"natural.{check.check}.{values.get(choice, '')}"
        if choice in values and key in words(language):
            told[choice] = say(language, key)
    if "deg_east" in values:
        told["longitude"] = longitude_text(float(values["deg_east"]), language)
        told["drift"] = drift_text(float(values["drift_deg_day"]), language)
    return told


def _plain(value: float | str) -> str:
    return str(value) or "–"


def _count(value: float | str) -> str:
    return f"{float(value):,.0f}"


def _rounded(value: float | str) -> str:
    return _number(float(value))


def _number(value: float) -> str:
    """Return a number to whole units from ten on, to two digits below.

    >>> _number(789.4), _number(3.04), _number(0.12)
    ('789', '3.0', '0.12')
    """
    return f"{value:,.0f}" if abs(value) >= 10.0 else number_text(value)


def _range(low: float, high: float) -> str:
    """Return a range; one number where both ends read alike.

    >>> _range(0.00021, 0.13), _range(2.0, 2.0)
    ('2e-04–0.13', '2.0')
    """
    ends = [f"{v:.0e}" if 0.0 < abs(v) < 1e-3 else number_text(v) for v in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


_AS_TEXT: tuple[tuple[Mapping[str, tuple[str, ...]], Callable[[float | str], str]], ...] = (
    (_PLAIN, _plain),
    (_COUNTS, _count),
    (_ROUNDED, _rounded),
)
