"""How the machine fares with one draw, and what the untouched sky shows beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from hoshimori.assessment.incidents import incidents_of
from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.drawn_scripts import EVENT, EVERY_H
from hoshimori.exercise.injecting import played, tape_of
from hoshimori.exercise.scoring import score_of
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding
from hoshimori.model.markings import OPEN
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.rehearsals import EventScore, Look, Rehearsal, Verdict
from hoshimori.model.sweeps import Draw, DrawKind, SweepRow
from hoshimori.model.tapes import Cast, Tape, TrueEvent
from hoshimori.workflows.inquiry import Inquiry
from hoshimori.workflows.rehearsal_looks import (
    Findings,
    OfTheSky,
    event_to_the_second,
    look_of,
    to_the_second,
)
from hoshimori.workflows.sweep_cut import cut_of, detectors_for
from hoshimori.workflows.sweep_sky import SweepSky
from hoshimori.workflows.watch import run_detector

PictureAt = Callable[[int], Picture]
"""What is known at a look."""
Narrowed = Callable[[Picture, Detector], Picture]
"""As much of a picture as one detector looks at."""
_DIGITS = 6
_PASSING = (DrawKind.SHADOW, DrawKind.INSPECT, DrawKind.FLY_BY)
_DAILY = 3


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A draw worked out on the sky of a sweep."""

    draw: Draw
    sky: SweepSky
    cast: Cast
    tape: Tape
    truth: TrueEvent
    """Of the inject that the draw is about."""


@dataclass(frozen=True, slots=True, eq=False)
class Fared:
    """The looks at a draw and its score."""

    rehearsal: Rehearsal
    score: EventScore
    rarities: dict[str, float]
    """Of all findings that were seen, by id."""


def drawn_on(sky: SweepSky, draw: Draw) -> Drawn:
    """Return a draw worked out on a sky.

    Raises:
        ValueError: it does not fit the sky.
    """
    cast = cast_of(draw.scenario, sky.whole, habits=sky.habits, candidates=sky.candidates)
    numbers = cast.numbers.values()
    tape = tape_of(draw.scenario, cast, sky.with_histories(numbers), habits=sky.habits)
    truth = next(event for event in tape.truth if event.inject_id == EVENT)
    return Drawn(draw, sky, cast, tape, truth)


@dataclass(frozen=True, slots=True)
class Sight:
    """How a draw is looked at: cut down, or with nothing left out."""

    known: PictureAt
    without: PictureAt
    """The same sky had nothing been injected."""
    narrowed: Narrowed = lambda picture, detector: picture

    def inquiry(self, picture: Picture, detectors: Sequence[Detector]) -> Inquiry:
        """Return what detectors find in a picture, grouped; causes are not looked into."""
        told = [run_detector(one, self.narrowed(picture, one)) for one in detectors]
        findings = tuple(finding for found, _ in told for finding in found)
        return Inquiry(
            picture=picture,
            incidents=incidents_of(
                findings,
                asset_ids=frozenset(asset.norad_id for asset in picture.assets),
                as_of_utc=picture.as_of_utc,
            ),
            findings=findings,
            causes={},
            passes={},
            runs=tuple(run for _, run in told),
            names={},
        )


def cut_sight(drawn: Drawn) -> Sight:
    """Return cut-down looks at a draw."""
    touched = frozenset(drawn.cast.numbers.values())
    cut = cut_of(drawn.sky, drawn.draw.kind, drawn.tape, touched, drawn.cast.assets)
    return Sight(cut.at, cut.without, cut.narrowed)


def whole_sight(drawn: Drawn) -> Sight:
    """Return looks at a draw with nothing left out of the sky, as a rehearsal has them."""

    def whole(look: int, tape: Tape) -> Picture:
        moment = as_column_time(drawn.sky.moments[look])
        return replace(played(drawn.sky.whole, tape, moment), assets=drawn.cast.assets)

    return Sight(lambda look: whole(look, drawn.tape), lambda look: whole(look, Tape()))


def fared(drawn: Drawn, sight: Sight) -> Fared:
    """Look at a draw, look after look, until it is found or too late."""
    truth = tuple(event_to_the_second(event) for event in drawn.tape.truth)
    concern = frozenset(drawn.cast.numbers.values()) | {o for e in truth for o in e.objects}
    of_the_sky, rarities = OfTheSky(), dict[str, float]()
    rehearsal = Rehearsal(
        scenario_id=drawn.draw.scenario.scenario_id,
        sky=drawn.sky.origin,
        marking=OPEN,  # what is told of a draw is how it fared, and no fact
        starts_utc=drawn.sky.moments[0] - timedelta(hours=EVERY_H),
        every_h=EVERY_H,
        numbers=drawn.cast.numbers,
        assets=tuple(asset.norad_id for asset in drawn.cast.assets),
        truth=truth,
        looks=(),
    )
    score = score_of(drawn.draw.scenario, rehearsal).events[0]
    for look in looks_at(drawn):
        seen = _look(drawn, look, concern, of_the_sky, sight, rarities)
        rehearsal = replace(rehearsal, looks=(*rehearsal.looks, seen))
        score = score_of(drawn.draw.scenario, rehearsal).events[0]
        if score.verdict in (Verdict.FOUND, Verdict.LATE):
            break
    return Fared(rehearsal, score, rarities)


