"""What a release concludes otherwise than the original, in words; what that was is never told."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say, words
from hoshimori.model.assessments import Label, Words
from hoshimori.model.briefings import Briefing
from hoshimori.model.changes import Change, Conclusion

_ABOUT = ("assess.h.", "factor.", "assess.gate.")
_DIGITS = 12


def changed_lines(briefing: Briefing, language: Language) -> tuple[str, ...]:
    """Return one line for each conclusion that is another one in a release."""
    return tuple(_line(change, language) for change in briefing.changes)


def _line(change: Change, language: Language) -> str:
    return say(
        language,
        f"document.changed.{change.conclusion.value}",
        about=_about(change.about, language),
        after=_after(change, language),
    )


def _about(about: str, language: Language) -> str:
    """Return the name of what changed, with its code; of a finding the first digits of its id."""
    for before in _ABOUT:
        if f"{before}{about}" in words(language):
            return f"{about} {say(language, before + about)}"
    return about[:_DIGITS]


def _after(change: Change, language: Language) -> str:
    match change.conclusion:
        case Conclusion.LABEL:
            labels = {label.value: label.name.lower() for label in Label}
            return _known("assess.label.", labels.get(change.after, ""), change.after, language)
        case Conclusion.CONFIDENCE:
            return _known("assess.confidence.", change.after, change.after, language)
        case Conclusion.LIKELIHOOD:
            return _likelihood(change.after, language)
        case Conclusion.FACTOR if change.after == "unknown":
            return say(language, "assess.unknown")
        case _:
            return change.after


def _likelihood(after: str, language: Language) -> str:
    named = {w.value: w.name.lower() for w in Words}
    said = [
        _known("assess.wep.", named.get(part, ""), part, language) for part in after.split(" to ")
    ]
    if len(said) != 2:
        return said[0]
    return say(language, "assess.words.range", first=said[0], last=said[1])


def _known(before: str, name: str, otherwise: str, language: Language) -> str:
    return words(language).get(f"{before}{name}", otherwise)
