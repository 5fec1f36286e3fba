"""Every cause that could explain something on an asset at a moment, what is unusual first.

The order is that of rarity: it says what to look at first, not what it was. Causes hang together,
many were looked at, and one that is common may still be the one.
"""

from __future__ import annotations

from hoshimori.assessment.cause_scene import CauseScene, MoreData
from hoshimori.assessment.causes_near import company, conjunction, fast_pass, in_beam, in_line
from hoshimori.assessment.causes_of_change import (
    companion_manoeuvre,
    element_age,
    new_object,
    own_manoeuvre,
)
from hoshimori.assessment.causes_of_particles import (
    debris_flux,
    meteor_shower,
    radiation_belt,
    south_atlantic,
)
from hoshimori.assessment.causes_of_space_weather import solar_flux, storm, storm_day
from hoshimori.assessment.causes_of_sun import eclipse, sun_behind, sun_in_view
from hoshimori.assessment.causes_on_ground import below, disturbed_ground
from hoshimori.assessment.natural_data import data_artefact
from hoshimori.assessment.natural_life import decay, known_failure
from hoshimori.assessment.natural_scene import NaturalScene
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind, CauseReport, Standing
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.known_failures import KnownFailure
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.numerics.chance import bound_of_several

_PLACE = {kind: place for place, kind in enumerate(CandidateKind)}
_STANDING = {standing: place for place, standing in enumerate(Standing)}


def candidate_causes(
    scene: CauseScene, data: MoreData, failures: tuple[KnownFailure, ...]
) -> CauseReport:
    """Return the report of one asset and moment: always every kind of cause, each once.

    What is present stands before what is not, the rare before the common, and what could not be
    judged at the end. Nothing depends on owners.
    """
    causes = sorted(_every(scene, data, failures), key=_order)
    ranked = [one.chance.p_value for one in causes if one.chance is not None]
    present = [
        one.chance.p_value
        for one in causes
        if one.chance is not None and one.standing in (Standing.UNUSUAL, Standing.PRESENT)
    ]
    rarest = bound_of_several(min(present), len(ranked)) if present else 1.0
    latitude, longitude, height = below(scene)
    own = scene.sets.of_object(scene.norad_id)
    return CauseReport(
        norad_id=scene.norad_id,
        at_utc=as_datetime(scene.at_utc),
        as_of_utc=scene.picture.as_of_utc,
        elements_epoch_utc=as_datetime(own.epoch_utc[0]),
        latitude_deg=latitude,
        longitude_deg=longitude,
        height_km=height,
        candidates=tuple(causes),
        looked_at=len(causes),
        ranked=len(ranked),
        rarest_by_chance=rarest,
        assumptions=scene.assumptions,
        objects=len(scene.sets),
        names=_names(scene, causes),
        reality=_reality(scene, data),
    )


def _every(
    scene: CauseScene, data: MoreData, failures: tuple[KnownFailure, ...]
) -> list[CandidateCause]:
    unusual_p = scene.assumptions.unusual_p
    near = [fast_pass(scene), company(scene), conjunction(scene)]
    return [
        *near,
        own_manoeuvre(scene, data),
        companion_manoeuvre(scene, data),
        new_object(scene, data),
        in_beam(scene),
        in_line(scene),
        disturbed_ground(scene, data),
        eclipse(scene),
        sun_in_view(scene),
        sun_behind(scene),
        storm(data, unusual_p),
        storm_day(data, unusual_p),
        solar_flux(data, unusual_p),
        south_atlantic(scene),
        radiation_belt(scene),
        meteor_shower(scene),
        debris_flux(scene),
        element_age(scene, data),
        *_natural(scene, data, failures, near),
    ]


def _natural(
    scene: CauseScene,
    data: MoreData,
    failures: tuple[KnownFailure, ...],
    near: list[CandidateCause],
) -> list[CandidateCause]:
    """Return the natural checks that are no matter of the moment: each speaks for itself or not."""
    others = [scene.id_of(int(row)) for row in scene.around.as_one]
    others += [one.norad_id for cause in near for one in cause.objects[:1]]
    natural = NaturalScene(
        incident=_incident(scene, tuple(dict.fromkeys(others))),
        findings=(),
        picture=scene.picture,
        weather=data.weather,
        failures=failures,
    )
    return [
        _checked(CandidateKind.DATA_ARTEFACT, data_artefact(natural)),
        _checked(CandidateKind.KNOWN_FAILURE, known_failure(natural)),
        _checked(CandidateKind.DECAY, decay(natural)),
    ]


def _incident(scene: CauseScene, others: tuple[int, ...]) -> Incident:
    """Return the question as an incident: something on the asset at the moment, nothing else."""
    moment = as_datetime(scene.at_utc)
    return Incident(
        incident_id="",
        direction=Direction.WITHIN,
        assets=(scene.norad_id,),
        others=others,
        finding_ids=(),
        start_utc=moment,
        end_utc=moment,
        rarity=Interval(0.0, 0.0, 0.0),
        confidence=Confidence.LOW,
        attention=Attention.LOG,
        next_step=NextStep.KEEP_WATCHING,
        reality=Reality.REAL,
    )


def _checked(kind: CandidateKind, check: NaturalCheck) -> CandidateCause:
    standing = Standing.NOT_JUDGED
    if check.evaluated:
        standing = Standing.PRESENT if check.speaks_for else Standing.ABSENT
    return CandidateCause(kind, standing, "natural", check=check)


def _order(cause: CandidateCause) -> tuple[int, float, int]:
    # Without a measured rarity a cause stands after all those of its standing that have one.
    p_value = 2.0 if cause.chance is None else cause.chance.p_value
    return _STANDING[cause.standing], p_value, _PLACE[cause.kind]


def _names(scene: CauseScene, causes: list[CandidateCause]) -> dict[int, str]:
    wanted = {scene.norad_id, *(one.norad_id for cause in causes for one in cause.objects)}
    for cause in causes:
        if cause.check is not None:
            told = str(cause.check.values.get("objects", ""))
            wanted |= {int(one) for one in told.split(",") if one}
    sets = scene.sets
    named = zip(sets.norad_id.tolist(), sets.object_name.tolist(), strict=True)
    names = {number: str(name) for number, name in named if number in wanted}
    listed = {i: scene.picture.objects[i].name for i in wanted if i in scene.picture.objects}
    stated = {a.norad_id: a.name for a in scene.picture.assets if a.name}
    return {i: stated.get(i) or names.get(i) or listed.get(i, "") for i in sorted(wanted)}


def _reality(scene: CauseScene, data: MoreData) -> Reality:
    weather = [] if data.weather is None else [data.weather.provenance.reality]
    areas = [area.reality for area in data.areas or ()]
    return combined_reality([scene.picture.history.reality, *weather, *areas])
