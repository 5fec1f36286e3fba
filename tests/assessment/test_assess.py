"""A whole assessment: blind to flags, deaf to order, and never out of words."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoshimori.assessment.assess import Decided, assess
from hoshimori.dossier.assessment_text import assessment_text
from hoshimori.dossier.language import Language
from hoshimori.model.assessments import Assessment, Decision, Hypothesis, Label
from hoshimori.model.assets import Asset
from hoshimori.model.breakup_causes import Sign
from hoshimori.model.findings import Interval, Phenomenon
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()
NEVER = r"armed attack|Article V|Article 5|culprit|武力攻撃|第五条|第5条|第５条"


def assessed(made: SimpleNamespace, *findings: Any, **more: Any) -> Assessment:
    given: dict[str, Any] = {
        "checks": made.checks(),
        "causes": {},
        "assets": (),
        "marking": OPEN,
    } | more
    incident = given.pop("incident", None) or made.incident_of(findings)
    return assess(incident, findings, as_of_utc=made.at(1), model=MODEL, **given)


def scenes(made: SimpleNamespace) -> dict[str, tuple[Any, ...]]:
    return {
        "nothing": (),
        "only reports": tuple(made.report(s) for s in Statement),
        "many pieces": (made.breakup(pieces=900),),
        "an area": (made.area(),),
        "everything": made.everything(),
        **{f.finding_id: (f,) for f in made.everything()},
        **{p.name: (made.silence(p),) for p in Phenomenon},
    }


def test_every_scene_is_assessed_and_told_in_both_languages(samples: SimpleNamespace) -> None:
    """Without objects, with many pieces, with reports alone: nothing raises, nothing is skipped."""
    fitting = samples.checks(sentence="does_not_fit")
    unchecked = samples.checks(evaluated=False, sentence="no_moment")
    for name, findings in scenes(samples).items():
        causes = {"breakup": (samples.cause_with(*Sign),)}
        for checks in ((), fitting, unchecked):
            found = assessed(samples, *findings, causes=causes, checks=checks)
            assert {e.hypothesis for e in found.explanations} == set(Hypothesis), name
            for language in Language:
                text = assessment_text(found, {}, language)
                assert len(text.factors) == 17
                assert not re.search(NEVER, repr(text), re.I)


def test_the_same_input_gives_the_same_assessment(samples: SimpleNamespace) -> None:
    one, other = (assessed(samples, *samples.everything()) for _ in range(2))
    assert one == other


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing_but_the_order(
    samples: SimpleNamespace, random: Any
) -> None:
    findings = [*samples.everything(), *(samples.report(s) for s in list(Statement)[:6])]
    incident = samples.incident_of(findings)
    shuffled = list(findings)
    random.shuffle(shuffled)
    one = assessed(samples, *findings, incident=incident)
    other = assessed(samples, *shuffled, incident=incident)
    assert other.label is one.label
    assert other.confidence is one.confidence
    assert other.missing == one.missing
    assert {f.factor: f.proposed for f in other.factors} == {
        f.factor: f.proposed for f in one.factors
    }
    assert [(g.gate, g.unmet) for g in other.gates] == [(g.gate, g.unmet) for g in one.gates]
    assert {i.indicator: i.answer for i in other.indicators} == {
        i.indicator: i.answer for i in one.indicators
    }
    weighed = {e.hypothesis: e for e in other.explanations}
    for e in one.explanations:
        assert weighed[e.hypothesis].words == e.words
        assert weighed[e.hypothesis].likelihood.low == pytest.approx(e.likelihood.low)
        assert weighed[e.hypothesis].inconsistencies == e.inconsistencies


def test_owners_and_names_of_assets_are_no_part_of_it(samples: SimpleNamespace) -> None:
    def owned(name: str, owner: str) -> Assessment:
        assets = (Asset(samples.ASSET, name=name, owner=owner, mission="relay"),)
        return assessed(samples, *samples.everything(), assets=assets)

    assert owned("A", "one country") == owned("B", "another country") == owned("", "")


def test_who_says_something_is_a_label_and_its_grade_a_weight(samples: SimpleNamespace) -> None:
    """Permuting the names of two sources changes nothing but where the names stand."""
    said = (Statement.NO_ANSWER, Statement.SERVICE_KEPT)

    def told(*sources: str) -> Assessment:
        pairs = zip(said, sources, strict=True)
        reports = [replace(samples.report(s, o), finding_id=s.name) for s, o in pairs]
        return assessed(samples, samples.beside(), *reports)

    one, other = told("State A", "State B"), told("State B", "State A")
    assert one.explanations == other.explanations
    assert (one.label, one.confidence, one.factors, one.gates) == (
        other.label, other.confidence, other.factors, other.gates,
    )  # fmt: skip


def test_its_marking_is_that_of_all_that_it_rests_on(samples: SimpleNamespace) -> None:
    amber = Marking(Level.AMBER, frozenset({"JPN", "USA"}))
    green = Marking(Level.GREEN, frozenset({"JPN"}))
    stated = samples.report(Statement.NO_ANSWER, marking=amber)
    found = assessed(samples, samples.beside(), stated, marking=green)
    assert found.marking == Marking(Level.AMBER, frozenset({"JPN"}))


def test_the_best_benign_explanation_is_benign_and_the_likeliest_of_them(
    samples: SimpleNamespace,
) -> None:
    for findings in scenes(samples).values():
        found = assessed(samples, *findings)
        accusing = {h for h in Hypothesis if h.value in ("H4", "H5", "H6", "H7", "H8", "H0")}
        benign = [e.hypothesis for e in found.explanations if e.hypothesis not in accusing]
        assert found.best_benign is benign[0]


def test_what_is_missing_was_asked_for_or_not_looked_into(samples: SimpleNamespace) -> None:
    unchecked = samples.checks(evaluated=False)
    found = assessed(samples, samples.beside(), checks=unchecked)
    assert set(found.missing) == {*MODEL.ask["beside"], *(f"check_{c.check}" for c in unchecked)}
    stated = samples.report(Statement.SAME_OPERATOR)
    assert "stated_same_operator" not in assessed(samples, samples.beside(), stated).missing


def test_what_people_decided_changes_no_likelihood(samples: SimpleNamespace) -> None:
    decision = Decision("4", "duty officer", samples.at(2), "as seen")
    likely = replace(decision, value="likely")
    values = {"F1": decision, "G3": decision, "H2": likely}
    decided = Decided(values=values, dissent=(decision,))
    plain = assessed(samples, samples.beside())
    with_people = assessed(samples, samples.beside(), decided=decided)
    plainly = tuple(replace(e, decision=None) for e in with_people.explanations)
    assert plainly == plain.explanations
    set_by_people = {e.hypothesis: e.decision for e in with_people.explanations if e.decision}
    assert set_by_people == {Hypothesis.FAULT: likely}
    assert with_people.factors[0].decision == decision
    assert with_people.dissent == (decision,)


def test_it_says_with_which_model_it_was_made(samples: SimpleNamespace) -> None:
    found = assessed(samples, samples.beside())
    assert (found.model_version, found.model_sha256) == (MODEL.version, MODEL.sha256)


def test_a_neighbour_outside_the_belt_is_not_called_a_loiterer(samples: SimpleNamespace) -> None:
    assert assessed(samples, samples.beside()).label is Label.RPO_UNCONSENTED
    usual = samples.neighbour()
    assert assessed(samples, usual).label is Label.NO_EVENT
    share = Interval(0.001, 0.002, 0.003)
    rare = replace(usual, base_rate=replace(usual.base_rate, share=share))
    assert assessed(samples, rare).label is Label.GEO_LOITER
