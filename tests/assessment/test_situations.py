"""Labels follow what was seen: passages, visits, tows, consent, home."""

from __future__ import annotations

import pytest

from hoshimori.assessment.situations import label_of
from hoshimori.model.assessments import Chain, EvidenceItem, Label
from hoshimori.model.reports import Credibility, Grade, Reliability


def item(kind: str, grade: str = "", **values: float) -> EvidenceItem:
    chain = Chain.STATEMENTS if grade else Chain.ORBITS
    stated = Grade(Reliability(grade[0]), Credibility(int(grade[1]))) if grade else None
    return EvidenceItem(kind, kind, chain, "x", (), dict(values), grade=stated)


def beside(*kinds: str, in_belt: bool = True, grade: str = "") -> Label:
    evidence = [item(kind, grade if kind.startswith("stated") else "") for kind in kinds]
    return label_of("beside", evidence, (), in_belt=in_belt)


@pytest.mark.parametrize(
    ("kinds", "belt", "low"),
    [
        (("same_constellation", "left"), "CONJUNCTION-ROUTINE", "CONJUNCTION-ROUTINE"),
        (("docked", "arrived_controlled"), "RPO-COOPERATIVE", "RPO-COOPERATIVE"),
        (("comes_to_slot", "passes_by"), "RELOCATION-BENIGN", "CONJUNCTION-ROUTINE"),
        (("company_visit", "arrived_natural"), "RELOCATION-BENIGN", "CONJUNCTION-ROUTINE"),
        (("company_visit", "asset_moved_itself"), "RELOCATION-BENIGN", "CONJUNCTION-ROUTINE"),
        (("company_visit", "arrived_controlled"), "GEO-LOITER", "RPO-UNCONSENTED"),
        # That it has left does not make a stay a passage.
        (("company_visit", "left"), "GEO-LOITER", "RPO-UNCONSENTED"),
        (("company_towed", "arrived_controlled"), "RPO-UNCONSENTED", "RPO-UNCONSENTED"),
        (("stays_beside",), "NO-EVENT", "RPO-UNCONSENTED"),
    ],
)
def test_labels_of_objects_beside_one_another(kinds: tuple[str, ...], belt: str, low: str) -> None:
    assert beside(*kinds).value == belt
    assert beside(*kinds, in_belt=False).value == low


@pytest.mark.parametrize(
    ("grade", "counts"), [("A2", True), ("C3", True), ("D3", False), ("B4", False), ("F6", False)]
)
def test_consent_counts_where_it_may_be_believed(grade: str, counts: bool) -> None:
    label = beside("company_visit", "stated_own_object", grade=grade)
    assert label is (Label.RPO_COOPERATIVE if counts else Label.GEO_LOITER)
    evidence = [item("plane_matched"), item("stated_same_operator", grade)]
    plane = label_of("plane", evidence, (), in_belt=False)
    assert plane is (Label.RPO_COOPERATIVE if counts else Label.SHADOW_COPLANAR)


def test_a_rare_stay_in_the_belt_is_loitering_a_common_one_is_not() -> None:
    def label(share: float) -> Label:
        evidence = [item("stays_beside"), item("rare", share_low=0.0, share_high=share)]
        return label_of("beside", evidence, (), in_belt=True)

    assert label(0.01) is Label.GEO_LOITER
    assert label(0.10) is Label.NO_EVENT
