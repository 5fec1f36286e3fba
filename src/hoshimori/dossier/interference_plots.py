"""The plots of an area of lost navigation: its cells on the ground, and its days."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.interference_wording import place_text
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.model.findings import Interference
from hoshimori.numerics.hexagons import outline_deg

_KM_PER_DEG = 111.195
_MOST_DAYS = 60


def area_plot(finding: Interference, language: Language, *, name: str) -> Html:
    """Return the disturbed cells, their middle and the area of a single emitter, north up."""
    with sheet(6.4, 4.2) as page:
        axes = page.panel(0.115, 0.125, 0.865, 0.845)
        for cell in finding.cells:
            corners = _east_north_km(finding, outline_deg(int(cell, 16)))
            shape = Polygon(
                corners.tolist(), facecolor=Ink.LOOK.value, edgecolor=Ink.PANEL.value, alpha=0.75
            )
            axes.add_patch(shape)
        axes.plot(0.0, 0.0, "+", color=Ink.TEXT.value, markersize=13, markeredgewidth=2.0)
        reach = finding.radius_km + 40.0
        if finding.emitter_within_km is not None:
            turn = np.linspace(0.0, 2.0 * np.pi, 180)
            ring = finding.emitter_within_km * np.stack([np.cos(turn), np.sin(turn)])
            axes.plot(*ring, color=Ink.ASSET.value, linestyle="--")
            reach = max(reach, finding.emitter_within_km * 1.05)
        axes.set_xlim(-1.5 * reach, 1.5 * reach)
        axes.set_ylim(-reach, reach)
        axes.set_aspect("equal", adjustable="box")
        axes.set_xlabel(page.text(say(language, "interference.plot.east")))
        axes.set_ylabel(page.text(say(language, "interference.plot.north")))
        place = place_text(finding.latitude_deg, finding.longitude_deg, language)
        return page.svg(
            name, say(language, "interference.page.map"), f"{place}, {len(finding.cells)}"
        )


def _east_north_km(finding: Interference, corners_deg: np.ndarray) -> np.ndarray:
    """Return corners east and north of the middle, flat: fair within some hundred kilometres."""
    east = (corners_deg[:, 1] - finding.longitude_deg + 180.0) % 360.0 - 180.0
    north = corners_deg[:, 0] - finding.latitude_deg
    shrink = np.cos(np.radians(corners_deg[:, 0]))
    return np.stack([east * shrink, north], axis=-1) * _KM_PER_DEG


def trend_plot(finding: Interference, language: Language, *, name: str) -> Html:
    """Return the share of low integrity on each day, of the last days where there are many."""
    days = finding.days[-_MOST_DAYS:]
    shares = [100.0 * one.bad / max(one.good + one.bad, 1) for one in days]
    with sheet(6.4, 2.2) as page:
        axes: Axes = page.panel(0.115, 0.2, 0.865, 0.74)
        colours = [Ink.LOOK.value if one.cells_disturbed else Ink.LOG.value for one in days]
        axes.bar(range(len(days)), shares, color=colours, width=0.8)
        every = max(1, math.ceil(len(days) / 8))
        axes.set_xticks(range(0, len(days), every))
        axes.set_xticklabels([one.day_utc.strftime("%m-%d") for one in days[::every]])
        axes.grid(visible=False, axis="x")
        axes.set_ylabel(page.text("%"))
        told = ", ".join(f"{d.day_utc} {s:.1f} %" for d, s in zip(days, shares, strict=True))
        return page.svg(name, say(language, "interference.page.trend"), told)
