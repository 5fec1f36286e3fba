"""Conjunction findings as conjunction messages, honest about what public elements can carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from hoshimori.model.conjunction_message import (
    ConjunctionMessage,
    ConjunctionObject,
    Screening,
    StateAtClosestApproach,
    Vector,
)
from hoshimori.model.element_errors import judged_errors
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Conjunction
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.covariance_classes import Codes, CovarianceOrigin
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import rtn_basis, teme_to_gcrf, to_rtn
from hoshimori.numerics.sgp4 import initialise, propagate_each

_ORIGINS = {
    CovarianceOrigin.OWN_HISTORY: "from differences between the object's own element sets",
    CovarianceOrigin.CLASS: "that of its class of orbits, not of this object",
    CovarianceOrigin.DEFAULT: "the widest class stands in: nothing is known of its errors",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Both objects of each conjunction at its closest approach; shape (n, ...)."""

    sets: ElementSets
    position_gcrf_km: Floats
    velocity_gcrf_km_s: Floats
    sigma_rtn_km: Floats
    origin: Codes
    age_days: Floats


def derived_messages(
    findings: Iterable[Conjunction],
    picture: Picture,
    *,
    incident_id: str,
    banner: str,
    originator: str = "HOSHIMORI",
) -> tuple[ConjunctionMessage, ...]:
    """Return a message for each conjunction both of whose objects have elements in the picture.

    States at the closest approach are of SGP4, in GCRF; covariances hold position only, in RTN,
    and say whether they are the object's own or its class's.
    """
    sets = picture.newest.sorted_by_object()
    known = set(sets.norad_id.tolist())
    told = [f for f in findings if known >= {f.objects[0], f.objects[1]}]
    if not told:
        return ()
    first = _rows(told, 0, sets, picture)
    second = _rows(told, 1, sets, picture)
    return tuple(
        _message(finding, row, (first, second), picture, (incident_id, banner, originator))
        for row, finding in enumerate(told)
    )


def _rows(findings: list[Conjunction], which: int, sets: ElementSets, picture: Picture) -> _Rows:
    rows = np.searchsorted(sets.norad_id, [f.objects[which] for f in findings])
    chosen = sets.take(rows)
    t0_utc = as_column_time(picture.as_of_utc)
    tca_utc = np.array([as_column_time(f.tca_utc) for f in findings])
    tca_s = (tca_utc - t0_utc) / np.timedelta64(1, "s")
    states = propagate_each(initialise(chosen.mean_elements()), t0_utc, tca_s)
    age_days = (tca_utc - chosen.epoch_utc) / np.timedelta64(1, "D")
    growth = judged_errors(sets, (picture.history,)).of(rows)
    return _Rows(
        sets=chosen,
        position_gcrf_km=teme_to_gcrf(states.position_teme_km, tca_utc),
        velocity_gcrf_km_s=teme_to_gcrf(states.velocity_teme_km_s, tca_utc),
        sigma_rtn_km=growth.sigma_rtn_km(age_days),
        origin=growth.origin,
        age_days=age_days,
    )


def _message(
    finding: Conjunction,
    row: int,
    both: tuple[_Rows, _Rows],
    picture: Picture,
    said: tuple[str, str, str],
) -> ConjunctionMessage:
    incident_id, banner, originator = said
    first, second = both
    as_of_utc = as_column_time(picture.as_of_utc)
    basis = rtn_basis(first.position_gcrf_km[row], first.velocity_gcrf_km_s[row])
    velocity = second.velocity_gcrf_km_s[row] - first.velocity_gcrf_km_s[row]
    position = second.position_gcrf_km[row] - first.position_gcrf_km[row]
    end_utc = as_of_utc + np.timedelta64(round(picture.days_ahead * 86_400e6), "us")
    return ConjunctionMessage(
        message_id=f"{incident_id}/{finding.finding_id[:16]}",
        created_utc=as_of_utc,
        originator=originator,
        tca_utc=as_column_time(finding.tca_utc),
        miss_km=float(np.linalg.norm(position)),
        object1=_object(first, row, picture),
        object2=_object(second, row, picture),
        relative_speed_km_s=float(np.linalg.norm(velocity)),
        relative_position_rtn_km=_vector(to_rtn(basis, position)),
        relative_velocity_rtn_km_s=_vector(to_rtn(basis, velocity)),
        screening=Screening(start_utc=as_of_utc, stop_utc=end_utc),
        reality=finding.reality,
        comments=(
            banner,
            "Derived from public element sets by SGP4; no orbit of an operator or a centre.",
            f"Miss distance {finding.miss_km.low:.3f} to {finding.miss_km.high:.3f} km "
            "(about 95 %); public elements cannot prove less than some kilometres.",
            f"Incident {incident_id}, finding {finding.finding_id}.",
        ),
    )


def _object(rows: _Rows, row: int, picture: Picture) -> ConjunctionObject:
    sets, norad_id = rows.sets, int(rows.sets.norad_id[row])
    listed = picture.objects.get(norad_id)
    origin = CovarianceOrigin(int(rows.origin[row]))
    covariance = np.zeros((6, 6))
    covariance[range(3), range(3)] = rows.sigma_rtn_km[row] ** 2
    return ConjunctionObject(
        designator=str(norad_id),
        catalogue="SATCAT",
        name=_text(str(sets.object_name[row]) or (listed.name if listed else "")),
        international_designator=_text(str(sets.object_id[row])),
        ephemeris_name="NONE",
        covariance_method="CALCULATED" if origin is CovarianceOrigin.OWN_HISTORY else "DEFAULT",
        manoeuvrable=None,
        object_type=listed.object_type.value if listed else None,
        state=StateAtClosestApproach(
            frame="GCRF",
            position_km=_vector(rows.position_gcrf_km[row]),
            velocity_km_s=_vector(rows.velocity_gcrf_km_s[row]),
            covariance_rtn_km2=tuple(map(tuple, covariance.tolist())),
        ),
        comments=(
            f"Element set of {np.datetime_as_string(sets.epoch_utc[row], unit='s')}Z, "
            f"{rows.age_days[row]:.2f} days from the closest approach.",
            f"Covariance of position: {_ORIGINS[origin]}.",
            "Covariance of velocity is not known: its terms are zero.",
        ),
    )


def _vector(values: Floats) -> Vector:
    x, y, z = values.tolist()
    return x, y, z


def _text(text: str) -> str:
    """Return a name as a message can carry it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or "UNKNOWN"
