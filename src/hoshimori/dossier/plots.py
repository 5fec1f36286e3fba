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

"""Half of the band drawn about a slot, as wide as the GEO detector counts a visit."""
WIDEST_VIEW_DEG = 2.0
"""The longitude plot shows at most so much on either side of the slot."""
_NARROWEST_VIEW_DEG = 0.4
_LONGEST_PAST_DAYS = 35.0
_KM_PER_DEG = 736.0
_MOST_POINTS = 800
_FEW_POINTS = 60


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
        top_km = float(np.max(range_km, initial=0.0))
        _range_over_time(page, third, days, range_km, finding.range_km, as_of_utc, language, top_km)
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
    days, asset, beside, range_km = _recent_columns(finding, as_of_utc)
    view_deg = _view_deg(days, beside - finding.slot_deg_east)
    near = range_km <= view_deg * _KM_PER_DEG
    top_km = float(np.max(range_km[near], initial=finding.range_km.best))
    with sheet(9.6, 3.1) as page:
        left, right = page.panel(0.09, 0.17, 0.385, 0.76), page.panel(0.575, 0.17, 0.4, 0.76)
        _slot(left, finding.slot_deg_east, finding.slot_half_width_deg, view_deg)
        _longitudes(left, days, asset, beside)
        dress_time_axis(page, left, as_of_utc, say(language, "plot.as_of"))
        _label(page, left, language, "plot.time", "plot.geo.longitude")
        _range_over_time(page, right, days, range_km, finding.range_km, as_of_utc, language, top_km)
        _dots(right, days, range_km)
        return page.svg(
            name,
            _pair_words("plot.geo.title", finding, names, language),
            _nearest_words("plot.geo.desc", finding, language),
        )


def _recent_columns(
    finding: GeoNeighbour, as_of_utc: datetime
) -> tuple[Values, Values, Values, Values]:
    """Return days, both longitudes about the slot, and ranges, without the distant past."""
    track, slot = finding.track, finding.slot_deg_east
    columns = np.array(
        [track.asset_deg_east, track.neighbour_deg_east, track.range_km], dtype=float
    )
    days = days_from(as_of_utc, track.times_utc)
    recent = days >= -_LONGEST_PAST_DAYS
    days, (asset, neighbour, range_km) = _thinned(days[recent], columns[:, recent])
    return days, _unwrapped(asset, slot), _unwrapped(neighbour, slot), range_km


def _slot(axes: Axes, slot_deg: float, half_deg: float, view_deg: float) -> None:
    low, high = slot_deg - half_deg, slot_deg + half_deg
    axes.axhspan(low, high, color=Ink.ASSET.value, alpha=0.16, linewidth=0)
    axes.set_ylim(slot_deg - view_deg, slot_deg + view_deg)


def _longitudes(axes: Axes, days: Values, asset: Values, beside: Values) -> None:
    axes.plot(days, asset, color=Ink.ASSET.value)
    _past_and_coming(axes, days, days, beside)
    _dots(axes, days, beside)
    axes.yaxis.set_major_formatter(FuncFormatter(_east))


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
    top_km: float,
) -> None:
    high = interval.high if np.isfinite(interval.high) else top_km
    top = 1.08 * max(top_km, high) or 1.0
    axes.axhspan(interval.low, high, color=Ink.OTHER.value, alpha=0.18, linewidth=0)
    _past_and_coming(axes, days, days, range_km)
    axes.set_ylim(0.0, top)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    dress_time_axis(page, axes, as_of_utc, say(language, "plot.as_of"))
    _label(page, axes, language, "plot.time", "plot.rtn.range")


def _view_deg(days: Values, apart_deg: Values) -> float:
    """Return how much of the belt to show: what is to come, and the past where it is near."""
    coming = np.abs(apart_deg[days >= 0.0])
    farthest = float(np.max(coming, initial=_NARROWEST_VIEW_DEG))
    near_past = np.abs(apart_deg[np.abs(apart_deg) <= WIDEST_VIEW_DEG])
    farthest = max(farthest, float(np.max(near_past, initial=0.0)))
    return min(1.1 * farthest, WIDEST_VIEW_DEG)


def _dots(axes: Axes, days: Values, up: Values) -> None:
    """Mark the past points where they are few: between them the line is a guess."""
    past = days <= 0.0
    if 0 < np.count_nonzero(past) <= _FEW_POINTS:
        axes.plot(days[past], up[past], "o", color=Ink.OTHER.value, markersize=3.5)


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
