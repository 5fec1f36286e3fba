"""Findings that belong together become one incident under a stable id."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from hoshimori.assessment.report_joining import Pair, asks_for_watching, join_reports
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Breakup,
    Confidence,
    Conjunction,
    Decay,
    GeoNeighbour,
    Manoeuvre,
    OperatorReport,
    PatternChange,
    Proximity,
    Relation,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.provenance import combined_reality


@dataclass(frozen=True, slots=True)
class AttentionRule:
    """When a human should look, from rarity and time left; the numbers are the alarm budget."""

    look_share: float = 0.01
    """Rarer than this among comparable objects, and soon: look now."""
    watch_share: float = 0.10
    """Rarer than this: watch."""
    soon_h: float = 72.0


def incidents_of(
    findings: Iterable[AnyFinding],
    *,
    asset_ids: frozenset[int],
    as_of_utc: datetime,
    rule: AttentionRule = AttentionRule(),
) -> tuple[Incident, ...]:
    """Group findings by assets and other objects; those that want attention soonest come first.

    What two assets do to one another is one incident, from whichever side it was found.
    A finding about one other object alone (a manoeuvre of a neighbour) joins every incident in
    which that object takes part. Reports join as `join_reports` says; they never lead where
    something was measured, but for one that tells of an effect on what is otherwise only logged.
    """
    groups = _groups(findings, asset_ids)
    incidents = [_incident(pair, members, as_of_utc, rule) for pair, members in groups.items()]
    return tuple(sorted(incidents, key=_order))


def _groups(
    findings: Iterable[AnyFinding], asset_ids: frozenset[int]
) -> Mapping[Pair, list[AnyFinding]]:
    groups: dict[Pair, list[AnyFinding]] = defaultdict(list)
    about_others: list[AnyFinding] = []
    reports: list[OperatorReport] = []
    for finding in findings:
        if isinstance(finding, OperatorReport):
            reports.append(finding)
            continue
        assets = tuple(sorted(i for i in finding.objects if i in asset_ids))
        others = tuple(i for i in finding.objects if i not in assets)
        if assets:
            groups[assets, others].append(finding)
        else:
            about_others.append(finding)
    join_reports(groups, [r for r in reports if len(r.objects) > 1], asset_ids)
    for finding in about_others:
        joined = [p for p in groups if set(finding.objects) & set(p[1])]
        for pair in joined or [((), finding.objects)]:
            groups[pair].append(finding)
    join_reports(groups, [r for r in reports if len(r.objects) <= 1], asset_ids)
    return groups


def _incident(
    pair: Pair, members: Sequence[AnyFinding], as_of_utc: datetime, rule: AttentionRule
) -> Incident:
    by_rarity = sorted(members, key=lambda f: (f.base_rate.share.best, f.start_utc, f.finding_id))
    measured = [f for f in by_rarity if not isinstance(f, OperatorReport)]
    reports = [f for f in by_rarity if isinstance(f, OperatorReport)]
    attention, decisive = Attention.LOG, by_rarity[0]
    if measured:
        attention, decisive = _attention(measured, as_of_utc, rule)
    effects = [r for r in reports if asks_for_watching(r, pair)]
    if attention is Attention.LOG and effects:
        attention, decisive = Attention.WATCH, effects[0]
    ordered = [decisive, *(f for f in (*measured, *reports) if f is not decisive)]
    spans = measured or reports
    return Incident(
        incident_id=_incident_id(pair),
        direction=Direction.WITHIN,
        assets=pair[0],
        others=pair[1],
        finding_ids=tuple(f.finding_id for f in ordered),
        start_utc=min(f.start_utc for f in spans),
        end_utc=max(f.end_utc for f in spans),
        rarity=decisive.base_rate.share,
        confidence=decisive.confidence,
        attention=attention,
        next_step=_next_step(ordered, attention),
        reality=combined_reality(f.reality for f in ordered),
    )


def _incident_id(pair: Pair) -> str:
    text = "|".join(",".join(map(str, sorted(part))) for part in pair)
    return "INC-" + hashlib.sha256(text.encode()).hexdigest()[:10]


def _attention(
    by_rarity: Sequence[AnyFinding], as_of_utc: datetime, rule: AttentionRule
) -> tuple[Attention, AnyFinding]:
    """Return the attention that findings ask for, and the finding that decides it.

    Where two objects meet, what is about both decides; a change of one alone goes with it.
    """
    meetings = [f for f in by_rarity if len(f.objects) > 1]
    by_rarity = meetings or by_rarity
    unexplained = [f for f in by_rarity if _is_unexplained(f)]
    horizon = as_of_utc + timedelta(hours=rule.soon_h)
    urgent = [
        f
        for f in unexplained
        if f.base_rate.share.best <= rule.look_share
        and _when(f) <= horizon
        and f.confidence is not Confidence.LOW
    ]
    if urgent:
        return Attention.LOOK, urgent[0]
    rare = [f for f in unexplained if f.base_rate.share.best <= rule.watch_share]
    if rare:
        return Attention.WATCH, rare[0]
    return Attention.LOG, by_rarity[0]


def _is_unexplained(finding: AnyFinding) -> bool:
    """Docked, same-launch and constellation objects are known kinds: watched, not shouted."""
    match finding:
        case Proximity() | Shadowing() | GeoNeighbour():
            return finding.relation is Relation.UNRELATED
        case Conjunction():
            return finding.relation is Relation.UNRELATED
        case Manoeuvre():
            return not finding.in_constellation
        case PatternChange() | Decay() | Anomaly() | Breakup():
            return True
        case Separation():
            return finding.confidence is not Confidence.LOW
        case OperatorReport():
            return False
        case _ as never:
            assert_never(never)


def _when(finding: AnyFinding) -> datetime:
    """Return the moment that makes a finding urgent."""
    match finding:
        case Conjunction():
            return finding.tca_utc
        case (
            Proximity()
            | Shadowing()
            | Manoeuvre()
            | PatternChange()
            | Separation()
            | Breakup()
            | Decay()
            | Anomaly()
            | OperatorReport()
        ):
            return finding.start_utc
        case GeoNeighbour():
            return finding.arrival_utc or finding.start_utc
        case _ as never:
            assert_never(never)


def _next_step(ordered: Sequence[AnyFinding], attention: Attention) -> NextStep:
    if attention is Attention.LOG:
        return NextStep.KEEP_WATCHING
    if isinstance(ordered[0], OperatorReport):
        return NextStep.ASK_FOR_OBSERVATION
    if any(isinstance(f, Anomaly | Breakup | Separation) for f in ordered):
        return NextStep.ASK_FOR_OBSERVATION
    if ordered[0].confidence is Confidence.LOW or isinstance(
        ordered[0], Manoeuvre | PatternChange | Decay
    ):
        return NextStep.WAIT_FOR_ELEMENTS
    return NextStep.USE_OWN_EPHEMERIS


def _order(incident: Incident) -> tuple[int, float, datetime, str]:
    urgency = [Attention.LOOK, Attention.WATCH, Attention.LOG].index(incident.attention)
    return urgency, incident.rarity.best, incident.start_utc, incident.incident_id
