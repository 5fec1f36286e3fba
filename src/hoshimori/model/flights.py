"""From reports of aircraft to passages: each flight judged by itself, laid in cells and steps."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.model.aircraft_reports import AircraftReports, Emitter
from hoshimori.model.passages import (
    DEFAULT_RESOLUTION,
    DEFAULT_STEP_S,
    Passages,
    ReportTally,
)
from hoshimori.model.provenance import Provenance, combined_reality, source_following
from hoshimori.numerics.aircraft_tracks import (
    LOW,
    UNUSED,
    JudgedTrack,
    Track,
    TrackRule,
    judged_track,
    low_integrity,
)
from hoshimori.numerics.hexagons import Bools
from hoshimori.numerics.passages import passages_of

RESOLUTIONS = (4, 5, 6)
_LEAST_STEP_S, _MOST_STEP_S = 60.0, 86_400.0
_SAME_S = 1.0
"""A place told again within so short a time is the same report, heard or polled twice."""
_RULE = TrackRule()


def passages_from(
    reports: AircraftReports,
    *,
    as_of_utc: np.datetime64,
    step_s: float = DEFAULT_STEP_S,
    resolution: int = DEFAULT_RESOLUTION,
    tally: ReportTally = ReportTally(),  # noqa: B008  frozen
    rule: TrackRule = _RULE,
) -> Passages:
    """Return the flights in reports by cells and steps, from what was known at a moment.

    What comes of it rests on all reports together, so it has one provenance, and that of all.

    Raises:
        SettingsError: step or resolution are out of range.
    """
    if resolution not in RESOLUTIONS:
        raise SettingsError(f"resolution {resolution}: expected 4, 5 or 6")
    if not (_LEAST_STEP_S <= step_s <= _MOST_STEP_S and 86_400.0 % step_s == 0.0):
        raise SettingsError(f"a step of {step_s / 60:g} minutes: expected whole parts of a day")
    known = reports.known_by(as_of_utc)
    own = known.take(known.emitter == Emitter.AIRCRAFT)
    ordered = own.take(_order(own))
    single = ordered.take(~_repeated(ordered))
    new = _begins(single, rule)
    track = _track(single, new, rule)
    judged = judged_track(track, rule)
    columns = passages_of(track, judged, step_s=step_s, resolution=resolution)
    emitted = np.bincount(known.emitter.astype(np.int64), minlength=len(Emitter))
    told = replace(
        tally,
        reports=len(reports),
        aircraft=len(np.unique(single.address)),
        on_ground=int(emitted[Emitter.ON_GROUND]),
        anonymous=int(emitted[Emitter.ANONYMOUS]),
        measured=int(emitted[Emitter.MEASURED]),
        duplicate=len(ordered) - len(single),
        late=len(reports) - len(known),
        without_integrity=int(np.count_nonzero(track.low < 0)),
        erratic_aircraft=len(np.unique(single.address[new][judged.erratic])),
        **_unused(track, judged),
    )
    return Passages(
        step_s=step_s,
        cell=columns.cell,
        step=columns.step,
        address=single.address[new][columns.aircraft],
        state=columns.state,
        bracketed=columns.bracketed,
        checked=columns.checked,
        height_m=columns.height_m.astype(np.float32),
        first_utc=_as_times(columns.first_s),
        last_utc=_as_times(columns.last_s),
        shown_latitude_deg=columns.shown_deg[:, 0].astype(np.float32),
        shown_longitude_deg=columns.shown_deg[:, 1].astype(np.float32),
        provenance_index=np.zeros(len(columns.cell), dtype=np.int32),
        provenances=(_together(reports.provenances),),
        tally=told,
    )


def _order(reports: AircraftReports) -> np.ndarray:
    """Return rows by aircraft and time; of one moment always the same first, whatever the order."""
    return np.lexsort(
        (
            -reports.nic.astype(np.int64),
            reports.longitude_deg,
            reports.latitude_deg,
            reports.time_utc.astype(np.int64),
            reports.address,
        )
    )


def _repeated(reports: AircraftReports) -> Bools:
    """Return rows of the moment before, or that tell its place again at once."""
    found = np.zeros(len(reports), dtype=np.bool_)
    if len(reports) > 1:
        same = reports.address[1:] == reports.address[:-1]
        gone = (reports.time_utc[1:] - reports.time_utc[:-1]).astype(np.int64) / 1000.0
        still = (reports.latitude_deg[1:] == reports.latitude_deg[:-1]) & (
            reports.longitude_deg[1:] == reports.longitude_deg[:-1]
        )
        found[1:] = same & ((gone == 0.0) | (still & (gone < _SAME_S)))
    return found


def _begins(reports: AircraftReports, rule: TrackRule) -> Bools:
    """Return the first report of each flight: of an aircraft, or after a long gap."""
    new = np.ones(len(reports), dtype=np.bool_)
    gone = (reports.time_utc[1:] - reports.time_utc[:-1]).astype(np.int64) / 1000.0
    new[1:] = (reports.address[1:] != reports.address[:-1]) | (gone > rule.bracket_s)
    return new


def _track(reports: AircraftReports, new: Bools, rule: TrackRule) -> Track:
    return Track(
        aircraft=np.cumsum(new) - 1,
        time_s=reports.time_utc.astype(np.int64) / 1000.0,
        place_deg=np.stack([reports.latitude_deg, reports.longitude_deg], axis=-1),
        altitude_m=reports.altitude_m.astype(np.float64),
        low=low_integrity(reports.nic, reports.nacp, reports.version, rule),
    )


def _unused(track: Track, judged: JudgedTrack) -> dict[str, int]:
    unused = (judged.state == UNUSED) & ~judged.erratic[track.aircraft]
    return {
        "not_bracketed": int(np.count_nonzero(unused & (track.low == LOW))),
        "errors": int(np.count_nonzero(unused & (track.low == 0))),
    }


def _as_times(seconds: np.ndarray) -> np.ndarray:
    return np.round(seconds * 1000.0).astype(np.int64).astype("datetime64[ms]")


def _together(provenances: tuple[Provenance, ...]) -> Provenance:
    different = tuple(dict.fromkeys(provenances))
    if len(different) == 1:
        return different[0]
    digests = sorted(one.payload_sha256 for one in different)
    return Provenance(
        source_following(one.source for one in different),
        hashlib.sha256("".join(digests).encode()).hexdigest(),
        combined_reality(one.reality for one in different),
    )
