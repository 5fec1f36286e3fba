"""Two-body orbits in equinoctial elements: smooth for every orbit but an exactly retrograde one.

Elements are rows (n, f, g, chi, psi, lambda): mean motion [rad/s], eccentricity vector in the
equinoctial frame, tan(i/2) times sine and cosine of the node, mean longitude [rad]. In them errors
of an orbit stay normally distributed far longer than in positions and velocities.
Source: Broucke & Cefola 1972, Celestial Mechanics 5, 303-310; Hall 2021, J. Spacecraft Rockets
58(3) (mean motion as the first element).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import TWO_PI, WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements, Times

_MU = WGS84_MU_KM3_S2
_COMPLEX_STEP = 1e-30
_ITERATIONS = 20
_NO_CHANGE_RAD = 1e-15

_Numbers = npt.NDArray[Any]
"""Real, or complex for a derivative."""


def equinoctial_elements(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Return the osculating elements of states of shape (..., 3), shape (..., 6).

    The mean longitude lies between -pi and pi. NaN for orbits that are not closed or are exactly
    retrograde. Positions come back to 1e-9 of the radius.
    """
    radius = np.linalg.norm(position_km, axis=-1)
    momentum = np.cross(position_km, velocity_km_s)
    alpha = 2.0 / radius - np.sum(velocity_km_s**2, axis=-1) / _MU
    with np.errstate(invalid="ignore", divide="ignore"):
        motion = np.sqrt(_MU * np.where(alpha > 0.0, alpha, np.nan) ** 3)
        normal = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
        chi = normal[..., 0] / (1.0 + normal[..., 2])
        psi = -normal[..., 1] / (1.0 + normal[..., 2])
    first, second = _axes(chi, psi)
    outward = position_km / radius[..., None]
    eccentricity = np.cross(velocity_km_s, momentum) / _MU - outward
    f, g = np.sum(eccentricity * first, axis=-1), np.sum(eccentricity * second, axis=-1)
    x, y = np.sum(position_km * first, axis=-1), np.sum(position_km * second, axis=-1)
    beta = _beta(f, g)
    # Broucke & Cefola 1972: the eccentric longitude from the place in the plane.
    with np.errstate(invalid="ignore"):
        share = alpha / np.sqrt(1.0 - f**2 - g**2)
    cosine = f + share * ((1.0 - f**2 * beta) * x - f * g * beta * y)
    sine = g + share * ((1.0 - g**2 * beta) * y - f * g * beta * x)
    longitude = np.arctan2(sine, cosine) + g * cosine - f * sine
    wrapped = (longitude + np.pi) % TWO_PI - np.pi
    return np.stack([motion, f, g, chi, psi, wrapped], axis=-1)


def osculating_elements(position_km: Floats, velocity_km_s: Floats, utc: Times) -> MeanElements:
    """Return the osculating orbits of states of shape (n, 3) in the form of element sets.

    They tell size, shape and plane of an orbit (in low orbits 10 km off the mean ones) and are not
    for SGP4. NaN as `equinoctial_elements`.
    """
    motion, f, g, chi, psi, longitude = equinoctial_elements(position_km, velocity_km_s).T
    node, perigee = np.arctan2(chi, psi), np.arctan2(g, f)
    return MeanElements(
        epoch_utc=utc,
        mean_motion_kozai_rad_min=60.0 * motion,
        eccentricity=np.hypot(f, g),
        inclination_rad=2.0 * np.arctan(np.hypot(chi, psi)),
        raan_rad=node % TWO_PI,
        arg_of_perigee_rad=(perigee - node) % TWO_PI,
        mean_anomaly_rad=(longitude - perigee) % TWO_PI,
        bstar_per_er=np.zeros(len(utc)),
    )


def equinoctial_states(elements: Floats, t_s: Floats | float) -> tuple[Floats, Floats]:
    """Return position [km] and velocity [km/s] a time after that of the elements, shape (..., 3).

    Elements of shape (..., 6) and times that spread to (...). NaN for orbits that are not closed.
    """
    motion, f, g, chi, psi, longitude = np.moveaxis(elements, -1, 0)
    plane = _in_plane(f, g, _eccentric_longitude(longitude + motion * t_s, f, g))
    axes = np.stack(_axes(chi, psi), axis=-2)
    length, speed = _scales(motion)
    position = length[..., None] * np.einsum("...k,...kj->...j", plane[..., :2], axes)
    velocity = speed[..., None] * np.einsum("...k,...kj->...j", plane[..., 2:], axes)
    return np.asarray(position), np.asarray(velocity)


