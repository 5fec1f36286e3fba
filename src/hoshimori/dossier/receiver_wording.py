"""Disturbed receivers and satellite links in words: what, when, how much, against its own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import (
    duration_text,
    interval_text,
    number_text,
    percent_text,
    share_words,
)
from hoshimori.model.finding import BaseRate, Interval
from hoshimori.model.findings_of_receivers import (
    QuantityChange,
    ReceiverInterference,
    Reception,
)
from hoshimori.model.receiver_readings import SampleRestart
from hoshimori.model.receiver_report import ReceiverCoverage, ReceiverReport
from hoshimori.model.receivers import Polarisation, Quantity

RECEIVER_TIME = "RECEIVER_TIME"
QUANTITY_UNITS = {
    Quantity.CN0: "dB-Hz",
    Quantity.CN0_SPREAD: "dB",
    Quantity.GAIN_CONTROL: "dB",
    Quantity.NOISE_FLOOR: "dBm",
    Quantity.BIT_ERRORS: "",
    Quantity.RSSI: "dBm",
    Quantity.OTHER_RSSI: "dBm",
    Quantity.USED: "%",
    Quantity.POSITION_OFFSET: "m",
    Quantity.CLOCK_OFFSET: "µs",
}
_FROM_OUTSIDE = (Reception.ALL_FELL, Reception.STRONGER_ALIKE)
_MOST_RESTARTS = 10

Pairs = tuple[tuple[str, str], ...]


def receiver_text(
    finding: ReceiverInterference, names: Mapping[int, str], language: Language
) -> str:
    """Return which receiver it is, and what it receives."""
    link = say(language, f"receiver.link.{finding.link.name.lower()}")
    name = _printable(finding.receiver)
    if not finding.objects:
        return say(language, "receiver.name", name=name, link=link)
    number = finding.objects[0]
    known = _printable(names.get(number, "")) or str(number)
    return say(language, "receiver.name.object", name=name, link=link, object=known)


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()


def receiver_headline(
    finding: ReceiverInterference, names: Mapping[int, str], language: Language
) -> str:
    """Return what happened, in one line."""
    return say(
        language,
        f"headline.receiver.{finding.reception.name.lower()}",
        receiver=receiver_text(finding, names, language),
        **_satellites(finding),
    )


def _satellites(finding: ReceiverInterference) -> dict[str, str]:
    if finding.reception is not Reception.ONE_SATELLITE:
        return {}
    return {"satellites": ", ".join(map(_printable, finding.fallen))}


def reception_text(reception: Reception, language: Language) -> str:
    """Return what reception did, in a few words."""
    return say(language, f"receiver.reception.{reception.name.lower()}")


def quantity_text(quantity: Quantity, language: Language) -> str:
    """Return the name of a quantity."""
    return say(language, f"receiver.quantity.{quantity.name.lower()}")


def receiver_when(finding: ReceiverInterference, language: Language) -> str:
    """Return from when to when it lasted, to the second."""
    start = second_text(finding.start_utc)
    if finding.goes_on:
        return say(language, "receiver.goes_on", start=start)
    return say(language, "receiver.until", start=start, end=second_text(finding.end_utc))


def second_text(moment: datetime) -> str:
    """Return a moment in ISO 8601 UTC to the second.

    >>> second_text(datetime(2026, 3, 4, 12, 33, 59, 400000, tzinfo=UTC))
    '2026-03-04T12:33:59Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def lasting_text(seconds: float, language: Language) -> str:
    """Return a duration in seconds, minutes, hours or days."""
    if seconds < 180.0:
        return say(language, "receiver.seconds", number=f"{seconds:.0f}")
    if seconds < 7_200.0:
        return say(language, "receiver.minutes", number=f"{seconds / 60.0:.0f}")
    return duration_text(seconds / 3600.0, language)


def depth_text(finding: ReceiverInterference, language: Language) -> str:
    """Return how much lower or higher the leading quantity was, as an interval."""
    depth = finding.depth
    if finding.leading is Quantity.BIT_ERRORS:
        factor = Interval(10.0**depth.low, 10.0**depth.best, 10.0**depth.high)
        return say(language, "receiver.times", size=interval_text(factor, "", language))
    low, high = sorted((abs(depth.low), abs(depth.high)))
    if depth.low * depth.high < 0.0:
        low = 0.0
    key = "receiver.higher" if depth.best > 0.0 else "receiver.lower"
    # A scale of whole decibels gives intervals of no width.
    shown = Interval(low, max(abs(depth.best), low), max(high, low + 0.5))
    return say(language, key, size=interval_text(shown, "dB", language))


def value_text(quantity: Quantity, value: float) -> str:
    """Return one value of a quantity with its unit."""
    if quantity is Quantity.BIT_ERRORS:
        return f"{10.0**value:.1e}"
    if quantity is Quantity.USED:
        return f"{100.0 * value:.0f} %"
    return f"{number_text(value, 3)} {QUANTITY_UNITS[quantity]}"


def change_text(change: QuantityChange, language: Language) -> str:
    """Return what a quantity was usually, and during the disturbance."""
    return say(
        language,
        "receiver.change",
        quantity=quantity_text(change.quantity, language),
        usual=value_text(change.quantity, change.usual),
        during=value_text(change.quantity, change.during.best),
    )


_MOVED_SIGMA = 2.0
"""What moved by less than so much of its own noise stayed as usual."""


def _moved(change: QuantityChange) -> bool:
    return abs(change.during.best - change.usual) > _MOVED_SIGMA * change.spread


