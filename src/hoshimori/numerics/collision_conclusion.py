"""What kind of statement a probability of collision is, and what follows from it.

One vocabulary and one rule for conjunction messages and for screenings.
Source: NASA Spacecraft Conjunction Assessment and Collision Avoidance Best Practices Handbook,
2020, NASA/SP-20205011318 (threshold); Hejduk & Snow 2019 (what small numbers mean).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

ACT_PROBABILITY = 1e-4
"""From this probability on the operators are brought together."""


class ProbabilityType(IntEnum):
    """What kind of statement a probability of collision is."""

    NONE = 0
    """Nothing can be said."""
    COMPUTED = 1
    """By a method whose limits hold."""
    MAXIMUM = 2
    """The most that any errors could give."""
    REPORTED = 3
    """By the originator of a message; not checked."""


class Conclusion(IntEnum):
    """What a probability supports; there is no word for safety among them."""

    NO_CONCLUSION = 0
    ABOVE_THRESHOLD = 1
    BELOW_THRESHOLD = 2
    """This knowledge, if it is as good as it claims, asks for no manoeuvre."""


def conclusions(
    pc: npt.ArrayLike,
    pc_type: npt.ArrayLike,
    *,
    is_relief: npt.ArrayLike,
    threshold: float = ACT_PROBABILITY,
) -> npt.NDArray[np.int64]:
    """Return codes of `Conclusion` for probabilities of collision and their `ProbabilityType`.

    A number at the threshold or above is a warning if somebody computed it, however badly known
    the orbits are; a maximum is none. A smaller number is a conclusion only where `is_relief`
    says so: where neither dilution nor errors that are only assumed take its meaning away; a
    reported one never is. Arrays of one shape, or single values.

    >>> [Conclusion(code).name for code in conclusions(
    ...     [2e-4, 2e-4, 1e-9, 1e-9], [1, 2, 1, 1], is_relief=[False, True, True, False])]
    ['ABOVE_THRESHOLD', 'NO_CONCLUSION', 'BELOW_THRESHOLD', 'NO_CONCLUSION']
    """
    number, kind = np.asarray(pc, np.float64), np.asarray(pc_type)
    is_computed, is_most = kind == ProbabilityType.COMPUTED, kind == ProbabilityType.MAXIMUM
    above = (is_computed | (kind == ProbabilityType.REPORTED)) & (number >= threshold)
    below = (is_computed | is_most) & (number < threshold) & np.asarray(is_relief, bool)
    codes = above * int(Conclusion.ABOVE_THRESHOLD) + below * int(Conclusion.BELOW_THRESHOLD)
    return np.asarray(codes, np.int64)


def conclusion_of(
    pc: float,
    pc_type: ProbabilityType,
    *,
    is_relief: bool,
    threshold: float = ACT_PROBABILITY,
) -> Conclusion:
    """Return what one probability supports, as `conclusions` does."""
    return Conclusion(int(conclusions(pc, pc_type, is_relief=is_relief, threshold=threshold)))
