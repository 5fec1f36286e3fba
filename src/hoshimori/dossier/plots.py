"""The plots of one finding: relative motion in the asset's frame, longitudes in the belt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from hoshimori.dossier.drawing import Ink, Sheet, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.time_axis import Values, days_from, dress_time_axis
from hoshimori.dossier.wording import pair_of, range_text
from hoshimori.model.findings import GeoNeighbour, Interval, Proximity

SLOT_HALF_WIDTH_DEG = 0.15
"""Half of the band drawn about a slot, as wide as the GEO detector counts a visit."""
_MOST_POINTS = 800


def relative_motion_plot(
    finding: Proximity,
    names: Mapping[int, str],
    as_of_utc: datetime,
    language: Language,
    *,
    name: str,
) -> Html:
    """Return the second object's path in the asset's RTN frame, and the range over time."""
    track = finding.track
    rtn_km = np.array([track.radial_km, track.in_track_km, track.cross_track_km], dtype=float)
    days, (radial, in_track, cross) = _thinned(days_from(as_of_utc, track.times_utc), rtn_km)
    range_km = np.sqrt(radial**2 + in_track**2 + cross**2)
    with sheet(9.6, 2.9) as page:
        first, second, third = (
            page.panel(left, 0.175, 0.255, 0.755) for left in (0.065, 0.395, 0.735)
        )
        for axes, up in ((first, radial), (second, cross)):
            _path(axes, days, in_track, up, range_km)
        _label(page, first, language, "plot.rtn.in_track", "plot.rtn.radial")
        _label(page, second, language, "plot.rtn.in_track", "plot.rtn.cross_track")
        _range_over_time(page, third, days, range_km, finding.range_km, as_of_utc, language)
        return page.svg(
            name,
            _pair_words("plot.rtn.title", finding, names, language),
            _nearest_words("plot.rtn.desc", finding, language),
        )


def longitude_plot(
    finding: GeoNeighbour,
    names: Mapping[int, str],
    as_of_utc: datetime,
    language: Language,
    *,
    name: str,
) -> Html:
    """Return the longitudes of an asset and its neighbour over time, and their range."""
    track, slot = finding.track, finding.slot_deg_east
    columns = np.array(
        [track.asset_deg_east, track.neighbour_deg_east, track.range_km], dtype=float
    )
    days, (asset, neighbour, range_km) = _thinned(days_from(as_of_utc, track.times_utc), columns)
    with sheet(9.6, 3.1) as page:
        left, right = page.panel(0.075, 0.17, 0.4, 0.76), page.panel(0.575, 0.17, 0.4, 0.76)
        _slot_band(left, slot)
        left.plot(days, _unwrapped(asset, slot), color=Ink.ASSET.value)
        _past_and_coming(left, days, days, _unwrapped(neighbour, slot))
        left.yaxis.set_major_formatter(FuncFormatter(_east))
        dress_time_axis(page, left, as_of_utc, say(language, "plot.as_of"))
        _label(page, left, language, "plot.time", "plot.geo.longitude")
        _range_over_time(page, right, days, range_km, finding.range_km, as_of_utc, language)
        return page.svg(
            name,
            _pair_words("plot.geo.title", finding, names, language),
            _nearest_words("plot.geo.desc", finding, language),
        )


def _thinned(days: Values, columns: Values) -> tuple[Values, Values]:
    step = max(1, -(-len(days) // _MOST_POINTS))
    return days[::step], columns[:, ::step]


def _past_and_coming(axes: Axes, days: Values, across: Values, up: Values) -> None:
    """Draw a line, solid up to the moment of the picture and dashed beyond it."""
    past = int(np.searchsorted(days, 0.0, side="right"))
    coming = max(0, past - 1)
    axes.plot(across[:past], up[:past], color=Ink.OTHER.value)
    axes.plot(across[coming:], up[coming:], color=Ink.OTHER.value, linestyle=(0, (4, 2)))


def _path(axes: Axes, days: Values, across: Values, up: Values, range_km: Values) -> None:
    axes.plot(0.0, 0.0, "+", color=Ink.ASSET.value, markersize=11, markeredgewidth=2, zorder=4)
    if len(days) == 0:
        return
    _past_and_coming(axes, days, across, up)
    nearest = int(np.argmin(range_km))
    ink, hollow = Ink.OTHER.value, Ink.PANEL.value
    axes.plot(across[0], up[0], "o", color=ink, markerfacecolor=hollow, markersize=6)
    axes.plot(across[nearest], up[nearest], "D", color=ink, markersize=6)
    axes.margins(0.1)


def _range_over_time(
    page: Sheet,
    axes: Axes,
    days: Values,
    range_km: Values,
    interval: Interval,
    as_of_utc: datetime,
    language: Language,
) -> None:
    tops = [value for value in (interval.high, *range_km) if np.isfinite(value)]
    top = max(tops, default=0.0) * 1.08 or 1.0
    band = min(interval.high, top)
    axes.axhspan(interval.low, band, color=Ink.OTHER.value, alpha=0.18, linewidth=0)
    _past_and_coming(axes, days, days, range_km)
    axes.set_ylim(0.0, top)
    dress_time_axis(page, axes, as_of_utc, say(language, "plot.as_of"))
    _label(page, axes, language, "plot.time", "plot.rtn.range")


def _slot_band(axes: Axes, slot_deg_east: float) -> None:
    low, high = slot_deg_east - SLOT_HALF_WIDTH_DEG, slot_deg_east + SLOT_HALF_WIDTH_DEG
    axes.axhspan(low, high, color=Ink.ASSET.value, alpha=0.16, linewidth=0)


def _unwrapped(longitude_deg: Values, about_deg: float) -> Values:
    return (longitude_deg - about_deg + 180.0) % 360.0 - 180.0 + about_deg


def _east(value: float, _: object) -> str:
    wrapped = (value + 180.0) % 360.0 - 180.0
    return f"{abs(wrapped):.2f} {'E' if wrapped >= 0.0 else 'W'}"


def _label(page: Sheet, axes: Axes, language: Language, across: str, up: str) -> None:
    axes.set_xlabel(page.text(say(language, across)))
    axes.set_ylabel(page.text(say(language, up)))


def _pair_words(
    key: str, finding: Proximity | GeoNeighbour, names: Mapping[int, str], language: Language
) -> str:
    asset, other = pair_of(finding, names, language)
    return say(language, key, asset=asset, other=other)


def _nearest_words(key: str, finding: Proximity | GeoNeighbour, language: Language) -> str:
    moment = utc_text(finding.range_utc)
    return say(language, key, range=range_text(finding, language), moment=moment)
