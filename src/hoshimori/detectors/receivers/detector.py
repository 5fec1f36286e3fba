"""The detector of disturbed receivers and satellite links, for the watch and for its own door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np

from hoshimori.detectors.receivers.causes import reception_of
from hoshimori.detectors.receivers.episodes import Episode, Judged, ReceiverRule, least_of
from hoshimori.detectors.receivers.signs import changes_in, depth_of, lost_share, signs_of
from hoshimori.model.detector import Card
from hoshimori.model.digest import finding_id
from hoshimori.model.findings import BaseRate, Confidence, Interval
from hoshimori.model.findings_of_receivers import (
    QuantityChange,
    ReceiverInterference,
    Reception,
    ReceptionPoint,
)
from hoshimori.model.measured_rates import RECEIVERS
from hoshimori.model.moments import as_column_time, as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.receiver_report import ReceiverCoverage
from hoshimori.model.receivers import PLACE_OF, Floats, Quantity, ReceiverSeries, series_digest
from hoshimori.numerics.reception import as_deep_before, median_interval, rise_s, slope_of

RECEIVER_TIME = "RECEIVER_TIME"
"""What base rates are counted in: earlier stretches of the same receiver, as long."""
_MOST_POINTS = 240
_RARE = 0.05
"""What cannot be told apart is told only where the receiver shows it less often than this."""
_ALL_LOST = 0.8
_LONGEST_START_S = 900.0
"""A receiver that knows nothing reads the almanac in 12.5 minutes (IS-GPS-200, 20.3.3.5)."""
_DAYS_OF_SLOPE = 14
_SLOPE_LEAST_DB = 2.0


@dataclass(frozen=True, slots=True)
class ReceiverSurvey:
    """What a detector found, and what it could have seen."""

    findings: tuple[ReceiverInterference, ...]
    coverage: tuple[ReceiverCoverage, ...]


@dataclass(frozen=True, slots=True)
class ReceiverDetector:
    """Finds when receivers and satellite links were disturbed, and tells how."""

    rule: ReceiverRule = field(default_factory=ReceiverRule)
    look_back_days: float = 7.0
    """Episodes that ended earlier are not reported."""

    card: ClassVar[Card] = Card(
        name="receivers",
        version=1,
        question="When was the reception of a receiver or link disturbed, and what does it show?",
        needs=(
            "Samples of C/N0, noise floor, gain control, bit errors or received power of single "
            "receivers, an hour of quiet ones before; of navigation satellites best one by one. "
            "Without noise or gain control, and without satellites one by one, an even fall is "
            "hard to tell from an uneven one."
        ),
        method=(
            "Each quantity is compared with the median and robust spread of the receiver's own "
            "last quiet samples (six hours and more). A cumulative sum of what exceeds half the "
            "least change of interest (C/N0 6 dB down or 4 dB up, noise or gain control 3 dB, "
            "received power 6 dB, bit errors a decade; four sigma where these are more) tells the "
            "onset; single samples cannot raise it. What is disturbed teaches nothing. The start "
            "of a series is judged by the first quiet samples after it, with low confidence. "
            "Told apart by physics: power from outside raises noise or gain control, or takes "
            "every signal while other radios go on; what stands between takes some, or other "
            "radios with it, and adds no noise; above 10 GHz rain fades slowly and radiates "
            "little; foreign signals are stronger, alike, and move position or clock; one "
            "satellite alone is that satellite or a reflection; a slope of daily medians over two "
            "weeks is ageing or season. Depth: median with 95 % interval. Base rate: the share "
            "of the receiver's own earlier stretches, as long, that were as deep."
        ),
        references=(
            "Page 1954, Biometrika 41, 100 (cumulative sums)",
            "Huber 1964, Ann. Math. Stat. 35, 73 (bounded contributions)",
            "Akos 2012, Navigation 59, 281 (gain control against C/N0)",
            "ITU-R P.618 (rain above 10 GHz)",
            "3GPP TS 27.007 (least received power of telephones)",
        ),
        false_alarm_rate=RECEIVERS,
        known_false_alarms=(
            "Tunnels, garages and covers in which every signal is lost and a telephone hears a "
            "repeater.",
            "A receiver or amplifier that is switched, moved or heats up.",
            "Own transmitters beside the antenna.",
            "Motors, displays and chargers that radiate into a receiver in a vehicle.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[ReceiverInterference, ...]:
        """Return one finding for each episode of each receiver, the rarest first."""
        if not picture.receivers:
            return ()
        return self.survey(picture.receivers, picture.as_of_utc).findings

    def survey(self, series: Sequence[ReceiverSeries], as_of_utc: datetime) -> ReceiverSurvey:
        """Return the findings in series as known at a moment, and what could be seen in them."""
        findings: list[ReceiverInterference] = []
        coverage = []
        at = as_column_time(as_of_utc)
        since = as_of_utc - timedelta(days=self.look_back_days)
        for one in series:
            known = one.known_by(at)
            if not len(known):
                coverage.append(_coverage(None, known, 0))
                continue
            judged = Judged(known, self.rule)
            episodes = judged.episodes()
            long = [e for e in episodes if _lasts_s(judged, e) >= self.rule.shortest_s]
            coverage.append(_coverage(judged, known, len(episodes) - len(long)))
            findings += (found for found in self._findings(judged, long) if found.end_utc >= since)
        return ReceiverSurvey(tuple(sorted(findings, key=_order)), tuple(coverage))

    def _findings(
        self, judged: Judged, episodes: Sequence[Episode]
    ) -> Iterator[ReceiverInterference]:
        for episode in episodes:
            if not _is_switched_on(judged, episode):
                yield from self._of_episode(judged, episode)
        yield from self._of_satellites(judged)
        yield from self._of_slopes(judged)

    def _of_episode(self, judged: Judged, episode: Episode) -> Iterator[ReceiverInterference]:
        """Yield what the pieces of an episode tell; neighbours that tell the same are one.

        What faded as a whole did so from its edges on.
        """
        whole = _told(judged, episode)
        if whole is not None and whole.reception is Reception.FADED:
            if self._is_enough(judged, whole):
                yield self._finding(judged, whole)
            return
        told: list[_Told] = []
        for piece in judged.pieces(episode):
            one = _told(judged, piece)
            if one is None:
                continue
            before = told[-1] if told else None
            if before is not None and before.reception is one.reception:
                both = replace(before.episode, last=piece.last, goes_on=piece.goes_on)
                one = _told(judged, both) or one
                if one.reception is before.reception:
                    told.pop()
            told.append(one)
        for one in told:
            if not self._is_enough(judged, one):
                continue
            if one.reception is not Reception.UNCLEAR or one.base.share.high <= _RARE:
                yield self._finding(judged, one)

    def _is_enough(self, judged: Judged, told: _Told) -> bool:
        """Tell whether something lasted long enough and was deep enough to report."""
        least = least_of(told.leading, rises=told.depth.best > 0.0)
        deep = abs(told.depth.best) >= self.rule.least_part * least
        return deep and _lasts_s(judged, told.episode) >= self.rule.shortest_s

    def _of_satellites(self, judged: Judged) -> Iterator[ReceiverInterference]:
        for name, x, usual, episode in judged.of_one_satellite():
            change = x - usual
            during = change[episode.first : episode.last + 1]
            depth = Interval(*median_interval(during[np.isfinite(during)]))
            seconds = rise_s(judged.t_s, -change, episode.first, -depth.best)
            least = self.rule.least_part * self.rule.satellite_least_db
            if not (seconds <= self.rule.satellite_rise_s and -depth.best >= least):
                continue
            if _lasts_s(judged, episode) < self.rule.shortest_s:
                continue
            base = _base_rate(judged, episode, -change, -depth.best)
            because = (f"{name} fell and the others did not",)
            told = _Told(
                episode, Reception.ONE_SATELLITE, because, Quantity.CN0, depth, base, seconds, x
            )
            yield self._finding(judged, replace(told, fallen=(name,)))

    def _of_slopes(self, judged: Judged) -> Iterator[ReceiverInterference]:
        x = np.where(judged.disturbed, np.nan, judged.values[:, 0])
        days, medians = _daily(judged, x)
        if len(days) < _DAYS_OF_SLOPE:
            return
        slope, sigma = slope_of(days, medians)
        span = float(days[-1] - days[0])
        if abs(slope) * span < max(_SLOPE_LEAST_DB, 4.0 * sigma):
            return
        error = float(2.0 * sigma * np.sqrt(12.0 / len(days)))
        depth = Interval(slope * span - error, slope * span, slope * span + error)
        known = np.flatnonzero(np.isfinite(x))
        episode = Episode(int(known[0]), int(known[-1]), True, False)
        because = (f"a slope over {len(days)} days",)
        base, seconds = BaseRate.counted(RECEIVER_TIME, 0, 0), span * 86_400.0
        told = _Told(episode, Reception.SLOW_CHANGE, because, Quantity.CN0, depth, base, seconds, x)
        yield self._finding(judged, told)

    def _finding(self, judged: Judged, told: _Told) -> ReceiverInterference:
        episode = told.episode
        series = judged.series
        receiver = series.receiver
        name = f"{self.card.name}/{self.card.version}"
        start, end = _moment(series, episode.first), _moment(series, episode.last)
        objects = () if receiver.norad_id is None else (receiver.norad_id,)
        rows = slice(episode.first, episode.last + 1)
        basis = (series_digest(series, rows), series_digest(series, _compared(judged, episode)))
        quiet_h = _quiet_h(judged, episode)
        place = judged.place_before(episode)
        by_later = episode.first < judged.start
        confidence, because = _confidence(told.reception, told.because, quiet_h, by_later=by_later)
        occasion = f"{receiver}|{start.isoformat()}|{told.reception.name}|{','.join(told.fallen)}"
        return ReceiverInterference(
            finding_id=finding_id(name, self, objects, basis, occasion),
            detector=name,
            objects=objects,
            start_utc=start,
            end_utc=end,
            base_rate=told.base,
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=series.reality,
            receiver=receiver.name,
            link=receiver.link,
            band=receiver.band,
            polarisation=receiver.polarisation,
            bearing=receiver.bearing,
            reception=told.reception,
            leading=told.leading,
            depth=told.depth,
            changes=told.changes,
            fallen=told.fallen,
            tracked_before=told.tracked,
            lost_share=told.lost,
            rise_s=told.rise_s if np.isfinite(told.rise_s) else 0.0,
            goes_on=episode.goes_on,
            course=_course(judged, episode, told.x),
            quiet_h=quiet_h,
            latitude_deg=place[0],
            longitude_deg=place[1],
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What one episode, or a piece of one, tells."""

    episode: Episode
    reception: Reception
    because: tuple[str, ...]
    leading: Quantity
    depth: Interval
    base: BaseRate
    rise_s: float
    x: Floats
    """The leading quantity, all samples."""
    changes: tuple[QuantityChange, ...] = ()
    fallen: tuple[str, ...] = ()
    tracked: int = 0
    lost: float | None = None


