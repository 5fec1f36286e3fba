"""Which probability of collision may be stated of conjunction messages.

By the first method whose limits hold for the states and covariances of a message: the encounter
plane, else curved motion, else, where it is allowed, drawn orbits. What contradicts itself is not
computed with. Where nothing can be computed, what the originator reports stands as reported.

A small number from a covariance that nobody computed, or that cannot be one, supports nothing:
in its place stands the most that any covariance gives, or the number without a conclusion where the
encounter plane does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from hoshimori.assessment.message_measures import comparable_states, state_columns
from hoshimori.model.conjunction_event import (
    AnyCheck,
    HardBodyRadius,
    ImpossibleCovariance,
    MessageMeasures,
    PlaceholderCovariance,
    is_contradiction,
)
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.numerics.collision_choice import (
    CollisionEstimate,
    Drawing,
    choose_probability,
    maximum_estimate,
    no_estimate,
    reported_estimate,
)
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.collision_usage import UsageViolation

Progress = Callable[[int, int], None]
"""Takes how many are done, of how many."""
_Checks = tuple[AnyCheck, ...]
_AT_ONCE = 32


def estimates_of(
    messages: Sequence[ConjunctionMessage],
    measures: Sequence[MessageMeasures | None],
    checks: Sequence[_Checks],
    *,
    threshold: float,
    drawing: Drawing | None = None,
    progress: Progress | None = None,
) -> tuple[CollisionEstimate, ...]:
    """Return for each message the probability that may be stated, and what it supports.

    With `drawing` orbits are drawn where no other method holds, for one message after the other in
    the order in which they were made, whatever the order given. `progress` is told how many are
    done, of how many that can be computed: most take hundredths of a second, 3-D-Nc can take ten.
    """
    radii = {
        k: found.radius
        for k, (found, wrong) in enumerate(zip(measures, checks, strict=True))
        if found is not None and found.radius is not None and not is_contradiction(wrong)
    }
    rows = sorted(radii, key=lambda k: (messages[k].created_utc, messages[k].message_id))
    found: dict[int, CollisionEstimate] = {}
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        both = [(messages[k], radii[k]) for k in some]
        found.update(zip(some, _computed(both, threshold, drawing), strict=True))
        if progress is not None:
            progress(len(found), len(rows))
    most = [None if one is None else one.maximum_probability for one in measures]
    return tuple(
        _stated(message, found.get(k, no_estimate()), most[k], checks[k], threshold)
        for k, message in enumerate(messages)
    )


def _computed(
    messages: Sequence[tuple[ConjunctionMessage, HardBodyRadius]],
    threshold: float,
    drawing: Drawing | None,
) -> tuple[CollisionEstimate, ...]:
    pairs = [pair for one, _ in messages if (pair := comparable_states(one)) is not None]
    first, second = (state_columns([pair[k] for pair in pairs]) for k in (0, 1))
    radius_km = np.array([radius.radius_km for _, radius in messages])
    return choose_probability(first, second, radius_km, threshold=threshold, drawing=drawing)


def _stated(
    message: ConjunctionMessage,
    found: CollisionEstimate,
    maximum: float | None,
    checks: _Checks,
    threshold: float,
) -> CollisionEstimate:
    """Return what may be stated: what is reported for nothing, the maximum for a guess."""
    reported = message.collision_probability
    if found.pc_type is ProbabilityType.NONE and reported is not None:
        return replace(
            reported_estimate(reported, threshold),
            violations=found.violations,
            repaired=found.repaired,
        )
    is_guess = any(isinstance(x, PlaceholderCovariance | ImpossibleCovariance) for x in checks)
    if not is_guess or found.conclusion is Conclusion.ABOVE_THRESHOLD or found.pc is None:
        return found
    only_the_covariance = not found.violations & ~UsageViolation.NOT_POSITIVE_DEFINITE
    if only_the_covariance and maximum is not None:
        return maximum_estimate(maximum, threshold, found.violations, repaired=found.repaired)
    return replace(found, conclusion=Conclusion.NO_CONCLUSION)
