"""Seventeen factors: proposed with reasons, never added up, unknown where nothing tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.explanations import explanations_of, matrix_of
from hoshimori.assessment.factor_ground import Ground
from hoshimori.assessment.factors import factors_of
from hoshimori.assessment.indicators import indicators_of
from hoshimori.assessment.situations import situation_of
from hoshimori.dossier.language import Language, words
from hoshimori.model.assessments import Decision, Factor
from hoshimori.model.assets import Asset
from hoshimori.model.breakup_causes import Sign
from hoshimori.model.findings import CompanyKind, PlaneHold, Relation
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


def ground(
    made: SimpleNamespace, *findings: Any, causes: Any = None, day: float = 1.0, **more: Any
) -> Ground:
    incident = made.incident_of(findings)
    checks = more.pop("checks", made.checks())
    evidence = evidence_of(incident, findings, causes or {}, checks, MODEL)
    matrix = matrix_of(evidence, MODEL)
    explanations = explanations_of(matrix, situation_of(findings), MODEL)
    given: dict[str, Any] = {"assets": (), "marking": OPEN} | more
    return Ground(
        incident=incident,
        as_of_utc=made.at(day),
        findings=findings,
        matrix=matrix,
        explanations=explanations,
        checks=checks,
        indicators=indicators_of(evidence, MODEL),
        **given,
    )


def factors(made: SimpleNamespace, *findings: Any, **more: Any) -> dict[str, Factor]:
    return {f.factor: f for f in factors_of(ground(made, *findings, **more), {})}


def values(made: SimpleNamespace, *findings: Any, **more: Any) -> dict[str, str | None]:
    return {name: f.proposed for name, f in factors(made, *findings, **more).items()}


def test_they_are_those_of_the_model_in_its_order(samples: SimpleNamespace) -> None:
    for findings in ((), samples.everything(), (samples.report(Statement.DENIED),)):
        found = factors_of(ground(samples, *findings), {})
        assert tuple(f.factor for f in found) == tuple(MODEL.factors)


def test_anchored_factors_propose_anchors_of_the_model_alone(samples: SimpleNamespace) -> None:
    scenes = [
        (),
        samples.everything(),
        *((samples.report(s),) for s in Statement),
        *((samples.beside(together=samples.company(k)),) for k in CompanyKind),
        *((samples.shadowing(hold),) for hold in PlaneHold),
    ]
    for findings in scenes:
        for name, factor in factors(samples, *findings).items():
            anchors = MODEL.factors[name].anchors
            if anchors and factor.proposed is not None:
                assert int(factor.proposed) in range(len(anchors))


@pytest.mark.parametrize("language", Language)
def test_anchors_are_worded_as_many_as_the_model_has(language: Language) -> None:
    worded = {k for k in words(language) if k.startswith("factor.F") and k.count(".") == 2}
    expected = {
        f"factor.{name}.{n}"
        for name, factor in MODEL.factors.items()
        for n in range(len(factor.anchors))
    }
    assert worded == expected


def test_a_pass_is_harmless_and_what_nobody_told_is_unknown(samples: SimpleNamespace) -> None:
    told = values(samples, samples.passing())
    assert (told["F1"], told["F4"], told["F5"]) == ("0", "0", "0")
    assert all(told[name] is None for name in ("F2", "F8", "F11", "F12", "F13", "F14"))


def test_a_break_up_is_grave_and_lasting_but_its_cause_is_not_thereby_seen(
    samples: SimpleNamespace,
) -> None:
    causes = {"breakup": (samples.cause_with(Sign.EVEN),)}
    told = values(samples, samples.breakup(), causes=causes)
    assert (told["F1"], told["F2"], told["F4"]) == ("3", "4", None)
    struck = {"breakup": (samples.cause_with(Sign.OTHER_CLOUD),)}
    assert values(samples, samples.breakup(), causes=struck)["F4"] == "4"


def test_a_service_that_is_kept_stands_against_harm(samples: SimpleNamespace) -> None:
    kept = samples.report(Statement.SERVICE_KEPT)
    disturbed = samples.report(Statement.LINK_INTERFERENCE)
    found = factors(samples, disturbed, kept)["F1"]
    assert found.proposed == "2"
    assert found.supporting == ("stated_link_interference",)
    assert found.contradicting == ("stated_service_kept",)
    assert found.missing == ()
    assert factors(samples, kept)["F1"].supporting == ("stated_service_kept",)


@pytest.mark.parametrize(
    ("kind", "anchor"),
    [
        (CompanyKind.TOWED, "4"),
        (CompanyKind.DOCKED, "4"),
        (CompanyKind.VISIT, "1"),
        (CompanyKind.COLOCATED, "0"),
    ],
)
def test_how_far_another_came_in(samples: SimpleNamespace, kind: CompanyKind, anchor: str) -> None:
    assert values(samples, samples.beside(together=samples.company(kind)))["F5"] == anchor


def test_the_gravest_way_of_coming_in_counts(samples: SimpleNamespace) -> None:
    link = samples.report(Statement.LINK_INTERFERENCE)
    found = factors(samples, samples.shadowing(), link)["F5"]
    assert (found.proposed, found.supporting) == ("3", ("stated_link_interference",))
    assert found.missing == ("stated_same_operator",)
    agreed = samples.report(Statement.SAME_OPERATOR)
    consented = factors(samples, samples.shadowing(), agreed)["F5"]
    assert (consented.contradicting, consented.missing) == (("stated_same_operator",), ())


def test_hours_are_to_the_soonest_approach_that_lies_ahead(samples: SimpleNamespace) -> None:
    soon = samples.passing()
    later = replace(samples.beside(), range_utc=soon.tca_utc + timedelta(hours=5))
    for order in ((soon, later), (later, soon)):
        assert values(samples, *order, day=0.0)["F3"] == "12 h"
        assert values(samples, *order, day=0.6)["F3"] == "3 h"
        assert values(samples, *order, day=1.0)["F3"] is None


def test_who_can_measure_it_again(samples: SimpleNamespace) -> None:
    one = samples.report(Statement.SERVICE_LOST, "a")
    two = samples.report(Statement.SERVICE_LOST, "b")
    secret = Marking(Level.RED, frozenset())
    assert values(samples)["F6"] == "0"
    assert values(samples, one, marking=secret)["F6"] == "1"
    assert values(samples, one)["F6"] == "2"
    assert values(samples, one, two)["F6"] == "3"
    assert values(samples, samples.beside())["F6"] == "4"
    assert values(samples, samples.area())["F6"] == "4"


def test_attribution_names_the_object_and_nobody_behind_it(samples: SimpleNamespace) -> None:
    found = factors(samples, samples.beside())["F10"]
    assert (found.proposed, found.missing) == (str(samples.OTHER), ("operator", "state"))
    assert factors(samples, samples.decay())["F10"].proposed is None


def test_context_is_what_the_owner_stated_of_the_assets(samples: SimpleNamespace) -> None:
    assets = (Asset(1, mission="weather"), Asset(2, mission="relay"), Asset(3, mission="relay"))
    assert values(samples, samples.beside(), assets=assets)["F11"] == "relay; weather"


def test_notice_is_present_or_unknown_but_never_absent_by_silence(samples: SimpleNamespace) -> None:
    assert values(samples, samples.beside())["F14"] is None
    stated = (samples.beside(), samples.report(Statement.NOTICE_GIVEN))
    assert values(samples, *stated)["F14"] == "present"


def test_causes_not_looked_into_are_missing_from_the_accident(samples: SimpleNamespace) -> None:
    found = factors(samples, samples.beside(), checks=samples.checks(evaluated=False))["F15"]
    assert "eclipse" in found.missing
    spoken = samples.checks(speaks_for=("eclipse",))
    assert factors(samples, samples.beside(), checks=spoken)["F15"].supporting == (
        "nature_eclipse",
    )


def test_quality_is_the_best_grade_and_the_number_of_sources(samples: SimpleNamespace) -> None:
    assert values(samples, samples.beside())["F16"] == "B2, 1"
    told = (samples.beside(), samples.report(Statement.NO_ANSWER))
    assert values(samples, *told)["F16"] == "A2, 2"


def test_releasability_is_the_marking_of_all(samples: SimpleNamespace) -> None:
    strict = Marking(Level.AMBER_STRICT, frozenset({"JPN"}))
    assert values(samples, samples.beside(), marking=strict)["F17"] == "TLP:AMBER+STRICT"


def test_a_decision_stands_beside_the_proposal(samples: SimpleNamespace) -> None:
    decision = Decision("4", "duty officer", samples.at(2), "seen by our sensor")
    (first, *rest) = factors_of(ground(samples, samples.beside()), {"F1": decision})
    assert (first.proposed, first.decision) == ("0", decision)
    assert not any(f.decision for f in rest)


def test_relations_that_are_known_are_consent(samples: SimpleNamespace) -> None:
    docked = samples.passing(relation=Relation.DOCKED)
    launch = samples.beside(relation=Relation.SAME_LAUNCH)
    found = factors(samples, docked, launch)["F5"]
    assert (found.proposed, found.contradicting) == ("4", ("same_launch",))
