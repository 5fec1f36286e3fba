"""Who signed: the verifier's own list of keys decides, and k-of-n of what was signed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

from hoshimori.dossier import redaction
from hoshimori.dossier.container import package_bytes
from hoshimori.dossier.opening import unpack
from hoshimori.dossier.redaction import release
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.signing import sign
from hoshimori.model.dossiers import (
    KeyAlgorithm,
    PartSeal,
    Policy,
    ProblemKind,
    Standing,
    Trust,
)

DAY = timedelta(days=1)


def _checked(sealing: Any, policy: Policy, signers: list[Any], trust: Trust) -> PartSeal:
    data = sealing.packed(sealing.facts(3), policy)
    for key in signers:
        data = sign(data, key)
    report = check_seal(data, trust, sealing.CHECKED)
    assert report.intact
    assert report.original is not None
    assert report.policy_met is report.original.policy_met
    return report.original


def test_co_signing_changes_the_envelope_and_nothing_else(sealing: Any) -> None:
    one = sign(sealing.packed(sealing.facts(3)), sealing.key_of(1))
    both = sign(one, sealing.key_of(2))
    before, after = unpack(one).original, unpack(both).original
    assert after.envelope.payload == before.envelope.payload
    assert set(before.envelope.signatures) < set(after.envelope.signatures)
    assert replace(after, envelope=before.envelope) == before
    other = sign(sign(sealing.packed(sealing.facts(3)), sealing.key_of(2)), sealing.key_of(1))
    assert other == both


def test_signatures_and_organisations_are_both_counted(sealing: Any) -> None:
    policy = Policy(signatures=2, organisations=2)
    keys = [sealing.key_of(n) for n in range(1, 4)]
    trust = sealing.trust_in(
        sealing.partner(keys[0], "JPN", "a"), sealing.partner(keys[1], "JPN", "b"),
        sealing.partner(keys[2], "USA", "c"),
    )  # fmt: skip
    cases = {(): 0, (0,): 1, (0, 1): 2, (0, 2): 2, (0, 1, 2): 3}
    for chosen, counted in cases.items():
        seal = _checked(sealing, policy, [keys[n] for n in chosen], trust)
        assert seal.counted == counted
        assert seal.policy_met is (2 in chosen)


def test_two_keys_of_one_holder_count_once(sealing: Any) -> None:
    keys = [sealing.key_of(1), sealing.key_of(2)]
    trust = sealing.trust_in(*(sealing.partner(key, "JPN", "same") for key in keys))
    assert _checked(sealing, Policy(), keys, trust).counted == 1


def test_only_the_organisations_named_in_what_was_signed_count(sealing: Any) -> None:
    keys = [sealing.key_of(1), sealing.key_of(2)]
    trust = sealing.trust_in(sealing.partner(keys[0], "JPN"), sealing.partner(keys[1], "AUS"))
    seal = _checked(sealing, Policy(2, 2, frozenset({"JPN", "USA"})), keys, trust)
    assert (seal.counted, seal.organisations, seal.policy_met) == (1, ("JPN",), False)


def test_a_verifier_can_ask_for_more_than_the_dossier_does(sealing: Any) -> None:
    """Who has stolen one key would ask for one signature only."""
    key = sealing.key_of(1)
    known = (sealing.partner(key, "JPN"),)
    strict = Trust(known, least_signatures=2, least_organisations=2)
    seal = _checked(sealing, Policy(), [key], strict)
    assert (seal.needed, seal.policy_met) == (Policy(2, 2), False)
    assert _checked(sealing, Policy(), [key], Trust(known)).policy_met


def test_an_unknown_key_is_whole_but_nobody(sealing: Any) -> None:
    seal = _checked(sealing, Policy(), [sealing.key_of(9)], sealing.trust_in())
    (signer,) = seal.signers
    assert (signer.standing, signer.organisation) == (Standing.UNKNOWN, None)
    assert signer.algorithm is KeyAlgorithm.ED25519
    assert not seal.policy_met


def test_the_times_of_a_key(sealing: Any) -> None:
    """A signature falls between the stated moment and the check; the key must be valid in it."""
    key = sealing.key_of(1)
    times = [
        ({}, Standing.TRUSTED),
        ({"valid_until_utc": sealing.COMPOSED - DAY}, Standing.EXPIRED),
        ({"valid_until_utc": sealing.COMPOSED + DAY}, Standing.TRUSTED),
        ({"valid_from_utc": sealing.CHECKED - DAY}, Standing.TRUSTED),
        ({"valid_from_utc": sealing.CHECKED + DAY}, Standing.NOT_YET_VALID),
        ({"revoked_utc": sealing.CHECKED - DAY}, Standing.REVOKED),
        ({"revoked_utc": sealing.CHECKED + DAY}, Standing.TRUSTED),
    ]
    for when, standing in times:
        trust = sealing.trust_in(replace(sealing.partner(key, "JPN"), **when))
        seal = _checked(sealing, Policy(), [key], trust)
        assert seal.signers[0].standing is standing
        assert seal.policy_met is (standing is Standing.TRUSTED)


def test_a_verifier_can_ask_for_both_algorithms(sealing: Any) -> None:
    classical, quantum = sealing.key_of(1), MLDSA65PrivateKey.from_seed_bytes(bytes(32))
    keys = (sealing.partner(classical, "JPN"), sealing.partner(quantum, "JPN"))
    asked = Trust(keys, frozenset(KeyAlgorithm))
    assert not _checked(sealing, Policy(), [classical], asked).policy_met
    assert _checked(sealing, Policy(), [classical, quantum], asked).policy_met
    assert _checked(sealing, Policy(), [classical], Trust(keys)).policy_met


def test_a_false_signature_is_a_problem_and_counts_for_nobody(sealing: Any) -> None:
    data = sign(sealing.packed(sealing.facts(3)), sealing.key_of(1))
    package = unpack(data)
    (signature,) = package.original.envelope.signatures
    wrong = replace(signature, value=bytes(64))
    envelope = replace(package.original.envelope, signatures=(wrong,))
    forged = replace(package, original=replace(package.original, envelope=envelope))
    trust = sealing.trust_in(sealing.partner(sealing.key_of(1), "JPN"))
    report = check_seal(package_bytes(forged), trust, sealing.CHECKED)
    assert [problem.kind for problem in report.problems] == [ProblemKind.SIGNATURE_INVALID]
    assert report.original is not None
    assert report.original.signers[0].standing is Standing.INVALID
    assert not report.policy_met


def test_a_release_beyond_markings_is_seen_by_who_receives_it(
    sealing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody releases with another program, which does not look at markings."""
    monkeypatch.setattr(redaction, "_check_release", lambda items, to: None)
    data = sealing.packed(sealing.facts(2))
    new = replace(sealing.dossier([]), composed_utc=sealing.CHECKED)
    copy = release(data, lambda item: True, new, [], to=None)
    report = check_seal(copy, Trust(), sealing.CHECKED)
    assert [(p.kind, p.place) for p in report.problems] == [
        (ProblemKind.RELEASED_BEYOND, "fact/00000")
    ]


def test_bytes_that_are_no_dossier_give_a_report_too(sealing: Any) -> None:
    report = check_seal(b"no dossier", Trust(), sealing.CHECKED)
    assert [problem.kind for problem in report.problems] == [ProblemKind.UNREADABLE]
    assert (report.original, report.policy_met) == (None, False)


def test_what_is_checked_needs_no_clock_and_no_zone(
    sealing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sign(sealing.packed(sealing.facts(5)), sealing.key_of(1))
    here = check_seal(data, Trust(), sealing.CHECKED)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert check_seal(data, Trust(), sealing.CHECKED) == here
        assert sign(sealing.packed(sealing.facts(5)), sealing.key_of(1)) == data
    finally:
        monkeypatch.undo()
        time.tzset()
