"""From pictures to columns: rounded to what a screen can show, so that answers stay small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np

from hoshimori.dossier.language import Language
from hoshimori.dossier.wording import kind_text
from hoshimori.model.board import WatchBoard
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding, Interval
from hoshimori.model.incidents import Incident
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.workflows.belt_strip import BeltStrip
from hoshimori.workflows.gabbard import Gabbard, Heights
from hoshimori.workflows.interference_map import InterferenceMap, MapCell
from hoshimori.workflows.json_columns import Numbers, numbers, rounded
from hoshimori.workflows.picture_columns import (
    AreaPage,
    BeltLinesPage,
    BeltNeighbourPage,
    BeltPage,
    BeltSlotPage,
    BeltStayPage,
    GabbardPage,
    HeightsPage,
    InterferencePage,
    JoinedPage,
    MapCellPage,
    MarkPage,
    PairChoice,
    PairObject,
    ParentPage,
    RangeInterval,
    RelativePage,
    TimelinePage,
)
from hoshimori.workflows.relative_tracks import RelativeTracks, is_about_a_pair
from hoshimori.workflows.timeline import Mark, Timeline

_COARSE_DEG = 60.0
"""A wider strip is told to a hundredth of a degree, a narrower one to a thousandth."""


def relative_page(
    tracks: RelativeTracks,
    findings: Iterable[AnyFinding],
    board: WatchBoard,
    language: Language,
    *,
    view_id: str,
) -> RelativePage:
    """Return a proximity picture with the other pairs that the incident offers."""
    finding, covariance = tracks.finding, tracks.covariance_rtn_km2
    t_s = (tracks.times_utc - tracks.times_utc[0]) / np.timedelta64(1, "s")
    assets = {asset.norad_id for asset in board.assets}
    first, second = (
        PairObject(i, _name(i, board.names), i in assets, as_datetime(epoch))
        for i, epoch in zip(finding.objects[:2], tracks.epochs_utc, strict=True)
    )
    return RelativePage(
        view_id=view_id,
        finding_id=finding.finding_id,
        kind=kind_of(finding),
        kind_text=kind_text(finding, language),
        reality=finding.reality.value,
        pair=(first, second),
        as_of_utc=board.as_of_utc,
        start_utc=as_datetime(tracks.times_utc[0]),
        t_s=numbers(t_s, 2),
        radial_km=numbers(tracks.rtn_km[:, 0], 4),
        in_track_km=numbers(tracks.rtn_km[:, 1], 4),
        cross_track_km=numbers(tracks.rtn_km[:, 2], 4),
        variance_rr_km2=numbers(covariance[:, 0, 0], 3),
        variance_tt_km2=numbers(covariance[:, 1, 1], 3),
        variance_nn_km2=numbers(covariance[:, 2, 2], 3),
        covariance_rt_km2=numbers(covariance[:, 0, 1], 3),
        covariance_tn_km2=numbers(covariance[:, 1, 2], 3),
        closest=tracks.closest,
        closest_utc=as_datetime(tracks.times_utc[tracks.closest]),
        closest_km=round(float(tracks.ranges_km[tracks.closest]), 4),
        range_km=_interval(tracks.range_km, 3),
        revolution_s=round(tracks.revolution_s, 1),
        choices=tuple(
            PairChoice(
                f.finding_id,
                kind_of(f),
                kind_text(f, language),
                f.objects,
                tuple(_name(i, board.names) for i in f.objects),
            )
            for f in findings
            if is_about_a_pair(f)
        ),
    )


def belt_page(strip: BeltStrip, board: WatchBoard, *, view_id: str) -> BeltPage:
    """Return a strip of the belt as columns."""
    incidents = _incident_of_finding(board)
    now = strip.as_of_utc

    def hours(moment: datetime) -> float:
        return round((moment - now).total_seconds() / 3600.0, 1)

    stays = tuple(
        BeltStayPage(
            norad_id=s.norad_id,
            role=s.role.value.replace(" ", "_"),
            deg_east=round(s.slot_deg_east, 3),
            began_h=None if s.began_after_utc is None else hours(s.began_after_utc),
            seen_from_h=hours(s.seen_from_utc),
            seen_until_h=hours(s.seen_until_utc),
            ended_h=None if s.ended_before_utc is None else hours(s.ended_before_utc),
            too_sparse=s.too_sparse,
        )
        for s in strip.stays
    )
    neighbours = tuple(
        BeltNeighbourPage(
            finding_id=f.finding_id,
            incident_id=incidents[f.finding_id].incident_id if f.finding_id in incidents else "",
            attention=_attention(incidents.get(f.finding_id)),
            objects=f.objects,
            motion=f.motion.value.replace(" ", "_"),
            slot_deg_east=round(f.slot_deg_east, 3),
            closest_h=hours(f.range_utc),
            range_km=_interval(f.range_km, 1),
            arrival_h=None if f.arrival_utc is None else hours(f.arrival_utc),
            arrival_sigma_h=None if f.arrival_sigma_h is None else round(f.arrival_sigma_h, 1),
        )
        for f in strip.neighbours
    )
    return BeltPage(
        view_id=view_id,
        reality=board.reality.value,
        middle_deg_east=strip.middle_deg_east,
        width_deg=strip.width_deg,
        since_h=hours(strip.since_utc),
        as_of_utc=now,
        until_h=hours(strip.until_utc),
        lines=_belt_lines(strip, 2 if strip.width_deg > _COARSE_DEG else 3),
        slots=tuple(
            BeltSlotPage(s.norad_id, round(s.deg_east, 3), s.half_width_deg) for s in strip.slots
        ),
        stays=stays,
        neighbours=neighbours,
        objects=strip.objects,
        left_out=strip.left_out,
    )


def gabbard_page(
    plot: Gabbard, names: Mapping[int, str], board: WatchBoard, *, view_id: str
) -> GabbardPage:
    """Return the Gabbard plot of a break-up as columns."""
    finding, newest = plot.finding, plot.newest
    speed = np.linalg.norm(plot.delta_v_rtn_m_s, axis=1)
    return GabbardPage(
        view_id=view_id,
        finding_id=finding.finding_id,
        reality=finding.reality.value,
        event_utc=finding.event_utc,
        event_sigma_s=round(finding.event_sigma_s, 1),
        is_resolved=finding.is_resolved,
        pieces=finding.pieces,
        altitude_km=round(finding.altitude_km, 1),
        first=_heights(plot.first, names),
        newest_period_min=numbers(newest.period_min, 3),
        newest_apogee_km=numbers(newest.apogee_km, 1),
        newest_perigee_km=numbers(newest.perigee_km, 1),
        speed_m_s=numbers(speed, 1),
        along_m_s=numbers(plot.delta_v_rtn_m_s[:, 1], 1),
        parents=tuple(
            ParentPage(
                candidate.norad_id,
                _name(candidate.norad_id, names),
                round(candidate.probability, 3),
                *(
                    rounded(float(column[k]), 2)
                    for column in (
                        plot.parents.period_min,
                        plot.parents.apogee_km,
                        plot.parents.perigee_km,
                    )
                ),
            )
            for k, candidate in enumerate(finding.candidates)
        ),
        arm_period_min=numbers(plot.arm_period_min, 3),
        arm_apogee_km=numbers(plot.arm_apogee_km, 1),
        arm_perigee_km=numbers(plot.arm_perigee_km, 1),
        left_out=plot.left_out,
    )


def timeline_page(lanes: Timeline, board: WatchBoard, *, view_id: str) -> TimelinePage:
    """Return a timeline as marks with the names of their objects."""
    told = {i for mark in lanes.marks for i in mark.objects}
    return TimelinePage(
        view_id=view_id,
        reality=board.reality.value,
        as_of_utc=lanes.as_of_utc,
        since_utc=lanes.since_utc,
        until_utc=lanes.until_utc,
        marks=tuple(_mark(mark, lanes.as_of_utc) for mark in lanes.marks),
        left_out={lane.value: count for lane, count in lanes.left_out.items() if count},
        names={str(i): _name(i, board.names) for i in sorted(told)},
    )


def interference_page(
    drawn: InterferenceMap, board: WatchBoard, *, view_id: str
) -> InterferencePage:
    """Return the interference map of a day as polygons."""
    incidents = _incident_of_finding(board)
    edges = drawn.edges
    return InterferencePage(
        view_id=view_id,
        reality=board.reality.value,
        day_utc=drawn.day_utc,
        days_utc=drawn.days_utc,
        south_deg=round(edges.south_deg, 3),
        north_deg=round(edges.north_deg, 3),
        west_deg=round(edges.west_deg, 3),
        east_deg=round(edges.east_deg, 3),
        cells=tuple(_map_cell(cell) for cell in drawn.cells),
        joined=tuple(
            JoinedPage(
                part.state.value.replace(" ", "_"), tuple(_ring(ring, 2) for ring in part.rings_deg)
            )
            for part in drawn.joined
        ),
        areas=tuple(
            AreaPage(
                finding_id=f.finding_id,
                incident_id=incidents[f.finding_id].incident_id
                if f.finding_id in incidents
                else "",
                persistence=f.persistence.value,
                latitude_deg=round(f.latitude_deg, 3),
                longitude_deg=round(f.longitude_deg, 3),
                radius_km=round(f.radius_km, 1),
                share=_interval(f.share, 4),
                start_utc=f.start_utc,
                end_utc=f.end_utc,
                peak_day_utc=f.peak_day_utc,
                emitter_within_km=f.emitter_within_km,
                more_since_utc=f.rise.since_utc if f.rise else None,
                share_before=round(f.rise.before, 4) if f.rise else None,
                share_since=round(f.rise.since, 4) if f.rise else None,
                day=tuple(d.day_utc for d in f.days),
                good=tuple(d.good for d in f.days),
                bad=tuple(d.bad for d in f.days),
                cells_seen=tuple(d.cells_seen for d in f.days),
                cells_disturbed=tuple(d.cells_disturbed for d in f.days),
            )
            for f in drawn.findings
        ),
        disturbed=drawn.disturbed,
        quiet=drawn.quiet,
        insufficient=drawn.insufficient,
        left_out=drawn.left_out,
    )


def _belt_lines(strip: BeltStrip, digits: int) -> BeltLinesPage:
    lines, now = strip.lines, as_column_time(strip.as_of_utc)
    times = np.concatenate([np.empty(0, "datetime64[us]"), *(line.times_utc for line in lines)])
    degrees = np.concatenate([np.empty(0), *(line.deg_east for line in lines)])
    return BeltLinesPage(
        norad_id=tuple(line.norad_id for line in lines),
        name=tuple(line.name for line in lines),
        role=tuple(line.role.value for line in lines),
        drift_deg_day=tuple(round(line.drift_deg_day, 3) for line in lines),
        inclination_deg=tuple(round(line.inclination_deg, 1) for line in lines),
        past=tuple(line.past for line in lines),
        points=tuple(len(line.deg_east) for line in lines),
        hours=numbers(np.asarray((times - now) / np.timedelta64(1, "s") / 3600.0), 1),
        deg_east=numbers(degrees, digits),
    )


def _heights(heights: Heights, names: Mapping[int, str]) -> HeightsPage:
    ids = tuple(int(i) for i in heights.norad_id)
    return HeightsPage(
        norad_id=ids,
        name=tuple(_name(i, names) for i in ids),
        period_min=numbers(heights.period_min, 3),
        apogee_km=numbers(heights.apogee_km, 1),
        perigee_km=numbers(heights.perigee_km, 1),
    )


def _mark(mark: Mark, now: datetime) -> MarkPage:
    start, end, moment = (
        round((one - now).total_seconds())
        for one in (mark.start_utc, mark.end_utc, mark.moment_utc)
    )
    return MarkPage(
        lane=mark.lane.value,
        start_s=start,
        end_s=end,
        moment_s=moment,
        attention=mark.attention.value.replace(" ", "_"),
        confidence=None if mark.confidence is None else mark.confidence.value,
        kind=mark.kind,
        objects=mark.objects[:2],
        incident_id=mark.incident_id,
        finding_id=mark.finding_id,
        alert_id=mark.alert_id,
    )


def _map_cell(cell: MapCell) -> MapCellPage:
    return MapCellPage(
        cell=cell.cell,
        state=cell.state.value.replace(" ", "_"),
        ring=_ring(cell.ring_deg, 2),
        good=cell.good,
        bad=cell.bad,
        onset_utc=cell.onset_utc,
        days=cell.days_disturbed,
    )


def _ring(ring_deg: np.ndarray, digits: int) -> Numbers:
    return numbers(ring_deg[:, ::-1].ravel(), digits)


def _incident_of_finding(board: WatchBoard) -> dict[str, Incident]:
    return {i: incident for incident in board.incidents for i in incident.finding_ids}


def _attention(incident: Incident | None) -> str:
    return "log" if incident is None else incident.attention.value.replace(" ", "_")


def _interval(interval: Interval, digits: int) -> RangeInterval:
    high = rounded(interval.high, digits)
    return RangeInterval(round(interval.low, digits), round(interval.best, digits), high)


def _name(norad_id: int, names: Mapping[int, str]) -> str:
    return names.get(norad_id, "") or str(norad_id)
