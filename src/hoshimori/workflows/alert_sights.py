"""What a board and the journal show of incidents, as far as alerts look at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from hoshimori.assessment.incidents import urgent_moment
from hoshimori.model.alerts import Sight
from hoshimori.model.board import WatchBoard
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incident_life import Change, FindingMark, Life, LifeState
from hoshimori.model.incidents import Incident

_ON_BOARD = frozenset({LifeState.NEW, LifeState.ONGOING})


def lives_of(changes: Iterable[Change], lives: Mapping[str, Life] | None) -> dict[str, Life]:
    """Return all lives that are known, as they are after some changes."""
    return {**(lives or {}), **{change.life.incident_id: change.life for change in changes}}


def sights_of(board: WatchBoard, lives: Mapping[str, Life]) -> tuple[Sight, ...]:
    """Return one sight for each incident of a board; what the board shows counts.

    A board of which a detector failed is not in the journal, and shows more than the lives tell.
    """
    known = {finding.finding_id: finding for finding in board.findings}
    sights = []
    for incident in board.incidents:
        findings = [known[i] for i in incident.finding_ids]
        life = _life(incident, findings, lives.get(incident.incident_id), board.as_of_utc)
        sights.append(Sight(life, kind_of(findings[0]), urgent_moment(findings[0])))
    return tuple(sights)


def _life(
    incident: Incident, findings: list[AnyFinding], known: Life | None, as_of_utc: datetime
) -> Life:
    seen = Life(
        incident_id=incident.incident_id,
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
        findings=tuple(
            FindingMark(f.finding_id, kind_of(f), f.objects, f.start_utc, f.end_utc)
            for f in findings
        ),
        opened_utc=as_of_utc,
        changed_utc=as_of_utc,
        since_utc=as_of_utc,
    )
    if known is None:
        return seen
    return replace(
        seen,
        state=known.state if known.state in _ON_BOARD else LifeState.ONGOING,
        opened_utc=known.opened_utc,
        parted_from=known.parted_from,
    )
