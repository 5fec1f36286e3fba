"""Element sets that reproduce a state: where an object goes on from, or is pushed to."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.kepler import orbits_of_states
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.sgp4 import initialise, propagate_each

_ROUNDS = 15
_SETTLED = np.array([1e-8, 1e-12, 1e-12, 1e-12, 1e-12, 1e-12])
_DEEP_SPACE_RAD_MIN = 2.0 * np.pi / 225.0
_SMOOTH_TILT_RAD = np.radians(0.15)
_MU_KM3_MIN2 = WGS72_MU_KM3_S2 * 3600.0


def states_at(elements: MeanElements, at_utc: Times) -> tuple[Floats, Floats]:
    """Return the TEME position [km] and velocity [km/s] of each object at its own moment."""
    start_utc = at_utc.min()
    states = propagate_each(
        initialise(elements), start_utc, (at_utc - start_utc) / np.timedelta64(1, "s")
    )
    return states.position_teme_km, states.velocity_teme_km_s


def elements_of_states(
    position_teme_km: Floats, velocity_teme_km_s: Floats, at_utc: Times, bstar_per_er: Floats
) -> MeanElements:
    """Return the element sets of epoch `at_utc` at which SGP4 gives these states, shape (n, 3).

    Mean elements are corrected by what their osculating elements lack, in elements without a
    singularity at zero eccentricity or inclination, until nothing moves: within a millimetre, but
    for deep-space orbits inclined by less than about 0.12 deg, where SGP4's own periodics are not
    smooth and kilometres remain.
    Source: Walter 1967, AJ 72, 994 (osculating into mean elements by iteration).
    """
    target = _smooth_elements(position_teme_km, velocity_teme_km_s)
    smooth = target.copy()
    for _ in range(_ROUNDS):
        elements = _mean_elements(smooth, at_utc, bstar_per_er)
        lack = target - _smooth_elements(*states_at(elements, at_utc))
        lack[5] = (lack[5] + np.pi) % (2.0 * np.pi) - np.pi
        smooth = smooth + lack
        if np.all(np.abs(lack).max(axis=1, initial=0.0) < _SETTLED):
            break
    return _mean_elements(smooth, at_utc, bstar_per_er)


def kicked(elements: MeanElements, delta_v_rtn_m_s: Floats) -> MeanElements:
    """Return element sets after a velocity change at their own epoch, shape (n, 3).

    Where SGP4 has a smooth inverse, the states agree within a millimetre, as `pushed` has them;
    else the change of the osculating elements is added to the mean ones, which is right to the
    thousandth of the change by which the Earth's flattening makes them differ.
    """
    smooth = (elements.mean_motion_kozai_rad_min > _DEEP_SPACE_RAD_MIN) | (
        elements.inclination_rad > _SMOOTH_TILT_RAD
    )
    delta_v = np.broadcast_to(np.asarray(delta_v_rtn_m_s, np.float64), (len(elements), 3))
    position, velocity = states_at(elements, elements.epoch_utc)
    changed = velocity + 1e-3 * from_rtn(position, velocity, delta_v)
    errors = _smooth_elements(position, changed) - _smooth_elements(position, velocity)
    errors[3:5] *= 2.0
    errors[5] = (errors[5] + np.pi) % (2.0 * np.pi) - np.pi
    near = shifted(elements, errors)
    if not smooth.any():
        return near
    rows, others = np.flatnonzero(smooth), np.flatnonzero(~smooth)
    exact = elements_of_states(
        position[rows], changed[rows], elements.epoch_utc[rows], elements.bstar_per_er[rows]
    )
    order = np.argsort(np.concatenate([rows, others]), kind="stable")
    return rows_of(stacked([exact, rows_of(near, others)]), order)


def moved_to(elements: MeanElements, at_utc: Times) -> MeanElements:
    """Return element sets of another epoch that describe the same trajectories."""
    return elements_of_states(*states_at(elements, at_utc), at_utc, elements.bstar_per_er)


def pushed(elements: MeanElements, at_utc: Times, delta_v_rtn_m_s: Floats) -> MeanElements:
    """Return element sets after a velocity change (radial, in-track, cross-track) at `at_utc`."""
    position, velocity = states_at(elements, at_utc)
    changed = velocity + 1e-3 * from_rtn(position, velocity, delta_v_rtn_m_s)
    return elements_of_states(position, changed, at_utc, elements.bstar_per_er)


def from_rtn(position_km: Floats, velocity_km_s: Floats, vector_rtn: Floats) -> Floats:
    """Return vectors given in the RTN frames of states, in the axes of the states; (n, 3)."""
    radial = position_km / np.linalg.norm(position_km, axis=1, keepdims=True)
    normal = np.cross(position_km, velocity_km_s)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    axes = np.stack([radial, np.cross(normal, radial), normal], axis=1)
    return np.asarray(np.einsum("nij,ni->nj", axes, np.broadcast_to(vector_rtn, radial.shape)))


def shifted(elements: MeanElements, errors: Floats) -> MeanElements:
    """Return element sets with errors added.

    `errors` has shape (6, n): semi-major axis [km], the two components of eccentricity, the two
    of the tilt of the plane [rad], and the position along the orbit [rad].
    """
    tilt = np.array([[1.0], [1.0], [1.0], [0.5], [0.5], [1.0]])
    smooth = _smooth_of_mean(elements) + errors * tilt
    return _mean_elements(smooth, elements.epoch_utc, elements.bstar_per_er)


def difference(elements: MeanElements, others: MeanElements) -> Floats:
    """Return the errors, shape (6, n), with which `shifted` makes the second of the first sets."""
    errors = _smooth_of_mean(others) - _smooth_of_mean(elements)
    errors[3:5] *= 2.0
    errors[5] = (errors[5] + np.pi) % (2.0 * np.pi) - np.pi
    return errors


def mean_longitude_rad(elements: MeanElements) -> Floats:
    """Return node, argument of perigee and mean anomaly added up, shape (n,)."""
    return elements.raan_rad + elements.arg_of_perigee_rad + elements.mean_anomaly_rad


def swung(errors: Floats, angle_rad: Floats) -> Floats:
    """Return errors as `shifted` takes them, of eccentricity and plane turned about the pole.

    Turned back by the mean longitude they are seen from the object: the same ones are the same
    way off, radial, along and across, wherever it is.
    """
    sine, cosine = np.sin(angle_rad), np.cos(angle_rad)
    turned = errors.copy()
    for up, along in ((1, 2), (3, 4)):
        turned[up] = errors[up] * cosine + errors[along] * sine
        turned[along] = errors[along] * cosine - errors[up] * sine
    return turned


def _smooth_elements(position_km: Floats, velocity_km_s: Floats) -> Floats:
    orbits = orbits_of_states(position_km, velocity_km_s)
    return _smooth(
        orbits.semi_major_axis_km,
        orbits.eccentricity,
        orbits.inclination_rad,
        orbits.raan_rad,
        orbits.arg_of_perigee_rad,
        orbits.mean_anomaly_rad,
    )


def _smooth_of_mean(elements: MeanElements) -> Floats:
    axis_km = (_MU_KM3_MIN2 / elements.mean_motion_kozai_rad_min**2) ** (1.0 / 3.0)
    return _smooth(
        axis_km,
        elements.eccentricity,
        elements.inclination_rad,
        elements.raan_rad,
        elements.arg_of_perigee_rad,
        elements.mean_anomaly_rad,
    )


def _smooth(
    axis_km: Floats, eccentricity: Floats, tilt: Floats, node: Floats, perigee: Floats, mean: Floats
) -> Floats:
    """Return equinoctial elements, shape (6, n): a, h, k, p, q and the mean longitude."""
    sky_perigee = node + perigee
    half = np.tan(0.5 * tilt)
    return np.stack(
        [
            axis_km,
            eccentricity * np.sin(sky_perigee),
            eccentricity * np.cos(sky_perigee),
            half * np.sin(node),
            half * np.cos(node),
            sky_perigee + mean,
        ]
    )


def _mean_elements(smooth: Floats, epoch_utc: Times, bstar_per_er: Floats) -> MeanElements:
    axis_km, h, k, p, q, longitude = smooth
    node, sky_perigee = np.arctan2(p, q), np.arctan2(h, k)
    turn = 2.0 * np.pi
    return MeanElements(
        epoch_utc=epoch_utc,
        mean_motion_kozai_rad_min=np.sqrt(_MU_KM3_MIN2 / axis_km**3),
        eccentricity=np.hypot(h, k),
        inclination_rad=2.0 * np.arctan(np.hypot(p, q)),
        raan_rad=node % turn,
        arg_of_perigee_rad=(sky_perigee - node) % turn,
        mean_anomaly_rad=(longitude - sky_perigee) % turn,
        bstar_per_er=bstar_per_er,
    )


def stacked(parts: list[MeanElements]) -> MeanElements:
    """Return the rows of all parts in order."""
    names = MeanElements.__dataclass_fields__
    return MeanElements(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in names})


def rows_of(elements: MeanElements, rows: npt.NDArray[np.int64]) -> MeanElements:
    """Return the chosen rows."""
    names = MeanElements.__dataclass_fields__
    return MeanElements(**{n: getattr(elements, n)[rows] for n in names})
