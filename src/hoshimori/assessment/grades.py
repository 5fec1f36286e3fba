"""Default Admiralty grades of sources; a person who knows better sets another.

A grade judges who says something (A to F) apart from what is said (1 to 6). The defaults are
those proposed for this project's feeds; they follow the kind of source alone, never an owner or
a country.

Source: NATO STANAG 2511 / FM 2-22.3, appendix B; MISP taxonomy admiralty-scale, version 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from hoshimori.model.reports import Credibility, Grade, Reliability

STALE_DAYS = 5.0
"""Element sets older than this, or from before a manoeuvre, tell less of where an object is."""


class SourceKind(Enum):
    """What kind of source something comes from."""

    ELEMENT_SETS = "element sets"
    """Public general perturbations of one network of sensors, whoever passes them on."""
    OBJECT_CATALOGUE = "object catalogue"
    """Owners, launch dates and types in the public satellite catalogue."""
    AMATEUR_OBSERVATION = "amateur observation"
    """Optical or radio observations of hobbyists, with stated residuals."""
    COMMERCIAL_OBSERVATION = "commercial observation"
    """What one commercial observer publishes."""
    OPERATOR_OF_ITS_OWN = "operator of its own satellite"
    """Ephemerides and statements of an operator about its own satellite."""
    PRESS = "press"
    SOCIAL_POST = "social post"
    STATE_ABOUT_ANOTHER = "State about another"
    """What a State says that another State did, while the two are at odds."""
    UNKNOWN = "unknown"


def _grade(text: str) -> Grade:
    return Grade(Reliability(text[0]), Credibility(int(text[1])))


DEFAULT_GRADES: Mapping[SourceKind, Grade] = MappingProxyType(
    {
        SourceKind.ELEMENT_SETS: _grade("B2"),
        SourceKind.OBJECT_CATALOGUE: _grade("B2"),
        SourceKind.AMATEUR_OBSERVATION: _grade("B2"),
        SourceKind.COMMERCIAL_OBSERVATION: _grade("C2"),
        SourceKind.OPERATOR_OF_ITS_OWN: _grade("A2"),
        SourceKind.PRESS: _grade("D3"),
        SourceKind.SOCIAL_POST: _grade("E4"),
        SourceKind.STATE_ABOUT_ANOTHER: _grade("C3"),
        SourceKind.UNKNOWN: _grade("F6"),
    }
)
"""The grade of each kind of source where nobody has judged it."""

STALE_ELEMENT_SETS = _grade("C3")
AGREEING_OBSERVERS = _grade("B1")


def element_set_grade(age_days: float, *, before_manoeuvre: bool = False) -> Grade:
    """Return the grade of an element set: lower where it is old or a manoeuvre came after it.

    >>> str(element_set_grade(0.5)), str(element_set_grade(6.0))
    ('B2', 'C3')
    """
    if age_days > STALE_DAYS or before_manoeuvre:
        return STALE_ELEMENT_SETS
    return DEFAULT_GRADES[SourceKind.ELEMENT_SETS]


def commercial_grade(observers_that_agree: int) -> Grade:
    """Return the grade of what commercial observers publish; two that agree confirm each other."""
    if observers_that_agree >= 2:
        return AGREEING_OBSERVERS
    return DEFAULT_GRADES[SourceKind.COMMERCIAL_OBSERVATION]


def worst_grade(grades: Iterable[Grade]) -> Grade:
    """Return the grade of what is derived from inputs of these: the worst of each half.

    What could not be judged (F, 6) is the worst: nothing can be built on it. Of no inputs at all
    nothing can be judged.

    >>> str(worst_grade([_grade("A2"), _grade("D1")]))
    'D2'
    """
    known = tuple(grades)
    if not known:
        return DEFAULT_GRADES[SourceKind.UNKNOWN]
    reliability = max((grade.reliability for grade in known), key=lambda one: one.value)
    credibility = max((grade.credibility for grade in known), key=lambda one: one.value)
    return Grade(reliability, credibility)
