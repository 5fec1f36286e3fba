"""Conjunction Data Messages: what is read, what is refused, and that writing loses nothing."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.cdm import read_cdm, symmetric
from hoshimori.formats.cdm_writing import write_cdm_kvn, write_cdm_xml
from hoshimori.formats.packing import unpacked
from hoshimori.model.conjunction_message import (
    Body,
    ConjunctionMessage,
    ConjunctionObject,
    ForceModel,
    OrbitDetermination,
    Screening,
    StateAtClosestApproach,
)
from hoshimori.model.messages import Entry
from hoshimori.model.provenance import Reality

DAMAGES = 1000
"""For each notation."""

WRITERS = pytest.mark.parametrize("write", [write_cdm_kvn, write_cdm_xml])
Write = Callable[[ConjunctionMessage], bytes]

numbers = st.floats(-1e9, 1e9, allow_subnormal=False)
positive = st.floats(0.0, 1e9, allow_subnormal=False)
moments = st.integers(0, 4_000_000_000_000_000).map(lambda us: np.datetime64(us, "us"))
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="="),
    min_size=1,
    max_size=12,
)
vectors = st.tuples(numbers, numbers, numbers)
answers = st.sampled_from([True, False, None])


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


states = st.builds(
    StateAtClosestApproach,
    frame=st.sampled_from(["GCRF", "EME2000", "ITRF"]),
    position_km=vectors,
    velocity_km_s=vectors,
    covariance_rtn_km2=st.lists(numbers, min_size=21, max_size=21).map(symmetric),
    centre=words,
)
determinations = st.builds(
    OrbitDetermination,
    last_observations_start_utc=maybe(moments),
    last_observations_end_utc=maybe(moments),
    recommended_span_days=maybe(positive),
    observations_available=maybe(st.integers(0, 999_999_999)),
    observations_used=maybe(st.integers(0, 999_999_999)),
    residuals_accepted_percent=maybe(positive),
    weighted_rms=maybe(positive),
)
bodies = st.builds(
    Body,
    collision_area_m2=maybe(positive),
    mass_kg=maybe(positive),
    thrust_acceleration_km_s2=maybe(numbers),
    energy_dissipation_w_kg=maybe(positive),
)
objects = st.builds(
    ConjunctionObject,
    designator=words,
    catalogue=words,
    name=words,
    international_designator=words,
    ephemeris_name=words,
    covariance_method=st.sampled_from(["CALCULATED", "DEFAULT"]),
    manoeuvrable=answers,
    state=states,
    object_type=maybe(st.sampled_from(["PAYLOAD", "ROCKET BODY", "DEBRIS"])),
    force_model=st.builds(ForceModel, gravity=maybe(words), tides=answers),
    orbit_determination=determinations,
    body=bodies,
    hard_body_radius_km=maybe(positive),
    exclusion_radius_km=maybe(positive),
    further=st.sampled_from(
        [
            (),
            (Entry("OPERATOR_EMAIL", "a@b.example"), Entry("CDRG_R", "-1.862E+00", "m**3/kg")),
            (Entry("CDRG_DRG", "1", "m**4/kg**2"), Entry("USER_DEFINED_NOTE", "<&> = ]")),
        ]
    ),
    comments=st.lists(words, max_size=2).map(tuple),
)
screenings = st.builds(
    Screening,
    start_utc=maybe(moments),
    frame=maybe(st.sampled_from(["RTN", "TVN"])),
    size_km=maybe(vectors),
)
messages = st.builds(
    ConjunctionMessage,
    message_id=words,
    created_utc=moments,
    originator=words,
    tca_utc=moments,
    miss_km=positive,
    object1=objects,
    object2=objects,
    message_for=maybe(words),
    relative_speed_km_s=maybe(positive),
    relative_position_rtn_km=maybe(vectors),
    relative_velocity_rtn_km_s=maybe(vectors),
    screening=screenings,
    collision_probability=maybe(st.floats(0, 1)),
    probability_method=maybe(words),
    hard_body_radius_km=maybe(positive),
    version=st.sampled_from(["1.0", "2.0"]),
    reality=st.sampled_from(Reality),
    further=st.sampled_from([(), (Entry("CONJUNCTION_ID", "one"),)]),
    comments=st.lists(words, max_size=2).map(tuple),
)


def _object(number: int) -> ConjunctionObject:
    covariance = symmetric([1e-4 * (n + 1) for n in range(21)])
    position_km = (7000.0, 0.1 * number, -12.5)
    return ConjunctionObject(
        str(10_000 + number), "SATCAT", f"OBJECT {number}", "1998-067A", "NONE", "CALCULATED", None,
        StateAtClosestApproach("EME2000", position_km, (0.1, 7.5, 0.2), covariance),
        exclusion_radius_km=0.005,
    )  # fmt: skip


@pytest.fixture(scope="module")
def message() -> ConjunctionMessage:
    """A message with made-up values."""
    return ConjunctionMessage(
        "TEST-1", np.datetime64("2026-11-22T00:00:00", "us"), "TESTER",
        np.datetime64("2026-11-23T01:02:03.004005", "us"), 0.715, _object(1), _object(2),
        relative_speed_km_s=14.762, relative_position_rtn_km=(0.0274, -0.0702, 0.7118),
        collision_probability=4.835e-5, probability_method="FOSTER-1992",
        hard_body_radius_km=0.02, comments=("Screening Option = Covariance",),
    )  # fmt: skip


def _one(data: bytes) -> ConjunctionMessage:
    (found,) = read_cdm(data, source="file")
    return found


def _outcome(data: bytes) -> tuple[ConjunctionMessage, ...] | FormatError:
    try:
        return read_cdm(data, source="file", limit_bytes=50_000_000)
    except FormatError as error:
        return error


def _files(archive: Path) -> dict[str, bytes]:
    return dict(unpacked(archive.read_bytes(), source=archive.name))


@WRITERS
@given(message=messages)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(write: Write, message: ConjunctionMessage) -> None:
    assert _one(write(message)) == message


def test_metres_there_kilometres_here(message: ConjunctionMessage) -> None:
    text = write_cdm_kvn(message).decode()
    lines = {line.split("=")[0].strip(): line.split("=")[1].strip() for line in text.splitlines()}
    assert lines["MISS_DISTANCE"] == "715 [m]"
    assert lines["RELATIVE_SPEED"] == "14762 [m/s]"
    assert lines["COMMENT HBR"] == "20 [m]"
    assert lines["X"] == "7000.0 [km]"
    assert float(lines["CR_R"].split()[0]) == 100.0
    assert lines["CNDOT_NDOT"].endswith("[m**2/s**2]")


@WRITERS
def test_xml_and_kvn_say_the_same(write: Write, message: ConjunctionMessage) -> None:
    several = write(message)
    if write is write_cdm_xml:
        body = several.split(b"\n", 1)[1]
        several = b"<ndm><MESSAGE_ID>x</MESSAGE_ID>" + body + body + b"</ndm>"
    else:
        several += several
    assert read_cdm(several, source="file") == (message, message)


@pytest.mark.parametrize(
    ("was", "becomes", "field", "problem"),
    [
        ("715 [m]", "715 [km]", "MISS_DISTANCE", "unit"),
        ("715 [m]", "-715 [m]", "MISS_DISTANCE", "expected 0"),
        ("715 [m]", "1e999 [m]", "MISS_DISTANCE", "expected 0"),
        ("4.835e-05", "1.5", "COLLISION_PROBABILITY", "0 to 1"),
        ("EME2000", "TEME", "REF_FRAME", "GCRF"),
        ("TCA  ", "TKA  ", "TKA", "no keyword"),
        ("= 1.0", "= 3.0", "CCSDS_CDM_VERS", "2.0"),
        ("OBJECT1", "OBJECT2", "OBJECT", "expected OBJECT1"),
        ("Y_DOT ", "X_DOT ", "X_DOT", "twice"),
        ("2026-11-23T01", "2026-11-23T25", "TCA", "time of day"),
        ("RELATIVE_POSITION_N", "SCREEN_VOLUME_X", "RELATIVE_POSITION_N", "three components"),
    ],
)
def test_errors_say_what_where_and_what_was_expected(
    message: ConjunctionMessage, was: str, becomes: str, field: str, problem: str
) -> None:
    lines = write_cdm_kvn(message).decode().splitlines()
    place = next(n for n, line in enumerate(lines) if was in line)
    lines[place] = lines[place].replace(was, becomes)
    with pytest.raises(FormatError, match=problem) as caught:
        read_cdm("\n".join(lines).encode(), source="file")
    assert (caught.value.source, caught.value.field) == ("file", field)
    if "missing" not in caught.value.problem and field not in ("OBJECT", "X_DOT"):
        assert caught.value.line == place + 1


@WRITERS
def test_every_mandatory_statement_is_missed(message: ConjunctionMessage, write: Write) -> None:
    lines = write(message).splitlines()
    optional = (b"RELATIVE_SPEED", b"COLLISION_", b"ORBIT_CENTER", b"COMMENT", b"?xml")
    for n, line in enumerate(lines):
        if (b"=" in line or b"</" in line) and not line.strip(b"<").startswith(optional):
            with pytest.raises(FormatError):
                read_cdm(b"\n".join(lines[:n] + lines[n + 1 :]), source="file")


def test_a_document_type_is_refused(message: ConjunctionMessage) -> None:
    data = write_cdm_xml(message).replace(b"<cdm ", b'<!DOCTYPE cdm [<!ENTITY a "b">]><cdm ', 1)
    with pytest.raises(FormatError, match="document type"):
        read_cdm(data, source="file")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"originator": " x"}, "spaces"),
        ({"message_id": "a\nb"}, "printable"),
        ({"miss_km": float("nan")}, "finite"),
        ({"further": (Entry("TCA", "2026-11-23T00:00:00"),)}, "no field"),
        ({"comments": ("= x",)}, "begins with no ="),
    ],
)
def test_what_would_not_come_back_is_not_written(
    message: ConjunctionMessage, change: dict[str, object], problem: str
) -> None:
    with pytest.raises(FormatError, match=problem):
        write_cdm_kvn(replace(message, **change))  # type: ignore[arg-type]


def _damaged(data: bytes, dice: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(spoiled) or 1)
        match dice.randrange(4) if spoiled else 2:
            case 0:
                spoiled[place] = dice.randrange(256)
            case 1:
                del spoiled[place : place + dice.randint(1, 60)]
            case 2:
                spoiled[place:place] = spoiled[place : place + dice.randint(1, 200)]
            case _:
                del spoiled[max(1, place) :]
    return bytes(spoiled)


@pytest.mark.parametrize("kind", ["kvn", "xml", "json"])
def test_damaged_messages_are_refused_or_read_never_worse(
    kind: str, message: ConjunctionMessage
) -> None:
    data = {
        "kvn": write_cdm_kvn(message),
        "xml": write_cdm_xml(message),
        "json": json.dumps([PUBLIC]).encode(),
    }[kind]
    dice = random.Random(kind)
    refused = 0
    for _ in range(DAMAGES):
        found = _outcome(_damaged(data, dice))
        if isinstance(found, FormatError):
            assert found.problem
            assert found.source.startswith("file")
            refused += 1
        else:
            assert all(np.isfinite(m.miss_km) and m.miss_km >= 0 for m in found)
    assert 0 < refused < DAMAGES


PUBLIC = {  # the fields of Space-Track's class cdm_public, with made-up values
    "CDM_ID": "1", "CREATED": "2026-11-22 10:00:00.000000", "EMERGENCY_REPORTABLE": "Y",
    "TCA": "2026-11-23T01:02:03.004000", "MIN_RNG": "133", "PC": "0.000123", "SAT_1_ID": "25544",
    "SAT_1_NAME": "ISS (ZARYA)", "SAT1_OBJECT_TYPE": "PAYLOAD", "SAT1_RCS": "LARGE",
    "SAT_1_EXCL_VOL": "5.00", "SAT_2_ID": "100001", "SAT_2_NAME": "DEB",
    "SAT2_OBJECT_TYPE": "ROCKET_BODY", "SAT2_RCS": None, "SAT_2_EXCL_VOL": "1.00",
}  # fmt: skip


def test_public_records_have_no_states() -> None:
    found = _one(json.dumps([PUBLIC]).encode())
    assert _one(json.dumps(PUBLIC).encode("utf-8-sig")) == found
    assert found.miss_km == 0.133
    assert found.collision_probability == 0.000123
    assert found.object1.exclusion_radius_km == 0.005
    assert (found.object2.designator, found.object2.object_type) == ("100001", "ROCKET BODY")
    assert found.object1.state is None
    with pytest.raises(FormatError, match="no state"):
        write_cdm_kvn(replace(found, originator="TEST"))


def _round_trips(found: ConjunctionMessage) -> bool:
    return all(_one(write(found)) == found for write in (write_cdm_kvn, write_cdm_xml))


def test_space_track_json_example(shared_data: Path) -> None:
    data = (shared_data / "formats" / "spacetrack_cdm_json_example.txt").read_bytes()
    found = _one(data)
    assert str(found.tca_utc) == "2020-03-05T07:26:54.974000"
    assert (found.miss_km, found.relative_speed_km_s) == (1.78, 12.709)
    assert found.object1.exclusion_radius_km == 0.005
    assert found.object1.orbit_determination.observations_used == 216
    assert found.object1.state is not None
    assert found.object1.state.covariance_rtn_km2[1][1] == 22486.67143317358e-6
    assert _round_trips(found)


@pytest.mark.parametrize(
    ("archive", "count"),
    [("cara_pc_method_cdms", 53), ("cara_sample_cdms", 34), ("kessler_synthetic_cdms", 14)],
)
def test_published_messages_are_read_and_round_trip(
    shared_data: Path, archive: str, count: int
) -> None:
    files = _files(shared_data / "cdm" / f"{archive}.zip")
    found = {name: _one(data) for name, data in files.items() if name.endswith(("cdm", "kvn"))}
    assert len(found) == count
    assert all(map(_round_trips, found.values()))
    for item in found.values():
        assert not any("HBR" in comment for comment in item.comments)
        for thing in (item.object1, item.object2):
            assert thing.state is not None
            assert not any(word in " ".join(thing.comments) for word in ("EXCLUSION", "HBR"))


def test_dialects_of_nasa_cara(shared_data: Path) -> None:
    """NaN means "not stated", a radius may lack its unit, and [% may lose its end."""
    files = _files(shared_data / "cdm" / "cara_sample_cdms.zip")
    found = {Path(name).stem: _one(data) for name, data in files.items() if name.endswith("cdm")}
    omitron = found["OmitronTestCase_Test01_HighPc"]
    assert omitron.hard_body_radius_km == 0.02
    assert omitron.relative_velocity_rtn_km_s == (0.036122142, 13.928205451, -3.822602697)
    assert omitron.object1.orbit_determination.observations_used is None
    accepted = found["SingleCovTestCase1-1"].object1.orbit_determination.residuals_accepted_percent
    assert accepted == 85.4


def _relative(found: ConjunctionMessage) -> tuple[float, float]:
    """Return distance (km) and speed (km/s) between the two states."""
    first, second = found.object1.state, found.object2.state
    assert first is not None
    assert second is not None
    distance = np.linalg.norm(np.subtract(first.position_km, second.position_km))
    speed = np.linalg.norm(np.subtract(first.velocity_km_s, second.velocity_km_s))
    return float(distance), float(speed)


def test_numbers_agree_with_the_reference_table(shared_data: Path) -> None:
    """NASA CARA's own reading of the same files, in metres and metres per second."""
    rounding_m = 1e-6  # of positions of 1e7 m in double precision
    files = _files(shared_data / "cdm" / "cara_pc_method_cdms.zip")
    with (shared_data / "cdm" / "cara_pc_reference.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 53
    for row in rows:
        stem = row["Conjunction_ID"]
        (data,) = (data for name, data in files.items() if Path(name).stem == stem)
        found = _one(data)
        distance_km, speed_km_s = _relative(found)
        assert distance_km * 1000 == pytest.approx(float(row["MissDist_m"]), abs=rounding_m)
        assert speed_km_s * 1000 == pytest.approx(float(row["Vrel_mps"]), rel=1e-9)
        assert found.hard_body_radius_km is not None
        assert found.hard_body_radius_km * 1000 == pytest.approx(float(row["HBR_m"]), rel=1e-12)


def _orekit(shared_data: Path) -> Iterator[tuple[str, bytes]]:
    for name, data in _files(shared_data / "formats" / "orekit_ccsds_messages.zip").items():
        if "/cdm/" in name:
            yield Path(name).name, data


def test_orekit_samples_round_trip(shared_data: Path) -> None:
    read = [found for _, data in _orekit(shared_data) for found in [_outcome(data)]]
    messages = [m for found in read if not isinstance(found, FormatError) for m in found]
    assert len(messages) == 32
    assert all(map(_round_trips, messages))
