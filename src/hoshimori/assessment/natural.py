"""Everything that may explain an incident by nature or accident, looked into before all else.

A check that could not be made says so: missing data are no clean bill. A check that speaks for a
natural cause does not exclude another; one that does not speak for it excludes nothing either.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoshimori.assessment.natural_data import data_artefact
from hoshimori.assessment.natural_debris import conjunction, debris_strike
from hoshimori.assessment.natural_life import decay, free_drift, known_failure
from hoshimori.assessment.natural_scene import NaturalScene, check
from hoshimori.assessment.natural_sun import eclipse, sun_outage
from hoshimori.assessment.natural_weather import geomagnetic_storm
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.breakup_causes import PassesAtPoint
from hoshimori.model.finding import Finding
from hoshimori.model.incidents import Incident
from hoshimori.model.known_failures import KnownFailure
from hoshimori.model.picture import Picture
from hoshimori.model.space_weather import SpaceWeather

CHECKS = (
    data_artefact,
    geomagnetic_storm,
    eclipse,
    sun_outage,
    debris_strike,
    conjunction,
    decay,
    known_failure,
    free_drift,
)
"""In the order in which they are told: first whether anything happened at all."""
_OF_NO_OBJECT = frozenset({data_artefact, geomagnetic_storm})
"""What can explain an effect on a service or an area; the others are about an object's orbit."""


def natural_checks(
    incident: Incident,
    findings: Sequence[Finding],
    picture: Picture,
    *,
    weather: SpaceWeather | None,
    failures: tuple[KnownFailure, ...],
    passes: PassesAtPoint | None = None,
) -> tuple[NaturalCheck, ...]:
    """Return one check for each natural or accidental explanation, always all of them.

    `findings` are those of the incident, reports among them; without any the question is what
    could have upset the assets at the incident's time. `picture` holds what was known as of its
    moment: element sets around the incident, and the catalogue for what passed. Nothing depends
    on owners.
    """
    scene = NaturalScene(incident, tuple(findings), picture, weather, failures, passes)
    if not scene.affected(scene.symptoms):
        return tuple(
            look(scene) if look in _OF_NO_OBJECT else check(look.__name__, "does_not_fit")
            for look in CHECKS
        )
    return tuple(look(scene) for look in CHECKS)
