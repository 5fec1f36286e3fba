"""Who plays the parts of a script: objects of the sky at hand that are as the script asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.carried_on import Habits, habits_of
from hoshimori.exercise.streams import new_number, number_of, stream
from hoshimori.exercise.tracking import Steps
from hoshimori.model.assets import Asset
from hoshimori.model.constellations import family_of
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Interval
from hoshimori.model.injects import Launch, Release
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import ObjectType, kind_by_name, launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.scenarios import Choice, Part, Scenario
from hoshimori.model.tapes import Cast
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
    plane_angle_rad,
    semi_major_axis_km,
)
from hoshimori.numerics.frames import gmst82_rad

Flags = npt.NDArray[np.bool_]

_FEWEST_SETS = 15
_OLDEST_DAYS = 5.0
"""Who has not been seen for longer takes no part: nobody would notice."""
_HISTORY_KM = 100.0
"""A history is worth so much of nearness, about 100 m/s of the plane: without one, what an object
does shows late; from farther away it could not come."""
_MOST_DRAWS = 100
"""So many others are tried where nobody is in the plane of one that was drawn."""
_TURN_KM, _BELT_TURN_KM = 0.01, 0.2
"""Along the orbit a kilometre counts as so many of the plane: it costs time alone; in the belt a
drift of many days."""


def cast_of(
    scenario: Scenario,
    picture: Picture,
    *,
    habits: Habits | None = None,
    candidates: Candidates | None = None,
) -> Cast:
    """Return who plays the parts of a script; a sky and a seed give one cast.

    Objects with a history are preferred, as what happens to others shows late. `habits` and
    `candidates` are those of the picture, where they are at hand already.

    Raises:
        ValueError: nobody fits a part, a fixed object is not in the sky, or parts name one another
            in a circle.
    """
    sky = candidates or Candidates.of(picture, habits or habits_of(picture))
    numbers = _cast(scenario, sky)
    ordered = {part.name: numbers[part.name] for part in scenario.parts}
    assets = tuple(
        _asset(part, ordered[part.name], picture) for part in scenario.parts if part.is_asset
    )
    return Cast(numbers=ordered, assets=assets)


def _cast(scenario: Scenario, sky: Candidates) -> dict[str, int]:
    """Return the number of each part; where nobody is in the plane of one, another is drawn."""
    bound = any(p.choice is not None and p.choice.plane_deg is not None for p in scenario.parts)
    for draws in range(1, _MOST_DRAWS):
        try:
            return _drawn(scenario, sky, draws)
        except ValueError:
            if not bound:
                raise
    return _drawn(scenario, sky, _MOST_DRAWS)


def _drawn(scenario: Scenario, sky: Candidates, draws: int) -> dict[str, int]:
    numbers: dict[str, int] = {}
    waiting = list(scenario.parts)
    while waiting:
        ready = [
            p for p in waiting if p.choice is None or not p.choice.near or p.choice.near in numbers
        ]
        if not ready:
            names = ", ".join(part.name for part in waiting)
            raise ValueError(f"parts {names}: each is near another that is not chosen yet")
        for part in ready:
            numbers[part.name] = _number(part, scenario, sky, numbers, draws)
        waiting = [part for part in waiting if part not in ready]
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What parts are chosen from: newest sets, carried to the moment of the picture."""

    sets: ElementSets
    elements: MeanElements
    types: tuple[ObjectType, ...]
    with_history: Flags
    is_quiet: Flags

    @classmethod
    def of(cls, picture: Picture, habits: Habits) -> Candidates:
        """Return the objects of a picture that could take part; `habits` are its own."""
        moment = as_column_time(picture.as_of_utc)
        fresh = picture.newest.epoch_utc > moment - np.timedelta64(int(24 * _OLDEST_DAYS), "h")
        sets = picture.newest.take(fresh)
        steps = habits.steps
        ids, counts = np.unique(steps.norad_id, return_counts=True)
        known = ids[counts >= _FEWEST_SETS - 1]
        return cls(
            sets=sets,
            elements=carried_elements(sets.mean_elements(), np.full(len(sets), moment)),
            types=tuple(_type(picture, int(i), str(n)) for i, n in _labels(sets)),
            with_history=np.isin(sets.norad_id, known),
            is_quiet=~np.isin(sets.norad_id, _busy(steps)),
        )


