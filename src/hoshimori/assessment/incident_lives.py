"""Incidents of a board are known again from earlier boards: updated, not repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoshimori.assessment.incident_groups import apart_of
from hoshimori.assessment.incident_matching import Match, known_again
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incident_life import Change, ChangeKind, FindingMark, Life, LifeState
from hoshimori.model.incidents import Incident

_EVENT_KINDS = frozenset({"separation", "breakup"})
_WORTH_TELLING = timedelta(days=1)
_SAME_OCCASION = timedelta(minutes=10)
"""A closest approach that newer elements move by less is still the same one."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What a board did to the lives of incidents."""

    lives: Mapping[str, Life]
    """All, by id; also those that nothing happened to."""
    changes: tuple[Change, ...]
    """In an order in which they can be applied one by one."""
    incidents: tuple[Incident, ...]
    """Those of the board in its order, under the ids by which they are known."""


def lived(
    previous: Mapping[str, Life],
    incidents: Sequence[Incident],
    findings: Iterable[AnyFinding],
    *,
    as_of_utc: datetime,
    watched: frozenset[int],
) -> Lived:
    """Return the lives after a board, and what changed.

    `watched` are the assets that were asked about: an incident of others is left as it is.

    Raises:
        ValueError: the board is older than a change that is known already.
    """
    last_utc = max((life.changed_utc for life in previous.values()), default=as_of_utc)
    if as_of_utc < last_utc:
        raise ValueError(f"a board as of {as_of_utc} after one as of {last_utc}")
    marks = {f.finding_id: _mark(f) for f in findings}
    known = known_again(previous, incidents)
    step = _Step(dict(previous), as_of_utc, [])
    origins = {match.parted_from for match in known}
    for incident, match in zip(incidents, known, strict=True):
        own = tuple(marks[i] for i in incident.finding_ids)
        _meet(step, incident, match, own, is_cut=match.incident_id in origins)
    _tell_splits(step, known)
    _fall_silent(step, {match.incident_id for match in known}, watched)
    named = tuple(
        replace(incident, incident_id=match.incident_id)
        for incident, match in zip(incidents, known, strict=True)
    )
    return Lived(step.lives, tuple(step.changes), named)


def lives_after(changes: Iterable[Change]) -> dict[str, Life]:
    """Return the lives that a sequence of changes leads to."""
    return {change.life.incident_id: change.life for change in changes}


@dataclass(frozen=True, slots=True)
class _Step:
    """Lives while one board is gone through."""

    lives: dict[str, Life]
    as_of_utc: datetime
    changes: list[Change]

    def change(
        self,
        kind: ChangeKind,
        life: Life,
        came: tuple[str, ...] = (),
        went: tuple[FindingMark, ...] = (),
        others: tuple[str, ...] = (),
    ) -> None:
        before = self.lives.get(life.incident_id)
        stays = before is not None and before.state is life.state
        since_utc = before.since_utc if before is not None and stays else self.as_of_utc
        after = replace(life, changed_utc=self.as_of_utc, since_utc=since_utc)
        self.lives[life.incident_id] = after
        self.changes.append(Change(kind, self.as_of_utc, after, came, went, others))


def _meet(
    step: _Step,
    incident: Incident,
    match: Match,
    marks: tuple[FindingMark, ...],
    *,
    is_cut: bool,
) -> None:
    life = step.lives.get(match.incident_id)
    if life is None:
        opened = _opened(step, incident, match, marks)
        kind = ChangeKind.PARTED if match.parted_from else ChangeKind.OPENED
        others = (match.parted_from,) if match.parted_from else ()
        step.change(kind, opened, tuple(m.finding_id for m in marks), others=others)
        return
    for absorbed in match.absorbed:
        _merge(step, absorbed, match.incident_id)
    life = step.lives[match.incident_id]
    if is_cut:
        # What parts takes its time with it: left whole, the span would draw the part in again.
        life = replace(life, start_utc=incident.start_utc, end_utc=incident.end_utc)
        step.lives[match.incident_id] = life
    _go_on(step, life, incident, match, marks)


def _opened(step: _Step, incident: Incident, match: Match, marks: tuple[FindingMark, ...]) -> Life:
    return Life(
        incident_id=match.incident_id,
        series_id=incident.series_id,
        state=LifeState.NEW,
        direction=incident.direction,
        assets=incident.assets,
        others=incident.others,
        attention=incident.attention,
        confidence=incident.confidence,
        rarity=incident.rarity,
        reality=incident.reality,
        start_utc=incident.start_utc,
        end_utc=incident.end_utc,
        findings=marks,
        opened_utc=step.as_of_utc,
        changed_utc=step.as_of_utc,
        since_utc=step.as_of_utc,
        parted_from=match.parted_from,
    )


