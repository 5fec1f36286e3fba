"""What running a dossier again gave, in sentences: same, or exactly where it differs."""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.dossier.language import Language, say
from hoshimori.model.reruns import Rerun

_MOST_PLACES = 12
"""Places of one item that are told one by one."""


def rerun_headline(rerun: Rerun, language: Language) -> str:
    """Return in one sentence whether everything came out as enclosed."""
    if not rerun.same:
        key = "rerun.differs"
    else:
        key = "rerun.same" if rerun.assessment_same is not None else "rerun.same.findings"
    return say(
        language,
        key,
        facts=f"{rerun.facts:,}",
        reproduced=str(rerun.reproduced),
        findings=str(rerun.findings),
    )


def not_run_sentence(because: str, language: Language) -> str:
    """Return that a dossier could not be run again, and why."""
    return say(language, "rerun.not", because=because)


def rerun_sentences(rerun: Rerun, language: Language) -> tuple[str, ...]:
    """Return everything that differs, place by place, and what it was made with."""
    return tuple(_sentences(rerun, language))


def _sentences(rerun: Rerun, language: Language) -> Iterator[str]:
    for item, places in rerun.differing:
        for place in places[:_MOST_PLACES]:
            yield say(
                language,
                "rerun.difference",
                item=item,
                path=place.path,
                one=place.one,
                other=place.other,
            )
        if len(places) > _MOST_PLACES:
            yield say(language, "rerun.more", number=str(len(places) - _MOST_PLACES))
    for finding in rerun.missing:
        yield say(language, "rerun.missing", item=f"finding/{finding}")
    for finding in rerun.added:
        yield say(language, "rerun.added", item=f"finding/{finding}")
    for problem in rerun.failed:
        yield say(language, "rerun.failed", problem=problem)
    for detector in rerun.other_versions:
        yield say(language, "rerun.version", detector=detector)
    software = ", ".join(f"{name} {version}" for name, version in rerun.software.items())
    yield say(language, "rerun.software", software=software)
