"""Where on the Earth's surface a signal comes from, by differences of arrival: the fit.

Estimated together are the place (east, north) and everything else that is not known exactly: the
errors of each satellite's position and velocity, its clock and its frequency conversion, and the
height of the emitter. Each of these has a stated sigma and enters as one more measurement of zero
(Bayesian least squares), which is the same as generalised least squares with all their covariance
in the weights. So a reference emitter at a known place, measured through the same satellites,
cancels what the two have in common, and no more than that.

The errors of one satellite are those of its orbit at the middle of the measurements; from there
they go on as a neighbouring orbit does (Clohessy & Wiltshire 1960, J. Aerosp. Sci. 27, 653), so
that measurements of several moments share them.

Source: Gauss-Newton with the damping of Levenberg and Marquardt (Marquardt 1963, SIAM J. Appl.
Math. 11, 431); generalised least squares, Tapley, Schutz & Born 2004, Statistical Orbit
Determination, sections 4.3 and 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.arrivals import Arrivals, Differences, differences
from hoshimori.numerics.constants import EARTH_ROTATION_RAD_S
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import itrf_velocity_from_inertial, rtn_basis
from hoshimori.numerics.surface import east_north_up, moved, position_itrf_km

_LARGEST_STEP_KM = 1_500.0
_CONVERGED = 1e-7
"""Share of chi-square that a further step would still gain."""
_MOST_STEPS = 60
_ONE_PLACE_KM = 1.0
_STEPS_BETWEEN_LOOKS = 4
_PER_SATELLITE = 8


@dataclass(frozen=True, slots=True, eq=False)
class SatelliteErrors:
    """One sigma of what is not known of s satellites; one row each."""

    position_rtn_km: Floats
    """Shape (s, 3)."""
    velocity_rtn_km_s: Floats
    """Beyond what follows from the error of position, shape (s, 3)."""
    clock_s: Floats
    """Offset of the time of arrival, shape (s,)."""
    frequency_hz: Floats
    """Offset of the received frequency, shape (s,)."""

    def columns(self) -> Floats:
        """Return all of them in one row for each satellite, shape (s, 8)."""
        ends = (self.clock_s[:, None], self.frequency_hz[:, None])
        return np.concatenate([self.position_rtn_km, self.velocity_rtn_km_s, *ends], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """All that a fit rests on."""

    arrivals: Arrivals
    errors: SatelliteErrors
    height_km: float
    """Of the emitter above the ellipsoid."""
    height_sigma_km: float

    def without_satellite_errors(self) -> Situation:
        """Return the same as if orbits and clocks were known exactly."""
        rows = len(self.errors.clock_s)
        none = SatelliteErrors(
            np.zeros((rows, 3)), np.zeros((rows, 3)), np.zeros(rows), np.zeros(rows)
        )
        return Situation(self.arrivals, none, self.height_km, self.height_sigma_km)

    def without_references(self) -> Situation:
        """Return the same without what was measured of reference emitters."""
        arrivals = self.arrivals.take(self.arrivals.is_sought)
        return Situation(arrivals, self.errors, self.height_km, self.height_sigma_km)


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """Normal equations of the place alone, at n places; the rest is worked in."""

    chi_square: Floats
    """Shape (n,)."""
    matrix: Floats
    """(H' W H) for steps east and north [1/km²], shape (n, 2, 2)."""
    slope: Floats
    """Shape (n, 2)."""
    off: Floats
    """Measured minus predicted, over sigma, with all else as stated, shape (n, m)."""
    residual: Floats
    """The same with all else at its best, shape (n, m)."""
    by_step: Floats
    """Change of what is predicted for steps east and north, over sigma, shape (n, m, 2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Places to which the fit came from several starts, the best first; n of them."""

    latitude_rad: Floats
    longitude_rad: Floats
    chi_square: Floats
    matrix: Floats
    """(H' W H) for steps east and north [1/km²], shape (n, 2, 2)."""

    def __len__(self) -> int:
        return len(self.chi_square)

    def take(self, rows: np.ndarray) -> Fits:
        """Return the fits of these rows, in that order."""
        return Fits(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def normal_at(
    situation: Situation, latitude_rad: Floats, longitude_rad: Floats, rest: Rest | None = None
) -> Normal:
    """Return the normal equations at n places, shape (n,).

    `rest` is `rest_of` the same situation, where it is asked for again and again.
    """
    arrivals = situation.arrivals
    rest = rest_of(situation) if rest is None else rest
    place = position_itrf_km(latitude_rad, longitude_rad, np.array(situation.height_km))
    predicted = differences(arrivals, place)
    weight = 1.0 / arrivals.sigma
    axes = east_north_up(latitude_rad, longitude_rad)
    by_place = (predicted.by_emitter @ np.swapaxes(axes, -1, -2)) * weight[:, None]
    off = (arrivals.value - predicted.value) * weight
    columns = [_by_satellites(rest, predicted)]
    if situation.height_sigma_km > 0.0:
        columns.append(by_place[..., 2:] * situation.height_sigma_km)
    return _reduced(off, by_place[..., :2], np.concatenate(columns, axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What turns changes by position and velocity into changes by k errors of satellites."""

    mixing: Floats
    """Of position, then velocity of first and second satellite, over the noise, (m, 12, k)."""
    offsets: Floats
    """Change by errors that are the same wherever the emitter is: clocks, frequencies, (m, k)."""


def rest_of(situation: Situation) -> Rest:
    """Return how the errors of the satellites enter; those without a sigma are left out."""
    arrivals, sigma = situation.arrivals, situation.errors.columns()
    basis, brought, motion = _own_axes(arrivals)
    later = _neighbour(motion, (arrivals.time_s - arrivals.time_s.mean())[:, None])
    by_position = np.concatenate([basis, np.zeros_like(basis)], axis=-2)
    by_velocity = np.concatenate([brought, basis], axis=-2)
    both = np.concatenate([by_position, by_velocity], axis=-1)
    orbit = np.einsum("msij,msic->mscj", later, both)
    count, rows = len(sigma), np.arange(len(arrivals))
    mixing = np.zeros((len(arrivals), 2, 6, count, _PER_SATELLITE))
    offsets = np.zeros((len(arrivals), count, _PER_SATELLITE))
    for side, sign in ((0, 1.0), (1, -1.0)):
        whose = arrivals.satellite[:, side]
        mixing[rows, side, :, whose, :6] = orbit[:, side]
        offsets[rows, whose, 6] += np.where(arrivals.is_frequency, 0.0, sign)
        offsets[rows, whose, 7] += np.where(arrivals.is_frequency, sign, 0.0)
    scale = sigma / arrivals.sigma[:, None, None]
    flat = (mixing * scale[:, None, None]).reshape(len(arrivals), 12, -1)
    matters = sigma.ravel() > 0.0
    return Rest(
        np.ascontiguousarray(flat[..., matters]),
        (offsets * scale).reshape(len(arrivals), -1)[:, matters],
    )


def _by_satellites(rest: Rest, predicted: Differences) -> Floats:
    """Return the change for one sigma of each error, over the noise, shape (n, m, k)."""
    each = np.concatenate([predicted.by_position, predicted.by_velocity], axis=-1)
    each = each.reshape(*each.shape[:2], 12)
    mixed = np.matmul(each.transpose(1, 0, 2), rest.mixing).transpose(1, 0, 2)
    return np.asarray(mixed + rest.offsets)


def _own_axes(arrivals: Arrivals) -> tuple[Floats, Floats, Floats]:
    """Return RTN as rows, the velocity over the ground that each km along them brings, [1/s], and
    how fast they turn.
    """
    inertial = itrf_velocity_from_inertial(arrivals.position_km, arrivals.velocity_km_s)
    basis = rtn_basis(arrivals.position_km, inertial)
    momentum = np.cross(arrivals.position_km, inertial)
    radius = np.linalg.norm(arrivals.position_km, axis=-1, keepdims=True)
    turn = momentum / radius**2
    motion = np.linalg.norm(turn, axis=-1)
    over_ground = turn - np.array([0.0, 0.0, EARTH_ROTATION_RAD_S])
    brought = np.cross(over_ground[..., None, :], basis)
    return basis, brought, np.asarray(motion, dtype=np.float64)


def _neighbour(motion_rad_s: Floats, t_s: Floats) -> Floats:
    """Return what errors in RTN have become after a time, shape (..., 6, 6).

    Position, then velocity in the turning frame. Source: Clohessy & Wiltshire 1960, solution.
    """
    n, angle = motion_rad_s, motion_rad_s * t_s
    s, c, o, one = np.sin(angle), np.cos(angle), 0.0 * angle, 1.0 + 0.0 * angle
    rows = (
        (4.0 - 3.0 * c, o, o, s / n, 2.0 * (1.0 - c) / n, o),
        (6.0 * (s - angle), one, o, -2.0 * (1.0 - c) / n, (4.0 * s - 3.0 * angle) / n, o),
        (o, o, c, o, o, s / n),
        (3.0 * n * s, o, o, c, 2.0 * s, o),
        (-6.0 * n * (1.0 - c), o, o, -2.0 * s, 4.0 * c - 3.0, o),
        (o, o, -n * s, o, o, c),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def _reduced(off: Floats, step: Floats, rest: Floats) -> Normal:
    """Return the normal equations of the place after the rest is solved for (Schur)."""
    across = np.swapaxes(rest, -1, -2)
    middle = across @ rest + np.eye(rest.shape[-1])
    sides = across @ np.concatenate([step, off[..., None]], axis=-1)
    solved = np.linalg.solve(middle, sides)
    own = np.concatenate([step, off[..., None]], axis=-1)
    left = own - rest @ solved
    both = np.swapaxes(own, -1, -2) @ left
    return Normal(
        chi_square=both[..., 2, 2],
        matrix=both[..., :2, :2],
        slope=both[..., :2, 2],
        off=off,
        residual=left[..., 2],
        by_step=step,
    )


def fits_from(situation: Situation, latitude_rad: Floats, longitude_rad: Floats) -> Fits:
    """Return the different places to which the fit comes from these starts, the best first.

    Starts that do not settle are left out.
    """
    walk = _Walk(situation, latitude_rad, longitude_rad)
    for count in range(1, _MOST_STEPS + 1):
        if not walk.go_on():
            break
        if count % _STEPS_BETWEEN_LOOKS == 0:
            walk.join()
    return walk.settled()


def _gain(now: Normal) -> Floats:
    """Return by how much an undamped step would lessen chi-square, were all straight, (n,)."""
    determinant = now.matrix[:, 0, 0] * now.matrix[:, 1, 1] - now.matrix[:, 0, 1] ** 2
    east, north = now.slope[:, 0], now.slope[:, 1]
    squares = now.matrix[:, 1, 1] * east**2 + now.matrix[:, 0, 0] * north**2
    crossed = squares - 2.0 * now.matrix[:, 0, 1] * east * north
    small = 1e-300
    return np.asarray(crossed / np.maximum(determinant, small))


class _Walk:
    """Many fits at once: each step for all that go on."""

    def __init__(self, situation: Situation, latitude: Floats, longitude: Floats) -> None:
        self.situation = situation
        self.latitude, self.longitude = latitude, longitude
        self.rest = rest_of(situation)
        self.now = normal_at(situation, latitude, longitude, self.rest)
        self.damping = np.full(len(latitude), 1e-3)
        self.found: list[Fits] = []

    def go_on(self) -> bool:
        """Take one step with every fit; return whether any goes on."""
        matrix = self.now.matrix.copy()
        scale = np.trace(matrix, axis1=1, axis2=2)[:, None]
        diagonal = np.einsum("nii->ni", matrix)
        diagonal += self.damping[:, None] * np.maximum(diagonal, 1e-12 * scale) + 1e-300
        step = np.linalg.solve(matrix, self.now.slope[..., None])[..., 0]
        length = np.hypot(step[:, 0], step[:, 1])
        short = np.minimum(1.0, _LARGEST_STEP_KM / np.maximum(length, 1e-300))
        walked: Floats = np.asarray(step * short[:, None], dtype=np.float64)
        height = np.array(self.situation.height_km)
        latitude, longitude = moved(self.latitude, self.longitude, height, walked)
        then = normal_at(self.situation, latitude, longitude, self.rest)
        better = then.chi_square <= self.now.chi_square
        done = _gain(self.now) < _CONVERGED * (0.1 + self.now.chi_square)
        self._take(better, latitude, longitude, then)
        self.damping = np.where(better, self.damping * 0.1, self.damping * 10.0)
        self._leave(done)
        return bool(len(self.latitude))

    def _take(self, better: np.ndarray, latitude: Floats, longitude: Floats, then: Normal) -> None:
        self.latitude = np.where(better, latitude, self.latitude)
        self.longitude = np.where(better, longitude, self.longitude)
        columns = []
        for name in Normal.__dataclass_fields__:
            old, new = getattr(self.now, name), getattr(then, name)
            columns.append(np.where(better.reshape(-1, *[1] * (old.ndim - 1)), new, old))
        self.now = Normal(*columns)

    def _leave(self, done: np.ndarray) -> None:
        """Set aside those that came to rest; drop those that nothing improves."""
        if done.any():
            self.found.append(self._fits(done))
        self._keep(~done & (self.damping < 1e12))

    def _fits(self, rows: np.ndarray) -> Fits:
        return Fits(
            self.latitude[rows],
            self.longitude[rows],
            self.now.chi_square[rows],
            self.now.matrix[rows],
        )

    def _keep(self, rows: np.ndarray) -> None:
        self.latitude, self.longitude = self.latitude[rows], self.longitude[rows]
        self.damping = self.damping[rows]
        self.now = Normal(*(getattr(self.now, n)[rows] for n in Normal.__dataclass_fields__))

    def join(self) -> None:
        """Let one go on of those that have met."""
        if len(self.latitude):
            self._keep(_different(self._fits(np.arange(len(self.latitude)))))

    def settled(self) -> Fits:
        """Return the different places, the best first."""
        if not self.found:
            return self._fits(np.zeros(0, dtype=np.int64))
        names = Fits.__dataclass_fields__
        every = Fits(*(np.concatenate([getattr(f, n) for f in self.found]) for n in names))
        return every.take(_different(every))


def _different(fits: Fits) -> np.ndarray:
    """Return one row of those within a kilometre of one another, the best first."""
    order = np.argsort(fits.chi_square, kind="stable")
    place = position_itrf_km(fits.latitude_rad, fits.longitude_rad, np.array(0.0))
    kept: list[int] = []
    for row in order.tolist():
        apart = np.linalg.norm(place[kept] - place[row], axis=-1)
        if not kept or apart.min() > _ONE_PLACE_KM:
            kept.append(row)
    return np.array(kept, dtype=np.int64)
