"""Withholding and releasing: any subset verifies, nothing of the rest is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.dossier.container import package_bytes
from hoshimori.dossier.opening import opened, unpack
from hoshimori.dossier.redaction import redact, release
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.signing import sign
from hoshimori.errors import FormatError, ReleaseError
from hoshimori.model.dossiers import Dossier, Item, ProblemKind, Trust
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

ITEMS = 13


@pytest.fixture(scope="module")
def signed_dossier(sealing: Any) -> bytes:
    items = [*sealing.facts(ITEMS - 1), sealing.document()]
    return sign(sign(sealing.packed(items), sealing.key_of(1)), sealing.key_of(2))


def _new(sealing: Any, *items: Item) -> Dossier:
    stated = items or (
        Item("assessment/2", "assessment", Marking(), Reality.REAL, {"changed": ["F3"]}),
    )
    return Dossier(tuple(stated), Reality.REAL, sealing.CHECKED, "hoshimori test")


@settings(deadline=None, max_examples=60)
@given(kept=st.sets(st.integers(0, ITEMS - 1)))
def test_any_subset_verifies_by_the_original_signatures(
    kept: set[int], signed_dossier: bytes, sealing: Any
) -> None:
    ids = sorted(item.item_id for item in unpack(signed_dossier).items)
    names = {ids[n] for n in kept}
    copy = redact(signed_dossier, lambda item: item.item_id in names)
    trust = sealing.trust_in(
        sealing.partner(sealing.key_of(1), "JPN"), sealing.partner(sealing.key_of(2), "USA")
    )
    report = check_seal(copy, trust, sealing.CHECKED)
    assert report.intact
    assert report.original is not None
    assert report.original.organisations == ("JPN", "USA")
    assert len(report.original.withheld) == ITEMS - len(kept)
    assert {item.item_id for item in unpack(copy).items} == names


def test_keeping_all_gives_the_same_file(signed_dossier: bytes) -> None:
    assert redact(signed_dossier, lambda item: True) == signed_dossier


def test_a_copy_can_be_redacted_again(signed_dossier: bytes) -> None:
    once = redact(signed_dossier, lambda item: item.item_id != "fact/00003")
    twice = redact(once, lambda item: item.item_id != "fact/00004")
    both = {"fact/00003", "fact/00004"}
    assert twice == redact(signed_dossier, lambda item: item.item_id not in both)


def test_nothing_of_a_withheld_item_remains(signed_dossier: bytes) -> None:
    salted = next(s for s in unpack(signed_dossier).original.items if s.item.kind == "document")
    copy = redact(signed_dossier, lambda item: item.kind != "document")
    for trace in (salted.salt.hex().encode(), b"document/en", b"dossier.en.pdf", b"%PDF"):
        assert trace in signed_dossier
        assert trace not in copy


def test_the_places_of_commitments_do_not_follow_the_ids(signed_dossier: bytes) -> None:
    """In the order of ids a withheld item would show between which others its id lies."""
    lines = [s.item.item_id for s in unpack(signed_dossier).original.items]
    leaves = unpack(signed_dossier).original.leaves
    assert lines == sorted(lines)
    assert list(leaves) == sorted(leaves)


def test_a_release_is_signed_as_such_and_keeps_the_originals_signatures(
    signed_dossier: bytes, sealing: Any
) -> None:
    to = frozenset({"JPN", "USA"})
    copy = release(
        signed_dossier, lambda item: item.kind != "document", _new(sealing), sealing.salts(1),
        to=to,
    )  # fmt: skip
    copy = sign(copy, sealing.key_of(3))
    trust = sealing.trust_in(
        sealing.partner(sealing.key_of(1), "JPN"), sealing.partner(sealing.key_of(3), "JPN", "desk")
    )
    report = check_seal(copy, trust, sealing.CHECKED)
    assert report.intact
    assert report.original is not None
    assert report.release is not None
    assert (report.original.organisations, report.release.organisations) == (("JPN",), ("JPN",))
    assert report.release.declaration.released_to == to
    assert unpack(copy).items[-1].item_id == "assessment/2"
    assert unpack(copy).original.envelope == unpack(signed_dossier).original.envelope


def test_nothing_can_be_dropped_from_a_signed_release(signed_dossier: bytes, sealing: Any) -> None:
    copy = release(
        signed_dossier, lambda item: item.marking.releasable_to is None, _new(sealing),
        sealing.salts(1), to=None,
    )  # fmt: skip
    copy = sign(copy, sealing.key_of(3))
    package = unpack(copy)
    fewer = replace(package, original=replace(package.original, items=package.original.items[1:]))
    kinds = {problem.kind for problem in opened(package_bytes(fewer)).problems}
    assert kinds == {ProblemKind.MANIFEST_CHANGED}


def test_a_release_belongs_to_one_original(signed_dossier: bytes, sealing: Any) -> None:
    def made(data: bytes) -> Any:
        keep_none = release(data, lambda item: False, _new(sealing), sealing.salts(1), to=None)
        return unpack(keep_none)

    other = made(sealing.packed(sealing.facts(2, seed=5)))
    mixed = replace(made(signed_dossier), release=other.release)
    kinds = {problem.kind for problem in opened(package_bytes(mixed)).problems}
    assert ProblemKind.ORIGINAL_CHANGED in kinds


def test_what_may_not_go_there_is_not_released(signed_dossier: bytes, sealing: Any) -> None:
    with pytest.raises(ReleaseError, match="fact/00000 may not go to everybody"):
        release(signed_dossier, lambda item: True, _new(sealing), sealing.salts(1), to=None)
    with pytest.raises(ReleaseError, match="may not go to AUS, JPN"):
        release(
            signed_dossier, lambda item: True, _new(sealing), sealing.salts(1),
            to=frozenset({"JPN", "AUS"}),
        )  # fmt: skip
    secret = Marking(Level.RED, frozenset({"JPN"}))
    own = Item("assessment/2", "assessment", secret, Reality.REAL, None)
    with pytest.raises(ReleaseError, match="assessment/2 may not go to USA"):
        release(
            signed_dossier, lambda item: False, _new(sealing, own), sealing.salts(1),
            to=frozenset({"USA"}),
        )  # fmt: skip


def test_a_release_is_of_the_reality_of_its_original(signed_dossier: bytes, sealing: Any) -> None:
    made_up = Item("assessment/2", "assessment", Marking(), Reality.EXERCISE, None)
    for new in (
        _new(sealing, made_up),
        replace(_new(sealing, made_up), reality=Reality.EXERCISE),
    ):
        with pytest.raises(ReleaseError, match="realities never mix"):
            release(signed_dossier, lambda item: False, new, sealing.salts(1), to=None)


def test_nobody_signs_what_he_cannot_see(signed_dossier: bytes, sealing: Any) -> None:
    copy = redact(signed_dossier, lambda item: item.kind != "document")
    with pytest.raises(ReleaseError, match="withheld"):
        sign(copy, sealing.key_of(4))


def test_a_changed_file_is_neither_signed_nor_redacted(signed_dossier: bytes, sealing: Any) -> None:
    changed = signed_dossier.replace(b"MADE-UP 5", b"MADE-UP 6")
    for work in (
        lambda: sign(changed, sealing.key_of(1)),
        lambda: redact(changed, lambda item: True),
        lambda: release(changed, lambda i: False, _new(sealing), sealing.salts(1), to=None),
    ):
        with pytest.raises(FormatError):
            work()


def test_verification_without_any_key_still_tells_that_all_is_whole(
    signed_dossier: bytes, sealing: Any
) -> None:
    report = check_seal(redact(signed_dossier, lambda i: False), Trust(), sealing.CHECKED)
    assert report.intact
    assert not report.policy_met
