"""How the machine fares with one draw, and what the untouched sky shows beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from hoshimori.exercise.casting import cast_of
from hoshimori.exercise.drawn_scripts import EVENT, EVERY_H
from hoshimori.exercise.injecting import played, tape_of
from hoshimori.exercise.scoring import score_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.rehearsals import EventScore, Look, Rehearsal, Verdict
from hoshimori.model.sweeps import Draw, SweepRow
from hoshimori.model.tapes import Cast, Tape, TrueEvent
from hoshimori.workflows.inquiry import inquire
from hoshimori.workflows.rehearsal_looks import Findings, OfTheSky, look_of, to_the_second
from hoshimori.workflows.sweep_cut import Cut, cut_of, detectors_for
from hoshimori.workflows.sweep_sky import SweepSky

PictureAt = Callable[[int], Picture]
"""What is known at a look."""
_DIGITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A draw worked out on the sky of a sweep."""

    draw: Draw
    sky: SweepSky
    cast: Cast
    tape: Tape
    truth: TrueEvent
    """Of the inject that the draw is about."""

    def cut(self) -> Cut:
        """Return the draw ready for cut-down looks."""
        touched = frozenset(self.cast.numbers.values())
        return cut_of(self.sky, self.draw.kind, self.tape, touched, self.cast.assets)

    def whole(self, look: int, tape: Tape) -> Picture:
        """Return what is known at a look with nothing left out, by a tape."""
        moment = as_column_time(self.sky.moments[look])
        return replace(played(self.sky.whole, tape, moment), assets=self.cast.assets)


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


def fared(drawn: Drawn, known: PictureAt, without: PictureAt) -> Fared:
    """Look at a draw, look after look, until it is found or too late."""
    truth = tuple(_to_the_second(event) for event in drawn.tape.truth)
    concern = frozenset(drawn.cast.numbers.values()) | {o for e in truth for o in e.objects}
    of_the_sky, rarities = OfTheSky(), dict[str, float]()
    rehearsal = Rehearsal(
        scenario_id=drawn.draw.scenario.scenario_id,
        sky=drawn.sky.origin,
        starts_utc=drawn.sky.moments[0] - timedelta(hours=EVERY_H),
        every_h=EVERY_H,
        numbers=drawn.cast.numbers,
        assets=tuple(asset.norad_id for asset in drawn.cast.assets),
        truth=truth,
        looks=(),
    )
    score = score_of(drawn.draw.scenario, rehearsal).events[0]
    for look in looks_at(drawn):
        seen = _look(drawn, look, concern, of_the_sky, (known, without), rarities)
        rehearsal = replace(rehearsal, looks=(*rehearsal.looks, seen))
        score = score_of(drawn.draw.scenario, rehearsal).events[0]
        if score.verdict in (Verdict.FOUND, Verdict.LATE):
            break
    return Fared(rehearsal, score, rarities)


def looks_at(drawn: Drawn) -> range:
    """Return the looks that can find a draw: from its first trace to the first after its due."""
    moments = drawn.sky.moments
    public = to_the_second(drawn.truth.public_utc or drawn.truth.observable_utc)
    due = public + timedelta(hours=drawn.draw.scenario.expected[0].within_h)
    first = _first_at(moments, public)
    return range(first, min(_first_at(moments, due) + 1, len(moments)))


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
    cut = drawn.cut()
    told = fared(drawn, cut.at, cut.without)
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
    pictures: tuple[PictureAt, PictureAt],
    rarities: dict[str, float],
) -> Look:
    detectors = detectors_for(drawn.draw.kind, drawn.draw.regime)
    known, without = pictures

    def asked_without(names: frozenset[str]) -> Findings:
        asked = [d for d in detectors if f"{d.card.name}/{d.card.version}" in names]
        return inquire(without(look), asked).findings

    inquiry = inquire(known(look), detectors)
    rarities |= {f.finding_id: rarity_of(f) for f in inquiry.findings}
    return look_of(inquiry, concern, of_the_sky, asked_without=asked_without, assessed=None)


def rarity_of(finding: AnyFinding) -> float:
    """Return the share of like objects that show as much; 1 where a finding does not say it."""
    rate = finding.base_rate
    return rate.share.best if rate is not None else 1.0


def _first_at(moments: Sequence[datetime], moment: datetime) -> int:
    return next((k for k, one in enumerate(moments) if one >= moment), len(moments))


def _to_the_second(event: TrueEvent) -> TrueEvent:
    return replace(
        event,
        from_utc=to_the_second(event.from_utc),
        to_utc=to_the_second(event.to_utc),
        observable_utc=to_the_second(event.observable_utc),
        public_utc=to_the_second(event.public_utc) if event.public_utc else None,
    )


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.{_DIGITS}g}") for name, value in values.items()}
