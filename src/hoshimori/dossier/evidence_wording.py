"""Items of evidence in words: a sentence, and its numbers as intervals."""

from __future__ import annotations

from collections.abc import Mapping

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import number_text

Values = Mapping[str, float | str]

_SPANS = (("km", "evidence.value.km"), ("days", "evidence.value.days"),
          ("deg", "evidence.value.deg"), ("m_s", "evidence.value.m_s"))  # fmt: skip


def evidence_sentence(kind: str, language: Language) -> str:
    """Return what a kind of evidence says, in one sentence."""
    return say(language, f"evidence.{kind}")


def numbers_text(values: Values, language: Language) -> str:
    """Return the numbers of an item, intervals with their units; what was said is quoted."""
    if "source" in values:
        return say(
            language,
            "evidence.value.source",
            source=str(values["source"]),
            text=str(values.get("text", "")),
        )
    parts = [part for name, key in _SPANS if (part := _span(values, name, key, language))]
    parts += _share(values, language)
    if "light_low" in values:
        parts.append(_light(values, language))
    if "drift_deg_day" in values:
        number = f"{float(values['drift_deg_day']):+.3f}"
        parts.append(say(language, "evidence.value.drift", number=number))
    if "slots" in values:
        number = f"{float(values['slots']):.0f}"
        parts.append(say(language, "evidence.value.slots", number=number))
    if "number" in values and "chance" in values:
        parts.append(
            say(
                language,
                "evidence.value.count",
                number=f"{float(values['number']):.0f}",
                chance=number_text(float(values["chance"])),
            )
        )
    if "same_aircraft" in values:
        parts.append(say(language, "evidence.value.same_aircraft"))
    return "; ".join(parts)


def _span(values: Values, name: str, key: str, language: Language) -> str:
    low, high = values.get(f"{name}_low"), values.get(f"{name}_high")
    if low is None or high is None:
        return ""
    return say(language, key, low=number_text(float(low)), high=number_text(float(high)))


def _light(values: Values, language: Language) -> str:
    low, high = (100.0 * float(values[f"light_{end}"]) for end in ("low", "high"))
    return say(
        language,
        "evidence.value.light",
        phase=f"{float(values['phase_deg']):.0f}",
        low=f"{number_text(low)} %",
        high=f"{number_text(high)} %",
    )


def _share(values: Values, language: Language) -> list[str]:
    if "share_low" not in values:
        return []
    low, high = (100.0 * float(values[f"share_{end}"]) for end in ("low", "high"))
    ends = {"low": f"{number_text(low)} %", "high": f"{number_text(high)} %"}
    return [say(language, "evidence.value.share", **ends)]
