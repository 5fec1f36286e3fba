"""Company in low orbits, told from made histories of sparse and dense sets."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.detectors.orbit_company import OrbitCompanyDetector
from hoshimori.exercise.low_company import Coming, low_company
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import moved_to, rows_of, stacked
from hoshimori.model.assets import Asset
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.findings import Arrival, CompanyKind, Proximity
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import MeanElements

START = np.datetime64("2020-01-01T00:00:00", "us")
DAY = np.timedelta64(1, "D")
ASSET, VISITOR, TWIN, PASSER, STRANGER = 40_001, 40_002, 40_003, 40_004, 40_005


def orbit(day: float, *, ahead_km: float = 0.0, axis_km: float = 7000.0, node_deg: float = 10.0):  # type: ignore[no-untyped-def]
    """Return an orbit at an epoch; all share one inclination and the node's secular course."""
    made = MeanOrbits(
        semi_major_axis_km=np.array([7000.0]),
        eccentricity=np.array([1e-3]),
        inclination_rad=np.radians([97.9]),
        raan_rad=np.radians([node_deg]),
        arg_of_perigee_rad=np.array([1.0]),
        mean_anomaly_rad=np.array([0.5]),
    )
    at = START + np.timedelta64(round(day * 86400e6), "us")
    there = moved_to(made.elements(np.array([START]), np.zeros(1)), np.array([at]))
    shifted = there.mean_anomaly_rad + ahead_km / 7000.0
    slower = there.mean_motion_kozai_rad_min * (7000.0 / axis_km) ** 1.5
    return MeanElements(
        there.epoch_utc,
        slower,
        there.eccentricity,
        there.inclination_rad,
        there.raan_rad,
        there.arg_of_perigee_rad,
        shifted,
        there.bstar_per_er,
    )


def sky(every_days: float, days: float = 200.0) -> ElementSets:
    """An asset; a visitor 40 km ahead from day 60 to day 120; a twin of its launch; others."""
    epochs = np.arange(0.3, days, every_days)
    tracks, ids = [], []
    for number, ahead, axis, node in (
        (ASSET, 0.0, 7000.0, 10.0),
        (TWIN, -30.0, 7000.0, 10.0),
        (STRANGER, 0.0, 7000.0, 60.0),
        (PASSER, 0.0, 7003.0, 10.0),
    ):
        whole = orbit(0.0, ahead_km=ahead, axis_km=axis, node_deg=node)
        at = START + np.round(epochs * 86400e6).astype("timedelta64[us]")
        tracks.append(moved_to(rows_of(whole, np.zeros(len(at), np.int64)), at))
        ids += [number] * len(at)
    for k, day in enumerate(epochs):
        inside = 60.0 <= day <= 120.0
        tracks.append(orbit(day, ahead_km=40.0 if inside else 3000.0 + k))
        ids.append(VISITOR)
    launches = {ASSET: "2015-001A", TWIN: "2015-001B", VISITOR: "2019-002A"}
    numbers = np.array(ids)
    register = Register(
        norad_id=numbers,
        name=np.array([f"SIM {i}" for i in ids], TEXT),
        object_id=np.array([launches.get(i, f"2010-0{i % 100:02d}A") for i in ids], TEXT),
        launch_utc=np.full(len(ids), START - 5000 * DAY),
    )
    end = START + np.timedelta64(round(days), "D")
    return element_sets(stacked(tracks), register, end, "low company").sorted_by_object()


def found(sets: ElementSets, *assets: int) -> dict[int, list[Proximity]]:
    picture = Picture(
        datetime(2021, 1, 1, tzinfo=UTC), sets.newest(), sets, tuple(map(Asset, assets)), 1.0
    )
    told: dict[int, list[Proximity]] = {}
    for finding in OrbitCompanyDetector().detect(picture):
        told.setdefault(finding.objects[1], []).append(finding)
    return told


