"""Read an assessment model: TOML with priors, weights, indicators, factors and gates."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Mapping
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.model.assessment_model import (
    AssessmentModel,
    EvidenceKind,
    FactorDefinition,
    GateDefinition,
    IndicatorRule,
    RarityRule,
    Temperature,
)
from hoshimori.model.assessments import Chain, Hypothesis, Origin, Span, Weight
from hoshimori.model.reports import Credibility, Reliability

LAYOUT = 1
"""How a model's file is laid out; it rises when readers of older layouts would misread it."""


def read_assessment_model(payload: bytes, source: str) -> AssessmentModel:
    """Return the model that the bytes of a TOML file describe.

    Raises:
        FormatError: it is not TOML, or not a complete model; the message names the place.
    """
    try:
        tree = tomllib.loads(payload.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormatError(f"not TOML: {error}", source=source) from None
    try:
        model = _model(tree, hashlib.sha256(payload).hexdigest())
    except FormatError as error:
        raise FormatError(error.problem, source=source, field=error.field) from None
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not a complete model: {error!r}", source=source) from None
    _check_references(model, source)
    return model


def _model(tree: Mapping[str, Any], sha256: str) -> AssessmentModel:
    if tree["layout"] != LAYOUT:
        raise FormatError(
            f"laid out as {tree['layout']!r}, this Hoshimori reads {LAYOUT}; use the version of "
            "Hoshimori that the file was made with",
            field="layout",
        )
    grade = tree["grade"]
    return AssessmentModel(
        version=str(tree["version"]),
        sha256=sha256,
        item_cap_nats=float(tree["item_cap_nats"]),
        chain_cap_nats=float(tree["chain_cap_nats"]),
        temperature=_temperature(tree["temperature"]),
        reliability_factor={r: float(grade[r.value]) for r in Reliability},
        credibility_factor={c: float(grade[str(c.value)]) for c in Credibility},
        rarity=_rarity(tree["rarity"]),
        priors={name: _priors(name, table) for name, table in tree["situation"].items()},
        kinds={name: _kind(name, table) for name, table in tree["evidence"].items()},
        ask={name: tuple(kinds) for name, kinds in tree["ask"].items()},
        indicators={
            name: IndicatorRule(tuple(rule["yes"]), tuple(rule["no"]))
            for name, rule in tree["indicators"].items()
        },
        factors={
            name: FactorDefinition(factor["name"], tuple(factor["anchors"]), factor["root"])
            for name, factor in tree["factors"].items()
        },
        gates={
            name: GateDefinition(gate["name"], tuple(gate["needs"]))
            for name, gate in tree["gates"].items()
        },
    )


def _temperature(table: Mapping[str, Any]) -> Temperature:
    value = float(table["value"])
    if not 0.0 < value <= 2.0:
        raise FormatError("expected more than 0 and at most 2", field="temperature.value")
    return Temperature(value, Origin(table["origin"]), table["because"])


def _rarity(table: Mapping[str, Any]) -> RarityRule:
    return RarityRule(
        tuple(Hypothesis(h) for h in table["hypotheses"]),
        _span(table["seen_if_meant"], "rarity.seen_if_meant"),
        table["because"],
    )


def _priors(situation: str, table: Mapping[str, Any]) -> Mapping[Hypothesis, Weight]:
    place = f"situation.{situation}"
    priors = {}
    for hypothesis in Hypothesis:
        share = _span(table[hypothesis.value], f"{place}.{hypothesis.value}")
        if not 0.0 < share.low <= share.high < 1.0:
            raise FormatError("a prior lies between 0 and 1", field=f"{place}.{hypothesis.value}")
        logs = Span(math.log(share.low), math.log(share.high))
        priors[hypothesis] = Weight(logs, Origin(table["origin"]), table["because"])
    if (
        not sum(math.exp(p.nats.low) for p in priors.values())
        <= 1.0
        <= sum(math.exp(p.nats.high) for p in priors.values())
    ):
        raise FormatError("the priors cannot add up to 1 within their spans", field=place)
    return priors


def _kind(name: str, table: Mapping[str, Any]) -> EvidenceKind:
    origin = Origin(table.get("origin", "declared"))
    unknown = set(table) - {h.value for h in Hypothesis} - {"chain", "origin", "because"}
    if unknown:
        raise FormatError(f"unknown keys {sorted(unknown)}", field=f"evidence.{name}")
    weights = {
        h: Weight(_span(table[h.value], f"evidence.{name}.{h.value}"), origin, table["because"])
        for h in Hypothesis
        if h.value in table
    }
    return EvidenceKind(name, Chain(table["chain"]), weights)


def _span(value: Any, place: str) -> Span:
    try:
        low, high = (float(end) for end in value)
        return Span(low, high)
    except (TypeError, ValueError):
        raise FormatError(
            f"expected [low, high] with low <= high, got {value!r}", field=place
        ) from None


def _check_references(model: AssessmentModel, source: str) -> None:
    """Refuse a model whose lists name evidence or situations that it does not describe."""
    named = {kind for kinds in model.ask.values() for kind in kinds}
    named |= {kind for rule in model.indicators.values() for kind in (*rule.yes, *rule.no)}
    if lost := sorted(named - set(model.kinds)):
        raise FormatError(f"evidence without weights: {', '.join(lost)}", source=source)
    if lost := sorted(set(model.priors) ^ set(model.ask)):
        raise FormatError(f"situations without priors or questions: {lost}", source=source)
