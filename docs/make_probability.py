"""Renew the tables of the page on probability from what its benchmark keeps; a test checks it.

Run: ``python docs/make_probability.py``
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from page_blocks import renewed, table

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_collision.json"
PAGE = DOCS / "explain" / "probability.md"
WITHIN = 1e-3
"""What was asked of 95 % of the 2,170 encounters."""
Figures = dict[str, Any]


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    cara, challenge = figures["cara_53"], figures["challenge_2170"]
    blocks = {
        "criteria": _criteria(figures),
        "methods": _methods(cara["methods"]),
        "vectors": _vectors(figures["unit_test_vectors"]),
        "messages": _messages(figures["unit_test_messages"]),
        "alfano": _alfano(figures["alfano_2009"]),
        "cara": _spreads(cara, "over"),
        "challenge": _spreads(challenge, "over"),
    }
    return renewed(PAGE, blocks)


def _criteria(figures: Figures) -> str:
    cara, challenge = figures["cara_53"], figures["challenge_2170"]
    worst, p95 = (
        cara["plane_over_Pc2D_NoAdj"]["worst"],
        challenge["converged_over_published"]["p95"],
    )
    inside, messages = cara["whole_pass_inside_monte_carlo_95"], cara["messages"]
    vectors = [v for v in figures["unit_test_vectors"] if "relative" in v]
    off = [
        v for v in vectors if abs(v["relative"]) > 1e-4 and abs(v["relative_by_64_nodes"]) < 1e-6
    ]
    cases = figures["alfano_2009"]
    within = sum(c["drawn_low"] <= c["expected_collisions"] <= c["drawn_high"] for c in cases)
    share = challenge["reference_rule_over_published"]["worst"]
    return table(
        ("asked", "measured", "met"),
        (
            (
                f"2-D of the {messages} messages, states as given, to 1e-6",
                f"{worst:.1e} at worst",
                _met(worst <= 1e-6),
            ),
            (
                f"3-D-Nc of the {messages} messages within Monte Carlo bounds",
                f"{inside} of {messages} inside 95 % bounds; "
                f"{0.05 * messages:.2f} misses are expected of exact values",
                _met(inside == messages),
            ),
            (
                f"{challenge['encounters']:,} encounters, 95 % of them to {WITHIN:.1%}",
                f"{p95:.4%}; the published values are a trapezoid of 100 steps, "
                f"which the same rule gives to {share:.1e}",
                _met(p95 <= WITHIN),
            ),
            (
                f"{len(figures['unit_test_vectors'])} vectors to their stated tolerances",
                f"all but {len(off)} of the radius sweep; these carry the error of 64 nodes, "
                "which the same rule gives to 1e-12",
                _met(not off),
            ),
            (
                f"{len(cases)} cases of Alfano, 3-D-Nc within 95 % of drawn orbits",
                f"{within} of {len(cases)}",
                _met(within == len(cases)),
            ),
        ),
    )


def _met(holds: bool) -> str:
    return "yes" if holds else "not as worded"


def _methods(methods: dict[str, int]) -> str:
    return table(("method", "messages"), methods.items())


def _vectors(vectors: Iterable[Figures]) -> str:
    def off(vector: Figures, key: str) -> str:
        return f"{vector[key]:.1e}" if key in vector else ""

    return table(
        ("vector", "published", "here", "relative", "by 64 nodes", "over a contour integral"),
        (
            (
                one["id"],
                _number(one["expected"]),
                _number(one["ours"]),
                *(off(one, k) for k in ("relative", "relative_by_64_nodes", "ours_over_contour")),
            )
            for one in vectors
        ),
    )


def _messages(vectors: Iterable[Figures]) -> str:
    return table(
        ("message", "published 2-D", "2-D here", "published 3-D-Nc", "3-D-Nc here"),
        (
            (
                one["id"],
                _number(one.get("expected_pc_2d", one.get("expected_pc"))),
                _number(one["plane"]),
                _number(one.get("expected_pc_3d")),
                _number(one["expected_collisions"]),
            )
            for one in vectors
        ),
    )


def _alfano(cases: Iterable[Figures]) -> str:
    return table(
        (
            "case", "2-D", "3-D-Nc", "over CARA's", "drawn, 95 %", "chosen", "stated",
            "broken limits",
        ),
        (
            (
                one["case"],
                _number(one["plane"]),
                _number(one["expected_collisions"]),
                f"{one['over_cara_3d_nc']:.1e}",
                f"{one['drawn_low']:.4g} to {one['drawn_high']:.4g}",
                one["chosen"],
                _number(one["pc"]),
                ", ".join(flag.lower() for flag in one["violations"]) or "none",
            )
            for one in cases
        ),
    )  # fmt: skip


def _spreads(figures: Figures, mark: str) -> str:
    """Return every spread among the figures as a row; signs and counts are left out."""
    return table(
        ("compared", "median", "95 %", "worst"),
        (
            (name.replace("_", " "), *(f"{one[k]:.1e}" for k in ("median", "p95", "worst")))
            for name, one in figures.items()
            if mark in name and isinstance(one, dict)
        ),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
