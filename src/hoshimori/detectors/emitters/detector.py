"""The detector of emitters: each heard signal becomes the areas that it can have come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from hoshimori.detectors.emitters.locating import LONGEST_KM, located
from hoshimori.errors import CoverageError
from hoshimori.model.detector import Card
from hoshimori.model.digest import finding_id
from hoshimori.model.findings import BaseRate, Confidence
from hoshimori.model.findings_of_emitters import EmitterInterference, as_located
from hoshimori.model.geolocation import GeolocationReport, GeometryWarning
from hoshimori.model.measured_rates import EMITTERS
from hoshimori.model.picture import Picture
from hoshimori.model.signals import HeardSignal, signal_digest
from hoshimori.numerics.emitter_search import DEFAULT_STARTS

HEARD_SIGNALS = "HEARD_SIGNALS"
"""What base rates would be counted in; nothing is comparable with a signal that was measured."""
_IMPOSSIBLE = (GeometryWarning.BELOW_HORIZON, GeometryWarning.OUTSIDE_FOOTPRINT)


@dataclass(frozen=True, slots=True)
class EmitterDetector:
    """Finds the areas that signals can have come from."""

    longest_km: float = LONGEST_KM
    """Half axis beyond which an ellipse is called long."""
    starts: int = DEFAULT_STARTS
    """From about so many places the fit begins."""
    look_back_days: float = 30.0
    """Signals that were last measured earlier are not reported."""

    card: ClassVar[Card] = Card(
        name="emitters",
        version=1,
        question="From which areas of the ground can a signal have come?",
        needs=(
            "Differences of arrival in time and frequency (TDOA, FDOA) of one signal at two or "
            "more satellites, orbits of these, and how well all of it is known; of reference "
            "emitters the same."
        ),
        method=(
            "Place, height, orbits, clocks and frequencies are estimated together, each with its "
            "stated sigma; the fit begins all over the common footprint, and every place that is "
            "not excluded (chi-square within 13.8 of the best) is told, mirror places too. An "
            "area is the 95 % ellipse, or where the lines of position bend the outline of "
            "chi-square. It is never a point. What limits it stands beside it."
        ),
        references=(
            "Ho & Chan 1997, IEEE Trans. Aerosp. Electron. Syst. 33(3), 770",
            "Tapley, Schutz & Born 2004, Statistical Orbit Determination, 4.3 and 6.2",
            "ITU-R SM.2149 (location of emitters by two satellites)",
        ),
        false_alarm_rate=EMITTERS,
        known_false_alarms=(
            "Measurements of two signals taken for one.",
            "Sigmas of orbits, clocks or measurements that are stated too small.",
            "An emitter that moves, or stands far from the stated height.",
            "A mirror place, where nothing measured tells which is right.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[EmitterInterference, ...]:
        """Return one finding for each signal that can be located, the latest first.

        A signal with too few measurements gives none: `hoshimori geolocate` tells why.
        """
        since = picture.as_of_utc - timedelta(days=self.look_back_days)
        heard = (signal.known_by(picture.as_of_utc) for signal in picture.signals)
        found = [f for signal in heard for f in self._of_signal(signal) if f.end_utc >= since]
        return tuple(sorted(found, key=lambda f: (f.start_utc, f.finding_id), reverse=True))

    def _of_signal(self, signal: HeardSignal) -> Iterator[EmitterInterference]:
        if not any(not one.emitter for one in signal.case.measurements):
            return
        try:
            report = located(signal, longest_km=self.longest_km, starts=self.starts)
        except CoverageError:
            return
        yield self._finding(signal, report)

    def _finding(self, signal: HeardSignal, report: GeolocationReport) -> EmitterInterference:
        name = f"{self.card.name}/{self.card.version}"
        disturbed = signal.case.disturbed
        objects = () if disturbed.norad_id is None else (disturbed.norad_id,)
        basis = (signal_digest(signal),)
        confidence, because = confidence_of(report)
        return EmitterInterference(
            finding_id=finding_id(name, self, objects, basis),
            detector=name,
            objects=objects,
            start_utc=report.start_utc,
            end_utc=report.end_utc,
            base_rate=BaseRate.counted(HEARD_SIGNALS, 0, 0),
            confidence=confidence,
            confidence_because=because,
            basis=basis,
            reality=signal.reality,
            signal=report.title,
            areas=tuple(map(as_located, report.areas)),
            carrier_hz=report.carrier_hz,
            receivers=disturbed.receivers,
            link=disturbed.link,
            band=disturbed.band,
            polarisation=disturbed.polarisation,
            bearing=disturbed.bearing,
            tdoa=report.tdoa,
            fdoa=report.fdoa,
            references=report.references,
            of_references=report.of_references,
            refused=len(report.rejected),
            satellites=report.satellites,
            height_m=report.height_m,
            height_sigma_m=report.height_sigma_m,
            longest_km=report.longest_km,
            excluded=report.excluded,
            hidden=report.hidden,
        )


def confidence_of(report: GeolocationReport) -> tuple[Confidence, str]:
    """Return how far the measurements carry the areas, and what limits that.

    Low where they contradict one another, or the best place cannot have been; moderate where
    nothing could show a mistake, or no reference emitter shows the errors of orbits and clocks.
    """
    best = report.areas[0]
    grave = [w for w in best.warnings if w is GeometryWarning.INCONSISTENT or w in _IMPOSSIBLE]
    if grave:
        return Confidence.LOW, grave[0].value
    if best.chance is None:
        return Confidence.LOW, "no measurement to spare"
    told = f"{report.tdoa + report.fdoa} differences, {report.of_references} of reference emitters"
    if len(report.areas) > 1:
        return Confidence.MODERATE, f"{len(report.areas)} areas fit alike; {told}"
    return (Confidence.HIGH if report.of_references else Confidence.MODERATE), told
