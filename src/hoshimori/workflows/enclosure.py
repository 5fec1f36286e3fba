"""The least facts that give an incident's findings again: what a dossier encloses.

A rule names the facts that should do; the inquiry is run on them, and only if it gives the very
same findings are they taken. Else more is enclosed, in the end everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from hoshimori.formats.json_differences import differences
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.detector import Detector
from hoshimori.model.elements import NO_ELEMENT_SETS, Column, ElementSets
from hoshimori.model.findings import (
    AnyFinding,
    Breakup,
    EmitterInterference,
    ReceiverInterference,
    Separation,
)
from hoshimori.model.incidents import Incident
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.signals import HeardSignal, signal_digest
from hoshimori.numerics.elements import apogee_altitude_km, perigee_altitude_km
from hoshimori.numerics.orbit_company import of_shells
from hoshimori.workflows.inquiry import EVERY_DETECTOR, TOLERANCE, Inquiry, inquire
from hoshimori.workflows.pictures import picture_of

_BELT_REV_DAY = (0.8, 1.3)
"""Objects whose mean motion lies here are compared with one another in the belt."""
_PASSING_KM = 60.0
"""Whatever comes this near to a height may have been at the point where something parted."""


def enclosed(inquiry: Inquiry, incident: Incident) -> Inquiry:
    """Return the inquiry of the incident alone, on the least facts that give it again."""
    findings = inquiry.findings_of(incident)
    detectors = detectors_of(findings)
    picture = _of_its_assets(inquiry.picture, incident, findings)
    if not incident.assets and not incident.others:
        # An area: nothing of the sky bears on it, and all maps do.
        return inquire(replace(picture, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS), detectors)
    if not len(picture.history):
        return inquire(picture, detectors)  # links of objects, and no sky
    wanted = _told(inquiry, incident)
    for rows in _scopes(picture.history, findings):
        found = inquire(narrowed(picture, rows), detectors)
        if not any(differences(_told(found, incident), wanted, relative=TOLERANCE)):
            return found
    return inquire(picture, detectors)


def detectors_of(findings: Sequence[AnyFinding]) -> tuple[Detector, ...]:
    """Return the detectors that made these findings."""
    names = {finding.detector for finding in findings}
    return tuple(d for d in EVERY_DETECTOR if f"{d.card.name}/{d.card.version}" in names)


def narrowed(picture: Picture, rows: Column) -> Picture:
    """Return a picture of some of its element sets, with descriptions of their objects alone."""
    kept = picture.history.take(rows)
    ids = set(kept.norad_id.tolist())
    # Maps of integrity bear on areas alone.
    own = picture_of(
        [kept],
        assets=picture.assets,
        days_ahead=picture.days_ahead,
        as_of_utc=np.datetime64(picture.as_of_utc.replace(tzinfo=None), "us"),
        objects={i: o for i, o in picture.objects.items() if i in ids},
        reports=picture.reports,
    )
    return replace(own, receivers=picture.receivers, signals=picture.signals)


def _of_its_assets(picture: Picture, incident: Incident, findings: Sequence[AnyFinding]) -> Picture:
    """Return the picture with the incident's assets, and with reports about its objects alone."""
    members = {*incident.assets, *incident.others}
    own = tuple(a for a in picture.assets if a.norad_id in incident.assets)
    return replace(
        picture,
        # Without any asset detectors examine every object: that would be another question.
        assets=own or picture.assets,
        reports=tuple(r for r in picture.reports if members & set(r.objects) or not r.objects),
        receivers=_receivers_of(picture, findings),
        signals=_signals_of(picture, findings),
    )


def _receivers_of(picture: Picture, findings: Sequence[AnyFinding]) -> tuple[ReceiverSeries, ...]:
    """Return the receivers that findings are about; each is judged by its own past alone."""
    named = {f.receiver for f in findings if isinstance(f, ReceiverInterference)}
    return tuple(series for series in picture.receivers if series.receiver.name in named)


def _signals_of(picture: Picture, findings: Sequence[AnyFinding]) -> tuple[HeardSignal, ...]:
    """Return the signals that findings locate; each is judged by itself."""
    basis = {d for f in findings if isinstance(f, EmitterInterference) for d in f.basis}
    known = [signal.known_by(picture.as_of_utc) for signal in picture.signals]
    return tuple(signal for signal in known if signal_digest(signal) in basis)


def _scopes(history: ElementSets, findings: Sequence[AnyFinding]) -> Iterator[Column]:
    """Yield masks of rows, the narrowest first, everything last."""
    involved = np.array(sorted({o for f in findings for o in _objects(f)}), dtype=np.int64)
    own = np.isin(history.norad_id, involved)
    if any(isinstance(f, Breakup | Separation) for f in findings):
        yield from _of_partings(history, own, findings)
    else:
        yield from _of_the_living(history, own)


def _of_the_living(history: ElementSets, own: Column) -> Iterator[Column]:
    """Yield all of the objects involved with the newest of those they are compared with."""
    newest = np.ones(len(history), dtype=bool)
    newest[:-1] = history.norad_id[1:] != history.norad_id[:-1]
    low, high = _BELT_REV_DAY
    motion = history.mean_motion_rev_day
    in_belt = (motion > low) & (motion < high)
    if bool(np.all(in_belt[own])):
        yield own | (newest & in_belt)
        yield in_belt
    yield own | newest
    yield own | newest | of_shells(history.mean_elements(), np.flatnonzero(own))


def _of_partings(
    history: ElementSets, own: Column, findings: Sequence[AnyFinding]
) -> Iterator[Column]:
    """Yield the launches involved with whatever passes the heights at which something parted."""
    launches = np.array([launch_of(str(name)) for name in history.object_id])
    of_launch = np.isin(launches, [one for one in np.unique(launches[own]) if one])
    heights = [f.altitude_km for f in findings if isinstance(f, Breakup)]
    if not heights:
        yield own | of_launch
        return
    elements = history.mean_elements()
    perigee, apogee = perigee_altitude_km(elements), apogee_altitude_km(elements)
    passing = np.zeros(len(history), dtype=bool)
    for height in heights:
        passing |= (perigee < height + _PASSING_KM) & (apogee > height - _PASSING_KM)
    # Its first row tells of every other object that it is not new, and counts it.
    first = np.ones(len(history), dtype=bool)
    first[1:] = history.norad_id[1:] != history.norad_id[:-1]
    yield own | of_launch | passing | first


def _objects(finding: AnyFinding) -> tuple[int, ...]:
    if isinstance(finding, Breakup | Separation):
        return (*finding.objects, *(c.norad_id for c in finding.candidates))
    return finding.objects


def _told(inquiry: Inquiry, incident: Incident) -> list[object]:
    """Return the findings of an incident as they are written; none where it does not come out."""
    same = [i for i in inquiry.incidents if i.incident_id == incident.incident_id]
    findings = inquiry.findings_of(same[0]) if same else ()
    return sorted((as_json_value(f) for f in findings), key=lambda v: str(v["finding_id"]))
