"""Findings about where the emitter of a signal stands: areas, never points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hoshimori.model.finding import Finding
from hoshimori.model.geolocation import EmitterArea, GeometryWarning, StateSource
from hoshimori.model.receivers import Bearing, Link, Polarisation
from hoshimori.numerics.outlines import area_km2, length_km


@dataclass(frozen=True, slots=True)
class LocatedEllipse:
    """The ellipse that holds an emitter with 95 %; its middle is never told without it."""

    latitude_deg: float
    """Of the middle; geodetic, WGS-84."""
    longitude_deg: float
    semi_major_km: float
    semi_minor_km: float
    azimuth_deg: float
    """Of the long axis, from north over east."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedArea:
    """An area that holds an emitter with 95 %, where it is one of the places that fit."""

    ring_deg: tuple[tuple[float, float], ...]
    """Outline: latitude and longitude, counter-clockwise, without the first again."""
    ellipse: LocatedEllipse | None
    """None where the area is bent: then the outline alone is the area."""
    area_km2: float
    """Of the outline."""
    length_km: float
    """Between the two points of the outline that are farthest apart."""
    chi_square: float
    """Of the residuals over their sigmas."""
    chance: float | None
    """How often chance alone gives a larger one; None where nothing is left over."""
    lowest_elevation_deg: float
    """Of any satellite at its measurement."""
    warnings: tuple[GeometryWarning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmitterInterference(Finding):
    """A signal that disturbs came from one of these areas.

    One of the three forms of the kind *interference*. `objects` names the satellite whose link it
    disturbs; empty where none is stated.
    """

    kind: ClassVar[str] = "interference"

    signal: str
    """What whoever measured it calls it."""
    areas: tuple[LocatedArea, ...]
    """The best first; all that the measurements do not tell apart."""
    carrier_hz: float | None
    receivers: tuple[str, ...]
    """That it disturbs, by the names that their series have."""
    link: Link | None
    band: str
    polarisation: Polarisation
    bearing: Bearing
    tdoa: int
    """Time differences of it that were used."""
    fdoa: int
    """Frequency differences of it that were used."""
    references: tuple[str, ...]
    """Emitters whose places are known, that were measured with it."""
    of_references: int
    """Measurements of them."""
    refused: int
    """Measurements that could not be right."""
    satellites: tuple[StateSource, ...]
    """That heard it."""
    height_m: float
    """At which the emitter is taken to stand."""
    height_sigma_m: float
    longest_km: float
    """Beyond which an ellipse is called long."""
    excluded: int
    """Further places that fit far worse than the best."""
    hidden: int
    """Places from which a satellite was below the horizon."""


def as_located(area: EmitterArea) -> LocatedArea:
    """Return an area of a located signal as findings tell it: no ellipse where it is bent."""
    is_bent = GeometryWarning.BENT in area.warnings
    ellipse = LocatedEllipse(
        latitude_deg=area.latitude_deg,
        longitude_deg=area.longitude_deg,
        semi_major_km=area.semi_major_km,
        semi_minor_km=area.semi_minor_km,
        azimuth_deg=area.azimuth_deg,
    )
    return LocatedArea(
        ring_deg=area.ring_deg,
        ellipse=None if is_bent else ellipse,
        area_km2=area_km2(area.ring_deg),
        length_km=length_km(area.ring_deg),
        chi_square=area.chi_square,
        chance=area.chance,
        lowest_elevation_deg=area.lowest_elevation_deg,
        warnings=area.warnings,
    )