def _labels(sets: ElementSets) -> list[tuple[int, str]]:
    return list(zip(sets.norad_id.tolist(), sets.object_name.tolist(), strict=True))


def _type(picture: Picture, norad_id: int, name: str) -> ObjectType:
    known = picture.objects.get(norad_id)
    if known is not None and known.object_type is not ObjectType.UNKNOWN:
        return known.object_type
    return kind_by_name(name)


def _busy(steps: Steps) -> npt.NDArray[np.int64]:
    """Return the objects whose histories hold a step that stays: a burn or a refit."""
    long = steps.gap_days > _OLDEST_DAYS
    return np.unique(steps.norad_id[(steps.left == 0) & ~long])


def _number(
    part: Part, scenario: Scenario, sky: Candidates, numbers: dict[str, int], draws: int
) -> int:
    """Return who takes a part; of several that fit the last of so many draws."""
    if part.norad_id is not None:
        if part.norad_id not in sky.sets.norad_id:
            raise ValueError(f"part {part.name}: object {part.norad_id} is not in this sky")
        return part.norad_id
    if part.choice is None:
        number = _new_number(part.name, scenario)
        while number in numbers.values():
            number += 1
        return number
    fits = _fitting(part.name, part.choice, sky, numbers)
    remembered = sky.with_history[fits]
    if part.choice.near:
        away = _away_km(sky, fits, numbers[part.choice.near]) - _HISTORY_KM * remembered
        return int(sky.sets.norad_id[fits[int(np.argmin(away))]])
    fits = fits[remembered] if remembered.any() else fits
    random = stream(scenario.seed, f"cast {part.name}")
    places = [int(random.integers(len(fits))) for _ in range(draws)]
    return int(sky.sets.norad_id[fits[places[-1]]])


def _new_number(name: str, scenario: Scenario) -> int:
    """Return the number of a part that an inject brings into being, by when it is catalogued."""
    length_h = scenario.pace.length_h
    for one in scenario.injects:
        match one:
            case Release(released=new) | Launch(launched=new) if new == name:
                return new_number(one.at_h + one.catalogued_after_h, length_h)
            case _:
                continue
    # The second body of a collision, known for long, and parts that no inject brings.
    return new_number(-np.inf, length_h) + number_of(name) % 1000


def _fitting(
    name: str, choice: Choice, sky: Candidates, numbers: dict[str, int]
) -> npt.NDArray[np.int64]:
    """Return the rows that fit, after each constraint; the one that leaves nobody is named."""
    elements = sky.elements
    wanted = choice.kind.casefold()
    left = np.array([t.value.casefold() == wanted or not wanted for t in sky.types], np.bool_)
    left &= ~np.isin(sky.sets.norad_id, list(numbers.values()))
    checks: list[tuple[str, Flags]] = [(f"kind {choice.kind}", left)]
    if choice.height_km is not None:
        low, high = perigee_altitude_km(elements), apogee_altitude_km(elements)
        inside = _within(low, choice.height_km) & _within(high, choice.height_km)
        checks.append((f"height_km {_span(choice.height_km)}", inside))
    if choice.inclination_deg is not None:
        tilt = np.degrees(elements.inclination_rad)
        checks.append(
            (
                f"inclination_deg {_span(choice.inclination_deg)}",
                _within(tilt, choice.inclination_deg),
            )
        )
    if choice.belt_deg_east is not None:
        checks.append(
            (f"belt_deg_east {_span(choice.belt_deg_east)}", _in_belt(sky, choice.belt_deg_east))
        )
    if choice.near and not choice.belt_deg_east:
        checks.append((f"near {choice.near}", _alike(sky, numbers[choice.near])))
    if choice.near and choice.plane_deg is not None:
        coplanar = np.degrees(_plane_rad(sky, numbers[choice.near])) <= choice.plane_deg
        checks.append((f"plane_deg {choice.plane_deg:g} of {choice.near}", coplanar))
    if choice.near and choice.other_launch:
        checks.append((f"another launch than {choice.near}", _unrelated(sky, numbers[choice.near])))
    if choice.quiet:
        checks.append(("quiet", sky.is_quiet))
    left = np.ones(len(sky.sets), np.bool_)
    for what, passes in checks:
        left = left & passes
        if not left.any():
            raise ValueError(f"part {name}: no object of this sky fits {what}")
    return np.flatnonzero(left)


