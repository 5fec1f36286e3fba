"""Picture of an area that a signal can have come from: outline, lines of position, graticule."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.geolocation_wording import place_of, size_of
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.model.geolocation import ArrivalKind, EmitterArea
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.outlines import middle_deg
from hoshimori.numerics.surface import east_north_km

_WIDE = 1.5
_KM_PER_DEG = 111.2
_STEPS_DEG = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_MOST_LATITUDE_DEG = 89.0

Places = tuple[tuple[float, float], ...]
"""Latitudes and longitudes in degrees."""


def located_plot(area: EmitterArea, language: Language, *, name: str) -> Html:
    """Return the outline of an area with the lines that cross in it, north up."""
    told = f"{place_of(area, language)}, {size_of(area, language)}"
    lines = tuple(zip(area.lines_deg, area.line_kinds, strict=True))
    middle = area.latitude_deg, area.longitude_deg
    return _drawn(_Drawing(middle, area.ring_deg, lines, told), language, name)


def outline_plot(ring_deg: Places, told: str, language: Language, *, name: str) -> Html:
    """Return an outline alone, north up; `told` says in words what it is."""
    return _drawn(_Drawing(middle_deg(ring_deg), ring_deg, (), told), language, name)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn around a middle."""

    middle_deg: tuple[float, float]
    ring_deg: Places
    lines: tuple[tuple[Places, ArrivalKind], ...]
    told: str

    def on_map(self, places_deg: Places) -> Floats:
        """Return places east and north of the middle."""
        latitude, longitude = np.radians(np.array(places_deg)).T
        middle = np.radians(self.middle_deg).tolist()
        return east_north_km(middle[0], middle[1], latitude, longitude)


def _drawn(drawing: _Drawing, language: Language, name: str) -> Html:
    with sheet(6.4, 4.2) as page:
        axes = page.panel(0.125, 0.125, 0.855, 0.845)
        ring = drawing.on_map(drawing.ring_deg)
        reach = 1.6 * float(np.abs(ring).max())
        _graticule(axes, drawing, reach)
        for line, kind in drawing.lines:
            style = "-" if kind is ArrivalKind.TDOA else "--"
            axes.plot(*drawing.on_map(line).T, color=Ink.OTHER.value, linestyle=style)
        shape = Polygon(
            ring.tolist(), facecolor=Ink.LOOK.value, edgecolor=Ink.LOOK.value, alpha=0.45
        )
        axes.add_patch(shape)
        axes.set_xlim(-_WIDE * reach, _WIDE * reach)
        axes.set_ylim(-reach, reach)
        axes.set_aspect("equal", adjustable="box")
        axes.grid(visible=False)
        axes.set_xlabel(page.text(say(language, "geolocation.plot.east")))
        axes.set_ylabel(page.text(say(language, "geolocation.plot.north")))
        return page.svg(name, say(language, "geolocation.page.map"), drawing.told)


def _graticule(axes: Axes, drawing: _Drawing, reach_km: float) -> None:
    """Draw latitudes and longitudes over the map, each with its number at an end."""
    half_deg = _WIDE * reach_km / _KM_PER_DEG
    north, east = drawing.middle_deg
    step = next((one for one in _STEPS_DEG if 2.0 * half_deg / one <= 8.0), _STEPS_DEG[-1])
    shrink = max(math.cos(math.radians(north)), 0.05)
    across = min(half_deg / shrink, 170.0)
    wide_step = next((one for one in _STEPS_DEG if 2.0 * across / one <= 8.0), _STEPS_DEG[-1])
    wide = np.linspace(east - across, east + across, 60)
    tall = np.linspace(north - half_deg, north + half_deg, 60)
    tall = np.clip(tall, -_MOST_LATITUDE_DEG, _MOST_LATITUDE_DEG)
    for latitude in _marks(float(tall[0]), float(tall[-1]), step):
        points = drawing.on_map(tuple((latitude, one) for one in wide.tolist()))
        axes.plot(*points.T, color=Ink.RULE.value, linewidth=0.5)
        _label(axes, points, f"{latitude:g}°", reach_km, axis=0)
    for longitude in _marks(float(wide[0]), float(wide[-1]), wide_step):
        points = drawing.on_map(tuple((one, longitude) for one in tall.tolist()))
        axes.plot(*points.T, color=Ink.RULE.value, linewidth=0.5)
        told = (longitude + 180.0) % 360.0 - 180.0
        _label(axes, points, f"{told:g}°", reach_km, axis=1)


def _marks(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def _label(axes: Axes, points: Floats, text: str, reach_km: float, *, axis: int) -> None:
    """Write a number where a line leaves the map on the left, or at the bottom."""
    limits = np.array([_WIDE * reach_km, reach_km])
    inside = points[(np.abs(points) < 0.97 * limits).all(axis=1)]
    if len(inside):
        at = inside[np.argmin(inside[:, axis])]
        axes.text(float(at[0]), float(at[1]), text, fontsize=7, color=Ink.FAINT.value)
