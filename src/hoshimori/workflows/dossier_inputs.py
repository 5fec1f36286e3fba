"""From the items of a dossier back to what was asked, of which facts, and what was answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

from hoshimori.assessment.assess import NOTHING_DECIDED, Decided
from hoshimori.errors import FormatError
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.formats.fact_items import (
    asset_from,
    element_sets_from,
    moment_from_value,
    object_from,
)
from hoshimori.formats.integrity import read_integrity
from hoshimori.formats.known_failures import read_known_failures
from hoshimori.formats.passages import read_passages
from hoshimori.formats.receivers import read_receivers
from hoshimori.formats.report_fields import report_of
from hoshimori.formats.signals import read_signals
from hoshimori.formats.space_weather import read_space_weather
from hoshimori.formats.tables import FieldError
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Decision
from hoshimori.model.detector import Detector
from hoshimori.model.dossiers import Blob, Item
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.markings import Marking
from hoshimori.model.passages import Passages
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance
from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.signals import HeardSignal
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.workflows.dossier_items import (
    ASSET,
    DECISIONS,
    ELEMENT_SET,
    FAILURES,
    INTEGRITY,
    MODEL,
    OBJECT,
    PASSAGES,
    QUESTION,
    RECEIVERS,
    REPORT,
    SIGNALS,
    WEATHER,
    joined_marking,
)
from hoshimori.workflows.inquiry import EVERY_DETECTOR, Surroundings
from hoshimori.workflows.pictures import picture_of

_MEASURED = (ELEMENT_SET, INTEGRITY, PASSAGES, RECEIVERS, SIGNALS)


@dataclass(frozen=True, slots=True, eq=False)
class Enclosed:
    """What a dossier holds to run its inquiry again."""

    picture: Picture
    incident_id: str
    detectors: tuple[Detector, ...]
    other_versions: tuple[str, ...]
    """Detectors that are here of another version than the dossier was made with."""
    software: Mapping[str, str]
    model: AssessmentModel
    surroundings: Surroundings
    decided: Decided
    facts: Marking
    """The marking of the element sets together."""


def enclosed_in(items: Sequence[Item]) -> Enclosed:
    """Return what the items of a dossier hold.

    Raises:
        FormatError: what is needed is not there, or is not what it should be.
        CoverageError: no element set is among them.
    """
    question = _content(items, QUESTION)
    try:
        as_of = moment_from_value(question["as_of_utc"])
        detectors, other = _detectors(question["detectors"])
        days_ahead, incident_id = float(question["days_ahead"]), str(question["incident_id"])
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"the question cannot be read: {error}", source=QUESTION) from None
    sets = [item for item in items if item.kind == ELEMENT_SET]
    assets = tuple(asset_from(_json(i), i.item_id) for i in items if i.kind == ASSET)
    reports = tuple(_report(item) for item in items if item.kind == REPORT)
    if sets:
        picture = picture_of(
            [element_sets_from([_json(item) for item in sets], ELEMENT_SET)],
            assets=assets,
            days_ahead=days_ahead,
            as_of_utc=np.datetime64(as_of.replace(tzinfo=None), "us"),
            objects={o.norad_id: o for o in (_described(i) for i in items if i.kind == OBJECT)},
            reports=reports,
        )
    else:
        none = NO_ELEMENT_SETS
        picture = Picture(as_of, none, none, assets, days_ahead, reports=reports)
    return Enclosed(
        picture=replace(
            picture,
            integrity=_integrity(items),
            passages=_passages(items),
            receivers=_receivers(items),
            signals=_signals(items),
        ),
        incident_id=incident_id,
        detectors=detectors,
        other_versions=other,
        software=question.get("software", {}),
        model=read_assessment_model(_blob(items, MODEL).data, MODEL),
        surroundings=_surroundings(items),
        decided=_decided(items),
        facts=joined_marking(i for i in items if i.kind in _MEASURED),
    )


def _detectors(stated: Iterable[Mapping[str, Any]]) -> tuple[tuple[Detector, ...], tuple[str, ...]]:
    known = {d.card.name: d for d in EVERY_DETECTOR}
    detectors, other = [], []
    for one in stated:
        detector = known[one["name"]]
        detectors.append(_set_to(detector, one["settings"]))
        if detector.card.version != one["version"]:
            other.append(f"{one['name']}/{one['version']}")
    return tuple(detectors), tuple(other)


def _set_to(default: Any, stated: Any) -> Any:
    """Return a setting with the stated values, each of the type of its default.

    Canonical JSON writes 100.0 as 100; a detector's name for its findings tells them apart.
    """
    if is_dataclass(default) and not isinstance(default, type):
        changes = {name: _set_to(getattr(default, name), v) for name, v in stated.items()}
        return replace(default, **changes)
    if isinstance(default, tuple):
        kinds = default or (None,) * len(stated)
        return tuple(_set_to(d, v) for d, v in zip(kinds, stated, strict=True))
    if isinstance(default, float):
        return float(stated)
    return type(default)(stated) if isinstance(default, Enum) else stated


def _surroundings(items: Sequence[Item]) -> Surroundings:
    weather = [i.content for i in items if i.kind == WEATHER and isinstance(i.content, Blob)]
    return Surroundings(
        weather=_weather(weather[0]) if weather else None,
        failures=read_known_failures(_blob(items, FAILURES).data, source=FAILURES),
    )


def _integrity(items: Sequence[Item]) -> IntegrityCells | None:
    maps = [item for item in items if item.kind == INTEGRITY and isinstance(item.content, Blob)]
    if not maps:
        return None
    blob = _blob(maps, INTEGRITY)
    return read_integrity(blob.data, source=blob.name, reality=maps[0].reality).cells


def _passages(items: Sequence[Item]) -> Passages | None:
    flights = [item for item in items if item.kind == PASSAGES and isinstance(item.content, Blob)]
    if not flights:
        return None
    blob = _blob(flights, PASSAGES)
    return read_passages(blob.data, source=blob.name, reality=flights[0].reality)


def _receivers(items: Sequence[Item]) -> tuple[ReceiverSeries, ...]:
    kept = [item for item in items if item.kind == RECEIVERS and isinstance(item.content, Blob)]
    if not kept:
        return ()
    blob = _blob(kept, RECEIVERS)
    return read_receivers(blob.data, source=blob.name, reality=kept[0].reality).series


def _signals(items: Sequence[Item]) -> tuple[HeardSignal, ...]:
    kept = [item for item in items if item.kind == SIGNALS and isinstance(item.content, Blob)]
    if not kept:
        return ()
    blob = _blob(kept, SIGNALS)
    return read_signals(blob.data, source=blob.name, reality=kept[0].reality)


def _weather(blob: Blob) -> SpaceWeather:
    provenance = Provenance(blob.name, hashlib.sha256(blob.data).hexdigest())
    return read_space_weather(blob.data, provenance).weather


def _decided(items: Sequence[Item]) -> Decided:
    found = [item for item in items if item.kind == DECISIONS]
    if not found:
        return NOTHING_DECIDED
    content = _json(found[0])
    try:
        return Decided(
            values={name: _decision(d) for name, d in content["values"].items()},
            dissent=tuple(_decision(d) for d in content["dissent"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(f"decisions cannot be read: {error}", source=DECISIONS) from None


def _decision(value: Mapping[str, Any]) -> Decision:
    return Decision(
        value=str(value["value"]),
        decided_by=str(value["decided_by"]),
        decided_utc=moment_from_value(value["decided_utc"]),
        because=str(value["because"]),
    )


def _described(item: Item) -> Any:
    return object_from(_json(item), item.item_id)


def _report(item: Item) -> Any:
    try:
        return report_of(_json(item), marking=item.marking, reality=item.reality)
    except FieldError as error:
        raise FormatError(str(error), source=item.item_id, field=error.field) from None


def _content(items: Sequence[Item], kind: str) -> Mapping[str, Any]:
    found = [item for item in items if item.kind == kind]
    if len(found) != 1:
        raise FormatError(f"{len(found)} items of this kind; one is needed", source=kind)
    return _json(found[0])


def _json(item: Item) -> Mapping[str, Any]:
    if not isinstance(item.content, Mapping):
        raise FormatError("is no record", source=item.item_id)
    return item.content


def _blob(items: Sequence[Item], kind: str) -> Blob:
    found = [i.content for i in items if i.kind == kind and isinstance(i.content, Blob)]
    if len(found) != 1:
        raise FormatError(f"{len(found)} files of this kind; one is needed", source=kind)
    return found[0]
