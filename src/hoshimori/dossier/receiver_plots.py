"""The plot of a disturbance of reception: the course of what changed most."""

from __future__ import annotations

from matplotlib.axes import Axes

from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.dossier.receiver_wording import quantity_text, receiver_when, value_text
from hoshimori.model.findings import ReceiverInterference, ReceptionPoint
from hoshimori.model.receivers import Quantity

_MOST_TICKS = 6


def course_plot(finding: ReceiverInterference, language: Language, *, name: str) -> Html:
    """Return the leading quantity before, during and after, disturbed samples marked."""
    quantity = quantity_text(finding.leading, language)
    points = finding.course
    with sheet(6.4, 2.4) as page:
        axes: Axes = page.panel(0.115, 0.2, 0.865, 0.74)
        begun = points[0].time_utc if points else finding.start_utc
        minutes = [(p.time_utc - begun).total_seconds() / 60.0 for p in points]
        values = [_shown(finding, p) for p in points]
        axes.plot(minutes, values, color=Ink.LOG.value)
        marked = [(m, v) for m, v, p in zip(minutes, values, points, strict=True) if p.disturbed]
        axes.plot(
            [m for m, _ in marked], [v for _, v in marked], "o", color=Ink.LOOK.value, markersize=3
        )
        if finding.changes:
            usual = finding.changes[0].usual
            axes.axhline(usual, color=Ink.ASSET.value, linestyle="--", linewidth=1.0)
        every = max(1, len(points) // _MOST_TICKS)
        axes.set_xticks(minutes[::every])
        axes.set_xticklabels([p.time_utc.strftime("%d %H:%M") for p in points[::every]])
        axes.set_ylabel(page.text(quantity))
        title = say(language, "receivers.page.course", quantity=quantity)
        told = [receiver_when(finding, language)]
        told += [value_text(finding.leading, p.value) for p in points if p.disturbed][:20]
        return page.svg(name, title, ", ".join(told))


def _shown(finding: ReceiverInterference, point: ReceptionPoint) -> float:
    return 100.0 * point.value if finding.leading is Quantity.USED else point.value
