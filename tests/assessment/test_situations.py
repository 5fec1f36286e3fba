"""What an incident is filed under follows from what was seen, not from who may have meant what."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.explanations import explanations_of, matrix_of
from hoshimori.assessment.situations import label_of, situation_of
from hoshimori.model.assessments import Chain, EvidenceItem, Hypothesis, Label
from hoshimori.model.reports import Credibility, Grade, Reliability
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()
GOOD = Grade(Reliability.COMPLETELY, Credibility.CONFIRMED)


def item(kind: str, **values: float) -> EvidenceItem:
    chain = MODEL.kinds[kind].chain if kind in MODEL.kinds else Chain.ORBITS
    grade = GOOD if kind.startswith("stated_") else None
    return EvidenceItem(kind, kind, chain, f"source of {kind}", (1, 2), values, (kind,), grade)


def label(situation: str, *kinds: str, in_belt: bool = False, share: float = 0.5) -> Label:
    evidence = [item(kind) for kind in kinds]
    evidence.append(item("rare", share_low=share / 2, share_high=share))
    explanations = explanations_of(matrix_of(evidence, MODEL), situation, MODEL)
    return label_of(situation, evidence, explanations, in_belt=in_belt)


def test_every_kind_of_finding_has_a_situation_with_priors(samples: SimpleNamespace) -> None:
    found = {situation_of([finding]) for finding in samples.everything()}
    assert found == set(MODEL.priors)


def test_the_situation_does_not_depend_on_the_order_of_findings(samples: SimpleNamespace) -> None:
    for three in permutations(samples.everything(), 3):
        assert situation_of(three) == situation_of(three[::-1])


def test_nothing_at_all_is_a_report_without_content() -> None:
    assert situation_of([]) == "report"


@pytest.mark.parametrize("situation", sorted(MODEL.priors))
def test_every_situation_has_a_label_even_without_evidence(situation: str) -> None:
    for in_belt in (False, True):
        explanations = explanations_of((), situation, MODEL)
        assert label_of(situation, (), explanations, in_belt=in_belt) in Label


@pytest.mark.parametrize(
    ("situation", "kinds", "in_belt", "expected"),
    [
        ("pass", ["pass_at_speed"], False, Label.CONJUNCTION_ROUTINE),
        ("separation", ["parted_gently"], False, Label.SUBSAT_RELEASE),
        ("plane", ["plane_kept"], False, Label.SHADOW_COPLANAR),
        ("plane", ["plane_kept", "same_launch"], False, Label.RPO_COOPERATIVE),
        ("plane", ["plane_kept", "stated_same_operator"], False, Label.RPO_COOPERATIVE),
        ("beside", ["stays_beside"], False, Label.RPO_UNCONSENTED),
        ("beside", ["stays_beside", "stated_servicing_licence"], False, Label.RPO_COOPERATIVE),
        ("beside", ["docked"], True, Label.RPO_COOPERATIVE),
        ("beside", ["same_constellation"], False, Label.CONJUNCTION_ROUTINE),
        ("beside", ["passes_by"], True, Label.RELOCATION_BENIGN),
        ("beside", ["company_visit", "arrived_controlled"], True, Label.GEO_LOITER),
        ("beside", ["stays_beside"], True, Label.NO_EVENT),
        ("interference", ["integrity_low_new"], False, Label.RFI),
        ("report", ["stated_ground_intrusion"], False, Label.CYBER),
        ("report", ["stated_link_interference"], False, Label.RFI),
        ("report", ["stated_telemetry_anomaly"], False, Label.NO_EVENT),
        ("decay", ["sinks_to_end"], False, Label.NO_EVENT),
        ("breakup", ["cloud_even", "energy_high"], False, Label.BREAKUP_UNKNOWN),
    ],
)
def test_labels(situation: str, kinds: list[str], in_belt: bool, expected: Label) -> None:
    assert label(situation, *kinds, in_belt=in_belt) is expected


def test_a_neighbour_in_the_belt_loiters_only_where_that_is_rare() -> None:
    assert label("beside", "stays_beside", in_belt=True, share=0.01) is Label.GEO_LOITER
    assert label("beside", "stays_beside", in_belt=True, share=0.03) is Label.NO_EVENT


def test_a_test_is_filed_as_one_only_where_its_whole_interval_is_likely() -> None:
    claimed = ("stated_test_claimed_by_others", "cloud_even")
    assert label("breakup", *claimed) is Label.BREAKUP_UNKNOWN
    stated = ("stated_test_announced", "stated_interceptor_seen", "stated_closure_notice")
    evidence = [item(kind) for kind in stated]
    explanations = explanations_of(matrix_of(evidence, MODEL), "breakup", MODEL)
    test: Any = next(e for e in explanations if e.hypothesis is Hypothesis.TEST)
    assert (test.likelihood.low >= 0.55) is (label("breakup", *stated) is not Label.BREAKUP_UNKNOWN)
    assert label("breakup", *stated) is Label.BREAKUP_DELIBERATE_TEST


def test_two_clouds_at_one_point_are_a_collision_where_nature_leads() -> None:
    seen = ("second_cloud", "passes_above_chance", "speeds_of_collisions", "nature_conjunction")
    assert label("breakup", *seen) is Label.COLLISION_ACCIDENT


def graded(kind: str, grade: str = "", **values: float) -> EvidenceItem:
    chain = Chain.STATEMENTS if grade else Chain.ORBITS
    stated = Grade(Reliability(grade[0]), Credibility(int(grade[1]))) if grade else None
    return EvidenceItem(kind, kind, chain, "x", (), dict(values), grade=stated)


def beside(*kinds: str, in_belt: bool = True, grade: str = "") -> Label:
    evidence = [graded(kind, grade if kind.startswith("stated") else "") for kind in kinds]
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
    evidence = [graded("plane_matched"), graded("stated_same_operator", grade)]
    plane = label_of("plane", evidence, (), in_belt=False)
    assert plane is (Label.RPO_COOPERATIVE if counts else Label.SHADOW_COPLANAR)


def test_a_rare_stay_in_the_belt_is_loitering_a_common_one_is_not() -> None:
    def label(share: float) -> Label:
        evidence = [graded("stays_beside"), graded("rare", share_low=0.0, share_high=share)]
        return label_of("beside", evidence, (), in_belt=True)

    assert label(0.01) is Label.GEO_LOITER
    assert label(0.10) is Label.NO_EVENT
