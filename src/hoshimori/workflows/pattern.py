"""Patterns of life: how each object of a history is controlled, and when it burns next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from hoshimori.detectors.pattern import EXPECTED_SHARE, PatternDetector, mode_of, readings
from hoshimori.model.company import distinct
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import PatternChange
from hoshimori.model.moments import as_datetime
from hoshimori.model.pattern import (
    CYCLIC_MODES,
    KEPT_MODES,
    Aspect,
    Cycle,
    ExpectedBurn,
    Mode,
    Node,
    NodeKind,
    ObjectPattern,
    Segment,
)
from hoshimori.numerics.lives import Life, Reading
from hoshimori.workflows.skies import sky_of_files

_DETECTOR = PatternDetector()


@dataclass(frozen=True, slots=True)
class PatternsOfLife:
    """What the histories of some objects show."""

    as_of_utc: datetime
    patterns: tuple[ObjectPattern, ...]
    findings: tuple[PatternChange, ...]
    """Departures from own patterns, the most surprising first."""
    compared: int
    """How many objects were compared with their own past."""
    too_short: tuple[int, ...]
    """Objects whose history is too short, too coarse, or of another regime."""


def pattern(
    histories: Sequence[Path],
    *,
    objects: Sequence[int] = (),
    detector: PatternDetector = _DETECTOR,
    as_of_utc: np.datetime64 | None = None,
) -> PatternsOfLife:
    """Return the patterns of life of some objects of history files, by default of all.

    Raises:
        CoverageError: the files hold no element sets known at the moment.
        SettingsError: a file does not exist.
    """
    sky = sky_of_files(histories)
    picture = sky.picture(assets=(), days_ahead=0.0, as_of_utc=as_of_utc)
    history = picture.history
    if objects:
        history = history.take(np.isin(history.norad_id, list(objects)))
    found = patterns_of(history, detector)
    known = {one.norad_id for one in found}
    asked = {*objects, *np.unique(history.norad_id).tolist()}
    wanted = set(objects) or asked
    changes = [f for f in detector.detect(picture) if f.objects[0] in wanted]
    return PatternsOfLife(
        as_of_utc=picture.as_of_utc,
        patterns=found,
        findings=tuple(changes),
        compared=len(known),
        too_short=tuple(sorted(asked - known)),
    )


def patterns_of(history: ElementSets, detector: PatternDetector) -> tuple[ObjectPattern, ...]:
    """Return the pattern of every object with enough element sets, ordered by number."""
    sets = distinct(history)
    return tuple(_pattern(sets, life) for life in detector.lives_of(sets))


def _pattern(sets: ElementSets, life: Life) -> ObjectPattern:
    epochs = sets.epoch_utc[life.rows]
    segments, nodes, cycles = [], [], []
    for aspect, reading in readings(life):
        own = [
            Segment(
                aspect,
                mode_of(m.control),
                as_datetime(epochs[m.start]),
                as_datetime(epochs[m.stop - 1]),
            )
            for m in reading.modes
        ]
        segments += own
        nodes += _nodes(aspect, own)
        cycle = _cycle(aspect, reading, own[-1], epochs)
        cycles += [cycle] if cycle else []
    for row in life.adjustments:
        at_utc = as_datetime(epochs[row])
        nodes.append(Node(at_utc, Aspect.EAST_WEST, NodeKind.ADJUST_DRIFT, Mode.NOT_KEPT))
    newest = int(life.rows[-1])
    return ObjectPattern(
        norad_id=int(sets.norad_id[newest]),
        name=str(sets.object_name[newest]),
        regime=life.regime.name,
        start_utc=as_datetime(epochs[0]),
        end_utc=as_datetime(epochs[-1]),
        element_sets=len(epochs),
        segments=tuple(segments),
        nodes=tuple(sorted(nodes, key=lambda n: (n.aspect.value, n.at_utc))),
        cycles=tuple(cycles),
        reality=sets.take(life.rows).reality,
    )


def _nodes(aspect: Aspect, own: Sequence[Segment]) -> list[Node]:
    """Return start, changes and end; a change into a kept mode initiates keeping, else drift."""
    nodes = [Node(own[0].start_utc, aspect, NodeKind.START, own[0].mode)]
    for _, then in pairwise(own):
        kind = NodeKind.INITIATE_KEEPING if then.mode in KEPT_MODES else NodeKind.INITIATE_DRIFT
        if then.mode is not Mode.UNKNOWN:
            nodes.append(Node(then.start_utc, aspect, kind, then.mode))
    return [*nodes, Node(own[-1].end_utc, aspect, NodeKind.END, own[-1].mode)]


def _cycle(
    aspect: Aspect,
    reading: Reading,
    newest: Segment,
    epochs: np.ndarray[tuple[int], np.dtype[np.datetime64]],
) -> Cycle | None:
    """Return the cycle of the newest segment, where that is kept by burns, at least two."""
    intervals = reading.intervals_days()
    if newest.mode not in CYCLIC_MODES or not len(intervals):
        return None
    recent = intervals[-20:]
    size = float(np.median(np.abs(reading.burns.size[-len(recent) - 1 :])))
    last_utc = as_datetime(epochs[reading.burns.row[-1]])
    low, middle, high = (float(x) for x in np.quantile(recent, [0.25, 0.5, 0.75]))
    return Cycle(
        aspect=aspect,
        burns=len(intervals) + 1,
        period_days=(low, middle, high),
        amplitude=size,
        delta_v_m_s=size * reading.m_s_per_unit,
        last_burn_utc=last_utc,
        next_burn=_expected(reading, last_utc, as_datetime(epochs[-1])),
    )


def _expected(reading: Reading, last_utc: datetime, newest_utc: datetime) -> ExpectedBurn | None:
    forecast = reading.forecast()
    if forecast is None:
        return None
    waited = (newest_utc - last_utc).total_seconds() / 86400.0
    tail = 0.5 * (1.0 - EXPECTED_SHARE)
    low, best, high = (
        last_utc + timedelta(days=min(forecast.quantile_days(q, waited), 36525.0))
        for q in (tail, 0.5, 1.0 - tail)
    )
    return ExpectedBurn(low, best, high, EXPECTED_SHARE)
