"""The score of a machine that played a script alone: what it saw against what was true.

A finding belongs to an event where kind, objects and time fit and the same sky without the
injects does not show it. Who is late, who names only some of the objects and who names the wrong
parent is told apart from who misses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from hoshimori.exercise.true_groups import true_group
from hoshimori.model.assessments import TruthGroup
from hoshimori.model.cases import Forecast
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.rehearsals import (
    EventScore,
    FalseAlarm,
    Look,
    MeasureScore,
    Rehearsal,
    Score,
    SeenFinding,
    SeenIncident,
    Verdict,
)
from hoshimori.model.scenarios import Expected, Scenario
from hoshimori.model.tapes import TrueEvent
from hoshimori.numerics.rates import rate_interval, share_interval

DAYS_PER_MONTH = 30.4375
_SLACK = timedelta(hours=6)
"""Findings from element sets are dated to some hours."""
_LOUDNESS = (Attention.LOG, Attention.WATCH, Attention.LOOK)
_WITH_PARENTS = ("release", "fragmentation")
_OVER_THE_GROUND = ("disturbed-navigation", "flights")
_SEEN = (Verdict.FOUND, Verdict.LATE, Verdict.PARTIAL, Verdict.WRONG_PARENT)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A finding at a look."""

    as_of_utc: datetime
    finding: SeenFinding


def score_of(scenario: Scenario, rehearsal: Rehearsal) -> Score:
    """Return the score of a machine; the same looks give the same score.

    The Brier score is left to those who know how forecasts are judged: see `forecasts_of`.
    """
    truth = {event.inject_id: event for event in rehearsal.truth}
    events = tuple(
        _event(expected, truth[expected.inject_id], scenario, rehearsal)
        for expected in scenario.expected
    )
    wanted = [e for e in events if e.verdict in (*_SEEN, Verdict.MISSED)]
    quiet = [e for e in events if e.verdict in (Verdict.SILENT, Verdict.RAISED)]
    alarms = tuple(_false_alarms(rehearsal))
    played_h = min(scenario.pace.length_h, max(_played_h(rehearsal), rehearsal.every_h))
    months = max(len(rehearsal.assets), 1) * played_h / 24.0 / DAYS_PER_MONTH
    of_the_sky = sum(alarm.is_of_the_sky for alarm in alarms)
    delays = sorted(e.delay_public_h for e in wanted if e.delay_public_h is not None)
    return Score(
        scenario_id=rehearsal.scenario_id,
        events=events,
        detection=_share(wanted, (Verdict.FOUND,)),
        noticed=_share(wanted, _SEEN),
        silence=_share(quiet, (Verdict.SILENT,)),
        false_alarms=alarms,
        asset_months=months,
        false_per_asset_month=Interval(*rate_interval(len(alarms) - of_the_sky, months)),
        sky_per_asset_month=Interval(*rate_interval(of_the_sky, months)),
        median_delay_h=median(delays) if delays else None,
        worst_delay_h=delays[-1] if delays else None,
        brier=None,
        wording=sum(len(i.wording) for look in rehearsal.looks for i in look.incidents),
        failed=tuple(sorted({f for look in rehearsal.looks for f in look.failed})),
    )


def forecasts_of(score: Score) -> tuple[Forecast, ...]:
    """Return what was said of every event whose true group is known, one family a script."""
    return tuple(
        Forecast(
            f"{score.scenario_id} {event.inject_id}",
            score.scenario_id,
            {TruthGroup(name): span for name, span in event.groups.items()},
            TruthGroup(event.group),
        )
        for event in score.events
        if event.group and event.groups
    )


def _share(events: Sequence[EventScore], good: Sequence[Verdict]) -> Interval | None:
    if not events:
        return None
    return Interval(*share_interval(sum(e.verdict in good for e in events), len(events)))


