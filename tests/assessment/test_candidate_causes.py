"""The physics of single causes, on few objects whose geometry is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.assessment.evidence_samples import area

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind, CauseReport, Standing
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.ground_areas import GroundArea
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.workflows.explain import DEFAULT, Beside, explain
from hoshimori.workflows.pictures import picture_of

MADE = Provenance("made", "0" * 64, Reality.SIMULATED)
TAKEN = replace(DEFAULT, drawn=49)
EQUINOX = np.datetime64("2025-03-20T12:00:00", "us")
HOUR = np.timedelta64(3600, "s")
ASSET = 44476


def element_set(norad_id: int, epoch_utc: np.datetime64, **changes: Any) -> ElementSets:
    """One element set, nearly circular, in the belt where nothing else is said."""
    values: dict[str, Any] = {
        "norad_id": norad_id, "object_name": f"OBJECT {norad_id}", "object_id": "",
        "epoch_utc": epoch_utc, "mean_motion_rev_day": 1.0027379, "eccentricity": 1e-5,
        "inclination_deg": 0.01, "raan_deg": 0.0, "arg_of_pericenter_deg": 0.0,
        "mean_anomaly_deg": 0.0, "bstar_per_er": 0.0, "mean_motion_dot_rev_day2": 0.0,
        "mean_motion_ddot_rev_day3": 0.0, "ephemeris_type": 0, "classification": "U",
        "element_set_no": 1, "rev_at_epoch": 1, "known_utc": epoch_utc, "provenance_index": 0,
    }  # fmt: skip
    return ElementSets(
        **{name: np.array([value]) for name, value in {**values, **changes}.items()},
        provenances=(MADE,),
    )


def picture(*sets: ElementSets, as_of_utc: np.datetime64 | None = None) -> Picture:
    return picture_of(sets, assets=(), days_ahead=1.0, as_of_utc=as_of_utc)


def asked(
    made: Picture, at_utc: np.datetime64, beside: Beside | None = None, **changes: Any
) -> Callable[[CandidateKind], CandidateCause]:
    """Ask about the asset; return what finds a cause in the report."""
    told: CauseReport = explain(
        made, ASSET, at_utc, beside=beside or Beside(), assumptions=replace(TAKEN, **changes)
    )
    return lambda kind: next(one for one in told.candidates if one.kind is kind)


def before_the_sun() -> ElementSets:
    """In the belt, at the equinox on the side of the Sun: its right ascension is zero then."""
    return element_set(ASSET, EQUINOX)


def test_at_noon_the_sun_is_behind_it_and_at_midnight_the_earth() -> None:
    made = picture(before_the_sun())
    noon = asked(made, EQUINOX)
    assert noon(CandidateKind.SUN_BEHIND).standing in (Standing.PRESENT, Standing.UNUSUAL)
    assert float(noon(CandidateKind.SUN_BEHIND).values["angle_deg"]) < 1.0
    assert noon(CandidateKind.SUN_IN_VIEW).standing is Standing.ABSENT
    midnight = asked(made, EQUINOX + 12 * HOUR)
    assert midnight(CandidateKind.SUN_IN_VIEW).sentence == "behind_earth"
    assert midnight(CandidateKind.SUN_BEHIND).standing is Standing.ABSENT
    assert midnight(CandidateKind.ECLIPSE).values["dark"] == "dark"


def test_half_an_hour_beside_the_shadow_the_sun_grazes_the_field_of_view() -> None:
    # Half of the Earth's disc is 8.7 degrees wide, 35 minutes; five minutes later the Sun stands
    # a degree beside it, in a beam of 15 degrees.
    late = EQUINOX + 12 * HOUR + np.timedelta64(40, "m")
    told = asked(picture(before_the_sun()), late, beam_half_deg=15.0)
    view = told(CandidateKind.SUN_IN_VIEW)
    assert view.sentence == "inside"
    assert view.standing is Standing.UNUSUAL
    edge = told(CandidateKind.ECLIPSE)
    assert edge.standing is Standing.UNUSUAL
    assert (edge.values["edge"], edge.values["dark"]) == ("exit", "lit")
    assert -15.0 < float(edge.values["after_min"]) < 0.0


def test_in_summer_the_belt_meets_no_shadow() -> None:
    summer = np.datetime64("2025-06-21T12:00:00", "us")
    told = asked(picture(element_set(ASSET, summer)), summer)
    assert told(CandidateKind.ECLIPSE).sentence == "no_shadow"


def test_over_south_america_a_low_satellite_is_in_the_anomaly() -> None:
    # Greenwich is at right ascension 358.3 then: 60 W at 298.3, and 26 S lies 3.7 degrees east of
    # the node.
    polar = {"mean_motion_rev_day": 15.2, "inclination_deg": 97.6, "raan_deg": 294.6}
    low = element_set(ASSET, EQUINOX, **polar, mean_anomaly_deg=334.0)
    inside = asked(picture(low), EQUINOX)(CandidateKind.SOUTH_ATLANTIC)
    assert (inside.sentence, inside.standing) == ("inside", Standing.UNUSUAL)
    north = element_set(ASSET, EQUINOX, **polar, mean_anomaly_deg=40.0)
    told = asked(picture(north), EQUINOX)
    assert told(CandidateKind.SOUTH_ATLANTIC).sentence == "outside"
    high = asked(picture(before_the_sun()), EQUINOX)(CandidateKind.SOUTH_ATLANTIC)
    assert (high.sentence, high.standing, high.chance) == ("too_high", Standing.ABSENT, None)


def test_the_belt_lies_in_the_outer_radiation_belt_always() -> None:
    belt = asked(picture(before_the_sun()), EQUINOX)(CandidateKind.RADIATION_BELT)
    assert (belt.standing, belt.values["belt"]) == (Standing.PRESENT, "outer")
    assert belt.chance is not None
    assert belt.chance.present == belt.chance.drawn


def test_the_geminids_are_unusual_and_early_march_has_none() -> None:
    peak = np.datetime64("2024-12-13T23:00:00", "us")
    told = asked(picture(element_set(ASSET, peak)), peak)(CandidateKind.METEOR_SHOWER)
    assert (told.standing, told.values["shower"]) == (Standing.UNUSUAL, "Geminids")
    assert float(told.values["hourly"]) == pytest.approx(150.0, rel=0.2)
    march = np.datetime64("2025-03-05", "us")
    told = asked(picture(element_set(ASSET, march)), march)(CandidateKind.METEOR_SHOWER)
    assert (told.standing, told.sentence) == (Standing.ABSENT, "none")


@pytest.mark.parametrize(("longitude_deg", "sentence"), [(-97.0, "in_sight"), (83.0, "none")])
def test_an_area_counts_where_the_asset_stands_above_its_horizon(
    longitude_deg: float, sentence: str
) -> None:
    # Greenwich is at right ascension 358.3 at noon of the equinox: an asset over 97 W.
    over = element_set(ASSET, EQUINOX, mean_anomaly_deg=358.3 - 97.0)
    day = as_datetime(EQUINOX).replace(hour=0)
    until = day + timedelta(days=1)
    found = GroundArea(day, until, area().latitude_deg, longitude_deg, 1e5, Reality.REAL)
    days = np.arange("2025-03-17", "2025-04-06", dtype="datetime64[D]")
    made = replace(picture(over), integrity=maps_of(days))
    told = asked(made, EQUINOX, Beside(areas=(found,)))(CandidateKind.DISTURBED_GROUND)
    assert told.sentence == sentence
    assert told.chance is not None
    if sentence == "in_sight":
        # One day of 20 has the area, and the belt always has it in sight.
        assert told.chance.p_value < 0.2
    later = asked(made, EQUINOX - np.timedelta64(6, "D"), Beside(areas=(found,)))
    assert later(CandidateKind.DISTURBED_GROUND).sentence == "no_map_of_day"


def maps_of(days: Any) -> Any:
    """Maps of some days in which nothing is disturbed."""
    from hoshimori.model.integrity import IntegrityCells  # noqa: PLC0415

    count = len(days)
    return IntegrityCells(
        cell=np.full(count, 0x8428309FFFFFFFF, np.uint64),
        day_utc=days,
        good=np.full(count, 20, np.int64),
        bad=np.zeros(count, np.int64),
        provenance_index=np.zeros(count, np.int32),
        provenances=(MADE,),
    )


def catalogue(known_utc: np.datetime64, count: int, *more: ElementSets) -> ElementSets:
    """Objects of old numbers in the belt, known at a moment, and some more."""
    old = [
        element_set(20_000 + k, known_utc, mean_anomaly_deg=(7.0 * k) % 360.0, inclination_deg=9.0)
        for k in range(count)
    ]
    every = concatenate([*old, element_set(ASSET, known_utc), *more])
    return replace(every, known_utc=np.full(len(every), known_utc))


def test_a_new_object_in_a_like_plane_is_told_and_one_elsewhere_is_not() -> None:
    first, second = EQUINOX - np.timedelta64(2, "D"), EQUINOX + np.timedelta64(2, "D")
    third = EQUINOX + np.timedelta64(40, "D")
    like = element_set(ASSET + 100, second, mean_anomaly_deg=5.0)
    tilted = element_set(ASSET + 101, second, inclination_deg=30.0)
    made = picture(
        catalogue(first - np.timedelta64(60, "D"), 30),
        catalogue(first, 30),
        catalogue(second, 30, like, tilted),
        catalogue(third, 30, like, tilted),
        as_of_utc=third,
    )
    told = asked(made, EQUINOX)(CandidateKind.NEW_OBJECT)
    assert told.sentence == "appeared"
    assert [one.norad_id for one in told.objects] == [ASSET + 100]
    assert told.values["number"] == 1
    alone = asked(picture(catalogue(first, 30)), first)(CandidateKind.NEW_OBJECT)
    assert (alone.standing, alone.sentence) == (Standing.NOT_JUDGED, "one_catalogue")


def test_old_elements_are_told_against_their_own_past() -> None:
    daily = [EQUINOX - np.timedelta64(24 * k, "h") for k in range(30)]
    made = picture(*[element_set(ASSET, epoch) for epoch in daily])
    late = EQUINOX + np.timedelta64(6, "D")
    made = replace(made, as_of_utc=as_datetime(late))
    told = asked(made, late)(CandidateKind.ELEMENT_AGE)
    assert float(told.values["age_days"]) == pytest.approx(6.0)
    assert told.chance is not None
    assert told.chance.p_value == pytest.approx(1.0 / 50.0)
    usual = asked(made, EQUINOX - np.timedelta64(12, "h"))(CandidateKind.ELEMENT_AGE)
    assert (usual.standing, usual.sentence) == (Standing.ABSENT, "fresh")


def test_a_logged_burn_is_near_and_a_quiet_day_is_not(shared_data: Path) -> None:
    """Sentinel-3A, 2018-08-29 07:48Z: 2.1 m/s across the plane (IDS, manoeuvre file)."""
    path = shared_data / "manoeuvres" / "tle" / "Sentinel-3A.tle.gz"
    read = read_catalogue(path.read_bytes(), source=path.name, received_utc=EQUINOX).element_sets
    year = (read.epoch_utc > np.datetime64("2018-05-01")) & (
        read.epoch_utc < np.datetime64("2018-12-01")
    )
    sets = read.take(year)
    history = replace(sets, known_utc=sets.epoch_utc).sorted_by_object()
    moment = datetime(2018, 12, 1, tzinfo=UTC)
    made = Picture(moment, history.newest(), history, (), 1.0)

    def burn(at: str) -> CandidateCause:
        told = explain(made, 41335, np.datetime64(at, "us"), assumptions=TAKEN)
        return next(one for one in told.candidates if one.kind is CandidateKind.OWN_MANOEUVRE)

    near = burn("2018-08-29T08:00")
    assert (near.sentence, near.standing) == ("near", Standing.UNUSUAL)
    assert float(near.values["low_m_s"]) < 2.14 < float(near.values["high_m_s"])
    assert burn("2018-08-15T08:00").sentence == "far"
    assert burn("2018-12-01T00:00").standing is Standing.NOT_JUDGED
