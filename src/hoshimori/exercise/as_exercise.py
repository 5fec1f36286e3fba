"""A picture for an exercise: the same facts, every one marked EXERCISE."""

from __future__ import annotations

from dataclasses import replace

from hoshimori.model.digest import report_digest
from hoshimori.model.elements import ElementSets
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.passages import Passages
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.reports import OperatorReport
from hoshimori.model.signals import HeardSignal
from hoshimori.model.space_weather import SpaceWeather


def as_exercise(picture: Picture) -> Picture:
    """Return a picture in which every fact is EXERCISE, and nothing else is other than it was.

    What people play on is no picture of the world any more, even where nothing was injected:
    whoever sees a part of it sees that it is an exercise.
    """
    return replace(
        picture,
        newest=sets_as_exercise(picture.newest),
        history=sets_as_exercise(picture.history),
        integrity=None if picture.integrity is None else air_as_exercise(picture.integrity),
        passages=None if picture.passages is None else passages_as_exercise(picture.passages),
        reports=tuple(report_as_exercise(report) for report in picture.reports),
        receivers=tuple(series_as_exercise(series) for series in picture.receivers),
        signals=tuple(signal_as_exercise(signal) for signal in picture.signals),
    )


def sets_as_exercise(sets: ElementSets) -> ElementSets:
    """Return element sets marked EXERCISE; their digests stay what they are."""
    return replace(sets, provenances=tuple(map(_marked, sets.provenances)))


def air_as_exercise(cells: IntegrityCells) -> IntegrityCells:
    """Return counts of aircraft marked EXERCISE."""
    return replace(cells, provenances=tuple(map(_marked, cells.provenances)))


def passages_as_exercise(passages: Passages) -> Passages:
    """Return flights of aircraft marked EXERCISE."""
    return replace(passages, provenances=tuple(map(_marked, passages.provenances)))


def series_as_exercise(series: ReceiverSeries) -> ReceiverSeries:
    """Return samples of a receiver marked EXERCISE."""
    return replace(series, provenances=tuple(map(_marked, series.provenances)))


def signal_as_exercise(signal: HeardSignal) -> HeardSignal:
    """Return a heard signal marked EXERCISE."""
    case = replace(signal.case, reality=Reality.EXERCISE)
    return replace(signal, case=case, provenances=tuple(map(_marked, signal.provenances)))


def weather_as_exercise(weather: SpaceWeather) -> SpaceWeather:
    """Return space weather marked EXERCISE."""
    return replace(weather, provenance=_marked(weather.provenance))


def report_as_exercise(report: OperatorReport) -> OperatorReport:
    """Return a report marked EXERCISE, under the name that it then has."""
    if report.reality is Reality.EXERCISE:
        return report
    digest = report_digest(
        statement=report.statement,
        objects=report.objects,
        moments_utc=(report.start_utc, report.end_utc, report.known_utc),
        source=report.source,
        source_chain=report.source_chain,
        grade=report.grade,
        text=report.text,
        reference=report.reference,
        radio=report.radio,
        reality=Reality.EXERCISE,
    )
    return replace(report, finding_id=digest, basis=(digest,), reality=Reality.EXERCISE)


def _marked(provenance: Provenance) -> Provenance:
    return replace(provenance, reality=Reality.EXERCISE)
