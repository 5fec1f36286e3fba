"""Heard signals as they are enclosed: cases, measurements and states of satellites, in JSON.

Numbers are written with all their digits and moments to the microsecond, so that what is read again
locates the same areas. A state that is not known is ``null``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    DisturbedLink,
    GeolocationCase,
    GroundSite,
    ObservingSatellite,
    SoughtEmitter,
    StateSource,
)
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation
from hoshimori.model.signals import HeardSignal, ObserverStates
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_fit import SatelliteErrors

FORM = "hoshimori signals"


def write_signals(signals: Sequence[HeardSignal]) -> bytes:
    """Return signals as one JSON document; where they come from stays out."""
    document = {"form": FORM, "version": 1, "signals": [_written(one) for one in signals]}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def _written(signal: HeardSignal) -> dict[str, Any]:
    states, errors = signal.states, signal.states.errors
    case = replace(signal.case, reality=signal.reality)
    return {
        "case": _value(asdict(case)),
        "refused": list(signal.refused),
        "states": {
            "satellite": states.satellite.tolist(),
            "position_km": _numbers(states.position_km.tolist()),
            "velocity_km_s": _numbers(states.velocity_km_s.tolist()),
            "position_rtn_km": errors.position_rtn_km.tolist(),
            "velocity_rtn_km_s": errors.velocity_rtn_km_s.tolist(),
            "clock_s": errors.clock_s.tolist(),
            "frequency_hz": errors.frequency_hz.tolist(),
            "sources": [asdict(one) for one in states.sources],
        },
    }


def _value(told: Any) -> Any:
    match told:
        case Enum():
            return told.value
        case datetime():
            return told.astimezone(UTC).isoformat()
        case dict():
            return {name: _value(one) for name, one in told.items()}
        case list() | tuple():
            return [_value(one) for one in told]
        case _:
            return told


def _numbers(told: Any) -> Any:
    if isinstance(told, list):
        return [_numbers(one) for one in told]
    return told if np.isfinite(told) else None


def read_signals(
    data: bytes, *, source: str, reality: Reality = Reality.REAL
) -> tuple[HeardSignal, ...]:
    """Return the signals of a document that `write_signals` wrote.

    Raises:
        FormatError: it is none.
    """
    provenance = Provenance(source, hashlib.sha256(data).hexdigest(), reality)
    try:
        document = json.loads(data)
        if document["form"] != FORM or document["version"] != 1:
            raise ValueError(f"{document['form']!r} of version {document['version']!r}")
        return tuple(_signal(one, provenance) for one in document["signals"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        problem = f"signals cannot be read: {error!r:.200}"
        raise FormatError(problem, source=source) from None


def _signal(told: Mapping[str, Any], provenance: Provenance) -> HeardSignal:
    case = _case(told["case"])
    states = _states(told["states"], len(case.measurements))
    refused = tuple(str(one) for one in told["refused"])
    return HeardSignal(case, states, (provenance,), refused)


def _case(told: Mapping[str, Any]) -> GeolocationCase:
    return GeolocationCase(
        title=str(told["title"]),
        reality=Reality(told["reality"]),
        emitter=_plain(SoughtEmitter, told["emitter"]),
        disturbed=_disturbed(told["disturbed"]),
        satellites=tuple(_plain(ObservingSatellite, one) for one in told["satellites"]),
        references=tuple(_plain(GroundSite, one) for one in told["references"]),
        stations=tuple(_plain(GroundSite, one) for one in told["stations"]),
        tdoa_sigma_s=told["tdoa_sigma_s"],
        fdoa_sigma_hz=told["fdoa_sigma_hz"],
        measurements=tuple(_difference(one) for one in told["measurements"]),
    )


def _plain(noun: Any, told: Mapping[str, Any]) -> Any:
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in told.items()}
    return noun(**values)


def _disturbed(told: Mapping[str, Any]) -> DisturbedLink:
    link = told["link"]
    plain: DisturbedLink = _plain(DisturbedLink, told)
    return replace(
        plain,
        link=None if link is None else Link(link),
        polarisation=Polarisation(told["polarisation"]),
        bearing=Bearing(told["bearing"]),
    )


def _difference(told: Mapping[str, Any]) -> ArrivalDifference:
    received = told["received_utc"]
    plain: ArrivalDifference = _plain(ArrivalDifference, told)
    return replace(
        plain,
        time_utc=datetime.fromisoformat(told["time_utc"]),
        kind=ArrivalKind(told["kind"]),
        received_utc=None if received is None else datetime.fromisoformat(received),
    )


def _states(told: Mapping[str, Any], count: int) -> ObserverStates:
    sources = tuple(_plain(StateSource, one) for one in told["sources"])
    number = len(sources)
    errors = SatelliteErrors(
        _columns(told["position_rtn_km"], number, 3),
        _columns(told["velocity_rtn_km_s"], number, 3),
        _columns(told["clock_s"], number),
        _columns(told["frequency_hz"], number),
    )
    satellite = np.array(told["satellite"], dtype=np.int64).reshape(count, 2)
    if len(satellite) and not 0 <= satellite.min() <= satellite.max() < number:
        raise ValueError("states of a satellite that is not among the sources")
    return ObserverStates(
        satellite,
        _columns(told["position_km"], count, 2, 3),
        _columns(told["velocity_km_s"], count, 2, 3),
        errors,
        sources,
    )


def _columns(told: Any, *shape: int) -> Floats:
    """Return numbers of a shape; NaN for what is null."""
    return np.array(told, dtype=np.float64).reshape(shape)
