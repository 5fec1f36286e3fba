"""Findings that belong together become one incident under a stable id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from hoshimori.assessment.directions import combined_direction
from hoshimori.assessment.emitter_joining import FROM_OUTSIDE
from hoshimori.assessment.incident_groups import Group, groups_of
from hoshimori.assessment.report_joining import asks_for_watching
from hoshimori.model.findings import (
    Anomaly,
    AnyFinding,
    Breakup,
    CompanyKind,
    Confidence,
    Conjunction,
    Decay,
    EmitterInterference,
    GeoNeighbour,
    Interference,
    Manoeuvre,
    OperatorReport,
    PatternChange,
    Persistence,
    Proximity,
    ReceiverInterference,
    Relation,
    Separation,
    Shadowing,
)
from hoshimori.model.incidents import Attention, Incident, NextStep
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
    """Group findings by objects and time; those that want attention soonest come first.

    The ids depend on the objects and on when it began, not on who protects what or on the order:
    see `incident_groups`. What goes on for long keeps its id by its life (`incident_lives`).
    Reports never lead where something was measured, but for one that tells of an effect on what is
    otherwise only logged; so does an emitter that is located. Lost navigation is about users on the
    ground: one incident for each area and episode.
    """
    groups = groups_of(findings, asset_ids)
    incidents = [_incident(group, asset_ids, as_of_utc, rule) for group in groups]
    return tuple(sorted(incidents, key=_order))


def _incident(
    group: Group, asset_ids: frozenset[int], as_of_utc: datetime, rule: AttentionRule
) -> Incident:
    by_rarity = sorted(
        group.findings, key=lambda f: (f.base_rate.share.best, f.start_utc, f.finding_id)
    )
    measured = [f for f in by_rarity if not isinstance(f, OperatorReport)]
    reports = [f for f in by_rarity if isinstance(f, OperatorReport)]
    attention, decisive = Attention.LOG, by_rarity[0]
    if measured:
        attention, decisive = _attention(measured, as_of_utc, rule)
    effects: list[AnyFinding] = [f for f in measured if _is_located(f)]
    effects += [r for r in reports if asks_for_watching(r, frozenset(group.objects))]
    if attention is Attention.LOG and effects:
        attention, decisive = Attention.WATCH, effects[0]
    ordered = [decisive, *(f for f in (*measured, *reports) if f is not decisive)]
    spans = measured or reports
    return Incident(
        incident_id=group.incident_id,
        direction=combined_direction(ordered),
        assets=tuple(sorted(asset_ids & set(group.objects))),
        others=tuple(i for i in group.objects if i not in asset_ids),
        finding_ids=tuple(f.finding_id for f in ordered),
        start_utc=min(f.start_utc for f in spans),
        end_utc=max(f.end_utc for f in spans),
        rarity=decisive.base_rate.share,
        confidence=decisive.confidence,
        attention=attention,
        next_step=_next_step(ordered, attention),
        reality=combined_reality(f.reality for f in ordered),
        series_id=group.series_id,
        joined_series=group.joined_series,
    )


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
        and urgent_moment(f) <= horizon
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
        case Proximity() if finding.company is not None:
            passing = finding.company.kind is CompanyKind.FREE_PASSING
            return finding.relation is Relation.UNRELATED and not passing
        case Proximity() | Shadowing() | GeoNeighbour():
            return finding.relation is Relation.UNRELATED
        case Conjunction():
            return finding.relation is Relation.UNRELATED
        case Manoeuvre():
            return not finding.in_constellation
        case PatternChange() | Decay() | Anomaly() | Breakup():
            return True
        case Interference():
            return finding.persistence in (Persistence.NEW, Persistence.UNKNOWN)
        case ReceiverInterference():
            return finding.reception in FROM_OUTSIDE
        case Separation():
            return finding.confidence is not Confidence.LOW
        case EmitterInterference() | OperatorReport():
            return False
        case _ as never:
            assert_never(never)


def _is_located(finding: AnyFinding) -> bool:
    """Tell whether a finding says well enough where an emitter stands."""
    is_emitter = isinstance(finding, EmitterInterference)
    return is_emitter and finding.confidence is not Confidence.LOW


def urgent_moment(finding: AnyFinding) -> datetime:
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
            | Interference()
            | ReceiverInterference()
            | EmitterInterference()
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
    if any(map(_is_located, ordered)):
        return NextStep.REPORT_INTERFERENCE
    if isinstance(ordered[0], Interference):
        return NextStep.CHECK_NOTICES
    if isinstance(ordered[0], ReceiverInterference):
        return NextStep.COMPARE_RECEPTION
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