def _told(judged: Judged, episode: Episode) -> _Told | None:
    changes = changes_in(judged, episode)
    if not changes:
        return None
    leading = changes[0]
    x = judged.values[:, PLACE_OF[leading.quantity]]
    depth = depth_of(leading)
    sign = 1.0 if depth.best >= 0.0 else -1.0
    fallen, tracked = judged.satellites_in(episode)
    lost = lost_share(judged, episode)
    seconds = rise_s(judged.t_s, sign * (x - leading.usual), episode.first, abs(depth.best))
    cause = reception_of(signs_of(judged, changes, lost, len(fallen), tracked, seconds))
    if cause is None:
        return None
    reception, because = cause
    change = sign * (x - judged.usual_of(leading.quantity, sign, leading.usual))
    base = _base_rate(judged, episode, change, abs(depth.best))
    return _Told(
        episode, reception, because, leading.quantity, depth, base, seconds, x,
        changes, fallen, tracked, lost,
    )  # fmt: skip


def _is_switched_on(judged: Judged, episode: Episode) -> bool:
    """Tell whether nothing was tracked from the first sample on, no longer than a start takes."""
    lost = lost_share(judged, episode) or 0.0
    is_start = episode.first == 0 and judged.start > 0
    return is_start and lost >= _ALL_LOST and _lasts_s(judged, episode) <= _LONGEST_START_S


