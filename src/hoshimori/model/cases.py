"""Labelled cases: what is publicly known of an incident, and what an assessment of it should say.

Cases are tests, and the truth that likelihoods are calibrated against. What a case says of intent
is a label given afterwards from published accounts; no assessment reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.assessments import Label, TruthGroup
from hoshimori.model.finding import Interval
from hoshimori.model.reports import OperatorReport


@dataclass(frozen=True, slots=True)
class CaseData:
    """Where the facts of a case come from: files of a data folder, or a made scene."""

    catalogues: tuple[str, ...] = ()
    """Files that are known at the moment they speak of."""
    histories: tuple[str, ...] = ()
    """Files of many years, each row known at its epoch."""
    maps: tuple[str, ...] = ()
    """Integrity maps; each day is known when it is over."""
    place: tuple[float, float, float] | None = None
    """Latitude, longitude [deg] and radius [km] of the part of the maps that is looked at."""
    launches: tuple[str, ...] = ()
    """Launches that a thinned reading keeps whole."""
    keep: tuple[int, ...] = ()
    """Objects that it keeps besides those that cases name."""
    thin: int = 1
    """A thinned reading keeps one in so many of the other objects."""
    made: str = ""
    """Name of a made scene, in place of files."""
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One labelled case."""

    case_id: str
    family: str
    """Cases of one actor or one event share a family: they are held out together."""
    title: str
    source: str
    """Where the account stands."""
    data: CaseData
    about: tuple[int, ...]
    """Objects that the incident is about, all of them; none where it is about a report alone."""
    assets: tuple[int, ...]
    as_of_utc: datetime | None
    """None for the moment that the data speak of."""
    at_utc: datetime | None
    """A moment within the incident, where the objects met more than once."""
    days_ahead: float
    reports: tuple[OperatorReport, ...]
    labels: tuple[Label, ...]
    """Labels of which any is right; no incident at all is right where NO-EVENT is."""
    numbers: Mapping[str, tuple[float, float]]
    """Measures that some finding has to have, each within a span; see `measures_of`."""
    forbidden: tuple[str, ...]
    """Words that must stand in no text about it, besides those that stand in none ever."""
    truth: TruthGroup | None
    """None where accounts do not tell; such a case calibrates nothing."""
    because: str
    """Why that is taken as the truth, or why there is none."""
    waits_for: str = ""
    """What is missing where the data cannot carry the expected label; empty where they can."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an assessment said of a case before the truth was looked at, by group."""

    case_id: str
    family: str
    spans: Mapping[TruthGroup, Interval]
    """Low, middle and high of the probability of each group."""
    truth: TruthGroup
