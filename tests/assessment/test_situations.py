"""What an incident is filed under follows from what was seen, not from who may have meant what."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.explanations import explanations_of, matrix_of
from hoshimori.assessment.situations import label_of, situation_of
from hoshimori.model.assessments import Chain, EvidenceItem, Hypothesis, Label
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


def item(kind: str, **values: float) -> EvidenceItem:
    chain = MODEL.kinds[kind].chain if kind in MODEL.kinds else Chain.ORBITS
    return EvidenceItem(kind, kind, chain, f"source of {kind}", (1, 2), values, (kind,))


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
        ("beside", ["company_visit"], True, Label.GEO_LOITER),
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
