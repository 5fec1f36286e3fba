"""The plot of a disturbance of reception: the course of what changed most."""

from __future__ import annotations

from matplotlib.axes import Axes

from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.dossier.receiver_wording import (
    QUANTITY_UNITS,
    quantity_text,
    receiver_when,
    value_text,
)
from hoshimori.dossier.time_axis import days_from, dress_time_axis
from hoshimori.model.findings import ReceiverInterference, ReceptionPoint
from hoshimori.model.receivers import Quantity


def course_plot(finding: ReceiverInterference, language: Language, *, name: str) -> Html:
    """Return the leading quantity before, during and after, disturbed samples marked."""
    quantity = quantity_text(finding.leading, language)
    unit = QUANTITY_UNITS[finding.leading]
    points = finding.course
    with sheet(6.4, 2.6) as page:
        axes: Axes = page.panel(0.115, 0.24, 0.865, 0.7)
        days = days_from(finding.start_utc, (p.time_utc for p in points)).tolist()
        values = [_shown(finding, p) for p in points]
        axes.plot(days, values, color=Ink.LOG.value)
        marked = [(d, v) for d, v, p in zip(days, values, points, strict=True) if p.disturbed]
        if marked:
            axes.axvspan(marked[0][0], marked[-1][0], color=Ink.LOOK.value, alpha=0.12, linewidth=0)
        axes.plot(
            [d for d, _ in marked], [v for _, v in marked], "o", color=Ink.LOOK.value, markersize=3
        )
        if finding.changes:
            usual = _scaled(finding, finding.changes[0].usual)
            axes.axhline(usual, color=Ink.ASSET.value, linestyle="--", linewidth=1.0)
        dress_time_axis(page, axes, finding.start_utc, say(language, "receivers.page.onset"))
        axes.set_xlabel(page.text(f"{finding.start_utc:%Y-%m-%d} UTC"))
        axes.set_ylabel(page.text(f"{quantity} [{unit}]" if unit else quantity))
        title = say(language, "receivers.page.course", quantity=quantity)
        told = [receiver_when(finding, language)]
        told += [value_text(finding.leading, p.value) for p in points if p.disturbed][:20]
        return page.svg(name, title, ", ".join(told))


def _shown(finding: ReceiverInterference, point: ReceptionPoint) -> float:
    return _scaled(finding, point.value)


def _scaled(finding: ReceiverInterference, value: float) -> float:
    return 100.0 * value if finding.leading is Quantity.USED else value
