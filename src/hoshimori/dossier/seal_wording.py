"""What a check of a seal found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.quantities import utc_text
from hoshimori.model.dossiers import PartSeal, SealProblem, SealReport, Signer

_SHOWN_DIGITS = 16


def seal_headline(report: SealReport, language: Language) -> str:
    """Return in one sentence whether the file is as sealed."""
    if report.intact:
        return say(language, "seal.intact")
    return say_count(language, "seal.changed", len(report.problems))


def problem_sentence(problem: SealProblem, language: Language) -> str:
    """Return what is wrong and where."""
    what = say(language, f"seal.problem.{problem.kind.name.lower()}")
    if not problem.detail:
        return say(language, "seal.problem", place=problem.place, problem=what)
    return say(
        language, "seal.problem.detail", place=problem.place, problem=what, detail=problem.detail
    )


def mark_sentence(report: SealReport, language: Language) -> str:
    """Return marking and reality of the file, or that it is too damaged to tell."""
    if report.marking is None or report.reality is None:
        return say(language, "seal.unreadable")
    return banner_text(report.marking, report.reality, language)


def part_sentences(
    seal: PartSeal, language: Language, *, is_release: bool = False
) -> Iterator[str]:
    """Yield what a part holds, who signed it, and whether that is enough."""
    stated = seal.declaration
    yield say(
        language,
        "seal.release" if is_release else "seal.original",
        moment=utc_text(stated.stated_utc),
        software=stated.software,
    )
    yield say_count(language, "seal.items", seal.items)
    if seal.withheld:
        yield say_count(language, "seal.withheld", len(seal.withheld))
    if not seal.signers:
        yield say(language, "seal.unsigned")
    for signer in seal.signers:
        yield signer_sentence(signer, language)
    if seal.stamped_utc is not None:
        yield say(language, "seal.stamped", moment=utc_text(seal.stamped_utc))
    if stated.policy.among:
        among = ", ".join(sorted(stated.policy.among))
        yield say(language, "seal.among", organisations=among)
    yield say(
        language,
        "seal.policy.met" if seal.policy_met else "seal.policy.unmet",
        counted=str(seal.counted),
        holders=str(seal.needed.signatures),
        counted_organisations=str(len(seal.organisations)),
        organisations=str(seal.needed.organisations),
    )


def signer_sentence(signer: Signer, language: Language) -> str:
    """Return whose signature it is, as far as the verifier's own list tells."""
    values = {
        "standing": say(language, f"seal.standing.{signer.standing.name.lower()}"),
        "algorithm": signer.algorithm.value
        if signer.algorithm
        else say(language, "seal.algorithm.unknown"),
        "fingerprint": signer.fingerprint[:_SHOWN_DIGITS],
    }
    if signer.organisation is None or signer.holder is None:
        return say(language, "seal.signer.unknown", **values)
    return say(
        language,
        "seal.signer.known",
        organisation=signer.organisation,
        holder=signer.holder[: 2 * _SHOWN_DIGITS],
        **values,
    )


def key_made_sentence(path: str, language: Language) -> str:
    """Return where a new key lies."""
    return say(language, "seal.key.made", path=path)
