"""Sentences about a seal, in both languages, for everything that can be found."""

from __future__ import annotations

from typing import Any

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.redaction import redact
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.seal_wording import (
    mark_sentence,
    part_sentences,
    problem_sentence,
    seal_headline,
    signer_sentence,
)
from hoshimori.dossier.signing import sign
from hoshimori.model.dossiers import (
    KeyAlgorithm,
    Policy,
    ProblemKind,
    SealProblem,
    SealReport,
    Signer,
    Standing,
    Trust,
)


@pytest.mark.parametrize("language", Language)
def test_every_problem_and_standing_has_its_words(language: Language) -> None:
    said = {problem_sentence(SealProblem(kind, "x"), language) for kind in ProblemKind}
    assert len(said) == len(ProblemKind)
    told = {
        signer_sentence(Signer("0" * 64, KeyAlgorithm.ED25519, standing), language)
        for standing in Standing
    }
    assert len(told) == len(Standing)


def test_a_whole_file_with_withheld_items(sealing: Any) -> None:
    data = sign(sealing.packed(sealing.facts(3), Policy(2, 2)), sealing.key_of(1))
    trust = sealing.trust_in(sealing.partner(sealing.key_of(1), "JPN-MOD"))
    copy = redact(data, lambda item: item.item_id != "fact/00001")
    report = check_seal(copy, trust, sealing.CHECKED)
    assert seal_headline(report, Language.EN) == "Intact: every byte is as sealed."
    assert report.original is not None
    assert mark_sentence(report, Language.EN) == (
        "TLP:AMBER//REL TO USA, JPN//ORIGINATOR CONTROLLED · REAL · NOT FOR CLASSIFIED DATA"
    )
    text = "\n".join(part_sentences(report.original, Language.EN))
    assert "1 item withheld" in text
    assert "JPN-MOD (duty officer): trusted" in text
    assert "Signatures that count: 1 of 2 needed, organisations: 1 of 2 needed. Not enough." in text
    japanese = "\n".join(part_sentences(report.original, Language.JA))
    assert "非開示 1 件" in japanese
    assert "条件を満たしていません" in japanese


def test_a_damaged_file_does_not_tell_who_sealed_it(sealing: Any) -> None:
    report = check_seal(b"", Trust(), sealing.CHECKED)
    assert seal_headline(report, Language.EN).startswith("Changed: 1 problem.")
    assert mark_sentence(report, Language.EN).startswith("Not told")


def test_a_report_without_problems_is_intact() -> None:
    assert SealReport(()).intact
    assert not SealReport(()).policy_met