def _compared(judged: Judged, episode: Episode) -> slice:
    """Return the samples that an episode was compared with: before it, at the start after it."""
    if episode.first >= judged.start:
        return slice(0, episode.first)
    return slice(episode.last + 1, max(judged.start, episode.last) + 1)


def _moment(series: ReceiverSeries, row: int) -> datetime:
    return as_datetime(series.time_utc[row])


def _lasts_s(judged: Judged, episode: Episode) -> float:
    return float(judged.t_s[episode.last] - judged.t_s[episode.first])


def _base_rate(judged: Judged, episode: Episode, change: Floats, depth: float) -> BaseRate:
    length_s = max(_lasts_s(judged, episode), 60.0)
    begun = float(judged.t_s[episode.first])
    count, compared = as_deep_before(judged.t_s, change, begun, length_s, depth)
    return BaseRate.counted(RECEIVER_TIME, count, compared)


def _quiet_h(judged: Judged, episode: Episode) -> float:
    """Return hours of quiet samples before: of silences only as much as the rule allows."""
    t_s = judged.t_s[: episode.first][~judged.disturbed[: episode.first]]
    return float(np.minimum(np.diff(t_s), judged.rule.gap_s).sum() / 3600.0)


def _confidence(
    reception: Reception, told: tuple[str, ...], quiet_h: float, *, by_later: bool
) -> tuple[Confidence, str]:
    because = "; ".join(told)
    if by_later:
        return Confidence.LOW, f"{because}; judged by the quiet samples after it, none before"
    if quiet_h < 1.0:
        return Confidence.LOW, f"{because}; only {quiet_h:.1f} h of quiet samples before"
    if reception is Reception.UNCLEAR or len(told) < 2:
        return Confidence.LOW, because
    high = len(told) >= 3 and quiet_h >= 24.0
    return (Confidence.HIGH if high else Confidence.MODERATE), because


