"""Words for one object of the catalogue: what it is, how it flies, how fresh that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import duration_text, number_text, utc_text
from hoshimori.dossier.wording import regime_text

_MINUTES_SHOWN_AS_MINUTES = 300.0


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """What the sentences about an object tell; None and empty where it is not known."""

    name: str
    """With its catalogue number."""
    kind: str
    owner: str
    launch: str
    is_asset: bool
    perigee_km: float | None
    apogee_km: float | None
    period_min: float | None
    inclination_deg: float | None
    regime: str
    epoch_utc: datetime | None
    as_of_utc: datetime
    element_sets: int
    incidents: int


def kind_of_object_text(kind: str, language: Language) -> str:
    """Return the kind of an object, ``rocket body``, in a language."""
    return say(language, f"object.kind.{kind.replace(' ', '_')}")


def object_sentences(facts: ObjectFacts, language: Language) -> tuple[str, ...]:
    """Return what is known of an object, one sentence for each thing."""
    return (
        *_what(facts, language),
        *_orbit(facts, language),
        say_count(language, "object.history", facts.element_sets),
        _incidents(facts.incidents, language),
    )


def _what(facts: ObjectFacts, language: Language) -> list[str]:
    kind = kind_of_object_text(facts.kind, language)
    told = [say(language, "object.what", name=facts.name, kind=kind)]
    if facts.is_asset:
        told.append(say(language, "object.protected"))
    if facts.owner:
        told.append(say(language, "object.owner", owner=facts.owner))
    if facts.launch:
        told.append(say(language, "object.launched", launch=facts.launch))
    return told


def _orbit(facts: ObjectFacts, language: Language) -> list[str]:
    if facts.epoch_utc is None:
        return [say(language, "object.no_elements")]
    hours = (facts.as_of_utc - facts.epoch_utc).total_seconds() / 3600.0
    key = "object.elements" if hours >= 0.0 else "object.elements.ahead"
    age = duration_text(abs(hours), language)
    orbit = say(
        language,
        "object.orbit",
        perigee=_height(facts.perigee_km),
        apogee=_height(facts.apogee_km),
        period=_period(facts.period_min, language),
        inclination="–" if facts.inclination_deg is None else f"{facts.inclination_deg:.2f}",
        regime=regime_text(facts.regime, language),
    )
    return [orbit, say(language, key, epoch=utc_text(facts.epoch_utc), age=age)]


def _height(height_km: float | None) -> str:
    return "–" if height_km is None else f"{height_km:,.0f}"


def _period(period_min: float | None, language: Language) -> str:
    if period_min is None:
        return "–"
    if period_min < _MINUTES_SHOWN_AS_MINUTES:
        return say(language, "object.minutes", number=f"{period_min:.1f}")
    return say(language, "duration.hours", number=number_text(period_min / 60.0, 3))


def _incidents(number: int, language: Language) -> str:
    if number == 0:
        return say(language, "object.incidents.none")
    return say_count(language, "object.incidents", number)