def looks_at(drawn: Drawn) -> tuple[int, ...]:
    """Return the looks that can find a draw: from its first trace to the first after its due.

    One a day for who comes and goes. What histories show stays in them: of such draws the first
    three looks and the last one suffice.
    """
    moments = drawn.sky.moments
    public = to_the_second(drawn.truth.public_utc or drawn.truth.observable_utc)
    due = public + timedelta(hours=drawn.draw.scenario.expected[0].within_h)
    first = _first_at(moments, public)
    every = tuple(range(first, min(_first_at(moments, due) + 1, len(moments))))
    if drawn.draw.kind in _PASSING:
        return every
    return tuple(dict.fromkeys((*every[:_DAILY], *every[-1:])))


def row_of(sky: SweepSky, draw: Draw) -> SweepRow:
    """Return how the machine fares with a draw, by cut-down looks."""
    row = SweepRow(
        number=draw.number,
        kind=draw.kind,
        regime=draw.regime,
        trait=draw.trait,
        values=_rounded(draw.values),
        verdict="",
        delay_h=None,
        finding="",
        rarity=None,
        is_parent_right=None,
    )
    try:
        drawn = drawn_on(sky, draw)
    except ValueError as error:
        return replace(row, problem=str(error))
    told = fared(drawn, cut_sight(drawn))
    failed = sorted({name for look in told.rehearsal.looks for name in look.failed})
    if failed:
        return replace(row, problem="; ".join(failed))
    return _with_score(row, drawn, told)


def _with_score(row: SweepRow, drawn: Drawn, told: Fared) -> SweepRow:
    score = told.score
    shown = [f for look in told.rehearsal.looks for f in look.findings]
    first = [f for f in shown if f.finding_id in score.finding_ids]
    rarities = [told.rarities[f.finding_id] for f in first]
    values = {**drawn.draw.values, **drawn.truth.measures, **_tracking(drawn)}
    return replace(
        row,
        values=_rounded(values),
        verdict=_verdict(drawn, score).value,
        delay_h=score.delay_public_h,
        finding=first[0].kind if first else "",
        rarity=float(f"{min(rarities):.{_DIGITS}g}") if rarities else None,
        is_parent_right=score.is_parent_right,
    )


def _verdict(drawn: Drawn, score: EventScore) -> Verdict:
    """Return how a draw fared; where the last look comes before its due nothing is told.

    Else late ones would count only where they are found soon.
    """
    return Verdict.NOT_DUE if score.due_utc > drawn.sky.moments[-1] else score.verdict


def _tracking(drawn: Drawn) -> dict[str, float]:
    """Return how the acting part is tracked: hours between sets, and until they are known."""
    sets = drawn.sky.histories([_actor(drawn)])
    before = sets.take(sets.known_utc <= as_column_time(drawn.sky.whole.as_of_utc))
    if len(before) < 3:
        return {}
    hour = np.timedelta64(1, "h")
    gaps = np.diff(before.epoch_utc) / hour
    late = (before.known_utc - before.epoch_utc)[1:] / hour
    return {"cadence_h": float(np.median(gaps)), "latency_h": float(np.median(late))}


def _actor(drawn: Drawn) -> int:
    numbers = drawn.cast.numbers
    return numbers.get("visitor", numbers["asset"])


def _look(
    drawn: Drawn,
    look: int,
    concern: frozenset[int],
    of_the_sky: OfTheSky,
    sight: Sight,
    rarities: dict[str, float],
) -> Look:
    detectors = detectors_for(drawn.draw.kind, drawn.draw.regime)

    def asked_without(names: frozenset[str]) -> Findings:
        asked = [d for d in detectors if f"{d.card.name}/{d.card.version}" in names]
        return sight.inquiry(sight.without(look), asked).findings

    inquiry = sight.inquiry(sight.known(look), detectors)
    rarities |= {f.finding_id: rarity_of(f) for f in inquiry.findings}
    return look_of(inquiry, concern, of_the_sky, asked_without=asked_without, assessed=None)


def rarity_of(finding: AnyFinding) -> float:
    """Return the share of like objects that show as much; 1 where a finding does not say it."""
    rate = finding.base_rate
    return rate.share.best if rate is not None else 1.0


def _first_at(moments: Sequence[datetime], moment: datetime) -> int:
    return next((k for k, one in enumerate(moments) if one >= moment), len(moments))


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.{_DIGITS}g}") for name, value in values.items()}
