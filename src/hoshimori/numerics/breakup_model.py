"""The NASA standard break-up model: how many fragments, how light, how fast.

Source of everything here: Johnson, Krisko, Liou and Anz-Meador 2001, NASA's new breakup model of
EVOLVE 4.0, Adv. Space Res. 28(9), 1377-1384 (equations by number); Krisko 2011, Orbital Debris
Quarterly News 15(4), for the measure of a collision that does not shatter.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from hoshimori.numerics.elements import Floats

CATASTROPHIC_J_PER_G = 40.0
"""Impact energy per mass of the larger body above which it shatters wholly."""
_FASTEST_KM_S = 1.5
"""The tail of the distribution is cut where no fragment was ever seen."""


class Body(Enum):
    """What breaks; the model was fitted to spacecraft and to upper stages apart."""

    SPACECRAFT = "spacecraft"
    UPPER_STAGE = "upper stage"


class Fragmentation(Enum):
    """How it breaks."""

    EXPLOSION = "explosion"
    COLLISION = "collision"


def explosion_fragments(size_m: float, *, scale: float = 1.0) -> float:
    """Return how many fragments of at least a size an explosion makes; eq. 2.

    `scale` is 1 for upper stages of 600 to 1000 kg. Observed explosions scatter by a factor of
    about three about it.

    >>> round(explosion_fragments(0.1))
    239
    """
    return float(6.0 * scale * size_m**-1.6)


def collision_fragments(size_m: float, mass_kg: float) -> float:
    """Return how many fragments of at least a size a collision makes; eq. 4.

    `mass_kg` is that of both bodies where the collision shatters, else the mass of the smaller
    times the square of the speed in km/s.

    >>> round(collision_fragments(0.1, 1460.0))
    1211
    """
    return float(0.1 * mass_kg**0.75 * size_m**-1.71)


def draw_log_size(
    random: np.random.Generator,
    count: int,
    kind: Fragmentation,
    smallest_m: float,
    largest_m: float,
) -> Floats:
    """Draw decimal logarithms of sizes [m] between two sizes, shape (count,); eqs. 2 and 4."""
    power = 1.6 if kind is Fragmentation.EXPLOSION else 1.71
    drawn = np.log10(smallest_m) + random.exponential(1.0 / (power * np.log(10.0)), count)
    return np.asarray(np.minimum(drawn, np.log10(largest_m)))


def draw_log_area_to_mass(random: np.random.Generator, log_size: Floats, body: Body) -> Floats:
    """Draw decimal logarithms of area to mass [m2/kg] for sizes of 11 cm and more; eqs. 6 and 7."""
    if body is Body.SPACECRAFT:
        share, (mu_1, s_1), (mu_2, s_2) = _spacecraft(log_size)
    else:
        share, (mu_1, s_1), (mu_2, s_2) = _upper_stage(log_size)
    first, second = random.normal(mu_1, s_1), random.normal(mu_2, s_2)
    return np.asarray(np.where(random.random(len(log_size)) < share, first, second))


def log_speed(log_area_to_mass: Floats, kind: Fragmentation) -> tuple[Floats, float]:
    """Return mean and spread of the decimal logarithm of speeds [m/s]; eqs. 11 and 12.

    >>> mean, spread = log_speed(np.array([-1.0]), Fragmentation.COLLISION)
    >>> mean.tolist(), spread
    ([2.0], 0.4)
    """
    slope, level = (0.9, 2.9) if kind is Fragmentation.COLLISION else (0.2, 1.85)
    return slope * log_area_to_mass + level, 0.4


def draw_kick_km_s(
    random: np.random.Generator, log_area_to_mass: Floats, kind: Fragmentation
) -> Floats:
    """Draw velocity changes to all sides alike, shape (n, 3); eqs. 11 and 12."""
    mean, spread = log_speed(log_area_to_mass, kind)
    speed_km_s = 1e-3 * 10.0 ** random.normal(mean, spread)
    direction = random.normal(size=(len(log_area_to_mass), 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    return np.asarray(direction * np.minimum(speed_km_s, _FASTEST_KM_S)[:, None])


def _spacecraft(size: Floats) -> tuple[Floats, tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return the share of the first peak, and mean and spread of both; eq. 7."""
    share = np.clip(0.3 + 0.4 * (size + 1.2), 0.0, 1.0)
    first = -0.6 - 0.318 * np.clip(size + 1.1, 0.0, 1.1), 0.1 + 0.2 * np.clip(size + 1.3, 0.0, 1.0)
    second = -1.2 - 1.333 * np.clip(size + 0.7, 0.0, 0.6), np.clip(-size, 0.3, 0.5)
    return share, first, second


def _upper_stage(size: Floats) -> tuple[Floats, tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return the share of the first peak, and mean and spread of both; eq. 6."""
    share = 1.0 - 0.3571 * np.clip(size + 1.4, 0.0, 1.4)
    first = -0.45 - 0.9 * np.clip(size + 0.5, 0.0, 0.5), np.full_like(size, 0.55)
    second = np.full_like(size, -0.9), 0.28 - 0.1636 * np.clip(size + 1.0, 0.0, 1.1)
    return share, first, second
