"""Ephemerides of messages become objects with states in TEME at UTC."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.formats.oem import read_oem
from hoshimori.formats.oem_writing import write_oem_kvn
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.frames import gcrf_to_teme, teme_to_gcrf, teme_to_itrf
from hoshimori.workflows.ephemerides import (
    earth_now,
    ephemerides_in,
    numbered_ephemerides_in,
    tabulated,
)

EARTH = earth_now()
ONE_CENTIMETRE_KM = 1e-5


def circle(start: str, frame: str = "TEME", time_system: str = "UTC") -> Ephemeris:
    """Return half an hour of circular motion around the pole of TEME, a sample a minute."""
    t_s = np.arange(31) * 60.0
    angle = 1.1e-3 * t_s
    position = 7000.0 * np.stack([np.cos(angle), np.sin(angle), 0.1 + 0 * angle], axis=1)
    velocity = 7.7 * np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
    utc = np.datetime64(start, "us") + (t_s * 1e6).astype("timedelta64[us]")
    if frame == "GCRF":
        position, velocity = teme_to_gcrf(position, utc), teme_to_gcrf(velocity, utc)
    elif frame == "ITRF2014":
        position, velocity = teme_to_itrf(position, velocity, utc, EARTH.orientation)
    ahead = np.timedelta64({"UTC": 0, "GPS": 18}[time_system], "s")
    times = utc + ahead
    return Ephemeris(
        "TEST", "2020-001A", "EARTH", frame, time_system, times, position, velocity,
        times[0], times[-1],
    )  # fmt: skip


@pytest.mark.parametrize("frame", ["TEME", "GCRF", "ITRF2014"])
@pytest.mark.parametrize("time_system", ["UTC", "GPS"])
def test_the_same_motion_in_any_frame_and_time(frame: str, time_system: str) -> None:
    found = tabulated([circle("2024-05-01T00:00:00", frame, time_system)], EARTH)
    plain = tabulated([circle("2024-05-01T00:00:00")], EARTH)
    assert (found.object_ids, found.names) == (("2020-001A",), ("TEST",))
    t0, t_s = np.datetime64("2024-05-01T00:00:00", "us"), np.array([0.0, 90.0, 1800.0])
    np.testing.assert_allclose(
        found.states.states(t0, t_s).position_teme_km,
        plain.states.states(t0, t_s).position_teme_km,
        rtol=0, atol=ONE_CENTIMETRE_KM,
    )  # fmt: skip


def test_velocities_that_are_not_stated_come_from_the_positions() -> None:
    one = circle("2024-05-01T00:00:00", "ITRF2014")
    bare = replace(one, velocity_km_s=np.full((31, 3), np.nan))
    alone = replace(
        bare, times=bare.times[:1], position_km=bare.position_km[:1],
        velocity_km_s=bare.velocity_km_s[:1],
    )  # fmt: skip
    t0, t_s = np.datetime64("2024-05-01T00:00:00", "us"), np.linspace(0.0, 1800.0, 181)
    found, meant = (tabulated([m], EARTH).states.states(t0, t_s) for m in (bare, one))
    one_centimetre_s = 1e-5
    np.testing.assert_allclose(
        found.position_teme_km, meant.position_teme_km, rtol=0, atol=ONE_CENTIMETRE_KM
    )
    np.testing.assert_allclose(
        found.velocity_teme_km_s, meant.velocity_teme_km_s, rtol=0, atol=one_centimetre_s
    )
    status = tabulated([alone], EARTH).states.states(t0, t_s).status
    assert (status != 0).all()


@pytest.mark.parametrize(("radius_km", "step_s"), [(7000.0, 60.0), (26_560.0, 900.0)])
def test_turning_into_teme_costs_nothing_between_samples(radius_km: float, step_s: float) -> None:
    """TEME turns by 50 arc seconds a year against the stars, and the velocities know of it."""
    motion_rad_s = np.sqrt(398600.4418 / radius_km**3)
    t_s = np.arange(40) * step_s
    t0 = np.datetime64("2024-05-01T00:00:00", "us")

    def circle(t_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        c, s, o = np.cos(motion_rad_s * t_s), np.sin(motion_rad_s * t_s), 0.0 * t_s
        return (
            radius_km * np.stack([c, s, o], axis=1),
            radius_km * motion_rad_s * np.stack([-s, c, o], axis=1),
        )

    utc = t0 + (t_s * 1e6).astype("timedelta64[us]")
    made = Ephemeris("X", "X", "EARTH", "GCRF", "UTC", utc, *circle(t_s), utc[0], utc[-1])
    between_s = (np.arange(10, 30) + 0.25) * step_s
    found = tabulated([made], EARTH).states.states(t0, between_s).position_teme_km[0]
    at = t0 + (between_s * 1e6).astype("timedelta64[us]")
    meant = gcrf_to_teme(circle(between_s)[0], at)
    one_millimetre_km = 1e-6
    np.testing.assert_allclose(found, meant, rtol=0, atol=one_millimetre_km)


@pytest.mark.parametrize(("name", "every"), [("LEO_10s", 6), ("MEO_60s", 5), ("GEO_20s", 15)])
def test_published_ephemerides_are_found_again_between_fewer_samples(
    shared_data: Path, name: str, every: int
) -> None:
    """Their velocities are SGP4's: believed, they would put a GEO object 41 m off at the ends."""
    archive = (shared_data / "formats" / "oem_samples.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        (whole,) = read_oem(packed.read(f"samples/real/{name}.oem"), source=name)
    bare = replace(
        whole, acceleration_km_s2=None, covariance_times=None, covariance_km2=None,
        covariance_frames=(),
    )  # fmt: skip
    times = bare.times[::every].copy()
    thin = replace(
        bare, times=times, position_km=bare.position_km[::every].copy(),
        velocity_km_s=bare.velocity_km_s[::every].copy(), usable_stop=times[-1],
    )  # fmt: skip
    t_s = (bare.times[bare.times <= times[-1]] - times[0]) / np.timedelta64(1, "s")
    found, meant = (
        tabulated([m], EARTH).states.states(times[0], t_s).position_teme_km for m in (thin, bare)
    )
    one_tenth_millimetre_km = 1e-7
    np.testing.assert_allclose(found, meant, rtol=0, atol=one_tenth_millimetre_km)


def test_spans_of_one_object_are_one_row() -> None:
    first, second = circle("2024-05-01T00:00:00"), circle("2024-05-01T06:00:00")
    other = replace(circle("2024-05-01T00:00:00"), object_id="2020-001B")
    found = tabulated([first, other, second], EARTH)
    assert found.object_ids == ("2020-001A", "2020-001B")
    t0 = np.datetime64("2024-05-01T00:00:00", "us")
    status = found.states.states(t0, np.array([60.0, 7200.0, 6 * 3600 + 60.0])).status
    assert (status == 0).tolist() == [[True, False, True], [True, False, False]]


OCM = """CCSDS_OCM_VERS = 3.0
CREATION_DATE = 2024-04-30T00:00:00
ORIGINATOR = TESTER
META_START
OBJECT_NAME = TEST
OBJECT_DESIGNATOR = 2020-001A
TIME_SYSTEM = UTC
EPOCH_TZERO = 2024-05-01T00:00:00
META_STOP
TRAJ_START
TRAJ_REF_FRAME = TEMEOFDATE
TRAJ_TYPE = CARTPV
{states}
TRAJ_STOP
TRAJ_START
TRAJ_TYPE = KEPLERIAN
0 7000 0 0 0 0 0
TRAJ_STOP
"""


def test_files_of_either_kind_give_the_same_object(tmp_path: Path) -> None:
    one = circle("2024-05-01T00:00:00")
    rows = np.column_stack([np.arange(31) * 60.0, one.position_km, one.velocity_km_s]).tolist()
    states = "\n".join(" ".join(map(repr, row)) for row in rows)
    (tmp_path / "a.ocm").write_text(OCM.format(states=states))
    (tmp_path / "b.oem").write_bytes(
        write_oem_kvn([one], originator="TESTER", created_utc=one.times[0])
    )
    from_ocm, from_oem = ephemerides_in([tmp_path])
    np.testing.assert_array_equal(from_ocm.times, from_oem.times)
    np.testing.assert_array_equal(from_ocm.position_km, from_oem.position_km)
    found = tabulated([from_ocm], EARTH)
    assert found.object_ids == ("2020-001A",)
    t0, t_s = one.times[0], np.array([90.0])
    np.testing.assert_array_equal(
        found.states.states(t0, t_s).position_teme_km,
        tabulated([one], EARTH).states.states(t0, t_s).position_teme_km,
    )


def sp3(one: Ephemeris, frame: str) -> bytes:
    """Return an ephemeris as SP3-c without velocities; positions rounded to a millimetre."""
    lines = [f"#cP2024  5  1  0  0  0.00000000{len(one):8}   u+U {frame:>5} FIT  TST"]
    lines += ["+    1   L52" + "  0" * 16, "%c L  cc UTC ccc cccc"]
    for moment, place in zip(one.times.astype("datetime64[s]").tolist(), one.position_km.tolist(),
                             strict=True):  # fmt: skip
        lines.append(moment.strftime("*  %Y %m %d %H %M %S.00000000"))
        lines.append("PL52" + "".join(f"{x:14.6f}" for x in place) + " 999999.999999")
    return "\n".join([*lines, "EOF", ""]).encode()


@pytest.mark.parametrize("frame", ["ITRF", "ECEF", "ECF", "IGS14", "SLR08"])
def test_sp3_is_an_ephemeris_file_like_others(tmp_path: Path, frame: str) -> None:
    one = circle("2024-05-01T00:00:00", "ITRF2014")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("an_orbit", sp3(one, frame))
        packed.writestr(
            "b.oem", write_oem_kvn([one], originator="TESTER", created_utc=one.times[0])
        )
    from_sp3, from_oem = ephemerides_in([tmp_path])
    assert (from_sp3.object_id, from_oem.object_id) == ("L52", "2020-001A")
    t0, t_s = one.times[0], np.linspace(0.0, 1800.0, 181)
    found, meant = (tabulated([m], EARTH).states.states(t0, t_s) for m in (from_sp3, from_oem))
    off_km = np.linalg.norm(found.position_teme_km - meant.position_teme_km, axis=-1)[0]
    rounded_km = 5e-7
    assert off_km[60:120].max() < 4 * rounded_km
    assert off_km.max() < 60 * rounded_km  # velocities at the ends have positions on one side only


def test_a_file_can_be_told_whose_orbit_it_holds(tmp_path: Path) -> None:
    one = circle("2024-05-01T00:00:00", "ITRF2014")
    (tmp_path / "a.sp3").write_bytes(sp3(one, "ITRF"))
    two = sp3(one, "ITRF").replace(b"L52  0", b"L52L53", 1).replace(b"\nPL52", b"\nPL53", 1)
    (tmp_path / "two.sp3").write_bytes(two)
    told, not_told = numbered_ephemerides_in(
        [Path(f"41335={tmp_path / 'a.sp3'}"), tmp_path / "a.sp3"]
    )
    assert (told.object_id, not_told.object_id) == ("41335", "L52")
    with pytest.raises(SettingsError, match="several objects, of which none is 41335"):
        list(numbered_ephemerides_in([Path(f"41335={tmp_path / 'two.sp3'}")]))
    with pytest.raises(SettingsError):
        list(numbered_ephemerides_in([Path("41335=nowhere")]))


def test_positions_of_real_orbits_alone_are_enough(shared_data: Path) -> None:
    """All files, of every centre, are tabulated; without their velocities they say the same.

    Positions in them are rounded to a millimetre. At the ends of a span, where a derivative has
    positions on one side only, low orbits sampled every 240 s are a metre off.
    """
    furthest_km = {"ilr": 3e-5, "nsg": 1.5e-3, "ssa": 3e-5}
    for path in sorted((shared_data / "ephemerides" / "sp3").glob("*.gz")):
        messages = list(ephemerides_in([path]))
        states = tabulated(messages, EARTH).states
        assert len(states) == len({m.object_id for m in messages})
        one = first_hours(messages[0])
        if path.name[:3] not in furthest_km:
            continue
        bare = replace(one, velocity_km_s=np.full_like(one.velocity_km_s, np.nan))
        t_s = (one.times - one.times[0])[:-1] / np.timedelta64(1, "s") + 17.0
        found, meant = (
            tabulated([m], EARTH).states.states(one.times[0], t_s).position_teme_km[0]
            for m in (bare, one)
        )
        off_km = np.linalg.norm(found - meant, axis=1)
        assert off_km.max() < furthest_km[path.name[:3]], path.name
        assert np.median(off_km) < ONE_CENTIMETRE_KM, path.name


def first_hours(whole: Ephemeris) -> Ephemeris:
    """Return the first 300 samples of an ephemeris."""
    part = slice(0, 300)
    times = whole.times[part].copy()
    return replace(
        whole, times=times, position_km=whole.position_km[part].copy(),
        velocity_km_s=whole.velocity_km_s[part].copy(), usable_stop=times[-1],
    )  # fmt: skip


def test_nothing_is_interpolated_across_a_leap_second() -> None:
    found = tabulated([circle("2016-12-31T23:45:30")], EARTH).states
    t0 = np.datetime64("2017-01-01T00:00:00", "us")
    status = found.states(t0, np.array([-60.0, -1.0, 1.0, 60.0])).status[0]
    assert (status == 0).tolist() == [True, False, False, True]


def test_what_cannot_be_understood_is_refused() -> None:
    one = circle("2024-05-01T00:00:00")
    for change, field in (
        ({"frame": "MOD"}, "REF_FRAME"),
        ({"time_system": "MET"}, "TIME_SYSTEM"),
        ({"centre": "MARS"}, "CENTER_NAME"),
    ):
        with pytest.raises(FormatError, match=field):
            tabulated([replace(one, **change)], EARTH)
    with pytest.raises(CoverageError):
        tabulated([replace(one, frame="ITRF", times=one.times - np.timedelta64(60, "Y").astype(
            "timedelta64[D]"))], EARTH)  # fmt: skip
