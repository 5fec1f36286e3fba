"""The plots of a break-up: heights over periods (Gabbard), and the cloud of velocity changes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from hoshimori.dossier.breakup_wording import spread_text
from hoshimori.dossier.drawing import Ink, Sheet, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.dossier.quantities import number_text
from hoshimori.model.findings import Breakup

_SHOWN_PERCENT = 98.0
"""Plots reach so far; a few fast pieces would hide all others."""


def gabbard_plot(finding: Breakup, language: Language, *, name: str) -> Html:
    """Return apogees and perigees of the pieces over their periods.

    Source: Johnson and McKnight 1987, Artificial Space Debris, section 2.2.
    """
    cloud = finding.cloud
    period = np.array(cloud.period_min)
    with sheet(6.4, 3.4) as page:
        axes = page.panel(0.115, 0.15, 0.865, 0.8)
        common = {"linestyle": "none", "markersize": 4.5, "alpha": 0.75}
        axes.plot(period, cloud.apogee_km, "o", color=Ink.OTHER.value, **common)  # type: ignore[arg-type]
        axes.plot(period, cloud.perigee_km, "v", color=Ink.ASSET.value, **common)  # type: ignore[arg-type]
        axes.plot(
            np.median(period), finding.altitude_km, "+", color=Ink.LOOK.value,
            markersize=14, markeredgewidth=2.2, zorder=4,
        )  # fmt: skip
        low, high = np.percentile(period, (4.0, 96.0))
        shown = (period >= low) & (period <= high)
        top_km = float(np.max(np.array(cloud.apogee_km)[shown], initial=finding.altitude_km))
        least_km = float(np.min(np.array(cloud.perigee_km)[shown], initial=finding.altitude_km))
        axes.set_xlim(low - 0.03 * (high - low) - 0.1, high + 0.03 * (high - low) + 0.1)
        axes.set_ylim(min(least_km, top_km) - 60.0, top_km + 60.0)
        _label(page, axes, language, "breakup.plot.period", "breakup.plot.height")
        return page.svg(
            name,
            say(language, "breakup.page.gabbard"),
            say(
                language,
                "breakup.page.gabbard.desc",
                pieces=f"{finding.pieces:,}",
                low=number_text(float(period.min()), 3),
                high=number_text(float(period.max()), 3),
            ),
        )


def cloud_plot(finding: Breakup, language: Language, *, name: str) -> Html:
    """Return the velocity changes of the pieces, along over radius and along over across."""
    changes = np.array(finding.cloud.delta_v_rtn_m_s)
    changes = changes[np.isfinite(changes).all(axis=1)]
    reach = float(np.percentile(np.abs(changes), _SHOWN_PERCENT)) if len(changes) else 1.0
    with sheet(6.4, 3.4) as page:
        left, right = page.panel(0.105, 0.15, 0.37, 0.8), page.panel(0.61, 0.15, 0.37, 0.8)
        for axes, across in ((left, 0), (right, 2)):
            axes.plot(
                changes[:, 1], changes[:, across], "o", color=Ink.OTHER.value,
                markersize=3.5, alpha=0.7, linestyle="none",
            )  # fmt: skip
            axes.plot(0.0, 0.0, "+", color=Ink.ASSET.value, markersize=12, markeredgewidth=2.0)
            axes.set_xlim(-reach, reach)
            axes.set_ylim(-reach, reach)
        _label(page, left, language, "breakup.plot.along", "breakup.plot.radial")
        _label(page, right, language, "breakup.plot.along", "breakup.plot.cross")
        return page.svg(
            name,
            say(language, "breakup.page.cloud"),
            say(
                language,
                "breakup.page.cloud.desc",
                pieces=f"{finding.pieces:,}",
                spread=spread_text(finding),
            ),
        )


def _label(page: Sheet, axes: Axes, language: Language, across: str, up: str) -> None:
    axes.set_xlabel(page.text(say(language, across)))
    axes.set_ylabel(page.text(say(language, up)))