@pytest.mark.parametrize("every_days", [2.0, 20.0])
def test_a_visit_has_its_dates_range_and_kind_at_any_density(every_days: float) -> None:
    told = found(sky(every_days), ASSET)
    (visit,) = told[VISITOR]
    company = visit.company
    assert company is not None
    assert company.kind is CompanyKind.VISIT
    begun = (company.seen_from_utc - datetime(2020, 1, 1, tzinfo=UTC)).days
    ended = (company.seen_until_utc - datetime(2020, 1, 1, tzinfo=UTC)).days
    assert 59 <= begun <= 60 + every_days
    assert 120 - every_days - 1 <= ended <= 121
    assert company.dwell_days.low <= 61.0
    assert company.dwell_days.high >= 58.0
    assert visit.range_km.low <= 40.0 <= visit.range_km.high + 2.0
    assert np.median(visit.track.in_track_km) == pytest.approx(40.0, abs=5.0)
    assert visit.plane_angle_deg < 0.05


def test_twins_of_one_launch_are_a_known_kind_and_strangers_are_none() -> None:
    told = found(sky(5.0), ASSET)
    (twin,) = told[TWIN]
    assert twin.company is not None
    assert twin.company.kind is CompanyKind.SAME_LAUNCH
    assert STRANGER not in told  # fifty degrees between the planes
    assert PASSER not in told  # three kilometres higher it drifts by 400 km a day
    assert twin.base_rate.compared == 5  # whatever the plane, all are of the shell
    assert twin.base_rate.regime == "SHELL"


def test_one_element_set_for_both_is_docked() -> None:
    sets = sky(20.0)
    host = sets.take(sets.norad_id == ASSET)
    guest = sets.take(sets.norad_id != VISITOR)
    twin = np.flatnonzero(guest.norad_id == TWIN)
    columns = {
        name: np.where(np.isin(np.arange(len(guest)), twin), np.nan, getattr(guest, name))
        for name in ("mean_anomaly_deg",)
    }
    columns["mean_anomaly_deg"][twin] = host.mean_anomaly_deg
    from dataclasses import replace  # noqa: PLC0415

    (docked,) = found(replace(guest, **columns), ASSET)[TWIN]
    assert docked.company is not None
    assert docked.company.kind is CompanyKind.DOCKED


def test_who_shares_its_set_with_a_third_object_is_docked_to_the_complex() -> None:
    from dataclasses import replace  # noqa: PLC0415

    sets = sky(20.0)
    kept = sets.take(np.isin(sets.norad_id, [ASSET, TWIN, VISITOR]))
    names = ("mean_anomaly_deg", "mean_motion_rev_day", "eccentricity", "inclination_deg")
    names += ("raan_deg", "arg_of_pericenter_deg")
    columns = {name: getattr(kept, name).copy() for name in names}
    host, *guests = (np.flatnonzero(kept.norad_id == i) for i in (ASSET, TWIN, VISITOR))
    for guest in guests:
        for name in names:
            columns[name][guest] = getattr(kept, name)[host]
        # Twin and visitor have one set, five kilometres from the asset's own.
        columns["mean_anomaly_deg"][guest] += np.degrees(5.0 / 7000.0)
    told = found(replace(kept, **columns), ASSET)
    kinds = {f.company.kind for guest in (TWIN, VISITOR) for f in told[guest] if f.company}
    assert kinds == {CompanyKind.DOCKED}


def test_without_assets_or_history_nothing_is_found() -> None:
    sets = sky(20.0)
    assert found(sets, 77) == {}
    assert found(sets.take(slice(0)), ASSET) == {}


def arrivals(every_days: float) -> list[tuple[Coming, Arrival, int]]:
    """Return of made pairs how they came, what is told, and which of them came (0: the asset)."""
    sets, truth = low_company(np.random.Generator(np.random.PCG64(5)), 12, every_days=every_days)
    told = found(sets, *(pair.asset for pair in truth))
    return [
        (pair.coming, company.arrival, company.objects.index(pair.asset))
        for pair in truth
        for finding in told.get(pair.other, [])[:1]
        if (company := finding.company) is not None
    ]


def test_who_burned_to_come_is_told_from_who_was_carried() -> None:
    told = arrivals(1.0)
    assert len(told) == 12
    for coming, arrival, place in told:
        if coming in (Coming.BY_NATURE, Coming.BESIDE_KEEPER):
            assert arrival is Arrival.NATURAL
        else:
            assert arrival is Arrival.CONTROLLED
            assert place == (1 if coming is Coming.BY_ASSET else 0)


def test_sparse_sets_do_not_tell_how_a_pair_came_together() -> None:
    told = {arrival for _, arrival, _ in arrivals(12.0)}
    assert told
    assert told <= {Arrival.NOT_TOLD, Arrival.NOT_SEEN}
