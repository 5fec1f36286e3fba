"""What each report of an aircraft says of its navigation, judged along its own flight.

A flight shows the difference: a receiver that was good before and after lost something between,
one that is low all the time is faulty and says nothing. Positions are judged by motion alone:
where a track jumps farther than any aircraft flies, the stretches that do not fit the flight are
displaced, whatever integrity they state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import EARTH_RADIUS_KM, Bools, distances_km
from hoshimori.numerics.interference import Whole

Small = npt.NDArray[np.int8]

GOOD, LOW, DISPLACED, UNUSED = 0, 1, 2, -1
"""What a report shows; unused where it says nothing."""


@dataclass(frozen=True, slots=True)
class TrackRule:
    """When a report counts; one setting for all."""

    least_nic: int = 7
    """Good from 7 on: the position is contained within 370 m (0.2 NM)."""
    least_nacp: int = 8
    """Good from 8 on: 95 % within 93 m, as flight en route needs."""
    bracket_s: float = 3600.0
    """So near before or after, the same aircraft must have been good."""
    solid_reports: int = 3
    """Fewer good reports in a row between low ones do not show a working receiver."""
    fastest_km_s: float = 0.45
    """No airliner flies faster over ground; jumps beyond it are impossible motion."""
    slack_km: float = 3.0
    """For clocks of receivers and rounding of positions."""
    fewest_displaced: int = 3
    """Fewer reports in a row are errors of decoding."""
    least_displaced_s: float = 20.0
    most_stretches: int = 9
    """More in one flight are two aircraft under one address, or clocks that disagree."""
    own_path_s: float = 1200.0
    """Places where the aircraft itself was so long before or after are of wrong clocks."""
    frozen_km_s: float = 0.03
    """Slower than this no aeroplane stays in the air."""
    frozen_s: float = 120.0
    frozen_above_m: float = 6000.0
    most_gap_s: float = 3600.0
    """Over a longer gap nothing is said of where a displaced aircraft was."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Reports ordered by aircraft, then time; one place in each column for each."""

    aircraft: Whole
    """Number of the flight, from 0, rising: an aircraft without a long gap."""
    time_s: Floats
    place_deg: Floats
    """Latitude and longitude as told, shape (n, 2)."""
    altitude_m: Floats
    low: Small
    """1 low integrity, 0 good, -1 not stated."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgedTrack:
    """What each report shows, and where its aircraft was as far as its flight tells."""

    state: Small
    place_deg: Floats
    """As told; of displaced ones between the places before and after; not a number if unknown."""
    bracketed: Bools
    """Disturbed ones with good reports before and after."""
    checked: Bools
    """Reports whose motion could be judged."""
    erratic: Bools
    """Of each flight: left out, for it jumps again and again."""


def low_integrity(nic: Small, nacp: Small, version: Small, rule: TrackRule) -> Small:
    """Return 1 where integrity is low, 0 where good, -1 where not stated or of version 0.

    Version 0 states NUCp, another scale; numbers out of range are not stated.
    Source: RTCA DO-260B, tables 2-69 and 2-71; reference of NIC and NACp by JRC and Eurocontrol.
    """
    stated_nic, stated_nacp = (nic >= 0) & (nic <= 11), (nacp >= 0) & (nacp <= 11)
    low = (stated_nic & (nic < rule.least_nic)) | (stated_nacp & (nacp < rule.least_nacp))
    known = (stated_nic | stated_nacp) & (version >= 1)
    return np.where(known, low.astype(np.int8), np.int8(-1)).astype(np.int8)


def judged_track(track: Track, rule: TrackRule) -> JudgedTrack:
    """Return what each report shows against the flight that it belongs to."""
    count = int(track.aircraft[-1]) + 1 if len(track.aircraft) else 0
    erratic = np.zeros(count, dtype=np.bool_)
    displaced, outlier = _displaced(track, rule, erratic)
    frozen = _frozen(track, rule) & ~displaced & ~outlier
    state = np.full(len(track.aircraft), UNUSED, dtype=np.int8)
    usable = ~(displaced | outlier | frozen | erratic[track.aircraft])
    state[usable & (track.low == 0)] = GOOD
    bracketed = np.zeros(len(state), dtype=np.bool_)
    _mark_low(track, usable, rule, state, bracketed)
    state[(displaced | frozen) & ~erratic[track.aircraft]] = DISPLACED
    place = track.place_deg.copy()
    _replace_displaced(track, displaced, usable, rule, place, bracketed)
    bracketed |= frozen
    checked = np.zeros(len(state), dtype=np.bool_)
    same = track.aircraft[1:] == track.aircraft[:-1]
    checked[1:] = same & (track.time_s[1:] - track.time_s[:-1] <= rule.most_gap_s)
    return JudgedTrack(state, place, bracketed, checked, erratic)


def _displaced(track: Track, rule: TrackRule, erratic: Bools) -> tuple[Bools, Bools]:
    """Return displaced reports and single errors; mark aircraft that jump again and again."""
    displaced = np.zeros(len(track.aircraft), dtype=np.bool_)
    outlier = np.zeros(len(track.aircraft), dtype=np.bool_)
    jumps = np.flatnonzero(_jumps(track, rule))
    for number in np.unique(track.aircraft[jumps]).tolist():
        first, last = np.searchsorted(track.aircraft, [number, number + 1]).tolist()
        own = jumps[(jumps >= first) & (jumps < last)]
        parts = _stretches(np.array([first, *own.tolist(), last]), track, rule, outlier)
        if len(parts) > rule.most_stretches:
            erratic[number] = True
            continue
        flight = _flight(parts, track, rule)
        own_path = np.concatenate([np.arange(*parts[k]) for k in sorted(flight)] or [jumps[:0]])
        for k, (start, end) in enumerate(parts):
            if k not in flight:
                aside = displaced if _is_aside(start, end, own_path, track, rule) else outlier
                aside[start:end] = True
    return displaced & ~outlier, outlier


def _jumps(track: Track, rule: TrackRule) -> Bools:
    """Return the reports that no aircraft reaches from the one before."""
    found = np.zeros(len(track.aircraft), dtype=np.bool_)
    if len(found) > 1:
        away = distances_km(track.place_deg[:-1], track.place_deg[1:])
        gone = track.time_s[1:] - track.time_s[:-1]
        far = away > rule.slack_km + rule.fastest_km_s * gone
        found[1:] = far & (track.aircraft[1:] == track.aircraft[:-1])
    return found


def _stretches(
    edges: Whole, track: Track, rule: TrackRule, outlier: Bools
) -> list[tuple[int, int]]:
    """Return stretches between jumps, without those too short to be more than errors."""
    parts: list[tuple[int, int]] = []
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        lasts = track.time_s[end - 1] - track.time_s[start]
        if end - start < rule.fewest_displaced or lasts < rule.least_displaced_s:
            outlier[start:end] = True
        elif parts and _reaches(parts[-1][1] - 1, start, track, rule):
            parts[-1] = (parts[-1][0], end)  # the same flight goes on after an error
        else:
            parts.append((start, end))
    return parts


def _reaches(before: int, after: int, track: Track, rule: TrackRule) -> bool:
    away = float(distances_km(track.place_deg[before], track.place_deg[after]))
    gone = float(track.time_s[after] - track.time_s[before])
    return away <= rule.slack_km + rule.fastest_km_s * gone


def _flight(parts: list[tuple[int, int]], track: Track, rule: TrackRule) -> set[int]:
    """Return the stretches that make the longest flight: each reached from the one before.

    What counts is how far they lead, for false positions mostly stand or circle.
    """
    best: list[float] = []
    before: list[int] = []
    for k, (start, end) in enumerate(parts):
        own = float(distances_km(track.place_deg[start], track.place_deg[end - 1]))
        reached = [j for j in range(k) if _reaches(parts[j][1] - 1, start, track, rule)]
        chosen = max(reached, key=lambda j: best[j], default=-1)
        best.append(own + (best[chosen] if chosen >= 0 else 0.0))
        before.append(chosen)
    kept: set[int] = set()
    k = int(np.argmax(best)) if best else -1
    while k >= 0:
        kept.add(k)
        k = before[k]
    return kept


def _is_aside(start: int, end: int, own_path: Whole, track: Track, rule: TrackRule) -> bool:
    """Tell whether a stretch lies off the aircraft's own path.

    On it, the aircraft was there at another time: a station's clock is wrong, or it told late.
    """
    near = (track.time_s[own_path] >= track.time_s[start] - rule.own_path_s) & (
        track.time_s[own_path] <= track.time_s[end - 1] + rule.own_path_s
    )
    path = track.place_deg[own_path[near]]
    if not len(path):
        return True
    some = np.unique(np.linspace(start, end - 1, 12).astype(np.int64))
    away = distances_km(track.place_deg[some][:, None], path[None, :]).min(axis=1)
    return bool(np.median(away) > 2.0 * rule.slack_km)


def _frozen(track: Track, rule: TrackRule) -> Bools:
    """Return reports of aeroplanes that stand still high in the air with good integrity."""
    found = np.zeros(len(track.aircraft), dtype=np.bool_)
    high = (track.altitude_m >= rule.frozen_above_m) & (track.low == 0)
    if not high.any():
        return found
    # The report that lies the least time, at least `frozen_s`, before each, of the same aircraft.
    base = track.aircraft * 1e7 + (track.time_s - track.time_s.min())
    back = np.searchsorted(base, base - rule.frozen_s, side="right") - 1
    rows = np.flatnonzero((back >= 0) & (track.aircraft[back] == track.aircraft))
    gone = track.time_s[rows] - track.time_s[back[rows]]
    speed = distances_km(track.place_deg[back[rows]], track.place_deg[rows]) / gone
    flies = np.zeros(int(track.aircraft[-1]) + 1, dtype=np.bool_)
    flies[track.aircraft[rows[(speed > 4.0 * rule.frozen_km_s) & (speed < rule.fastest_km_s)]]] = 1
    slow = (speed < rule.frozen_km_s) & (gone < 4.0 * rule.frozen_s) & high[rows]
    found[rows[slow & flies[track.aircraft[rows]]]] = True
    return found


def _mark_low(track: Track, usable: Bools, rule: TrackRule, state: Small, bracketed: Bools) -> None:
    """Mark runs of low reports beside which the same aircraft was good."""
    rows = np.flatnonzero(usable & (track.low >= 0))
    if not len(rows):
        return
    low = track.low[rows] == 1
    edges = _runs(track.aircraft[rows], low)
    low = _without_flickers(low, edges, track.aircraft[rows], rule)
    edges = _runs(track.aircraft[rows], low)
    starts, ends = edges[:-1], edges[1:] - 1
    times, owner = track.time_s[rows], track.aircraft[rows]
    for k in np.flatnonzero(low[starts]).tolist():
        first, last = int(starts[k]), int(ends[k])
        earlier = k > 0 and owner[first - 1] == owner[first]
        later = last + 1 < len(rows) and owner[last + 1] == owner[first]
        before = earlier and times[first] - times[first - 1] <= rule.bracket_s
        after = later and times[last + 1] - times[last] <= rule.bracket_s
        inside = rows[first : last + 1]
        told_low = inside[track.low[inside] == 1]
        state[inside] = UNUSED
        if before or after:
            state[told_low] = LOW
            bracketed[told_low] = before and after


def _runs(aircraft: Whole, low: Bools) -> Whole:
    new = np.ones(len(low), dtype=np.bool_)
    new[1:] = (aircraft[1:] != aircraft[:-1]) | (low[1:] != low[:-1])
    return np.append(np.flatnonzero(new), len(low)).astype(np.int64)


def _without_flickers(low: Bools, edges: Whole, aircraft: Whole, rule: TrackRule) -> Bools:
    """Return what is low, with short runs of good reports beside low ones taken as low."""
    sizes = np.diff(edges)
    is_good = ~low[edges[:-1]]
    beside = np.zeros(len(sizes), dtype=np.bool_)
    owner = aircraft[edges[:-1]]
    same = owner[1:] == owner[:-1]
    beside[1:] |= same
    beside[:-1] |= same
    short = is_good & beside & (sizes < rule.solid_reports)
    return low | np.repeat(short, sizes)


def _replace_displaced(
    track: Track, displaced: Bools, usable: Bools, rule: TrackRule, place: Floats, bracketed: Bools
) -> None:
    """Put displaced reports where the flight was, between the places before and after."""
    rows = np.flatnonzero(displaced)
    if not len(rows):
        return
    trusted = np.flatnonzero(usable)
    after = np.searchsorted(trusted, rows)
    first, last = np.clip(after - 1, 0, None), np.clip(after, None, max(len(trusted) - 1, 0))
    if not len(trusted):
        place[rows] = np.nan
        return
    left, right = trusted[first], trusted[last]
    own = track.aircraft[rows]
    time = track.time_s
    has_left = (after > 0) & (track.aircraft[left] == own)
    has_right = (after < len(trusted)) & (track.aircraft[right] == own)
    both = has_left & has_right & (time[right] - time[left] <= rule.most_gap_s)
    share = (time[rows] - time[left]) / np.maximum(time[right] - time[left], 1e-9)
    between = _between(track.place_deg[left], track.place_deg[right], share)
    near_left = has_left & (time[rows] - time[left] <= rule.most_gap_s / 12.0)
    near_right = has_right & (time[right] - time[rows] <= rule.most_gap_s / 12.0)
    place[rows] = np.select(
        [both[:, None], near_left[:, None], near_right[:, None]],
        [between, track.place_deg[left], track.place_deg[right]],
        np.nan,
    )
    bracketed[rows] = both


def _between(first_deg: Floats, second_deg: Floats, share: Floats) -> Floats:
    """Return places a share of the way between others, along the chord."""
    lat, lon = np.radians(np.stack([first_deg, second_deg])).transpose(2, 0, 1)
    axes = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    x, y, z = axes[:, 0] * (1.0 - share) + axes[:, 1] * share
    found = np.degrees(np.stack([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)], axis=-1))
    return np.asarray(found, dtype=np.float64)


def heard_from_km(height_m: Floats, antenna_m: float) -> Floats:
    """Return how far away an emitter at a height may stand that aircraft at heights have in sight.

    Source: ITU-R P.310, effective Earth radius 4/3; never more than a quarter of the Earth.
    """
    reach = 4.12 * (np.sqrt(np.maximum(height_m, 0.0)) + np.sqrt(antenna_m))
    return np.asarray(np.minimum(reach, 0.5 * np.pi * EARTH_RADIUS_KM))