def _event(
    expected: Expected, event: TrueEvent, scenario: Scenario, rehearsal: Rehearsal
) -> EventScore:
    touching = list(_touching(expected, event, rehearsal))
    whole = [seen for seen in touching if _is_whole(seen.finding, expected, event, rehearsal)]
    due_utc = (event.public_utc or event.observable_utc) + timedelta(hours=expected.within_h)
    found = whole[0].as_of_utc if whole and expected.findings else None
    first = touching[0].as_of_utc if touching else None
    shown = whole or touching
    wanted = {seen.finding.finding_id for seen in shown}
    told = _told(wanted, rehearsal.looks)
    last = _last_told(wanted, set(event.objects) | _named(expected, event, rehearsal), rehearsal)
    ids = tuple(s.finding.finding_id for s in shown if s.as_of_utc == shown[0].as_of_utc)
    group = true_group(expected, event.kind)
    groups = last.groups if last else {}
    when = (found or first) if expected.findings else None
    asked_of = [seen.finding for seen in shown]
    elsewhere = _shown_elsewhere(expected, scenario, rehearsal)
    led = (i.attention for i in told if i.finding_ids[0] not in elsewhere)
    loudest = max(led, key=_LOUDNESS.index, default=None)
    if not expected.findings and loudest is not Attention.LOOK:
        found = first = None
    label = last.label if last else None
    return EventScore(
        inject_id=expected.inject_id,
        kind=event.kind,
        verdict=_verdict(expected, event, touching, found, loudest, due_utc, rehearsal),
        finding_ids=ids,
        incident_ids=tuple(dict.fromkeys(i.incident_id for i in told)),
        first_seen_utc=first,
        found_utc=found,
        due_utc=due_utc,
        delay_observable_h=_hours(event.observable_utc, when),
        delay_public_h=_hours(event.public_utc, when),
        are_objects_right=any(_names_all(f, expected, event, rehearsal) for f in asked_of)
        if touching
        else None,
        is_parent_right=_is_parent_right(asked_of, event, rehearsal),
        measures=tuple(_measure(name, span, asked_of) for name, span in expected.measures.items()),
        label=label,
        is_label_right=label in expected.labels if label and expected.labels else None,
        group=group.value if group else "",
        groups=groups,
        group_rank=_rank(group, groups),
        is_group_open=_is_open(group, groups),
        attention=loudest,
        wording=sum(len(i.wording) for i in told),
    )


def _touching(expected: Expected, event: TrueEvent, rehearsal: Rehearsal) -> Iterator[_Seen]:
    """Yield the findings that are about an event, look by look: kind, objects, time.

    Nothing seen before the first published fact that shows an event can be about it. Where
    nothing is expected every kind counts, as any of them could raise somebody.
    """
    named = _named(expected, event, rehearsal) | set(event.objects)
    for look in rehearsal.looks:
        if look.as_of_utc < (event.public_utc or event.observable_utc):
            continue
        for finding in look.findings:
            fits = not expected.findings or finding.kind in expected.findings
            if finding.is_of_the_sky or not fits or finding.end_utc < event.from_utc - _SLACK:
                continue
            about = set(finding.objects)
            if about & named or (expected.findings and not about and not event.objects):
                yield _Seen(look.as_of_utc, finding)


def _shown_elsewhere(
    expected: Expected, scenario: Scenario, rehearsal: Rehearsal
) -> frozenset[str]:
    """Return the findings that ask for attention on account of the sky, or of another event."""
    return frozenset(
        finding.finding_id
        for look in rehearsal.looks
        for finding in look.findings
        if finding.is_of_the_sky
        or (not expected.findings and _is_of_another(finding, expected, scenario, rehearsal))
    )


def _is_of_another(
    finding: SeenFinding, expected: Expected, scenario: Scenario, rehearsal: Rehearsal
) -> bool:
    """Return whether something else that truly happened is what a finding shows."""
    truth = {event.inject_id: event for event in rehearsal.truth}
    return any(
        finding.kind in other.findings
        and not set(finding.objects).isdisjoint(
            _named(other, truth[other.inject_id], rehearsal) | set(truth[other.inject_id].objects)
        )
        for other in scenario.expected
        if other is not expected
    )


def _named(expected: Expected, event: TrueEvent, rehearsal: Rehearsal) -> set[int]:
    """Return the objects that a finding has to name."""
    if expected.parts:
        return {rehearsal.numbers[part] for part in expected.parts}
    parts = set(rehearsal.numbers.values())
    return {number for number in event.objects if number in parts}


def _is_whole(
    finding: SeenFinding, expected: Expected, event: TrueEvent, rehearsal: Rehearsal
) -> bool:
    return (
        _names_all(finding, expected, event, rehearsal)
        and _is_parent_right([finding], event, rehearsal) is not False
        and all(_measure(n, span, [finding]).is_within for n, span in expected.measures.items()
                if n in finding.measures)
    )  # fmt: skip


def _names_all(
    finding: SeenFinding, expected: Expected, event: TrueEvent, rehearsal: Rehearsal
) -> bool:
    about = {*finding.objects, *finding.parents[:1]}
    return _named(expected, event, rehearsal) <= about


def _is_parent_right(
    findings: Iterable[SeenFinding], event: TrueEvent, rehearsal: Rehearsal
) -> bool | None:
    """Tell whether the first candidate of any finding is what truly came apart or let go.

    Of a collision either body is right.
    """
    if event.kind not in _WITH_PARENTS:
        return None
    first = {finding.parents[0] for finding in findings if finding.parents}
    bodies = set(event.objects[:1])
    if event.kind == "fragmentation":
        bodies |= set(event.objects) & set(rehearsal.numbers.values())
    return bool(first & bodies) if first else None