def _merge(step: _Step, absorbed: str, into: str) -> None:
    part, whole = step.lives[absorbed], step.lives[into]
    merged = replace(part, state=LifeState.MERGED, merged_into=into)
    step.change(ChangeKind.MERGED, merged, others=(into,))
    took = replace(
        whole,
        state=LifeState.ONGOING,
        start_utc=min(whole.start_utc, part.start_utc),
        end_utc=max(whole.end_utc, part.end_utc),
        took_in=(*(i for i in whole.took_in if i != absorbed), absorbed),
        gave_off=tuple(i for i in whole.gave_off if i != absorbed),
    )
    step.change(ChangeKind.TOOK_IN, took, others=(absorbed,))


def _go_on(
    step: _Step, life: Life, incident: Incident, match: Match, marks: tuple[FindingMark, ...]
) -> None:
    """Tell what a board changes of a known incident; nothing where it only repeats."""
    came, went = _came_and_went(life.findings, marks)
    after = replace(
        life,
        state=LifeState.ONGOING,
        direction=incident.direction,
        assets=incident.assets,
        others=incident.others,
        attention=incident.attention,
        confidence=incident.confidence,
        rarity=incident.rarity,
        start_utc=min(life.start_utc, incident.start_utc),
        end_utc=max(life.end_utc, incident.end_utc),
        findings=marks,
        merged_into="",
        parted_from=match.parted_from or life.parted_from,
    )
    kind = _kind_of_change(life, after, told=bool(came or went))
    if kind is not None:
        others = (match.parted_from,) if kind is ChangeKind.PARTED else ()
        step.change(kind, after, came, went, others)


def _kind_of_change(life: Life, after: Life, *, told: bool) -> ChangeKind | None:
    if life.state is LifeState.MERGED:
        return ChangeKind.PARTED
    if life.state in {LifeState.QUIET, LifeState.CLOSED}:
        return ChangeKind.RESUMED
    if told or _what_it_says(life) != _what_it_says(after):
        return ChangeKind.UPDATED
    longer = (life.start_utc - after.start_utc) + (after.end_utc - life.end_utc)
    return ChangeKind.CONTINUED if longer >= _WORTH_TELLING else None


def _what_it_says(life: Life) -> tuple[object, ...]:
    return life.attention, life.confidence, life.direction, life.objects


def _tell_splits(step: _Step, known: Sequence[Match]) -> None:
    """Let each incident from which others parted say so too."""
    parted: dict[str, list[str]] = defaultdict(list)
    for match in known:
        told = step.lives[match.incident_id].changed_utc == step.as_of_utc
        if match.parted_from and told:
            parted[match.parted_from].append(match.incident_id)
    for origin, parts in parted.items():
        life = step.lives[origin]
        new = tuple(i for i in parts if i not in life.gave_off)
        if new:
            state = LifeState.ONGOING if life.state is LifeState.NEW else life.state
            gave = replace(life, state=state, gave_off=(*life.gave_off, *new))
            step.change(ChangeKind.GAVE_OFF, gave, others=new)


def _fall_silent(step: _Step, seen: set[str], watched: frozenset[int]) -> None:
    """Tell of incidents that the board no longer shows although it could."""
    for life in list(step.lives.values()):
        if life.incident_id in seen or not watched >= set(life.assets):
            continue
        over = step.as_of_utc > life.end_utc + apart_of(life.objects)
        if life.state in {LifeState.NEW, LifeState.ONGOING, LifeState.QUIET} and over:
            step.change(ChangeKind.CLOSED, replace(life, state=LifeState.CLOSED))
        elif life.state in {LifeState.NEW, LifeState.ONGOING}:
            step.change(ChangeKind.QUIETED, replace(life, state=LifeState.QUIET))


def _mark(finding: AnyFinding) -> FindingMark:
    return FindingMark(
        finding.finding_id, kind_of(finding), finding.objects, finding.start_utc, finding.end_utc
    )


def _came_and_went(
    before: Sequence[FindingMark], after: Sequence[FindingMark]
) -> tuple[tuple[str, ...], tuple[FindingMark, ...]]:
    """Return the ids of new findings, and the old ones that nothing new stands for."""
    ids = {mark.finding_id for mark in after}
    left = [mark for mark in before if mark.finding_id not in ids]
    held = {mark.finding_id for mark in before}
    came: list[str] = []
    for mark in after:
        if mark.finding_id in held:
            continue
        again = [old for old in left if _is_same_occasion(old, mark)]
        if again:
            left.remove(min(again, key=lambda old: abs(old.start_utc - mark.start_utc)))
        else:
            came.append(mark.finding_id)
    return tuple(came), tuple(left)


def _is_same_occasion(old: FindingMark, new: FindingMark) -> bool:
    same = old.objects == new.objects or (
        old.kind in _EVENT_KINDS and bool(set(old.objects) & set(new.objects))
    )
    starts, ends = new.start_utc - _SAME_OCCASION, new.end_utc + _SAME_OCCASION
    return old.kind == new.kind and same and old.start_utc <= ends and starts <= old.end_utc