def _daily(judged: Judged, x: Floats) -> tuple[Floats, Floats]:
    """Return days and medians of quiet samples, of days with twenty and more."""
    known = np.flatnonzero(np.isfinite(x))
    day = judged.series.time_utc[known].astype("datetime64[D]").astype(np.int64)
    days, start = np.unique(day, return_index=True)
    parts = zip(days.tolist(), np.split(x[known], start[1:]), strict=False)
    told = [(float(one), float(np.median(part))) for one, part in parts if len(part) >= 20]
    return np.array([one for one, _ in told]), np.array([middle for _, middle in told])


def _course(judged: Judged, episode: Episode, x: Floats) -> tuple[ReceptionPoint, ...]:
    """Return the leading quantity from as long before to as long after, thinned to medians."""
    count = max(episode.last - episode.first + 1, 20)
    rows = np.arange(max(0, episode.first - count), min(len(x), episode.last + 1 + count))
    rows = rows[np.isfinite(x[rows])]
    parts = np.array_split(rows, min(_MOST_POINTS, len(rows))) if len(rows) else []
    points = []
    for part in parts:
        middle = int(part[len(part) // 2])
        inside = episode.first <= middle <= episode.last
        value = float(np.median(x[part]))
        points.append(ReceptionPoint(_moment(judged.series, middle), value, inside))
    return tuple(points)


def _coverage(judged: Judged | None, series: ReceiverSeries, short: int) -> ReceiverCoverage:
    name = series.receiver.name
    if judged is None:
        return ReceiverCoverage(name, None, None, 0, 0, 0, 0, 0, ())
    measured = [bool(np.isfinite(column).any()) for column in judged.values.T]
    return ReceiverCoverage(
        receiver=name,
        first_utc=_moment(series, 0),
        last_utc=_moment(series, -1),
        samples=len(series),
        judged=int(np.count_nonzero(judged.is_judged)),
        stuck=int(np.count_nonzero(judged.stuck)),
        silences=int(np.count_nonzero(np.diff(judged.t_s) > judged.rule.gap_s)),
        short=short,
        quantities=tuple(q for q, told in zip(Quantity, measured, strict=True) if told),
    )


_RANK = {
    Reception.ALL_FELL: 0,
    Reception.STRONGER_ALIKE: 0,
    Reception.UNCLEAR: 1,
    Reception.FADED: 2,
    Reception.ONE_SATELLITE: 2,
    Reception.BLANK_SPOT: 2,
    Reception.SLOW_CHANGE: 3,
}


def _order(finding: ReceiverInterference) -> tuple[int, float, datetime, str]:
    rank = _RANK[finding.reception]
    return rank, finding.base_rate.share.best, finding.start_utc, finding.finding_id
