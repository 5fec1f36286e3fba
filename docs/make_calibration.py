"""Write the page on calibration, and draw its picture, from what the benchmark keeps.

Run: ``python docs/make_calibration.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_assessment.json"
PAGE = DOCS / "explain" / "calibration.md"
PICTURE = DOCS / "images" / "reliability.svg"
GROUPS = ("benign", "inspection", "test", "hostile", "artefact")
WORDS = {
    0.0: "almost no chance",
    0.05: "very unlikely",
    0.2: "unlikely",
    0.45: "roughly even",
    0.55: "likely",
    0.8: "very likely",
    0.95: "almost certain",
}

TEMPLATE = """# How far the likelihoods hold

<!-- Written by docs/make_calibration.py from the results of accuracy_assessment; do not edit. -->

An assessment says how likely each explanation is, as an interval.
Whether such words come true is counted here, on cases of which it is publicly known, or agreed, what they were.
The labels were given afterwards by people from published accounts; no assessment reads them.

```console
$ python benchmarks/accuracy_assessment.py && python docs/make_calibration.py
```

## Cases

{summary}

A case is a file of facts, a moment, what was publicly stated by then, and what should come out of it: `benchmarks/cases/*.toml`.
The tests run every one of them, check label, numbers and words in both languages, and run the whole set again with all owners permuted: nothing but labels changes.

{cases}

### Waiting

Their data cannot carry the expected label; it stays, with the reason.

{waiting}

## Reliability

![Reliability of real and made cases](../images/reliability.svg)

Each point is one word of ICD 203 and one group of explanations: across, the mean of what was said (the bar spans the means of the low and the high ends); up, the share that was the truth, with its exact 95 % interval (Clopper and Pearson).
On the diagonal, words come true as often as they say.
The number beside a point is how many cases stand behind it.

Groups: *benign* is nature, a fault, or planned; *inspection* is looking or listening without consent and signalling; *test*, *hostile* and *artefact* as named. "Other" belongs to none.

### Real cases

{real_text}

{real}

{real_points}

### Made cases

Their truth is known because we made them, and so is how often each kind was made: the shares below are ours, not the world's.
They show whether evidence is read rightly, not how often what happens.

{made_kinds}

{made_text}

{made}

{made_points}

## Brier score and its parts

The score is the mean squared distance between what was said and what was (0 is best; Brier 1950).
Murphy (1973) parts it: *reliability*, how far words and truths lie apart (0 is best); *resolution*, how far the words tell cases apart (more is better); *uncertainty*, what is in the cases themselves.
Score = reliability - resolution + uncertainty + what the bins hide.
Over all groups together the score lies between 0 and 2.

## Temperature

The one number that is free is a temperature that multiplies the sum of all evidence: below 1 it trusts evidence less, above 1 more.
It is fitted on all families of cases but one, and judged on that one; a family is one actor or one event, so that no case is a witness for itself.

{temperature}

## What this cannot tell

{limits}
"""  # noqa: E501 - one sentence a line


def page() -> str:
    """Return the page as it follows from the results."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    listed = figures["tables"]["cases"]
    real, made = figures["real"], figures["made"]
    return TEMPLATE.format(
        summary=_summary(figures),
        cases=_table(
            ("case", "expected", "came out", "truth", "benign", "inspection", "test", "hostile"),
            (_case(one) for one in listed if not one["waits_for"]),
        ),
        waiting=_table(
            ("case", "expected", "came out", "waits for"),
            (
                (one["title"], " or ".join(one["expected"]), one["label"] or "nothing",
                 one["waits_for"])
                for one in listed if one["waits_for"]
            ),
        ),
        real_text=_text(real),
        real=_scores(real),
        real_points=_points(real),
        made_kinds=_table(
            ("made", "scenes", "told"),
            ((kind, n["made"], n["told"]) for kind, n in made["tables"]["scenes"].items()),
        ),
        made_text=_text(made),
        made=_scores(made),
        made_points=_points(made),
        temperature=_temperature(figures["temperature"]),
        limits=_limits(real),
    )  # fmt: skip


