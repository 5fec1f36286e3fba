"""One object of a picture as a page: what it is, how it flies, what the board says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from hoshimori.dossier.language import Language
from hoshimori.dossier.object_wording import ObjectFacts, kind_of_object_text, object_sentences
from hoshimori.dossier.wording import name_of, regime_text
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.board import WatchBoard
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import PatternChange
from hoshimori.model.incident_life import LifeState
from hoshimori.model.moments import as_datetime
from hoshimori.model.objects import SpaceObject, launch_of
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import (
    MeanElements,
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
    period_min,
    semi_major_axis_km,
)
from hoshimori.workflows.board_pages import NO_STATES, IncidentRow, incident_rows
from hoshimori.workflows.catalogue_columns import kind_word
from hoshimori.workflows.json_columns import rounded


@dataclass(frozen=True, slots=True)
class NewestElements:
    """The newest published element set of an object (SGP4, TEME, UTC)."""

    epoch_utc: datetime
    known_utc: datetime
    age_days: float
    """Negative where the epoch lies after the moment of the picture."""
    mean_motion_rev_per_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    arg_perigee_deg: float
    mean_anomaly_deg: float
    bstar: float
    source: str
    payload_sha256: str
    reality: str


@dataclass(frozen=True, slots=True)
class OrbitShape:
    """What an element set says of the orbit; heights above the equatorial radius."""

    semi_major_axis_km: float | None
    perigee_km: float | None
    apogee_km: float | None
    period_min: float | None
    inclination_deg: float
    eccentricity: float
    regime: str
    regime_text: str


@dataclass(frozen=True, slots=True)
class ObjectPage:
    """Everything that one audience sees of one object at one moment."""

    view_id: str
    as_of_utc: datetime
    marking: str
    reality: str
    language: str
    norad_id: int
    name: str
    object_id: str
    """International designator; empty where none is stated."""
    launch: str
    kind: str
    kind_text: str
    owner: str
    """A label of the catalogue; no number depends on it."""
    operational_status: str
    launch_date: date | None
    decay_date: date | None
    radar_cross_section_m2: float | None
    hard_body_radius_m: float | None
    mass_kg: float | None
    asset: Mapping[str, Any] | None
    """What its protector states of it; None where it is no asset."""
    elements: NewestElements | None
    """None where no element set of the last 30 days is known."""
    orbit: OrbitShape | None
    sentences: tuple[str, ...]
    element_sets: int
    """How many of it the picture holds."""
    first_epoch_utc: datetime | None
    last_epoch_utc: datetime | None
    incidents: tuple[IncidentRow, ...]
    patterns: tuple[Mapping[str, Any], ...]
    """Findings that it departs from its own pattern of life."""
    names: Mapping[str, str]
    """Of the objects of its incidents."""


def object_page(
    picture: Picture,
    board: WatchBoard,
    norad_id: int,
    language: Language,
    *,
    view_id: str,
    marking: str,
    states: Mapping[str, LifeState] = NO_STATES,
) -> ObjectPage | None:
    """Return the page of one object; None where the picture knows nothing of it."""
    own = rows_of(picture.history, norad_id)
    described = picture.objects.get(norad_id)
    asset = next((a for a in picture.assets if a.norad_id == norad_id), None)
    if not len(own) and described is None and asset is None:
        return None
    newest = rows_of(picture.newest, norad_id)
    told = described or SpaceObject(norad_id)
    label = own.take(slice(len(own) - 1, None))
    object_id = told.object_id or _text(label.object_id)
    name = (asset.name if asset else "") or _text(label.object_name) or told.name
    kind = kind_word(described, name)
    incidents = _incidents_of(board, norad_id, language, states)
    elements = _elements(newest, picture.as_of_utc) if len(newest) else None
    orbit = _orbit(newest.mean_elements(), newest, language) if len(newest) else None
    return ObjectPage(
        view_id=view_id,
        as_of_utc=picture.as_of_utc,
        marking=marking,
        reality=(own.reality if len(own) else board.reality).value,
        language=language.value,
        norad_id=norad_id,
        name=name,
        object_id=object_id,
        launch=launch_of(object_id),
        kind=kind,
        kind_text=kind_of_object_text(kind, language),
        owner=told.owner,
        operational_status=told.operational_status,
        launch_date=told.launch_date,
        decay_date=told.decay_date,
        radar_cross_section_m2=told.radar_cross_section_m2,
        hard_body_radius_m=told.hard_body_radius_m,
        mass_kg=told.mass_kg,
        asset=as_json_value(asset),
        elements=elements,
        orbit=orbit,
        sentences=object_sentences(
            ObjectFacts(
                name=name_of(norad_id, {norad_id: name}, language),
                kind=kind,
                owner=told.owner,
                launch=launch_of(object_id),
                is_asset=asset is not None,
                perigee_km=orbit.perigee_km if orbit else None,
                apogee_km=orbit.apogee_km if orbit else None,
                period_min=orbit.period_min if orbit else None,
                inclination_deg=orbit.inclination_deg if orbit else None,
                regime=orbit.regime if orbit else "",
                epoch_utc=elements.epoch_utc if elements else None,
                as_of_utc=picture.as_of_utc,
                element_sets=len(own),
                incidents=len(incidents),
            ),
            language,
        ),
        element_sets=len(own),
        first_epoch_utc=as_datetime(own.epoch_utc[0]) if len(own) else None,
        last_epoch_utc=as_datetime(own.epoch_utc[-1]) if len(own) else None,
        incidents=incidents,
        patterns=tuple(
            as_json_value(f)
            for f in board.findings
            if isinstance(f, PatternChange) and norad_id in f.objects
        ),
        names=_names(board, incidents),
    )


def rows_of(sets: ElementSets, norad_id: int) -> ElementSets:
    """Return the rows of one object from element sets that are ordered by object."""
    first, last = np.searchsorted(sets.norad_id, [norad_id, norad_id + 1])
    return sets.take(slice(int(first), int(last)))


def _incidents_of(
    board: WatchBoard, norad_id: int, language: Language, states: Mapping[str, LifeState]
) -> tuple[IncidentRow, ...]:
    wanted = tuple(i for i in board.incidents if norad_id in i.assets or norad_id in i.others)
    return incident_rows(board, language, wanted, states=states) if wanted else ()


def _names(board: WatchBoard, incidents: tuple[IncidentRow, ...]) -> dict[str, str]:
    ids = {i for row in incidents for i in (*row.assets, *row.others)}
    return {str(i): board.names[i] for i in sorted(ids) if i in board.names}


def _elements(newest: ElementSets, as_of_utc: datetime) -> NewestElements:
    epoch = as_datetime(newest.epoch_utc[-1])
    provenance = newest.provenances[int(newest.provenance_index[-1])]
    return NewestElements(
        epoch_utc=epoch,
        known_utc=as_datetime(newest.known_utc[-1]),
        age_days=round((as_of_utc - epoch).total_seconds() / 86_400.0, 4),
        mean_motion_rev_per_day=float(newest.mean_motion_rev_day[-1]),
        eccentricity=float(newest.eccentricity[-1]),
        inclination_deg=float(newest.inclination_deg[-1]),
        raan_deg=float(newest.raan_deg[-1]),
        arg_perigee_deg=float(newest.arg_of_pericenter_deg[-1]),
        mean_anomaly_deg=float(newest.mean_anomaly_deg[-1]),
        bstar=float(newest.bstar_per_er[-1]),
        source=provenance.source,
        payload_sha256=provenance.payload_sha256,
        reality=provenance.reality.value,
    )


def _orbit(elements: MeanElements, newest: ElementSets, language: Language) -> OrbitShape:
    regime = OrbitRegime(int(orbit_regime(elements)[-1])).name
    return OrbitShape(
        semi_major_axis_km=rounded(semi_major_axis_km(elements)[-1], 4),
        perigee_km=rounded(perigee_altitude_km(elements)[-1], 4),
        apogee_km=rounded(apogee_altitude_km(elements)[-1], 4),
        period_min=rounded(period_min(elements)[-1], 4),
        inclination_deg=float(newest.inclination_deg[-1]),
        eccentricity=float(newest.eccentricity[-1]),
        regime=regime,
        regime_text=regime_text(regime, language),
    )


def _text(column: Any) -> str:
    return str(column[0]) if len(column) else ""