def _changes(finding: ReceiverInterference, language: Language) -> tuple[str, str]:
    """Return what changed, with values, and the names of what stayed as usual."""
    told = [change_text(change, language) for change in finding.changes if _moved(change)]
    same = [quantity_text(c.quantity, language) for c in finding.changes if not _moved(c)]
    return ", ".join(told), ", ".join(same)


def _lasts_s(finding: ReceiverInterference) -> float:
    return (finding.end_utc - finding.start_utc).total_seconds()


def receiver_sentences(finding: ReceiverInterference, language: Language) -> tuple[str, ...]:
    """Return what was measured, and what looks so."""
    told = [
        say(
            language,
            "explain.receiver",
            quantity=quantity_text(finding.leading, language),
            depth=depth_text(finding, language),
            duration=lasting_text(_lasts_s(finding), language),
            when=receiver_when(finding, language),
        )
    ]
    changes, same = _changes(finding, language)
    if changes:
        told.append(say(language, "explain.receiver.changes", changes=changes))
    if same:
        told.append(say(language, "explain.receiver.unchanged", quantities=same))
    if finding.tracked_before:
        fallen, tracked = str(len(finding.fallen)), str(finding.tracked_before)
        told.append(say(language, "explain.receiver.satellites", fallen=fallen, tracked=tracked))
    told.append(say(language, f"explain.receiver.{finding.reception.name.lower()}"))
    return tuple(told)


def past_of_receiver_sentence(base_rate: BaseRate, language: Language) -> str:
    """Return how often the receiver showed as much before, as a sentence."""
    if not base_rate.compared:
        return say(language, "rarity.sentence.receiver.none")
    form, number = share_words(base_rate.share.best, base_rate.share.high)
    return say(
        language,
        "rarity.sentence.receiver",
        share=say(language, f"rarity.share.{form}", number=number),
        compared=f"{base_rate.compared:,}",
        interval=f"{percent_text(base_rate.share, language)} %",
    )


def band_text(finding: ReceiverInterference, language: Language) -> str:
    """Return the band and the polarisation as stated."""
    band = [_printable(finding.band)]
    if finding.polarisation is not Polarisation.NOT_STATED:
        band.append(finding.polarisation.value)
    return ", ".join(filter(None, band)) or say(language, "missing")


def receiver_measures(
    finding: ReceiverInterference, names: Mapping[int, str], language: Language
) -> Pairs:
    """Return the numbers of a disturbance."""
    told = [
        ("receiver", receiver_text(finding, names, language)),
        ("reception", reception_text(finding.reception, language)),
        ("band", band_text(finding, language)),
        ("depth", f"{quantity_text(finding.leading, language)} {depth_text(finding, language)}"),
        ("lasting", lasting_text(_lasts_s(finding), language)),
        ("rise", lasting_text(finding.rise_s, language)),
    ]
    if finding.changes:
        every = ", ".join(change_text(change, language) for change in finding.changes)
        told.append(("changes", every))
    if finding.fallen:
        fallen = ", ".join(map(_printable, finding.fallen))
        if finding.tracked_before:
            tracked = str(finding.tracked_before)
            fallen = say(language, "receiver.satellites", fallen=fallen, tracked=tracked)
        told.append(("satellites", fallen))
    told.append(("quiet", duration_text(finding.quiet_h, language)))
    return tuple(told)


def receivers_summary(report: ReceiverReport, language: Language) -> str:
    """Return how many disturbances there are, and how many with power from outside."""
    if not report.findings:
        return say(language, "receivers.summary.none")
    outside = sum(one.reception in _FROM_OUTSIDE for one in report.findings)
    return say_count(language, "receivers.summary", len(report.findings), outside=f"{outside:,}")


def receivers_next(report: ReceiverReport, language: Language) -> str:
    """Return what to do next."""
    if not report.findings:
        return say(language, "receivers.next.none")
    outside = any(one.reception in _FROM_OUTSIDE for one in report.findings)
    return say(language, f"receivers.next.{'outside' if outside else 'other'}")


def receivers_notes(report: ReceiverReport, language: Language) -> tuple[str, ...]:
    """Return what could have been seen, and what could not be read."""
    told = [_coverage(one, language) for one in report.coverage]
    if report.rejected:
        told.append(say_count(language, "receivers.rejected", report.rejected))
    if report.repeated:
        told.append(say_count(language, "receivers.repeated", report.repeated))
    if report.restarts:
        told.append(_restarts(report.restarts, language))
    return (*told, say(language, "explain.receiver.limit"))


def _restarts(restarts: Sequence[SampleRestart], language: Language) -> str:
    """Return where numbers of samples begin anew, and what becomes of the times."""
    places = ", ".join(
        say(language, "receivers.restart", place=f"{one.source}:{one.line}",
            since=second_text(one.since_utc))
        for one in restarts[:_MOST_RESTARTS]
    )  # fmt: skip
    if len(restarts) > _MOST_RESTARTS:
        places += ", …"
    return say_count(language, "receivers.restarts", len(restarts), places=places)


def _coverage(seen: ReceiverCoverage, language: Language) -> str:
    receiver = _printable(seen.receiver)
    if seen.first_utc is None or seen.last_utc is None:
        return say(language, "receivers.coverage.none", receiver=receiver)
    return say(
        language,
        "receivers.coverage",
        receiver=receiver,
        judged=f"{seen.judged:,}",
        samples=f"{seen.samples:,}",
        first=second_text(seen.first_utc),
        last=second_text(seen.last_utc),
        quantities=", ".join(quantity_text(q, language) for q in seen.quantities),
        stuck=f"{seen.stuck:,}",
        silences=f"{seen.silences:,}",
        short=f"{seen.short:,}",
    )