def draw(path: Path) -> None:
    """Draw the reliability of real and of made cases side by side."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    mpl.rcParams.update({"svg.hashsalt": "hoshimori", "font.size": 9})
    figure = Figure(figsize=(8.4, 4.3), layout="constrained")
    panels = figure.subplots(1, 2, sharex=True, sharey=True)
    for axes, name, of in (
        (panels[0], "real cases", figures["real"]),
        (panels[1], "made cases", figures["made"]),
    ):
        _panel(axes, of)
        axes.set_title(f"{name}: {of['cases']} in {of['families']} families", fontsize=9)
    panels[0].set_ylabel("was the truth, %")
    panels[1].legend(loc="center right", fontsize=7.5, frameon=False)
    figure.savefig(path, metadata={"Date": None})


def _panel(axes: Axes, of: dict[str, Any]) -> None:
    axes.plot([0, 100], [0, 100], color="#9aa0a6", linewidth=0.8)
    axes.set(xlim=(-4, 104), ylim=(-4, 104), xlabel="was said, %")
    colours = ("#1b6ca8", "#c8553d", "#7a5195", "#2f4b3c", "#8a8d35")
    for group, colour in zip(GROUPS, colours, strict=True):
        bins = of["tables"]["groups"][group]["bins"]
        said = [100.0 * b["said"]["best"] for b in bins]
        seen = [100.0 * b["seen"]["best"] for b in bins]
        across = [[100.0 * (b["said"]["best"] - b["said"]["low"]) for b in bins],
                  [100.0 * (b["said"]["high"] - b["said"]["best"]) for b in bins]]  # fmt: skip
        up = [[100.0 * (b["seen"]["best"] - b["seen"]["low"]) for b in bins],
              [100.0 * (b["seen"]["high"] - b["seen"]["best"]) for b in bins]]  # fmt: skip
        axes.errorbar(said, seen, yerr=up, xerr=across, fmt="o", markersize=4, color=colour,
                      elinewidth=0.6, alpha=0.85, label=group)  # fmt: skip
        for x, y, one in zip(said, seen, bins, strict=True):
            axes.annotate(str(one["count"]), (x, y), xytext=(3, 3), textcoords="offset points",
                          fontsize=6.5, color=colour)  # fmt: skip


def _summary(figures: dict[str, Any]) -> str:
    cases = figures["cases"]
    return (
        f"{cases['all']} cases, {cases['real']} of them real; {cases['as_expected']} come out as "
        f"expected ({cases['real_as_expected']} of the real ones), {cases['waiting']} wait for "
        f"data, {cases['differing_without_reason']} differ without a reason. Catalogues were "
        f"{figures['catalogues']}; the assessment model is version {figures['model_version']}."
    )


def _case(one: dict[str, Any]) -> Sequence[object]:
    said = (_span(one["said"][g]) if one["said"] else "" for g in GROUPS[:4])
    label = one["label"] or "no incident"
    return one["title"], " or ".join(one["expected"]), label, one["truth"] or "not told", *said


def _span(ends: Sequence[float]) -> str:
    low, high = ends
    return f"{100.0 * low:.0f} to {100.0 * high:.0f} %"


def _text(of: dict[str, Any]) -> str:
    truths = ", ".join(f"{n} {name}" for name, n in of["truths"].items())
    return (
        f"{of['cases']} cases in {of['families']} families: {truths}. Brier score over all groups "
        f"{of['brier_score']:.3f}; logarithmic loss {of['log_loss_nats']:.3f} nats."
    )


def _scores(of: dict[str, Any]) -> str:
    rows = []
    for group in GROUPS:
        one = of["tables"]["groups"][group]
        parts = one["brier"]
        covered = "yes" if of["covered"][group] else "no"
        low, high = one["expected"]["low"], one["expected"]["high"]
        rows.append(
            (group, one["hits"], f"{low:.1f} to {high:.1f}", covered, f"{parts['score']:.3f}",
             f"{parts['reliability']:.3f}", f"{parts['resolution']:.3f}",
             f"{parts['uncertainty']:.3f}", f"{parts['within_bins']:.3f}")
        )  # fmt: skip
    head = ("group", "were the truth", "said together", "holds", "Brier score", "reliability",
            "resolution", "uncertainty", "hidden by bins")  # fmt: skip
    return _table(head, rows)


def _points(of: dict[str, Any]) -> str:
    rows = (
        (group, WORDS[one["low_edge"]], one["count"], one["hits"],
         f"{100.0 * one['said']['best']:.1f} %",
         _span((one["seen"]["low"], one["seen"]["high"])))
        for group in GROUPS
        for one in of["tables"]["groups"][group]["bins"]
    )  # fmt: skip
    return _table(("group", "word", "cases", "were the truth", "said", "seen, 95 %"), rows)


def _temperature(of: dict[str, Any]) -> str:
    folds = [fold["temperature"] for fold in of["tables"]["folds"]]
    gain = of["gain"]
    verdict = (
        "The gain holds on what was held out."
        if of["tells"]
        else "The interval holds 0: so few families do not tell, and the temperature stays."
    )
    return (
        f"Over {len(folds)} folds the fitted temperature lies between {min(folds):g} and "
        f"{max(folds):g}; on all cases it is {of['of_all']:g}. With it the Brier score of the "
        f"held-out families falls by {gain['best']:.4f} ({gain['low']:.4f} to {gain['high']:.4f}). "
        f"{verdict} In force is {of['in_force']:g} ({of['origin']})."
    )


def _limits(real: dict[str, Any]) -> str:
    few = [g for g in GROUPS if real["tables"]["groups"][g]["hits"] < 10]
    counts = ", ".join(f"{g} ({real['tables']['groups'][g]['hits']})" for g in few)
    return (
        f"- Groups with fewer than ten true cases cannot be calibrated: {counts}. Their intervals "
        "are wide, and confidence in them is never more than the evidence carries.\n"
        "- Cases are those that became known, and those that public data carry: what is quiet, or "
        "unseen, is not among them. Priors come from counts of all comparable objects, not from "
        "this list, in which purpose is far more common: that it is said too seldom here, and "
        "that a temperature above 1 fits, is what such a choice of cases does by itself.\n"
        "- Three cases have a made object in place of an asset without public elements.\n"
        "- What the truth was rests on published accounts. Where these differ a case has no truth "
        "and counts for nothing here.\n"
        "- Weights of evidence are judgements of people who knew these stories; held-out folds "
        "guard the one fitted number, not those judgements."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    draw(PICTURE)
