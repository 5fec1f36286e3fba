"""Gates list the least evidence they ask for; meeting it opens nothing."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hoshimori.assessment.assess import Decided, assess
from hoshimori.model.assessments import Decision, Gate
from hoshimori.model.incidents import Attention
from hoshimori.model.markings import OPEN
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


def gates(made: SimpleNamespace, *findings: Any, **more: Any) -> dict[str, Gate]:
    given: dict[str, Any] = {"checks": made.checks(), "decided": Decided()} | more
    incident = given.pop("incident", None) or made.incident_of(findings)
    found = assess(
        incident, findings, as_of_utc=made.at(1), assets=(), causes={},
        marking=OPEN, model=MODEL, **given,
    )  # fmt: skip
    return {gate.gate: gate for gate in found.gates}


def decision(made: SimpleNamespace, value: str) -> Decision:
    return Decision(value, "duty officer", made.at(2), "as read")


def test_every_need_is_either_met_or_not(samples: SimpleNamespace) -> None:
    for findings in ((), (samples.beside(),), samples.everything()):
        for name, gate in gates(samples, *findings).items():
            assert sorted((*gate.met, *gate.unmet)) == sorted(MODEL.gates[name].needs)


def test_an_incident_of_an_asset_meets_the_first_gates(samples: SimpleNamespace) -> None:
    found = gates(samples, samples.beside())
    assert [found[g].unmet for g in ("G0", "G1", "G2")] == [(), (), ()]


def test_what_is_only_logged_is_explained(samples: SimpleNamespace) -> None:
    incident = replace(samples.incident_of([samples.beside()]), attention=Attention.LOG)
    found = gates(samples, samples.beside(), incident=incident)
    assert found["G1"].unmet == ("unexplained_finding",)


def test_consultation_asks_for_a_second_source_and_a_view_that_differs(
    samples: SimpleNamespace,
) -> None:
    alone = gates(samples, samples.beside())["G3"]
    assert alone.unmet == ("two_independent_chains", "red_team_note")
    dissent = Decided(dissent=(decision(samples, "it is a fault"),))
    told = (samples.beside(), samples.report(Statement.NO_ANSWER))
    assert gates(samples, *told, decided=dissent)["G3"].unmet == ()


def test_nature_must_have_been_looked_into_whole(samples: SimpleNamespace) -> None:
    unchecked = gates(samples, samples.beside(), checks=samples.checks(evaluated=False))
    assert "nature_evaluated" in unchecked["G3"].unmet
    assert "nature_evaluated" in gates(samples, samples.beside(), checks=())["G3"].unmet


def test_nexus_and_notice_are_filled_by_people_alone(samples: SimpleNamespace) -> None:
    stated = (samples.beside(), samples.report(Statement.NOTICE_GIVEN))
    assert {"nexus_filled", "notice_filled"} <= set(gates(samples, *stated)["G4"].unmet)
    set_by_people = {f: decision(samples, "stated") for f in ("F13", "F14", "F17")}
    found = gates(samples, *stated, decided=Decided(values=set_by_people))["G4"]
    assert {"nexus_filled", "notice_filled", "releasability_filled"} <= set(found.met)


def test_unknown_set_by_a_person_fills_nothing(samples: SimpleNamespace) -> None:
    unknown = {f: decision(samples, "unknown") for f in ("F10", "F13", "F14", "F17")}
    found = gates(samples, samples.beside(), decided=Decided(values=unknown))
    fills = {"nexus_filled", "notice_filled", "releasability_filled"}
    assert fills <= set(found["G4"].unmet)
    needing = [g for g in found.values() if "object_attribution_stated" in (*g.met, *g.unmet)]
    assert needing
    assert all("object_attribution_stated" in gate.unmet for gate in needing)


def test_a_gate_is_open_only_where_a_person_opened_it(samples: SimpleNamespace) -> None:
    assert not any(gate.decision for gate in gates(samples, samples.beside()).values())
    opened = Decided(values={"G1": decision(samples, "open")})
    found = gates(samples, samples.beside(), decided=opened)
    assert [g for g, gate in found.items() if gate.decision] == ["G1"]
