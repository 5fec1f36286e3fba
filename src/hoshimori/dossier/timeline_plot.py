"""When the findings of an incident were measured or lie ahead, in one drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hoshimori.dossier.document import Exhibit
from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.time_axis import days_from, dress_time_axis
from hoshimori.dossier.wording import kind_text, name_of
from hoshimori.model.findings import AnyFinding

MOST_ROWS = 12
"""Findings that are drawn; the table beside it holds all."""
_LEAST_SHARE = 0.006
_TALLEST_IN = 0.28


def timeline_exhibit(
    findings: Sequence[AnyFinding],
    names: Mapping[int, str],
    as_of_utc: datetime,
    language: Language,
    *,
    name: str,
) -> Exhibit:
    """Return the spans of the findings over time, the earliest on top."""
    shown = sorted(findings, key=lambda f: (f.start_utc, f.end_utc, f.finding_id))[:MOST_ROWS]
    title = say(language, "document.timeline")
    spoken = " ".join(_spoken(finding, language) for finding in shown)
    starts = days_from(as_of_utc, [f.start_utc for f in shown])
    ends = days_from(as_of_utc, [f.end_utc for f in shown])
    first, last = min(0.0, float(starts.min())), max(0.0, float(ends.max()))
    margin = 0.03 * (last - first) or 0.5
    height = 0.75 + _TALLEST_IN * len(shown)
    with sheet(9.6, height) as page:
        axes = page.panel(0.335, 0.44 / height, 0.645, 1.0 - 0.6 / height)
        axes.set_xlim(first - margin, last + margin)
        axes.set_ylim(len(shown) - 0.4, -0.75)
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            width = max(end - start, _LEAST_SHARE * (last - first + 2.0 * margin))
            axes.barh(place, width, left=start, height=0.42, color=Ink.OTHER.value)
        labels = [page.text(_label(finding, names, language)) for finding in shown]
        axes.set_yticks(range(len(shown)), labels)
        axes.tick_params(axis="y", length=0, labelcolor=Ink.TEXT.value)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=False, axis="y")
        dress_time_axis(page, axes, as_of_utc, say(language, "plot.as_of"))
        drawn = page.svg(name, title, spoken)
    return Exhibit(name, drawn, title, say(language, "document.timeline.key"), spoken)


def _label(finding: AnyFinding, names: Mapping[int, str], language: Language) -> str:
    kind = kind_text(finding, language)
    return f"{kind} · {name_of(finding.objects[-1], names, language)}" if finding.objects else kind


def _spoken(finding: AnyFinding, language: Language) -> str:
    return say(
        language,
        "document.timeline.row",
        kind=kind_text(finding, language),
        start=utc_text(finding.start_utc),
        end=utc_text(finding.end_utc),
    )
