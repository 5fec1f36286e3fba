"""Write the page of assessments from the assessment model; a test checks that they agree.

Run: ``python docs/make_assessment.py``
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from hoshimori.dossier.language import Language, say
from hoshimori.model.assessments import Chain, Hypothesis, Span
from hoshimori.model.reports import Credibility, Reliability
from hoshimori.workflows.assessment_model import assessment_model

_PAGE = Path(__file__).parent / "explain" / "assessment.md"
_MODEL = assessment_model()

HEAD = """# How explanations are weighed

<!-- Written by docs/make_assessment.py from the assessment model; do not edit. -->

Findings say what happened. An *assessment* lays out what that may mean: ten explanations side by side, nature and accident first, with the evidence for and against each, how likely each is, and, said apart, how sure that is.
The machine proposes. People decide, and both are recorded.

```console
$ hoshimori assess --synthetic
$ hoshimori assess --synthetic --all --language ja
```

## What it never says

It names no culprit, and it does not say what a treaty makes of it: that is for governments.
It speaks of the other object as it is catalogued; who operates it, and for whom, is *not assessed*.
No number depends on an owner, a flag or a name; a test deals all of them to others and compares ([principle](../glossary.md)).
A likelihood is an interval with its words, never a point, and never stands in one sentence with a confidence.
The likeliest benign explanation stands first, also where another leads.

## Ten explanations

They are always all considered; nothing is left out because nobody thought of it that day.

"""  # noqa: E501 - one sentence a line

WEIGHING = """
## From evidence to likelihood

An *item of evidence* is one thing that bears on the explanations: seen in orbits, looked for in nature and not there, or stated by somebody.
Its *weight* under an explanation says how much more it is expected if that explanation holds than otherwise: a logarithm of a ratio, in nats (1 nat is a factor of 2.7, 3 nats are 20).
A weight is a *span* from the least to the most, and nothing inside is preferred.
A span from -0.3 to 0.5 says: this hardly tells. One that lies wholly on one side tells something.

1. **One item** counts for at most {item:g} nats either way.
2. **One chain.** Items that hang together form a *chain*: all that is derived from public element sets is one chain, however many findings and files there are. Inside a chain the ends of the spans add up, as its items may all be wrong together. The sum is capped at {chain:g} nats.
3. **The same from the same source** counts once.
4. **Between chains**, and between them and the prior, errors are independent: the middles add, and half-widths add in quadrature (the root of the sum of their squares).
5. **Temperature.** The sum of all evidence is multiplied by one number, now {temperature:g}: {because}.
6. **Against all others.** The sum becomes log odds of one explanation against all the others together, and that a probability from one end to the other.
7. **Words** are those of ICD 203, all that the interval reaches: 10 % to 25 % is *very unlikely to unlikely*. Below 1 % and above 99 % nothing finer is said.

So element sets alone can move an explanation by {chain:g} nats at most.
From a prior of one in a hundred that leads to one in six: public orbits by themselves never make a hostile act *likely*, or even *roughly even*.
Why spans and chains: [decision 009](../decisions/009-explanations-are-weighed-as-spans-within-chains.md).

### Grades

What people state has an Admiralty grade ([reports](reports.md)).
Its weight is multiplied by what is left for the source and by what is left for what it says.
What was measured here keeps all of its weight.

| source | left | content | left |
| --- | --- | --- | --- |
"""  # noqa: E501 - one sentence a line

RARITY = """
### Rarity

How rare something is speaks for purpose as far as those who do it on purpose are seen to do it.
Its weight is the ratio of that share (declared, {low:g} to {high:g}) to the share of comparable objects that show as much (counted in the same catalogue, with its interval).
It counts under {hypotheses}, once: of several rarities of an incident the rarest.

## Priors

Before any evidence each *situation*, the kind of thing that an incident is, has spans of probability for all ten explanations.
Their origin is *measured* where it was counted, *declared* where it is judgement.
No prior knows an actor.

| situation | origin | because |
| --- | --- | --- |
"""  # noqa: E501 - one sentence a line

PRIORS = """
In percent, from the least to the most:

"""

ASIDE = """
## Beside it: counting what speaks against

An analysis of competing hypotheses (Heuer, *Psychology of Intelligence Analysis*, ch. 8) stands beside the likelihoods.
Each item is rated under each explanation: CC and C go with it, N says nothing, I and II do not go with it.
The ratings follow from the same weights: a span wholly below -1 nat is II, wholly below -0.25 is I, and likewise above.
For each explanation the I (1) and II (2) are counted. It knows no priors.
Where the explanation that leads is not also among those with the least against it, the methods *disagree*; the text says so, and confidence is low.

## Confidence, apart

Confidence is how far the data carry all this, not how likely anything is (ICD 203).
Three *drivers* are judged, each for itself, and the lowest counts:

- **key assumptions**: how many items rest on declared weights, and how many natural explanations could not be looked into;
- **sources**: how many independent ones there are, and how many statements are well graded (A or B, 1 or 2);
- **strength of the argument**: whether the leading explanation's interval stands clear of the next, and whether both methods lead to it.

Element sets alone are one source: confidence is low, whatever they show.

## What would change this

A *milestone* is one missing item that would change the picture: it is put in as if stated by a usually reliable source, everything is weighed again, and the explanation that moves most is told with where it would stand.
The strongest stand first, and what to ask next can be read off them.

## Labels

An incident is filed under a *label*: what was seen, not what was meant.
A break-up is filed as a test only where the whole interval of that explanation is at least *likely*, and as a collision only where a second cloud parted at the same point and nature leads.
A stay in the belt is *loitering* where a visit or its rarity (2 % of comparable objects and fewer) says so.

## Indicators