def _measure(name: str, span: Interval, findings: Iterable[SeenFinding]) -> MeasureScore:
    found = [f.measures[name] for f in findings if name in f.measures]
    within = [one for one in found if one.low <= span.high and span.low <= one.high]
    shown = within or found
    nearest = shown[-1] if shown else None
    return MeasureScore(name=name, expected=span, found=nearest, is_within=bool(within))


def _verdict(
    expected: Expected,
    event: TrueEvent,
    touching: Sequence[_Seen],
    found_utc: datetime | None,
    loudest: Attention | None,
    due_utc: datetime,
    rehearsal: Rehearsal,
) -> Verdict:
    ended = rehearsal.looks[-1].as_of_utc if rehearsal.looks else rehearsal.starts_utc
    if not expected.findings:
        if event.from_utc > ended:
            return Verdict.NOT_DUE
        return Verdict.RAISED if loudest is Attention.LOOK else Verdict.SILENT
    if found_utc is not None:
        return Verdict.LATE if found_utc > _last_chance(due_utc, rehearsal) else Verdict.FOUND
    if _is_parent_right([seen.finding for seen in touching], event, rehearsal) is False:
        return Verdict.WRONG_PARENT
    if touching:
        return Verdict.PARTIAL
    return Verdict.NOT_DUE if due_utc > ended else Verdict.MISSED


def _played_h(rehearsal: Rehearsal) -> float:
    """Return until when it was looked at, in hours from the start."""
    last_utc = rehearsal.looks[-1].as_of_utc if rehearsal.looks else rehearsal.starts_utc
    return (last_utc - rehearsal.starts_utc) / timedelta(hours=1)


def _last_chance(due_utc: datetime, rehearsal: Rehearsal) -> datetime:
    """Return the first look at or after a deadline: no machine is late for when it was asked."""
    moments = [look.as_of_utc for look in rehearsal.looks]
    return min((moment for moment in moments if moment >= due_utc), default=due_utc)


def _told(wanted: set[str], looks: Sequence[Look]) -> list[SeenIncident]:
    """Return the incidents that hold any of some findings, look by look."""
    return [i for look in looks for i in look.incidents if wanted & set(i.finding_ids)]


def _last_told(wanted: set[str], about: set[int], rehearsal: Rehearsal) -> SeenIncident | None:
    """Return the incident that tells of an event at the last look at which one was assessed.

    A finding can stand in several: a burn between two assets in those of both. That one is meant
    whose objects are most of those of the event, and fewest others; of equal ones the loudest.
    """
    for look in reversed(rehearsal.looks):
        told = [i for i in _told(wanted, [look]) if i.label is not None]
        if told:
            return max(told, key=lambda i: _nearness(i, about))
    return None


def _nearness(incident: SeenIncident, about: set[int]) -> tuple[int, int, int]:
    objects = set(incident.objects)
    return len(objects & about), -len(objects - about), _LOUDNESS.index(incident.attention)


def _hours(since: datetime | None, until: datetime | None) -> float | None:
    if since is None or until is None:
        return None
    return round((until - since) / timedelta(hours=1), 3)


def _rank(group: TruthGroup | None, groups: Mapping[str, Interval]) -> int | None:
    if group is None or group.value not in groups:
        return None
    ordered = sorted(groups, key=lambda name: -groups[name].best)
    return ordered.index(group.value) + 1


def _is_open(group: TruthGroup | None, groups: Mapping[str, Interval]) -> bool | None:
    if group is None or group.value not in groups:
        return None
    return bool(groups[group.value].high >= max(span.low for span in groups.values()))


def _false_alarms(rehearsal: Rehearsal) -> Iterator[FalseAlarm]:
    """Yield incidents that ask for a human and that nothing true explains, each once."""
    known: set[tuple[str, tuple[int, ...], str, bool]] = set()
    for look in rehearsal.looks:
        by_id = {finding.finding_id: finding for finding in look.findings}
        for incident in look.incidents:
            leading = by_id[incident.finding_ids[0]]
            if incident.attention is not Attention.LOOK or _is_explained(leading, look, rehearsal):
                continue
            key = (leading.kind, leading.objects, leading.trait, leading.is_of_the_sky)
            if key not in known:
                known.add(key)
                yield FalseAlarm(
                    first_seen_utc=look.as_of_utc,
                    kind=leading.kind,
                    objects=leading.objects,
                    is_of_the_sky=leading.is_of_the_sky,
                )


def _is_explained(finding: SeenFinding, look: Look, rehearsal: Rehearsal) -> bool:
    """Tell whether something true that has begun is about what a finding is about."""
    if finding.is_of_the_sky:
        return False
    about = set(finding.objects)
    return any(
        event.from_utc <= look.as_of_utc
        and finding.end_utc >= event.from_utc - _SLACK
        and (about & set(event.objects) or (not about and event.kind in _OVER_THE_GROUND))
        for event in rehearsal.truth
    )
