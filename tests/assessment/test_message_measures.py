"""What the states of conjunction messages imply, against published values and by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hoshimori.assessment.message_measures import measures_of, radius_of
from hoshimori.formats.cdm import read_cdm
from hoshimori.model.conjunction_event import MessageMeasures, RadiusSource
from hoshimori.model.conjunction_message import Body, ConjunctionMessage

Make = Callable[..., ConjunctionMessage]
OMEGA_RAD_S = 7.292115e-5


def one(message: ConjunctionMessage, radius_km: float | None = None) -> MessageMeasures:
    (found,) = measures_of([message], radius_km)
    assert found is not None
    return found


def test_miss_sigma_and_probability_of_a_crossing(make_cdm: Make) -> None:
    found = one(make_cdm(miss_km=0.5, sigma_km=0.1))
    assert found.range_km == pytest.approx(0.5)
    assert found.speed_km_s == pytest.approx(7.5 * 2**0.5)
    assert found.tca_offset_s == 0.0
    assert found.position_rtn_km == pytest.approx((0.5, 0.0, 0.0))
    both_km = 0.1 * 2**0.5
    assert found.miss_sigma_km == pytest.approx(both_km)
    assert found.mahalanobis == pytest.approx(0.5 / both_km)
    # For a radius far below sigma: density at the miss times the disc.
    density = np.exp(-0.5 * (0.5 / both_km) ** 2) / (2 * np.pi * both_km**2)
    assert found.plane_probability == pytest.approx(density * np.pi * 0.01**2, rel=0.02)


def test_a_state_off_the_closest_approach_is_moved_there(make_cdm: Make) -> None:
    message = make_cdm(miss_km=0.5)
    two = message.object2
    assert two.state is not None
    late = np.add(two.state.position_km, 2.0 * np.subtract((0, 0, 7.5), (0, 7.5, 0)))
    moved = replace(two, state=replace(two.state, position_km=tuple(late.tolist())))
    found = one(replace(message, object2=moved))
    assert found.tca_offset_s == pytest.approx(-2.0)
    assert found.miss_km == pytest.approx(0.5)
    assert found.range_km == pytest.approx(np.hypot(0.5, 15.0 * 2**0.5))


def test_earth_fixed_states_give_the_same(make_cdm: Make) -> None:
    message = make_cdm()
    fixed = []
    for item in (message.object1, message.object2):
        assert item.state is not None
        swept = np.cross([0.0, 0.0, OMEGA_RAD_S], item.state.position_km)
        velocity = tuple(np.subtract(item.state.velocity_km_s, swept).tolist())
        fixed.append(replace(item, state=replace(item.state, frame="ITRF", velocity_km_s=velocity)))
    found = one(replace(message, object1=fixed[0], object2=fixed[1]))
    meant = one(message)
    assert found.speed_km_s == pytest.approx(meant.speed_km_s, rel=1e-9)
    assert found.plane_probability == pytest.approx(meant.plane_probability, rel=1e-6)
    assert measures_of([replace(message, object1=fixed[0])]) == (None,)


def test_where_a_radius_comes_from(make_cdm: Make) -> None:
    message = make_cdm(hard_body_radius_km=None)
    assert radius_of(message, None) is None
    assert one(message).plane_probability is None
    assumed = one(message, 0.02).radius
    assert assumed is not None
    assert assumed.source is RadiusSource.ASSUMED
    round_10_m = Body(collision_area_m2=np.pi * 100.0)
    areas = replace(
        message,
        object1=replace(message.object1, body=round_10_m),
        object2=replace(message.object2, body=round_10_m),
    )
    told = radius_of(areas, None)
    assert told is not None
    assert (told.source, told.radius_km) == (RadiusSource.AREAS, pytest.approx(0.02))
    objects = replace(
        message,
        object1=replace(message.object1, hard_body_radius_km=0.003),
        object2=replace(message.object2, hard_body_radius_km=0.004),
    )
    told = radius_of(objects, 0.5)
    assert told is not None
    assert (told.source, told.radius_km) == (RadiusSource.OBJECTS, pytest.approx(0.007))


def test_probabilities_agree_with_nasa_cara(shared_data: Path) -> None:
    """Pc2D of CARA's own software, states moved to the closest approach; see the data's README."""
    with (shared_data / "cdm" / "cara_pc_reference.csv").open() as table:
        reference = {row["Conjunction_ID"]: row for row in csv.DictReader(table)}
    archive = (shared_data / "cdm" / "cara_pc_method_cdms.zip").read_bytes()
    messages = read_cdm(archive, source="zip")
    assert len(messages) == 53
    for message, found in zip(messages, measures_of(messages), strict=True):
        assert found is not None
        expected = float(reference[message.message_id]["Pc2D"])
        curvature_to_tca = 2e-6
        assert found.plane_probability == pytest.approx(expected, rel=curvature_to_tca, abs=1e-300)
