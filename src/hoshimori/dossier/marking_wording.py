"""Markings and banners as people read them: the same on every page, board and document."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say
from hoshimori.model.markings import NOBODY, Marking
from hoshimori.model.provenance import Reality


def banner_text(marking: Marking | None, reality: Reality, language: Language) -> str:
    """Return what stands at the head of everything shown or written.

    The marking (left out where nobody states one), the reality, and the limit of this tool.

    >>> from hoshimori.model.markings import Level
    >>> banner_text(Marking(Level.GREEN), Reality.EXERCISE, Language.EN)
    'TLP:GREEN · EXERCISE · NOT FOR CLASSIFIED DATA'
    """
    parts = [
        marking_text(marking, language) if marking is not None else "",
        say(language, f"reality.{reality.name.lower()}"),
        say(language, "page.unclassified"),
    ]
    return say(language, "banner.gap").join(part for part in parts if part)


def marking_text(marking: Marking, language: Language) -> str:
    """Return a marking as people of a language read it; level and codes stay as written.

    >>> from hoshimori.model.markings import Level
    >>> marking_text(Marking(Level.AMBER, frozenset({"JPN", "USA"})), Language.EN)
    'TLP:AMBER//REL TO USA, JPN'
    >>> marking_text(Marking(Level.AMBER, frozenset({"JPN", "USA"})), Language.JA)
    'TLP:AMBER（自組織と顧客まで）//提供可 USA, JPN'
    """
    level, *others = str(marking).split("//")
    meaning = say(language, f"marking.level.{marking.level.name.lower()}", level=level)
    return "//".join((meaning, *(_part(part, language) for part in others)))


def _part(part: str, language: Language) -> str:
    """Return REL TO in a language; a caveat as written."""
    codes = part.removeprefix("REL TO ")
    if codes == part:
        return part
    if codes == NOBODY:
        return say(language, "marking.rel_to.nobody")
    return say(language, "marking.rel_to", codes=codes)


def exercise_line(exercise: str, language: Language) -> str:
    """Return the line that stands before anything that is said of the store of an exercise.

    >>> exercise_line("Autumn Sky", Language.EN)
    'EXERCISE EXERCISE EXERCISE: this store is of the exercise “Autumn Sky”; nothing in it is real.'
    """
    return say(language, "exercise.store", name=exercise)
