"""What flights through a disturbed area tell: times, positions, heights, ground of an emitter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.model.aircraft_evidence import AircraftEvidence, HeightShare, PositionCheck
from hoshimori.model.disturbed_passages import PassageArea
from hoshimori.model.findings_of_interference import Disturbance
from hoshimori.model.moments import as_datetime
from hoshimori.model.passages import Passages
from hoshimori.numerics.aircraft_tracks import DISPLACED, GOOD, LOW, heard_from_km
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_ground import EmitterGround, common_ground
from hoshimori.numerics.hexagons import areas_km2, centres_deg, distances_km, middle_deg
from hoshimori.numerics.interference import Whole

_HEIGHTS_M = (0.0, 3_000.0, 6_000.0, 9_000.0, 12_000.0)
_MOST_PLACES = 2_000


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """How flights through an area are told."""

    highest_flight_m: float = 12_000.0
    """Stands for heights that are not known."""
    antenna_m: float = 10.0
    """Height of an emitter on the ground."""
    fewest_checked: int = 3
    """Disturbed aircraft whose motion must be judged before positions are spoken of."""
    mostly_displaced: float = 0.7
    some_displaced: float = 0.2


def aircraft_evidence(
    area: PassageArea, rule: EvidenceRule, ground: EmitterGround | None, *, ends_open: bool
) -> AircraftEvidence:
    """Return what the flights through an area tell."""
    passages, own = area.steps.passages, area.disturbed_passages
    state, address = passages.state[own], passages.address[own]
    led_away = np.unique(address[state == DISPLACED])
    displaced = len(led_away)
    low = len(np.setdiff1d(address[state == LOW], led_away))
    checked = _different(address[passages.checked[own]])
    heights = passages.height_m[own]
    known = heights[np.isfinite(heights)]
    shown = _shown(passages, own[state == DISPLACED])
    return AircraftEvidence(
        step_s=passages.step_s,
        onset_utc=as_datetime(passages.first_utc[own].min()),
        last_utc=as_datetime(passages.last_utc[own].max()),
        ends_open=ends_open,
        aircraft_seen=_different(passages.address[area.all_passages]),
        aircraft_low=low,
        aircraft_displaced=displaced,
        aircraft_bracketed=_different(address[passages.bracketed[own]]),
        positions=_position_check(low, displaced, checked, rule),
        positions_checked=checked,
        shown_deg=None if shown is None else shown[0],
        shown_within_km=None if shown is None else shown[1],
        heights=_heights(passages, area.all_passages),
        lowest_m=float(np.quantile(known, 0.1)) if len(known) else None,
        emitter_area_km2=None if ground is None else ground.area_km2,
    )


def disturbance_of(evidence: AircraftEvidence) -> Disturbance:
    """Return what the receivers showed: displaced where many positions were."""
    if evidence.positions in (PositionCheck.DISPLACED, PositionCheck.MIXED):
        return Disturbance.POSITION_DISPLACED
    return Disturbance.LOW_INTEGRITY


def ground_of_emitter(area: PassageArea, rule: EvidenceRule) -> EmitterGround | None:
    """Return where one emitter had every disturbed passage in sight at its own height.

    A passage is anywhere in its cell: the reach is longer by the cell's radius.
    """
    places, reach = _places(area, rule)
    return common_ground(area.middle_deg, places, reach)


def _places(area: PassageArea, rule: EvidenceRule) -> tuple[Floats, Floats]:
    """Return the cells of disturbed passages with the shortest reach of any of them."""
    passages, own = area.steps.passages, area.disturbed_passages
    height = passages.height_m[own].astype(np.float64)
    height = np.where(np.isfinite(height), height, rule.highest_flight_m)
    cells, index = np.unique(passages.cell[own], return_inverse=True)
    lowest = np.full(len(cells), np.inf)
    np.minimum.at(lowest, index, height)
    corner_km = np.sqrt(areas_km2(cells) / 2.598)  # of a regular hexagon: middle to corner
    chosen = np.argsort(lowest, kind="stable")[:_MOST_PLACES]
    reach = heard_from_km(lowest[chosen], rule.antenna_m) + corner_km[chosen]
    return centres_deg(cells[chosen]), reach


def _position_check(low: int, displaced: int, checked: int, rule: EvidenceRule) -> PositionCheck:
    if checked < rule.fewest_checked:
        return PositionCheck.NOT_TOLD
    share = displaced / max(low + displaced, 1)
    if displaced < 2 or share < rule.some_displaced:
        return PositionCheck.PLAUSIBLE
    return PositionCheck.DISPLACED if share >= rule.mostly_displaced else PositionCheck.MIXED


def _shown(passages: Passages, rows: Whole) -> tuple[tuple[float, float], float] | None:
    if not len(rows):
        return None
    places = np.stack(
        [passages.shown_latitude_deg[rows], passages.shown_longitude_deg[rows]], axis=-1
    ).astype(np.float64)
    middle = middle_deg(places, np.ones(len(places)))
    # The middle of scattered places is pulled by the farthest; that of the nearer half is not.
    away = distances_km(np.array(middle), places)
    near = places[away <= np.median(away)]
    middle = middle_deg(near, np.ones(len(near)))
    return middle, float(np.median(distances_km(np.array(middle), places)))


def _heights(passages: Passages, rows: Whole) -> tuple[HeightShare, ...]:
    height, state = passages.height_m[rows], passages.state[rows]
    told = []
    for k, low in enumerate(_HEIGHTS_M):
        high = _HEIGHTS_M[k + 1] if k + 1 < len(_HEIGHTS_M) else None
        inside = (height >= low) if k else (height < _HEIGHTS_M[1])
        if high is not None:
            inside &= height < high
        disturbed = int(np.count_nonzero(inside & (state > GOOD)))
        told.append(HeightShare(low, high, int(np.count_nonzero(inside)) - disturbed, disturbed))
    return tuple(told)


def _different(address: npt.NDArray[np.uint32]) -> int:
    return len(np.unique(address))
