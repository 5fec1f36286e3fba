"""Conclusions that a release has otherwise than the original, in words."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say, words
from hoshimori.model.assessments import Label, Words
from hoshimori.model.changes import Change, Conclusion


def change_sentence(change: Change, language: Language, *, former: bool) -> str:
    """Return what changed, and to what; from what only for who releases (`former`).

    The former value may tell of what is withheld, so that it never stands in the copy.
    """
    subject = _subject(change, language)
    after = _value(change, change.after, language)
    if former:
        before = _value(change, change.before, language)
        return say(language, "change.former", subject=subject, before=before, after=after)
    return say(language, "change.line", subject=subject, after=after)


def _subject(change: Change, language: Language) -> str:
    kind = say(language, f"change.{change.conclusion.value}")
    name = _name(change, language)
    return f"{kind} · {name}" if name else kind


def _name(change: Change, language: Language) -> str:
    """Return which one it is: an explanation, factor or gate by its name, a finding by its id."""
    prefixes = {
        Conclusion.LIKELIHOOD: "assess.h.",
        Conclusion.FACTOR: "factor.",
        Conclusion.GATE: "assess.gate.",
    }
    prefix = prefixes.get(change.conclusion)
    if prefix is not None:
        return say(language, f"{prefix}{change.about}")
    return change.about[:12]


def _value(change: Change, value: str, language: Language) -> str:
    if not value:
        key = "change.nothing" if change.conclusion is Conclusion.GATE else "change.none"
        return say(language, key)
    match change.conclusion:
        case Conclusion.LABEL:
            labels = {label.value.replace("-", "_"): label for label in Label}
            return say(language, f"assess.label.{labels[value].name.lower()}")
        case Conclusion.CONFIDENCE:
            return say(language, f"assess.confidence.{value}")
        case Conclusion.LIKELIHOOD:
            return _likelihood(value, language)
        case Conclusion.GATE:
            return ", ".join(_need(need, language) for need in value.split(", "))
        case Conclusion.FACTOR | Conclusion.FINDING | Conclusion.INCIDENT:
            return _anchor(change, value, language)


def _likelihood(value: str, language: Language) -> str:
    known = {w.value: w for w in Words}
    parts = [part.replace("_", " ") for part in value.split(" to ")]
    said = [say(language, f"assess.wep.{known[part].name.lower()}") for part in parts]
    if len(said) == 1:
        return said[0]
    return say(language, "assess.words.range", first=said[0], last=said[-1])


def _need(need: str, language: Language) -> str:
    key = f"assess.need.{need}"
    return say(language, key) if key in words(language) else need


def _anchor(change: Change, value: str, language: Language) -> str:
    if value == "found":
        return say(language, "change.found")
    if value == "unknown":
        return say(language, "assess.unknown")
    if change.about == "F15":
        return _likelihood(value, language)
    key = f"factor.{change.about}.{value}"
    return f"{value} · {say(language, key)}" if key in words(language) else value
