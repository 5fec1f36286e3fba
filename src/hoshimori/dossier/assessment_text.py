"""An assessment in words: one structure that terminal, page and paper lay out.

The best benign explanation stands first; likelihood and confidence stand in sentences of their
own; a likelihood is always an interval with its words, never a bare number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hoshimori.dossier.assessment_rows import (
    AssessmentText,
    CheckRow,
    EvidenceRow,
    ExplanationRow,
    FactorRow,
    GateRow,
    IndicatorRow,
)
from hoshimori.dossier.emitter_wording import emitter_name
from hoshimori.dossier.evidence_wording import evidence_sentence, numbers_text
from hoshimori.dossier.interference_wording import place_text
from hoshimori.dossier.language import Language, say, words
from hoshimori.dossier.nature_wording import (
    natural_judgement,
    natural_name,
    natural_sentence,
)
from hoshimori.dossier.quantities import number_text, utc_text
from hoshimori.dossier.receiver_wording import receiver_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.assessments import (
    Assessment,
    Decision,
    Driver,
    Explanation,
    Factor,
    Gate,
    Hypothesis,
    Indicator,
    MatrixRow,
    Milestone,
    NaturalCheck,
    Span,
    Words,
)
from hoshimori.model.findings import (
    AnyFinding,
    EmitterInterference,
    Interference,
    ReceiverInterference,
)


def assessment_text(
    assessment: Assessment, names: Mapping[int, str], language: Language, *, subject: str = ""
) -> AssessmentText:
    """Return an assessment in words; `subject` says what it is about where objects do not."""
    order = tuple(e.hypothesis for e in assessment.explanations)
    return AssessmentText(
        title=say(language, "assess.title", incident=assessment.incident.incident_id),
        scope=_scope(assessment, language),
        label=label_text(assessment, language),
        summary=summary_sentences(assessment, names, language, subject=subject),
        checks=tuple(_check(c, names, language) for c in assessment.natural_checks),
        explanations=tuple(_explanation(e, language) for e in assessment.explanations),
        short_names=tuple(say(language, f"assess.short.{h.value}") for h in order),
        agreement=say(language, "assess.agree" if assessment.methods_agree else "assess.disagree"),
        evidence=tuple(_evidence(row, order, language) for row in assessment.matrix),
        factors=tuple(_factor(f, language) for f in assessment.factors),
        gates=tuple(_gate(g, language) for g in assessment.gates),
        indicators=tuple(_indicator(i, language) for i in assessment.indicators),
        drivers=tuple(_driver(d, language) for d in assessment.drivers),
        milestones=tuple(_milestone(m, language) for m in assessment.milestones),
        missing=tuple(_missing(kind, language) for kind in assessment.missing),
        dissent=tuple(_dissent(d, language) for d in assessment.dissent),
        attribution=say(language, "assess.attribution"),
    )


def summary_sentences(
    assessment: Assessment, names: Mapping[int, str], language: Language, *, subject: str = ""
) -> tuple[str, ...]:
    """Return the few sentences that stand first: what, benign, leading, confidence."""
    benign = next(e for e in assessment.explanations if e.hypothesis is assessment.best_benign)
    leading = assessment.explanations[0]
    objects = ", ".join(
        name_of(i, names, language)
        for i in (*assessment.incident.assets, *assessment.incident.others)[:3]
    )
    what = say(
        language,
        "assess.summary",
        objects=objects or subject or assessment.incident.incident_id,
        label=label_text(assessment, language),
    )
    sentences = [what, _likelihood(benign, "assess.benign_first", language)]
    if leading is benign:
        sentences.append(say(language, "assess.leading.benign"))
    else:
        sentences.append(_likelihood(leading, "assess.leading", language))
    return (*sentences, _confidence(assessment, language))


def subject_text(findings: Sequence[AnyFinding], language: Language) -> str:
    """Return the place that findings are about where they are about no object, else nothing."""
    areas = [f for f in findings if isinstance(f, Interference)]
    receivers = [f for f in findings if isinstance(f, ReceiverInterference)]
    emitters = [f for f in findings if isinstance(f, EmitterInterference)]
    if receivers and not areas:
        return receiver_text(receivers[0], {}, language)
    if not areas:
        return emitter_name(emitters[0], language) if emitters else ""
    return place_text(areas[0].latitude_deg, areas[0].longitude_deg, language)


def label_text(assessment: Assessment, language: Language) -> str:
    """Return the label of an assessment in words."""
    return say(language, f"assess.label.{assessment.label.name.lower()}")


def words_text(spanned: tuple[Words, ...], language: Language) -> str:
    """Return the words that an interval reaches: one, or from one to another."""
    first, last = (say(language, f"assess.wep.{w.name.lower()}") for w in (spanned[0], spanned[-1]))
    if first == last:
        return first
    return say(language, "assess.words.range", first=first, last=last)


def percent_text(probability: float, language: Language) -> str:
    """Return a probability in whole percent; nothing finer than 1 % is claimed.

    >>> percent_text(0.347, Language.EN), percent_text(0.004, Language.EN)
    ('35 %', 'under 1 %')
    """
    if probability < 0.01:
        return say(language, "assess.percent.least")
    if probability > 0.99:
        return say(language, "assess.percent.most")
    return f"{100.0 * probability:.0f} %"


def span_text(span: Span, language: Language) -> str:
    """Return an interval of probabilities; one end only where both read the same."""
    low, high = percent_text(span.low, language), percent_text(span.high, language)
    return low if low == high else say(language, "assess.range", low=low, high=high)


def count_text(value: float) -> str:
    """Return a count without decimals, anything else to two digits.

    >>> count_text(12.0), count_text(2.345)
    ('12', '2.3')
    """
    return f"{value:,.0f}" if value == round(value) else number_text(value)


def _scope(assessment: Assessment, language: Language) -> str:
    return say(
        language,
        "assess.scope",
        moment=utc_text(assessment.as_of_utc),
        version=assessment.model_version,
        digest=assessment.model_sha256[:12],
    )


def _likelihood(explanation: Explanation, key: str, language: Language) -> str:
    return say(
        language,
        key,
        hypothesis=say(language, f"assess.h.{explanation.hypothesis.value}"),
        words=words_text(explanation.words, language),
        low=percent_text(explanation.likelihood.low, language),
        high=percent_text(explanation.likelihood.high, language),
    )


def _confidence(assessment: Assessment, language: Language) -> str:
    weakest = next(d for d in assessment.drivers if d.confidence is assessment.confidence)
    return say(
        language,
        "assess.confidence",
        confidence=say(language, f"assess.confidence.{assessment.confidence.value}"),
        reason=_reason(weakest, language),
    )


def _reason(driver: Driver, language: Language) -> str:
    values = {name: count_text(float(v)) for name, v in driver.values.items()}
    return say(language, f"assess.reason.{driver.because}", **values)


def _explanation(explanation: Explanation, language: Language) -> ExplanationRow:
    prior = explanation.prior.nats
    return ExplanationRow(
        name=say(language, f"assess.h.{explanation.hypothesis.value}"),
        words=words_text(explanation.words, language),
        interval=span_text(explanation.likelihood, language),
        before=span_text(_probabilities(prior), language),
        against=count_text(explanation.inconsistencies),
        likelihood=explanation.likelihood,
        decision=_decision(_worded(explanation.decision, language), language),
    )


_WORDED: Final = {
    **{w.value: f"assess.wep.{w.name.lower()}" for w in Words},
    "unknown": "assess.unknown",
    "open": "assess.gate.open",
    "closed": "assess.gate.closed",
}
"""Values that people decide with, by the words that say them."""


def _worded(decision: Decision | None, language: Language) -> Decision | None:
    """Return a decision with its value in the words of a language, where there are any."""
    if decision is None or decision.value not in _WORDED:
        return decision
    return replace(decision, value=say(language, _WORDED[decision.value]))


def _factor_decision(factor: Factor, language: Language) -> Decision | None:
    """Return the decision about a factor; a number of its scale with what it stands for."""
    decision = _worded(factor.decision, language)
    anchor = f"factor.{factor.factor}.{decision.value}" if decision else ""
    if decision is None or anchor not in words(language):
        return decision
    return replace(decision, value=f"{decision.value} · {say(language, anchor)}")


def _probabilities(logs: Span) -> Span:
    return Span(min(1.0, math.exp(logs.low)), min(1.0, math.exp(logs.high)))


def _check(check: NaturalCheck, names: Mapping[int, str], language: Language) -> CheckRow:
    return CheckRow(
        check=natural_name(check, language),
        result=natural_judgement(check, language),
        sentence=natural_sentence(check, names, language),
    )


def _evidence(row: MatrixRow, order: tuple[Hypothesis, ...], language: Language) -> EvidenceRow:
    item = row.evidence
    chain = say(language, f"assess.chain.{item.chain.name.lower()}")
    grade = f" {item.grade}" if item.grade is not None else ""
    return EvidenceRow(
        evidence_id=item.evidence_id,
        sentence=evidence_sentence(item.kind, language),
        numbers=numbers_text(item.values, language),
        source=f"{chain}{grade}",
        ratings=tuple(row.ratings[h].value for h in order),
    )


def _factor(factor: Factor, language: Language) -> FactorRow:
    values = {
        name: v if isinstance(v, str) else _factor_number(factor, v, language)
        for name, v in factor.values.items()
    }
    return FactorRow(
        factor=factor.factor,
        name=say(language, f"factor.{factor.factor}"),
        value=_factor_value(factor, language),
        because=say(language, f"factor.because.{factor.because}", **values),
        missing=", ".join(_missing(kind, language).rstrip(".。") for kind in factor.missing),
        decision=_decision(_factor_decision(factor, language), language),
        supporting=", ".join(factor.supporting),
        contradicting=", ".join(factor.contradicting),
    )


def _factor_number(factor: Factor, value: float, language: Language) -> str:
    if factor.factor == "F15":
        return percent_text(value, language)
    return count_text(value)


def _factor_value(factor: Factor, language: Language) -> str:
    if factor.proposed is None:
        return say(language, "assess.unknown")
    anchor = f"factor.{factor.factor}.{factor.proposed}"
    if anchor in words(language):
        return f"{factor.proposed} · {say(language, anchor)}"
    if factor.factor == "F15":
        parts = factor.proposed.split(" to ")
        said = [say(language, f"assess.wep.{Words(p).name.lower()}") for p in parts]
        if len(said) == 1:
            return said[0]
        return say(language, "assess.words.range", first=said[0], last=said[1])
    return factor.proposed


def _gate(gate: Gate, language: Language) -> GateRow:
    return GateRow(
        gate=gate.gate,
        name=say(language, f"assess.gate.{gate.gate}"),
        met=", ".join(say(language, f"assess.need.{need}") for need in gate.met),
        unmet=", ".join(say(language, f"assess.need.{need}") for need in gate.unmet),
        decision=_decision(_worded(gate.decision, language), language)
        or say(language, "assess.gate.closed"),
    )


def _indicator(indicator: Indicator, language: Language) -> IndicatorRow:
    return IndicatorRow(
        indicator=indicator.indicator,
        name=say(language, f"assess.indicator.{indicator.indicator}"),
        answer=say(language, f"assess.answer.{indicator.answer.value}"),
        evidence=", ".join(indicator.evidence_ids),
    )


def _driver(driver: Driver, language: Language) -> str:
    name = say(language, f"assess.driver.{driver.driver}")
    confidence = say(language, f"assess.confidence.{driver.confidence.value}")
    return f"{name} · {confidence} · {_reason(driver, language)}"


def _milestone(milestone: Milestone, language: Language) -> str:
    return say(
        language,
        "assess.milestone",
        evidence=evidence_sentence(milestone.kind, language).rstrip("。"),
        hypothesis=say(language, f"assess.h.{milestone.hypothesis.value}"),
        now=span_text(milestone.likelihood_now, language),
        then=span_text(milestone.likelihood_then, language),
    )


def _missing(kind: str, language: Language) -> str:
    table = words(language)
    for key in (f"evidence.{kind}", f"factor.missing.{kind}", f"assess.indicator.{kind}"):
        if key in table:
            return table[key]
    return say(language, f"natural.name.{kind.removeprefix('check_')}")


def _decision(decision: Decision | None, language: Language) -> str:
    if decision is None:
        return ""
    return say(
        language,
        "assess.decided",
        value=decision.value,
        who=decision.decided_by,
        when=utc_text(decision.decided_utc),
        because=decision.because,
    )


def _dissent(decision: Decision, language: Language) -> str:
    view = f"{decision.value} ({decision.because})" if decision.because else decision.value
    return say(
        language,
        "assess.dissent.line",
        who=decision.decided_by,
        when=utc_text(decision.decided_utc),
        view=view,
    )