def equinoctial_jacobian(elements: Floats, t_s: Floats | float) -> Floats:
    """Return how states a time later depend on the elements now, shape (..., 6, 6).

    Rows are position and velocity, columns the elements. Accurate to rounding: the two derivatives
    by the eccentricity vector are taken by complex step, the others are closed.
    Source: Martins, Sturdza & Alonso 2003, ACM Trans. Math. Softw. 29, 245-262 (complex step).
    """
    motion, f, g, chi, psi, longitude = np.moveaxis(elements, -1, 0)
    motion, t_s = np.broadcast_arrays(motion, t_s)
    position, velocity = equinoctial_states(elements, t_s)
    first, second = _axes(chi, psi)
    length, speed = _scales(motion)
    eccentric = _eccentric_longitude(longitude + motion * t_s, f, g)
    step = 1j * _COMPLEX_STEP
    by_shape = [
        _in_plane(f_, g_, _kepler_step(longitude + motion * t_s, f_, g_, eccentric)).imag
        / _COMPLEX_STEP
        for f_, g_ in ((f + step, g + 0j), (f + 0j, g + step))
    ]
    axes = np.stack([first, second], axis=-2)
    turned = _axes_by_node(chi, psi)
    plane = _in_plane(f, g, eccentric)
    columns = [_state(length, speed, part, axes) for part in by_shape]
    columns += [_state(length, speed, plane, part) for part in turned]
    radius = np.linalg.norm(position, axis=-1, keepdims=True)
    rate = motion[..., None]
    forward = np.concatenate([velocity, -_MU * position / radius**3], axis=-1) / rate
    growth = np.concatenate([-2.0 * position, velocity], axis=-1) / (3.0 * rate)
    by_motion = growth + t_s[..., None] * forward
    return np.stack([by_motion, *columns, forward], axis=-1)


def _state(length: Floats, speed: Floats, plane: Floats, axes: Floats) -> Floats:
    position = length[..., None] * np.einsum("...k,...kj->...j", plane[..., :2], axes)
    velocity = speed[..., None] * np.einsum("...k,...kj->...j", plane[..., 2:], axes)
    return np.concatenate([position, velocity], axis=-1)


def _scales(motion: Floats) -> tuple[Floats, Floats]:
    """Return the semi-major axis [km] and the mean motion times it [km/s]."""
    with np.errstate(invalid="ignore"):
        axis = np.cbrt(_MU / np.where(motion > 0.0, motion, np.nan) ** 2)
    return axis, motion * axis


def _axes(chi: Floats, psi: Floats) -> tuple[Floats, Floats]:
    """Return the two axes of the equinoctial frame in the orbit plane, shape (..., 3) each."""
    scale = 1.0 + chi**2 + psi**2
    first = np.stack([1.0 - chi**2 + psi**2, 2.0 * chi * psi, -2.0 * chi], axis=-1)
    second = np.stack([2.0 * chi * psi, 1.0 + chi**2 - psi**2, 2.0 * psi], axis=-1)
    return first / scale[..., None], second / scale[..., None]


def _axes_by_node(chi: Floats, psi: Floats) -> tuple[Floats, Floats]:
    """Return the derivatives of both axes by chi and by psi, shape (..., 2, 3) each."""
    first, second = _axes(chi, psi)
    third = np.cross(first, second)
    half = 0.5 * (1.0 + chi**2 + psi**2)[..., None]
    chi, psi = chi[..., None], psi[..., None]
    by_chi = np.stack([-psi * second - third, psi * first], axis=-2)
    by_psi = np.stack([chi * second, third - chi * first], axis=-2)
    return by_chi / half[..., None], by_psi / half[..., None]


def _beta(f: _Numbers, g: _Numbers) -> _Numbers:
    with np.errstate(invalid="ignore"):
        return np.asarray(1.0 / (1.0 + np.sqrt(1.0 - f**2 - g**2)))


def _in_plane(f: _Numbers, g: _Numbers, eccentric: _Numbers) -> _Numbers:
    """Return place and velocity in the plane, for a unit axis and mean motion, shape (..., 4)."""
    sine, cosine, beta = np.sin(eccentric), np.cos(eccentric), _beta(f, g)
    ff, fg, gg = 1.0 - f**2 * beta, f * g * beta, 1.0 - g**2 * beta
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = 1.0 / (1.0 - f * cosine - g * sine)
        return np.stack(
            [
                gg * cosine + fg * sine - f,
                ff * sine + fg * cosine - g,
                (fg * cosine - gg * sine) * rate,
                (ff * cosine - fg * sine) * rate,
            ],
            axis=-1,
        )


def _eccentric_longitude(longitude: Floats, f: Floats, g: Floats) -> Floats:
    """Solve Kepler's equation by Newton's iteration, kept within the bounds of the solution."""
    bound = np.sqrt(f**2 + g**2)
    eccentric = np.asarray(longitude + f * np.sin(longitude) - g * np.cos(longitude))
    for _ in range(_ITERATIONS):
        following = _kepler_step(longitude, f, g, eccentric)
        following = np.clip(following, longitude - bound, longitude + bound)
        change = np.abs(following - eccentric)
        eccentric = following
        if not np.any(change > _NO_CHANGE_RAD * np.maximum(1.0, np.abs(longitude))):
            break
    return eccentric


def _kepler_step(longitude: Floats, f: _Numbers, g: _Numbers, eccentric: Floats) -> _Numbers:
    sine, cosine = np.sin(eccentric), np.cos(eccentric)
    excess = eccentric + g * cosine - f * sine - longitude
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(eccentric - excess / (1.0 - f * cosine - g * sine))