Twelve indicators of behaviour and seven against it are answered yes, no or unknown, each with its base rate where one was counted.
They are counted, never scored.

| indicator | what it asks | yes | no |
| --- | --- | --- | --- |
"""  # noqa: E501 - one sentence a line

FACTORS = """
## Factors

Seventeen *factors* give the questions that consultations ask.
The machine proposes a value with what supports it, what contradicts it and what is missing; a person sets it with `hoshimori decide`, and both stay.
*Unknown* is a value like any other. They are never added up.
Six have *anchors* from 0 to 4.

| factor | name | anchors, from 0 | root |
| --- | --- | --- | --- |
"""  # noqa: E501 - one sentence a line

GATES = """
F10 states the object and no more; F12 and F13 are for people alone; F14 is present or unknown, never absent because nobody looked.

## Gates

A *gate* lists the least evidence that a step asks for. Meeting it opens nothing: only people do.

| gate | what it is | asks for |
| --- | --- | --- |
"""  # noqa: E501 - one sentence a line

EVIDENCE = """
## Every kind of evidence

Version {version} of the model, SHA-256 `{sha}`: the digest is part of every assessment and dossier.
Weights in nats; an explanation that is not named stands at 0 to 0.
The `rare` item is weighed as told above.
"""

FOOT = """
## Where it stands in the code

`src/hoshimori/workflows/assessment_model.toml` holds every number of this page; `src/hoshimori/formats/assessment_model.py` reads it and refuses what does not fit together.
`src/hoshimori/assessment/evidence.py` turns findings, checks and reports into items, `src/hoshimori/assessment/explanations.py` weighs them, `src/hoshimori/assessment/assess.py` puts all together.
`src/hoshimori/dossier/assessment_text.py` says it in English and Japanese, for terminal, page and paper alike.
"""  # noqa: E501 - one sentence a line


def page() -> str:
    """Return the page as Markdown."""
    rarity = _MODEL.rarity
    meant = ", ".join(h.value for h in rarity.hypotheses)
    span = rarity.seen_if_meant
    parts = (
        (HEAD, *_hypotheses()),
        (
            WEIGHING.format(
                item=_MODEL.item_cap_nats, chain=_MODEL.chain_cap_nats, **_temperature()
            ),
            *_grades(),
        ),
        (RARITY.format(low=span.low, high=span.high, hypotheses=meant), *_situations()),
        (PRIORS, *_priors()),
        (ASIDE, *_indicators()),
        (FACTORS, *_factors()),
        (GATES, *_gates()),
        (EVIDENCE.format(version=_MODEL.version, sha=_MODEL.sha256), *_evidence()),
        (FOOT,),
    )
    return "".join(piece for part in parts for piece in part)


def _temperature() -> dict[str, float | str]:
    held = _MODEL.temperature
    return {"temperature": held.value, "because": f"{held.origin.value}, {held.because}"}


def _hypotheses() -> Iterator[str]:
    yield "| | explanation |\n| --- | --- |\n"
    for hypothesis in Hypothesis:
        yield f"| {hypothesis.value} | {say(Language.EN, f'assess.h.{hypothesis.value}')} |\n"


def _grades() -> Iterator[str]:
    for source, content in zip(Reliability, Credibility, strict=True):
        left = f"{_MODEL.reliability_factor[source]:g}"
        yield f"| {source.value} | {left} | {content.value} |"
        yield f" {_MODEL.credibility_factor[content]:g} |\n"


def _situations() -> Iterator[str]:
    for name, priors in _MODEL.priors.items():
        first = next(iter(priors.values()))
        yield f"| {name} | {first.origin.value} | {first.because} |\n"


def _priors() -> Iterator[str]:
    yield f"| situation | {' | '.join(h.value for h in Hypothesis)} |\n"
    yield "| --- |" + " --- |" * len(Hypothesis) + "\n"
    for name, priors in _MODEL.priors.items():
        spans = (_percent(priors[h].nats) for h in Hypothesis)
        yield f"| {name} | {' | '.join(spans)} |\n"


def _percent(logs: Span) -> str:
    return f"{100 * math.exp(logs.low):.3g} to {100 * math.exp(logs.high):.3g}"


def _indicators() -> Iterator[str]:
    for name, rule in _MODEL.indicators.items():
        asks = say(Language.EN, f"assess.indicator.{name}")
        yield f"| {name} | {asks} | {_codes(rule.yes)} | {_codes(rule.no)} |\n"


def _codes(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds)


def _factors() -> Iterator[str]:
    for name, factor in _MODEL.factors.items():
        yield f"| {name} | {factor.name} | {'; '.join(factor.anchors)} | {factor.root} |\n"


def _gates() -> Iterator[str]:
    for name, gate in _MODEL.gates.items():
        needs = "; ".join(say(Language.EN, f"assess.need.{need}") for need in gate.needs)
        yield f"| {name} | {gate.name} | {needs or 'nothing'} |\n"


def _evidence() -> Iterator[str]:
    for chain in Chain:
        kinds = [kind for kind in _MODEL.kinds.values() if kind.chain is chain]
        if not kinds:
            continue
        yield f"\n### Chain: {chain.value}\n\n| kind | says | weights | origin | because |\n"
        yield "| --- | --- | --- | --- | --- |\n"
        for kind in kinds:
            first = next(iter(kind.weights.values()))
            weights = "; ".join(
                f"{h.value} {w.nats.low:+g} to {w.nats.high:+g}" for h, w in kind.weights.items()
            )
            says = say(Language.EN, f"evidence.{kind.kind}").rstrip(".")
            yield f"| `{kind.kind}` | {says} | {weights} | {first.origin.value} |"
            yield f" {first.because} |\n"


if __name__ == "__main__":
    _PAGE.write_text(page(), encoding="utf-8")
