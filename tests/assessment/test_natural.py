"""Natural explanations: always all of them, what is not known is said, and no flag matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from hoshimori.assessment.natural import CHECKS, natural_checks
from hoshimori.exercise.belt_years import DERELICT, MOVER, START_UTC
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.breakup_causes import PassesAtPoint
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets, concatenate
from hoshimori.model.findings import (
    Anomaly,
    BaseRate,
    Breakup,
    BurnDirection,
    Confidence,
    Conjunction,
    Decay,
    EnergyClass,
    FragmentCloud,
    Interval,
    Manoeuvre,
    Phenomenon,
    Thrust,
)
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.known_failures import FailureMode, KnownFailure, PastFailure
from hoshimori.model.markings import OPEN
from hoshimori.model.moments import as_datetime
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.reports import Credibility, Grade, OperatorReport, Reliability, Statement
from hoshimori.model.space_weather import DayKind, SpaceWeather

NOW = datetime(2024, 3, 25, tzinfo=UTC)
ASSET, OTHER = 44476, 55841
MADE = Provenance("made", "0" * 64, Reality.SIMULATED)


def element_set(
    norad_id: int, epoch: datetime, *, rev_day: float = 1.0027379, name: str = "", **changes: Any
) -> ElementSets:
    """One element set, nearly circular."""
    values: dict[str, Any] = {
        "norad_id": norad_id, "object_name": name or f"OBJECT {norad_id}", "object_id": "",
        "epoch_utc": np.datetime64(epoch.replace(tzinfo=None), "us"),
        "mean_motion_rev_day": rev_day, "eccentricity": 2e-4, "inclination_deg": 0.05,
        "raan_deg": 80.0, "arg_of_pericenter_deg": 30.0, "mean_anomaly_deg": 200.0,
        "bstar_per_er": 0.0, "mean_motion_dot_rev_day2": 0.0, "mean_motion_ddot_rev_day3": 0.0,
        "ephemeris_type": 0, "classification": "U", "element_set_no": 1, "rev_at_epoch": 1,
        "known_utc": np.datetime64(epoch.replace(tzinfo=None), "us"), "provenance_index": 0,
    }  # fmt: skip
    columns = {key: np.array([value]) for key, value in (values | changes).items()}
    return ElementSets(**columns, provenances=(MADE,))


def low_set(
    norad_id: int, epoch: datetime, height_km: float = 500.0, **changes: Any
) -> ElementSets:
    """One element set of a low orbit."""
    axis_km = 6378.135 + height_km
    rev_day = 86400.0 / (2.0 * np.pi) * np.sqrt(398600.8 / axis_km**3)
    return element_set(norad_id, epoch, rev_day=rev_day, **{"inclination_deg": 65.0} | changes)


def picture(parts: Sequence[ElementSets], as_of: datetime = NOW) -> Picture:
    history = concatenate(parts).sorted_by_object() if parts else NO_ELEMENT_SETS
    return Picture(as_of, history.newest(), history, (), 0.0)


def incident(
    assets: tuple[int, ...] = (ASSET,),
    others: tuple[int, ...] = (),
    start: datetime = NOW - timedelta(days=1),
    end: datetime | None = None,
) -> Incident:
    return Incident(
        incident_id="INC-made", direction=Direction.WITHIN, assets=assets, others=others,
        finding_ids=(), start_utc=start, end_utc=end or start, rarity=Interval(0.0, 0.01, 0.1),
        confidence=Confidence.MODERATE, attention=Attention.LOOK,
        next_step=NextStep.WAIT_FOR_ELEMENTS, reality=Reality.SIMULATED,
    )  # fmt: skip


def common(
    objects: tuple[int, ...], start: datetime, end: datetime | None = None
) -> dict[str, Any]:
    """What every finding carries."""
    return {
        "finding_id": f"{objects}-{start}", "detector": "made/1", "objects": objects,
        "start_utc": start, "end_utc": end or start,
        "base_rate": BaseRate("GEO", 1000, Interval(0.01, 0.02, 0.04)),
        "confidence": Confidence.MODERATE, "confidence_because": "made", "basis": ("a",),
        "reality": Reality.SIMULATED,
    }  # fmt: skip


def report(
    statement: Statement, at: datetime, objects: tuple[int, ...] = (ASSET,)
) -> OperatorReport:
    return OperatorReport(
        **common(objects, at), statement=statement, source="an operator", source_chain="operator",
        grade=Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE), text="made", known_utc=at,
        marking=OPEN,
    )  # fmt: skip


def weather(
    kp_by_hour: dict[datetime, float], *, until: datetime = NOW, days: int = 400
) -> SpaceWeather:
    """Quiet days before a moment, with some storms."""
    first = np.datetime64(until.replace(tzinfo=None), "D") - np.timedelta64(days, "D")
    day = (first + np.arange(days).astype("timedelta64[D]")).astype("datetime64[us]")
    kp = np.full((days, 8), 2.0)
    for moment, value in kp_by_hour.items():
        hours = (np.datetime64(moment.replace(tzinfo=None), "us") - day[0]) / np.timedelta64(1, "h")
        kp.reshape(-1)[int(hours // 3)] = value
    flux = np.full(days, 150.0)
    kind = np.full(days, DayKind.OBSERVED, np.uint8)
    return SpaceWeather(day, kp, kp, flux, flux, flux, kind, MADE)


def by_key(checks: Sequence[NaturalCheck]) -> dict[str, NaturalCheck]:
    return {one.check: one for one in checks}


THEN = NOW - timedelta(days=1)
ENTRY = datetime(2024, 3, 20, 14, 44, tzinfo=UTC)
"""Of the made geostationary satellite into the penumbra: tests/numerics/test_shadow.py."""
FAILED = KnownFailure(
    "made-bus", "Made bus", FailureMode.BATTERY, ("MADESAT *",), (), (),
    (PastFailure(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 5, tzinfo=UTC), "Madesat 1", None, 3,
        "made",
    ),),
)  # fmt: skip


def looked(*findings: Any, **given: Any) -> dict[str, NaturalCheck]:
    scene = {
        "incident": incident(), "picture": picture([element_set(ASSET, THEN)]), "weather": None,
        "failures": (),
    }  # fmt: skip
    scene |= given
    return by_key(
        natural_checks(scene.pop("incident"), findings, scene.pop("picture"), **scene)  # type: ignore[arg-type]
    )


def told(check: NaturalCheck) -> tuple[str, bool, bool]:
    return str(check.values["sentence"]), check.evaluated, check.speaks_for


def manoeuvre(norad_id: int = ASSET, at: datetime = THEN) -> Manoeuvre:
    return Manoeuvre(
        **common((norad_id,), at), delta_v_m_s=Interval(0.1, 0.2, 0.3),
        components_rtn_m_s=(0.0, 0.2, 0.0), direction=BurnDirection.IN_TRACK, p_value=0.001,
        thrust=Thrust.IMPULSIVE, burn_utc=at, burn_sigma_h=1.0,
    )  # fmt: skip


def breakup(norad_id: int = ASSET, at: datetime = THEN, **changes: Any) -> Breakup:
    made = Breakup(
        **common((norad_id,), at), event_utc=at, event_by_pieces_utc=at, event_sigma_s=60.0,
        is_resolved=True, pieces=2, candidates=(), altitude_km=800.0, latitude_deg=50.0,
        pinch_km=(1.0, 1.0), spread_rtn_m_s=(20.0, 20.0, 20.0),
        posigrade_share=Interval(0.35, 0.5, 0.65), energy=EnergyClass.MODERATE, energy_j_per_g=0.3,
        cloud=FragmentCloud((1,), (100.0,), (810.0,), (700.0,), ((1.0, 2.0, 3.0),)),
    )  # fmt: skip
    return replace(made, **changes)


def anomaly(phenomenon: Phenomenon) -> Anomaly:
    return Anomaly(
        **common((ASSET,), THEN), phenomenon=phenomenon, age_days=9.0, usual_days=0.5
    )  # fmt: skip


def test_all_checks_are_always_made() -> None:
    assert len(looked()) == len(CHECKS) == 9
    assert len(looked(manoeuvre())) == len(CHECKS)


def test_a_report_about_a_service_alone_has_no_orbit_to_explain_it() -> None:
    for statement in (Statement.LINK_INTERFERENCE, Statement.GROUND_INTRUSION):
        found = looked(
            report(statement, THEN, ()), incident=incident((), ()), weather=weather({THEN: 8.0})
        )
        assert len(found) == len(CHECKS)
        orbital = {
            k: c for k, c in found.items() if k not in ("data_artefact", "geomagnetic_storm")
        }
        assert {str(c.values["sentence"]) for c in orbital.values()} == {"does_not_fit"}
        assert not any(c.speaks_for for c in orbital.values())


def test_without_any_data_nothing_is_a_clean_bill() -> None:
    found = looked(picture=picture([]))
    assert not any(check.evaluated for key, check in found.items() if key not in _BESIDE)
    assert not any(check.speaks_for for check in found.values())


_BESIDE = {"sun_outage", "free_drift"}
"""What does not bear on an upset of an object at all: evaluated, and beside the point."""


def test_what_is_not_evaluated_never_speaks_for() -> None:
    for findings in ((), (manoeuvre(),), (breakup(),), (anomaly(Phenomenon.OBJECT_LOST),)):
        for given in ({}, {"picture": picture([])}):
            found = looked(*findings, **given)
            assert not any(c.speaks_for and not c.evaluated for c in found.values())


def test_owners_do_not_matter() -> None:
    scene = picture([element_set(ASSET, THEN, name="MADESAT 7")])
    objects = [
        MappingProxyType({ASSET: SpaceObject(ASSET, "MADESAT 7", owner=owner)})
        for owner in ("USA", "PRC")
    ]
    one, other = (
        looked(picture=replace(scene, objects=known), failures=(FAILED,)) for known in objects
    )
    assert one == other


# Storms


def test_a_storm_thickens_the_air_of_a_low_orbit() -> None:
    storm = weather({THEN - timedelta(days=2): 7.0})
    low = picture([low_set(ASSET, THEN)])
    check = looked(manoeuvre(), picture=low, weather=storm)["geomagnetic_storm"]
    assert told(check) == ("drag", True, True)
    assert check.values["level"] == 3
    assert 1.0 < float(check.values["density_low"]) < float(check.values["density_high"]) < 4.0
    assert float(check.values["share"]) < 0.02


def test_a_storm_of_last_week_explains_nothing_now() -> None:
    storm = weather({THEN - timedelta(days=6): 9.0})
    low = picture([low_set(ASSET, THEN)])
    check = looked(manoeuvre(), picture=low, weather=storm)["geomagnetic_storm"]
    assert told(check) == ("quiet", True, False)


def test_a_storm_does_not_move_high_orbits_but_may_charge_them() -> None:
    storm = weather({THEN - timedelta(hours=5): 5.0})
    assert told(looked(manoeuvre(), weather=storm)["geomagnetic_storm"])[0] == "does_not_fit"
    upset = report(Statement.TELEMETRY_ANOMALY, THEN)
    assert told(looked(upset, weather=storm)["geomagnetic_storm"]) == ("charging", True, True)


def test_a_storm_after_the_moment_is_not_its_cause() -> None:
    storm = weather({THEN + timedelta(hours=6): 8.0})
    upset = report(Statement.TELEMETRY_ANOMALY, THEN)
    assert told(looked(upset, weather=storm)["geomagnetic_storm"])[0] == "quiet"


def test_storms_that_come_all_the_time_say_nothing() -> None:
    restless = weather({NOW - timedelta(hours=6 * k): 5.0 for k in range(1, 1500)})
    upset = report(Statement.TELEMETRY_ANOMALY, THEN)
    assert told(looked(upset, weather=restless)["geomagnetic_storm"]) == ("common", True, False)


def test_what_was_not_yet_observed_is_not_judged() -> None:
    """The indices end two days before: quiet until then is not quiet."""
    early = weather({}, until=NOW - timedelta(days=3))
    upset = report(Statement.TELEMETRY_ANOMALY, THEN)
    check = looked(upset, weather=early)["geomagnetic_storm"]
    assert told(check) == ("not_observed", False, False)
    assert check.values["observed_until_utc"] == "2024-03-22T00:00Z"


def test_galaxy_15(shared_data: Path) -> None:
    """The storm of 5 April 2010 (Loto'aniu et al. 2015, Space Weather 13, 484): upset at 09:48."""
    from hoshimori.workflows.space_weather import space_weather_of_file  # noqa: PLC0415

    reading = space_weather_of_file(shared_data / "spaceweather" / "SW-All.csv.gz")
    at = datetime(2010, 4, 5, 9, 48, tzinfo=UTC)
    scene = picture([element_set(28884, at)], as_of=at + timedelta(days=2))
    upset = report(Statement.SERVICE_LOST, at, (28884,))
    check = looked(
        upset, incident=incident((28884,), start=at), picture=scene, weather=reading.weather
    )["geomagnetic_storm"]
    assert told(check) == ("charging", True, True)
    assert check.values["at_utc"] == "2010-04-05T09:00Z"
    assert check.values["kp"] == pytest.approx(7.67)
    assert check.values["since"] == "1957"
    assert 0.005 < float(check.values["share"]) < 0.02


def test_starlink_of_february_2022(shared_data: Path) -> None:
    """A weak storm lost 38 satellites at 210 km (Dang et al. 2022, Space Weather 20)."""
    from hoshimori.workflows.space_weather import space_weather_of_file  # noqa: PLC0415

    reading = space_weather_of_file(shared_data / "spaceweather" / "SW-All.csv.gz")
    at = datetime(2022, 2, 4, 18, tzinfo=UTC)
    sinking = Decay(
        **common((ASSET,), at, at + timedelta(days=4)), reentry_utc=at + timedelta(days=2),
        perigee_km=210.0, apogee_km=320.0, sinking_km_day=30.0,
    )  # fmt: skip
    for height_km, expected in ((230.0, "drag"), (550.0, "quiet")):
        scene = picture([low_set(ASSET, at, height_km)], as_of=at + timedelta(hours=12))
        given = {"incident": incident(start=at), "picture": scene, "weather": reading.weather}
        found = looked(sinking, **given)
        assert told(found["geomagnetic_storm"])[0] == expected


# Shadow and Sun


def test_an_upset_at_the_entry_into_the_shadow() -> None:
    scene = picture([element_set(ASSET, datetime(2024, 3, 20, tzinfo=UTC), rev_day=1.00271)])
    for late_min, sentence in ((10, "at_edge"), (-20, "at_edge"), (300, "away_from_edge")):
        upset = report(Statement.TELEMETRY_ANOMALY, ENTRY + timedelta(minutes=late_min))
        check = looked(upset, picture=scene)["eclipse"]
        assert told(check) == (sentence, True, sentence == "at_edge")
    check = looked(report(Statement.TELEMETRY_ANOMALY, ENTRY), picture=scene)["eclipse"]
    assert check.values["edge"] == "entry"
    assert float(check.values["edge_min"]) < 2.0
    # Two edges of an hour each in a day, in a quarter of the year.
    assert float(check.values["share"]) == pytest.approx(2 / 24 * 0.25, rel=0.2)


def test_no_shadow_at_the_solstice() -> None:
    at = datetime(2024, 6, 20, 12, tzinfo=UTC)
    scene = picture([element_set(ASSET, at)], as_of=at + timedelta(days=1))
    upset = report(Statement.TELEMETRY_ANOMALY, at)
    check = looked(upset, picture=scene, incident=incident(start=at))["eclipse"]
    assert told(check) == ("no_shadow", True, False)
    assert float(check.values["sun_above_plane_deg"]) == pytest.approx(23.4, abs=0.2)


def test_in_low_orbits_an_edge_is_always_near() -> None:
    upset = report(Statement.TELEMETRY_ANOMALY, THEN)
    check = looked(upset, picture=picture([low_set(ASSET, THEN)]))["eclipse"]
    assert told(check) == ("edge_is_common", True, False)


def test_without_a_moment_the_shadow_is_not_judged() -> None:
    long = replace(report(Statement.SERVICE_LOST, THEN), end_utc=THEN + timedelta(days=2))
    assert told(looked(long)["eclipse"]) == ("no_moment", False, False)


def test_the_sun_behind_a_satellite_disturbs_reception() -> None:
    """Half a revolution from the middle of the eclipse it stands before the Sun."""
    scene = picture([element_set(ASSET, datetime(2024, 3, 20, tzinfo=UTC), rev_day=1.00271)])
    middle = ENTRY + timedelta(minutes=36)
    for hours, sentence in ((-12, "sun_behind"), (-6, "sun_elsewhere"), (0, "sun_elsewhere")):
        radio = report(Statement.LINK_INTERFERENCE, middle + timedelta(hours=hours))
        assert told(looked(radio, picture=scene)["sun_outage"])[0] == sentence


# Debris and passes


def crowd(at: datetime, count: int = 1500) -> list[Any]:
    """Debris at 800 km in planes all round, one epoch."""
    random = np.random.Generator(np.random.PCG64(5))
    return [
        low_set(
            80_000 + k, at - timedelta(hours=6), 780.0 + 40.0 * random.random(), name="MADE DEB",
            raan_deg=360.0 * random.random(), mean_anomaly_deg=360.0 * random.random(),
            inclination_deg=60.0 + 40.0 * random.random(),
        )
        for k in range(count)
    ]  # fmt: skip


def test_a_strike_is_rare_and_said_to_be_so() -> None:
    scene = picture([*crowd(THEN), low_set(ASSET, THEN - timedelta(hours=3), 800.0)])
    found = looked(breakup(), picture=scene)
    assert told(found["debris_strike"]) == ("rare", True, False)
    values = found["debris_strike"].values
    assert 0.0 < float(values["expected_low"]) < float(values["expected_high"]) < 0.01
    soft = looked(breakup(energy=EnergyClass.LOW), picture=scene)["debris_strike"]
    assert told(soft) == ("soft_pieces", True, True)


def test_a_part_of_the_catalogue_tells_no_flux() -> None:
    scene = picture([*crowd(THEN, 20), low_set(ASSET, THEN, 800.0)])
    found = looked(breakup(), picture=scene)
    assert told(found["debris_strike"]) == ("no_catalogue", False, False)
    assert told(found["conjunction"]) == ("no_catalogue", False, False)


def test_small_debris_of_the_belt_is_not_judged() -> None:
    scene = picture([*crowd(THEN), element_set(ASSET, THEN)])
    check = looked(breakup(), picture=scene)["debris_strike"]
    assert told(check) == ("no_flux_there", False, False)


def test_an_object_that_was_there_at_the_moment_is_found() -> None:
    asset = low_set(ASSET, THEN - timedelta(hours=3), 800.0)
    # The same orbit turned about the line through both at the moment: they meet there and then.
    crossing = _crossing(asset)
    scene = picture([*crowd(THEN), asset])
    assert told(looked(breakup(), picture=scene)["conjunction"]) == ("none_passed", True, False)
    met = picture([*crowd(THEN), asset, crossing])
    at = _node_time(asset)
    check = looked(breakup(at=at), picture=met, incident=incident(start=at))["conjunction"]
    assert told(check) == ("passed", True, True)
    assert check.values["objects"] == str(OTHER)
    assert float(check.values["expected_high"]) < 0.05


def _crossing(asset: Any) -> Any:
    """The mirrored inclination: both pass the ascending node together."""
    inclination = 180.0 - asset.inclination_deg
    return replace(asset, norad_id=np.array([OTHER]), inclination_deg=inclination)


def _node_time(asset: Any) -> datetime:
    """When the argument of latitude is zero next (two-body; minutes do not matter here)."""
    latitude = (asset.arg_of_pericenter_deg + asset.mean_anomaly_deg)[0] % 360.0
    days = (360.0 - latitude) / 360.0 / asset.mean_motion_rev_day[0]
    epoch = asset.epoch_utc[0].astype(object).replace(tzinfo=UTC)
    return epoch + timedelta(days=float(days))


def test_passes_that_were_counted_before_are_taken() -> None:
    many = PassesAtPoint((1, 2), 0.05, 20.0, 2.0)
    assert told(looked(breakup(), passes=many)["conjunction"]) == ("passed", True, True)
    usual = PassesAtPoint((1,), 0.9, 20.0, 2.0)
    assert told(looked(breakup(), passes=usual)["conjunction"]) == ("none_passed", True, False)


def test_two_clouds_at_one_point_met() -> None:
    found = looked(breakup(ASSET), breakup(OTHER))
    assert told(found["conjunction"]) == ("second_cloud", True, True)


def test_a_fast_pass_alone_is_a_crossing() -> None:
    fast = Conjunction(
        **common((ASSET, OTHER), THEN), tca_utc=THEN, miss_km=Interval(0.1, 1.0, 3.0),
        speed_km_s=11.0, miss_rtn_km=(1.0, 0.0, 0.0), at_window_edge=False,
    )  # fmt: skip
    assert told(looked(fast)["conjunction"]) == ("crossing", True, True)
    slow = replace(fast, speed_km_s=0.01)
    assert told(looked(slow)["conjunction"])[0] != "crossing"


def test_a_collision_warning_is_told() -> None:
    found = looked(breakup(), report(Statement.COLLISION_WARNING, THEN))
    assert told(found["conjunction"]) == ("warned", True, True)


# Lives


def test_decay() -> None:
    assert told(looked(anomaly(Phenomenon.PRESUMED_DECAYED))["decay"]) == ("ended", True, True)
    falling = low_set(ASSET, THEN, 200.0, mean_motion_dot_rev_day2=0.01)
    assert told(looked(manoeuvre(), picture=picture([falling]))["decay"]) == ("soon", True, True)
    slow = low_set(ASSET, THEN, 500.0, mean_motion_dot_rev_day2=1e-5)
    assert told(looked(manoeuvre(), picture=picture([slow]))["decay"]) == ("later", True, False)
    assert told(looked(manoeuvre())["decay"]) == ("too_high", True, False)
    high = low_set(ASSET, THEN, 800.0, mean_motion_dot_rev_day2=1e-7)
    assert told(looked(manoeuvre(), picture=picture([high]))["decay"]) == ("far", True, False)
    still = low_set(ASSET, THEN, 500.0)
    assert told(looked(manoeuvre(), picture=picture([still]))["decay"])[0] == "does_not_sink"


def test_known_failures_are_found_by_make() -> None:
    named = picture([element_set(ASSET, THEN, name="MADESAT 7")])
    check = looked(breakup(), picture=named, failures=(FAILED,))["known_failure"]
    assert told(check) == ("failed_before", True, True)
    assert (check.values["make"], check.values["so_far"]) == ("Made bus", 3)
    other = looked(breakup(), failures=(FAILED,))["known_failure"]
    assert told(other) == ("none_listed", True, False)
    assert told(looked(breakup())["known_failure"]) == ("no_list", False, False)


# Data


def test_one_element_set_for_two() -> None:
    pair = [
        element_set(norad_id, THEN - timedelta(days=k))
        for norad_id in (ASSET, OTHER)
        for k in range(3)
    ]
    found = looked(manoeuvre(), picture=picture(pair), incident=incident(others=(OTHER,)))
    check = found["data_artefact"]
    assert told(check) == ("one_set_for_two", True, True)
    assert check.values["objects"] == f"{ASSET},{OTHER}"
    newest = looked(manoeuvre(), picture=picture(pair[::3]), incident=incident(others=(OTHER,)))
    assert told(newest["data_artefact"]) == ("as_one", True, True)
    apart = [pair[0], element_set(OTHER, THEN, mean_anomaly_deg=200.05)]
    found = looked(manoeuvre(), picture=picture(apart), incident=incident(others=(OTHER,)))
    assert told(found["data_artefact"]) == ("none", True, False)


def test_swapped_identities() -> None:
    planes = {ASSET: 65.0, OTHER: 66.0}
    before = [low_set(i, THEN - timedelta(days=1), inclination_deg=planes[i]) for i in planes]
    same = [low_set(i, THEN, inclination_deg=planes[i]) for i in planes]
    swapped = [low_set(i, THEN, inclination_deg=131.0 - planes[i]) for i in planes]
    both = incident(others=(OTHER,))
    kept = looked(manoeuvre(), picture=picture([*before, *same]), incident=both)
    assert told(kept["data_artefact"]) == ("none", True, False)
    turned = looked(manoeuvre(), picture=picture([*before, *swapped]), incident=both)
    assert told(turned["data_artefact"]) == ("swapped", True, True)


@pytest.mark.parametrize("norad_id", [81_234, 95_000, 270_001, 799_999_999, 950_000_000])
def test_unstable_numbers(norad_id: int) -> None:
    scene = picture([low_set(norad_id, THEN)])
    found = looked(manoeuvre(norad_id), picture=scene, incident=incident((norad_id,)))
    assert told(found["data_artefact"]) == ("unstable_number", True, True)


@pytest.mark.parametrize("norad_id", [25544, 69_999, 100_000, 269_999, 340_000])
def test_lasting_numbers(norad_id: int) -> None:
    scene = picture([low_set(norad_id, THEN)])
    found = looked(manoeuvre(norad_id), picture=scene, incident=incident((norad_id,)))
    assert told(found["data_artefact"]) == ("none", True, False)


def test_old_sets() -> None:
    assert told(looked(anomaly(Phenomenon.ELEMENTS_OVERDUE))["data_artefact"])[0] == "overdue"
    scene = picture([low_set(ASSET, NOW - timedelta(days=8))])
    late = NOW - timedelta(days=2)
    check = looked(manoeuvre(at=late), picture=scene, incident=incident(start=late))[
        "data_artefact"
    ]
    assert told(check) == ("stale", True, True)
    assert float(check.values["age_days"]) == pytest.approx(8.0)


# Free drift


@pytest.mark.parametrize(
    ("norad_id", "day", "sentence"),
    [(DERELICT, 900.0, "free"), (DERELICT, 1060.0, "steered"), (MOVER, 600.0, "steered")],
)
def test_steered_objects_are_told_from_free_ones(
    years_of_belt: Callable[[float], ElementSets], norad_id: int, day: float, sentence: str
) -> None:
    """The derelict is towed from day 990 to 1,030, which is no free drift for some time after."""
    at = as_datetime(START_UTC) + timedelta(days=day)
    sets = years_of_belt(4.0)
    known = sets.take(sets.epoch_utc <= START_UTC + np.timedelta64(round(day), "D"))
    scene = Picture(at, known.newest(), known.sorted_by_object(), (), 0.0)
    both = incident((ASSET,), (norad_id,), start=at - timedelta(days=2), end=at)
    check = looked(manoeuvre(norad_id, at), picture=scene, incident=both)["free_drift"]
    assert told(check) == (sentence, True, sentence == "free")
    assert float(check.values["judged"]) >= 3.0


def test_free_drift_is_about_the_belt_alone() -> None:
    found = looked(manoeuvre(), picture=picture([low_set(ASSET, THEN)]))
    assert told(found["free_drift"]) == ("not_in_belt", True, False)


def test_too_few_sets_tell_no_drift() -> None:
    assert told(looked(manoeuvre())["free_drift"]) == ("too_few_sets", False, False)
