"""Items of evidence: every kind that can come out is weighed and worded, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.approach_light import told_by_light
from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.natural import CHECKS
from hoshimori.dossier.language import Language, words
from hoshimori.model.assessments import Chain, EvidenceItem, NaturalCheck
from hoshimori.model.breakup_causes import Sign
from hoshimori.model.findings import (
    Arrival,
    CompanyKind,
    Disturbance,
    GeoMotion,
    Interval,
    Persistence,
    Phenomenon,
    PlaneHold,
    ProximityMotion,
    Reception,
    Relation,
)
from hoshimori.model.markings import Level, Marking
from hoshimori.model.reports import Statement
from hoshimori.numerics.lighting import Lighting
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


def items(
    samples: SimpleNamespace, *findings: Any, checks: Any = (), causes: Any = None
) -> tuple[EvidenceItem, ...]:
    incident = samples.incident_of(findings)
    return evidence_of(incident, findings, causes or {}, checks, MODEL)


def _every_finding(made: SimpleNamespace) -> Iterator[Any]:
    yield from (made.passing(speed, r) for speed, r in product((0.01, 10.0), Relation))
    yield from (made.beside(m) for m in ProximityMotion)
    companies = product(CompanyKind, Arrival, (0, 9))
    yield from (made.beside(together=made.company(*c)) for c in companies)
    yield from (made.neighbour(m) for m in GeoMotion)
    yield made.neighbour(drift_deg_day=-0.5, asset_drift_deg_day=0.5)
    yield from (made.shadowing(h) for h in PlaneHold)
    yield from (made.parting(Interval(v, v, v)) for v in (1.0, 50.0))
    yield from (made.silence(p) for p in Phenomenon)
    yield from (made.area(p, d) for p, d in product(Persistence, Disturbance))
    yield from (made.reception(kind) for kind in Reception)
    yield made.emitter()
    yield from (made.report(s) for s in Statement)
    yield from (made.pattern(), made.decay(), made.burn(made.ASSET), made.breakup())


def _every_check() -> Iterator[NaturalCheck]:
    for look, speaks_for in product(CHECKS, (True, False)):
        yield NaturalCheck(look.__name__, True, speaks_for, {})


def emitted(made: SimpleNamespace) -> set[str]:
    found = set()
    for finding in _every_finding(made):
        causes = {finding.finding_id: (made.cause_with(*Sign),)}
        found |= {item.kind for item in items(made, finding, causes=causes)}
    found |= {item.kind for item in items(made, made.beside(), made.burn(made.OTHER))}
    found |= {item.kind for item in items(made, made.beside(), checks=tuple(_every_check()))}
    return found | {told_by_light(light)[0] for light in _every_light()}


def _every_light() -> Iterator[Lighting]:
    yield Lighting(10.0, True, (0.01, 0.02, 0.05), 400)
    yield Lighting(150.0, True, (0.7, 0.8, 0.9), 400)


def test_every_kind_that_can_come_out_is_weighed_and_the_reverse(samples: SimpleNamespace) -> None:
    """Rarity has a rule of its own: its weight is computed from the share that was counted."""
    assert emitted(samples) - {"rare"} == set(MODEL.kinds)


@pytest.mark.parametrize("language", Language)
def test_every_kind_is_worded_and_no_wording_is_left_over(
    samples: SimpleNamespace, language: Language
) -> None:
    worded = {k.removeprefix("evidence.") for k in words(language) if k.startswith("evidence.")}
    assert {k for k in worded if not k.startswith("value.")} == emitted(samples)


def test_a_natural_check_that_speaks_for_its_cause_is_always_weighed(
    samples: SimpleNamespace,
) -> None:
    for look in CHECKS:
        check = NaturalCheck(look.__name__, True, True, {})
        (item,) = items(samples, checks=(check,))
        assert item.kind == f"nature_{look.__name__}"


def test_what_was_not_looked_into_or_would_not_fit_says_nothing(samples: SimpleNamespace) -> None:
    not_made = NaturalCheck("geomagnetic_storm", False, False, {"sentence": "no_data"})
    not_fit = NaturalCheck("geomagnetic_storm", True, False, {"sentence": "does_not_fit"})
    quiet = NaturalCheck("geomagnetic_storm", True, False, {"sentence": "quiet"})
    assert items(samples, checks=(not_made, not_fit)) == ()
    assert [i.kind for i in items(samples, checks=(quiet,))] == ["no_geomagnetic_storm"]


def test_nature_stands_before_everything(samples: SimpleNamespace) -> None:
    found = items(samples, samples.beside(), checks=samples.checks(speaks_for=("eclipse",)))
    kinds = [item.kind for item in found]
    assert kinds[:2] == ["no_geomagnetic_storm", "nature_eclipse"]


def test_several_of_a_kind_have_numbers(samples: SimpleNamespace) -> None:
    two = (samples.report(Statement.NO_ANSWER, "a"), samples.report(Statement.NO_ANSWER, "b"))
    names = [item.evidence_id for item in items(samples, *two, samples.passing())]
    assert names == ["stated_no_answer.1", "stated_no_answer.2", "pass_at_speed"]


def test_only_the_rarest_of_several_rarities_counts(samples: SimpleNamespace) -> None:
    usual, rarer = samples.beside(), samples.shadowing()
    share = Interval(0.0001, 0.0002, 0.0003)
    rarer = replace(rarer, base_rate=replace(rarer.base_rate, share=share))
    for order in ((usual, rarer), (rarer, usual)):
        rare = [item for item in items(samples, *order) if item.kind == "rare"]
        assert [item.values["share_high"] for item in rare] == [0.0003]


def test_everything_from_element_sets_is_one_chain_and_one_source(
    samples: SimpleNamespace,
) -> None:
    found = items(samples, samples.beside(), samples.burn(), samples.shadowing())
    assert {item.chain for item in found} == {Chain.ORBITS}
    assert len({item.source_chain for item in found}) == 1


def test_a_report_keeps_who_says_it_its_grade_and_its_marking(samples: SimpleNamespace) -> None:
    marking = Marking(Level.AMBER, frozenset({"JPN"}))
    (item,) = items(samples, samples.report(Statement.SERVICE_LOST, "owner", marking=marking))
    assert (item.source_chain, item.marking, item.grade) == ("owner", marking, samples.GOOD)
    assert item.values == {"source": "owner", "text": "as said"}
    assert item.known_utc == samples.at(1)


def test_without_a_stated_chain_each_source_is_its_own(samples: SimpleNamespace) -> None:
    report = replace(samples.report(Statement.SERVICE_LOST, "owner"), source_chain="")
    assert items(samples, report)[0].source_chain == "owner"