def _within(values: Floats, span: Interval) -> Flags:
    return np.asarray((values >= span.low) & (values <= span.high))


def _span(span: Interval) -> str:
    return f"{span.low:g} to {span.high:g}"


def _in_belt(sky: Candidates, span: Interval) -> Flags:
    at_home = orbit_regime(sky.elements) == OrbitRegime.GEO
    east = _deg_east(sky.elements)
    width = (span.high - span.low) % 360.0
    return np.asarray(at_home & ((east - span.low) % 360.0 <= width))


def _deg_east(elements: MeanElements) -> Floats:
    mean = elements.raan_rad + elements.arg_of_perigee_rad + elements.mean_anomaly_rad
    return np.asarray(np.degrees(mean - gmst82_rad(elements.epoch_utc)) % 360.0)


def _alike(sky: Candidates, norad_id: int) -> Flags:
    """Tell which objects are of the regime of another."""
    regime = orbit_regime(sky.elements)
    return np.asarray(regime == regime[np.searchsorted(sky.sets.norad_id, norad_id)])


def _unrelated(sky: Candidates, norad_id: int) -> Flags:
    """Tell which objects are neither of the launch nor of the constellation of another."""
    it = int(np.searchsorted(sky.sets.norad_id, norad_id))
    launch = launch_of(str(sky.sets.object_id[it]))
    family = family_of(str(sky.sets.object_name[it]))
    kin = [
        (bool(launch) and launch_of(str(i)) == launch) or (bool(family) and family_of(n) == family)
        for i, n in zip(sky.sets.object_id.tolist(), sky.sets.object_name.tolist(), strict=True)
    ]
    return ~np.array(kin, np.bool_)


def _away_km(sky: Candidates, rows: npt.NDArray[np.int64], norad_id: int) -> Floats:
    """Return how far in plane, height and place along the orbit objects are from another."""
    it = int(np.searchsorted(sky.sets.norad_id, norad_id))
    elements, axis_km = sky.elements, semi_major_axis_km(sky.elements)
    plane = _plane_rad(sky, norad_id)[rows]
    place = elements.raan_rad + elements.arg_of_perigee_rad + elements.mean_anomaly_rad
    along = np.abs((place[rows] - place[it] + np.pi) % (2.0 * np.pi) - np.pi)
    higher = np.abs(axis_km[rows] - axis_km[it])
    in_belt = orbit_regime(elements)[it] == OrbitRegime.GEO
    turn = _BELT_TURN_KM if in_belt else _TURN_KM
    return np.asarray(axis_km[it] * (plane + turn * along) + 0.5 * higher)


def _plane_rad(sky: Candidates, norad_id: int) -> Floats:
    """Return the angles between the planes of all objects and that of one."""
    it = int(np.searchsorted(sky.sets.norad_id, norad_id))
    tilt, node = sky.elements.inclination_rad, sky.elements.raan_rad
    return np.asarray(plane_angle_rad(tilt, node, tilt[it], node[it]))


def _asset(part: Part, norad_id: int, picture: Picture) -> Asset:
    known = next((a for a in picture.assets if a.norad_id == norad_id), None)
    if known is not None:
        return replace(known, owner=part.owner or known.owner)
    names = picture.newest.object_name[picture.newest.norad_id == norad_id].tolist()
    return Asset(
        norad_id=norad_id,
        name=names[0] if names else part.name.upper(),
        owner=part.owner,
        can_manoeuvre=part.can_manoeuvre,
    )
