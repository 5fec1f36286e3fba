"""Which incident of a board is which that is known from earlier boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from hoshimori.assessment.incident_groups import EVENT_SERIES, apart_of
from hoshimori.model.incident_life import Life, LifeState
from hoshimori.model.incidents import Incident


@dataclass(frozen=True, slots=True)
class Match:
    """Who an incident of a board is."""

    incident_id: str
    absorbed: tuple[str, ...] = ()
    """Incidents known before that it holds too."""
    parted_from: str = ""


def known_again(previous: Mapping[str, Life], incidents: Sequence[Incident]) -> list[Match]:
    """Return who each incident is.

    A life that several could be goes to the one most like it, the others part from it; a life
    that none takes becomes part of the oldest in the incident that holds it.
    """
    candidates = _candidates(previous, incidents)
    wishes = sorted(
        (_likeness(previous[life_id], incident), i, life_id)
        for i, (incident, lives) in enumerate(zip(incidents, candidates, strict=True))
        for life_id in lives
        if previous[life_id].state is not LifeState.MERGED
    )
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for _, i, life_id in wishes:
        if i not in chosen and life_id not in taken:
            chosen[i] = life_id
            taken.add(life_id)
    return _named(previous, incidents, candidates, chosen)


def _named(
    previous: Mapping[str, Life],
    incidents: Sequence[Incident],
    candidates: Sequence[Sequence[str]],
    chosen: Mapping[int, str],
) -> list[Match]:
    given = set(previous)
    taken = set(chosen.values())
    found: list[Match] = []
    for i, (incident, lives) in enumerate(zip(incidents, candidates, strict=True)):
        open_lives = [j for j in lives if previous[j].state is not LifeState.MERGED]
        if i in chosen:
            absorbed = tuple(
                j for j in open_lives if j not in taken and _overlaps(previous[j], incident)
            )
            taken.update(absorbed)
            found.append(Match(chosen[i], absorbed))
            continue
        origin = open_lives[0] if open_lives else ""
        own = _own_again(previous, lives, taken) or _unused(incident.incident_id, given)
        given.add(own)
        taken.add(own)
        found.append(Match(own, parted_from=origin or _host(previous, own)))
    return found


def _own_again(previous: Mapping[str, Life], lives: Sequence[str], taken: set[str]) -> str:
    """Return a merged incident that parts again; empty for none."""
    merged = [j for j in lives if previous[j].state is LifeState.MERGED and j not in taken]
    return merged[0] if merged else ""


def _host(previous: Mapping[str, Life], incident_id: str) -> str:
    return previous[incident_id].merged_into if incident_id in previous else ""


def _candidates(previous: Mapping[str, Life], incidents: Sequence[Incident]) -> list[list[str]]:
    """Return the lives that each incident may be, the oldest first."""
    by_series: dict[str, list[Life]] = defaultdict(list)
    by_object: dict[int, list[Life]] = defaultdict(list)
    for life in sorted(previous.values(), key=lambda one: (one.opened_utc, one.incident_id)):
        by_series[life.series_id].append(life)
        if life.series_id.startswith(EVENT_SERIES):
            for norad_id in life.objects:
                by_object[norad_id].append(life)
    found = []
    for incident in incidents:
        near = {
            life.incident_id: life
            for series_id in (incident.series_id, *incident.joined_series)
            for life in by_series[series_id]
            if _near(life, incident)
        }
        if incident.series_id.startswith(EVENT_SERIES):
            near |= {
                life.incident_id: life
                for norad_id in (*incident.assets, *incident.others)
                for life in by_object[norad_id]
                if _overlaps(life, incident)
            }
        oldest_first = sorted(near.values(), key=lambda one: (one.opened_utc, one.incident_id))
        found.append([life.incident_id for life in oldest_first])
    return found


def _near(life: Life, incident: Incident) -> bool:
    apart = apart_of(life.objects)
    starts, ends = incident.start_utc - apart, incident.end_utc + apart
    return life.reality is incident.reality and life.start_utc <= ends and starts <= life.end_utc


def _overlaps(life: Life, incident: Incident) -> bool:
    overlap = life.start_utc <= incident.end_utc and incident.start_utc <= life.end_utc
    return life.reality is incident.reality and overlap


def _likeness(
    life: Life, incident: Incident
) -> tuple[bool, bool, bool, int, timedelta, datetime, str]:
    """Return what orders pairs of a life and an incident, the likest first."""
    objects = frozenset((*incident.assets, *incident.others))
    return (
        {mark.finding_id for mark in life.findings} != set(incident.finding_ids),
        life.incident_id != incident.incident_id,
        life.series_id != incident.series_id,
        -len(life.objects & objects),
        abs(life.start_utc - incident.start_utc),
        life.opened_utc,
        life.incident_id,
    )


def _unused(incident_id: str, given: set[str]) -> str:
    if incident_id not in given:
        return incident_id
    return next(name for n in count(2) if (name := f"{incident_id}-{n}") not in given)
