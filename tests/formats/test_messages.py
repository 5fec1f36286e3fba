"""Messages recognised by content: what each kind says, containers, encodings, damage."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.messages import AnyMessage, read_each_message, read_messages
from hoshimori.model.elements import ElementSets
from hoshimori.model.messages import OtherMessage
from hoshimori.model.orbit_comprehensive import OrbitComprehensive
from hoshimori.model.orbit_parameters import OrbitParameters
from hoshimori.model.tracking_data import TrackingData

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
DAMAGES = 1000
"""For each message."""

_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
_TRIANGLE = [f"C{row}_{_AXES[k]}" for n, row in enumerate(_AXES) for k in range(n + 1)]
OPM = (
    """CCSDS_OPM_VERS = 3.0
COMMENT made up
CREATION_DATE = 2026-11-22T00:00:00
ORIGINATOR = TESTER
OBJECT_NAME = TEST [DEB]
OBJECT_ID = 1998-067A
CENTER_NAME = Earth
REF_FRAME = eme2000
TIME_SYSTEM = TAI
EPOCH = 2026-327T00:00:00.5
X = 7000.1 [km]
Y = 0 [km]
Z = 0.5
X_DOT = 0 [km/s]
Y_DOT = 7.5
Z_DOT = -1E-1
SEMI_MAJOR_AXIS = 7010 [km]
ECCENTRICITY = 0.001
INCLINATION = 90 [deg]
RA_OF_ASC_NODE = 0
ARG_OF_PERICENTER = 0
MEAN_ANOMALY = 180 [deg]
GM = 398600.4415 [km**3/s**2]
MASS = 500 [kg]
COV_REF_FRAME = RTN
"""
    + "".join(f"{keyword} = {n + 1}\n" for n, keyword in enumerate(_TRIANGLE))
    + """MAN_EPOCH_IGNITION = 2026-11-24T00:00:00
MAN_DURATION = 10 [s]
MAN_DELTA_MASS = -0.5 [kg]
MAN_REF_FRAME = RTN
MAN_DV_1 = 0 [km/s]
MAN_DV_2 = 0.001
MAN_DV_3 = 0
MAN_EPOCH_IGNITION = 2026-11-25T00:00:00
MAN_REF_FRAME = EME2000
MAN_DV_1 = 0
MAN_DV_2 = 0
MAN_DV_3 = 0.002
USER_DEFINED_NOTE = one [two]
"""
).encode()
OPM_XML = b"""<opm id="CCSDS_OPM_VERS" version="3.0"><header>
<CREATION_DATE>2026-11-22T00:00:00</CREATION_DATE><ORIGINATOR>TESTER</ORIGINATOR></header>
<body><segment><metadata><OBJECT_NAME>TEST</OBJECT_NAME><OBJECT_ID>1998-067A</OBJECT_ID>
<CENTER_NAME>EARTH</CENTER_NAME><REF_FRAME>GCRF</REF_FRAME><TIME_SYSTEM>UTC</TIME_SYSTEM></metadata>
<data><stateVector><EPOCH>2026-11-23T00:00:00</EPOCH><X units="km">7000</X><Y>0</Y><Z>0</Z>
<X_DOT units="km/s">0</X_DOT><Y_DOT>7.5</Y_DOT><Z_DOT>0</Z_DOT></stateVector>
<maneuverParameters><MAN_EPOCH_IGNITION>2026-11-24T00:00:00</MAN_EPOCH_IGNITION>
<MAN_REF_FRAME>RTN</MAN_REF_FRAME><MAN_DV_1>0</MAN_DV_1><MAN_DV_2>0.001</MAN_DV_2>
<MAN_DV_3>0</MAN_DV_3></maneuverParameters>
<userDefinedParameters><USER_DEFINED parameter="A">b</USER_DEFINED></userDefinedParameters>
</data></segment></body></opm>
"""
OCM = b"""CCSDS_OCM_VERS = 3.0
CREATION_DATE = 2026-11-22T00:00:00
ORIGINATOR = TESTER
META_START
OBJECT_NAME = TEST
TIME_SYSTEM = UTC
EPOCH_TZERO = 2026-11-23T00:00:00
META_STOP
TRAJ_START
COMMENT = two states
TRAJ_REF_FRAME = GCRF
TRAJ_TYPE = CARTPV
TRAJ_UNITS = [km, km, km, km/s, km/s, km/s]
0 7000 0 0 0 7.5 0
2026-11-23T00:01:00 6990 450 0 -0.5 7.4 0
TRAJ_STOP
TRAJ_START
TRAJ_TYPE = GEODETIC
60.5 180 45 7000 90 0 7.5
TRAJ_STOP
COV_START
COV_REF_FRAME = RTN
COV_TYPE = CARTP
COV_ORDERING = UTM
0 1 2 3 4 5 6
COV_STOP
MAN_START
MAN_ID = M1
MAN_DEVICE_ID = ALL
MAN_REF_FRAME = RSW_ROTATING
MAN_COMPOSITION = TIME_RELATIVE, MAN_DURA, DV_X, DV_Y, DV_Z, THR_INTERP
MAN_UNITS = [s, km/s, km/s, km/s, n/a]
100 10 0 0.001 0 ON
MAN_STOP
PHYS_START
WET_MASS = 500 [kg]
PHYS_STOP
"""
OCM_XML = b"""<ocm id="CCSDS_OCM_VERS" version="3.0"><header>
<CREATION_DATE>2026-11-22T00:00:00</CREATION_DATE><ORIGINATOR>TESTER</ORIGINATOR></header>
<body><segment><metadata><TIME_SYSTEM>UTC</TIME_SYSTEM>
<EPOCH_TZERO>2026-11-23T00:00:00</EPOCH_TZERO></metadata><data><traj>
<TRAJ_TYPE>CARTP</TRAJ_TYPE><trajLine>0 7000 0 0</trajLine><trajLine>60 6990 450 0</trajLine></traj>
<user><USER_DEFINED parameter="A">b</USER_DEFINED></user></data></segment></body></ocm>
"""
TDM = b"""CCSDS_TDM_VERS = 2.0
CREATION_DATE = 2026-11-22T00:00:00
ORIGINATOR = TESTER
META_START
TIME_SYSTEM = UTC
PARTICIPANT_1 = STATION
PARTICIPANT_2 = 1998-067A
MODE = SEQUENTIAL
PATH = 1,2,1
RANGE_UNITS = s
ANGLE_TYPE = AZEL
META_STOP
DATA_START
RANGE = 2026-11-23T00:00:00 0.01
ANGLE_1 = 2026-11-23T00:00:00 180
TROPO_WET = 2026-11-23T00:00:01 2.5
DATA_STOP
META_START
TIME_SYSTEM = TAI
PARTICIPANT_2 = 1998-067A
META_STOP
DATA_START
RANGE = 2026-11-23T00:00:00 1500
DATA_STOP
"""
TDM_XML = b"""<tdm id="CCSDS_TDM_VERS" version="2.0"><header>
<CREATION_DATE>2026-11-22T00:00:00</CREATION_DATE><ORIGINATOR>TESTER</ORIGINATOR></header><body>
<segment><metadata><TIME_SYSTEM>UTC</TIME_SYSTEM><PARTICIPANT_1>STATION</PARTICIPANT_1></metadata>
<data><observation><EPOCH>2026-11-23T00:00:00</EPOCH><MAG>12.5</MAG></observation></data></segment>
</body></tdm>
"""
NDM = (
    b"<ndm><MESSAGE_ID>x</MESSAGE_ID>" + OPM_XML + b"<apm>\n</apm>" + TDM_XML + OCM_XML + b"</ndm>"
)
MADE = {
    "opm": OPM, "opm_xml": OPM_XML, "ocm": OCM, "ocm_xml": OCM_XML, "tdm": TDM, "tdm_xml": TDM_XML,
    "ndm": NDM,
}  # fmt: skip
TOKENS = (
    b"", b"\n", b"=", b"[", b"]", b"<a>", b"</data>", b"nan", b"1e999", b"1_0", b"9" * 400, b"\0",
    "１".encode(), b"\xff", b"META_START\n", b"TRAJ_STOP\n", b"COMMENT ", b"USER_DEFINED_X = 1\n",
    b"2026-11-23T00:00:00", b"TIME_RELATIVE,", b"<!DOCTYPE a>", b"&x;", b"-1e11", b"1e12",
)  # fmt: skip


def _outcome(data: bytes) -> tuple[AnyMessage, ...] | FormatError:
    try:
        return read_messages(data, source="file", limit_bytes=50_000_000)
    except FormatError as error:
        return error


def test_a_state_with_all_that_belongs_to_it() -> None:
    (found,) = read_messages(OPM, source="file")
    assert isinstance(found, OrbitParameters)
    assert (found.object_name, found.centre, found.frame) == ("TEST [DEB]", "EARTH", "EME2000")
    assert (found.time_system, str(found.epoch)) == ("TAI", "2026-11-23T00:00:00.500000")
    assert found.velocity_km_s == (0.0, 7.5, -0.1)
    assert found.keplerian is not None
    assert found.keplerian.mean_anomaly_rad == math.pi
    assert found.keplerian.true_anomaly_rad is None
    assert found.spacecraft.mass_kg == 500.0
    assert found.covariance_frame == "RTN"
    assert found.covariance_km2 is not None
    assert found.covariance_km2[3] == (7.0, 8.0, 9.0, 10.0, 14.0, 19.0)
    first, second = found.manoeuvres
    assert (first.duration_s, first.delta_v_km_s) == (10.0, (0.0, 0.001, 0.0))
    assert (second.duration_s, second.frame) == (None, "EME2000")
    assert found.further[-1].value == "one [two]"
    assert found.comments == ("made up",)


def test_trajectories_covariances_and_manoeuvres() -> None:
    (found,) = read_messages(OCM, source="file")
    assert isinstance(found, OrbitComprehensive)
    cartesian, geodetic = found.trajectories
    assert cartesian.position_km is not None
    assert cartesian.velocity_km_s is not None
    assert cartesian.position_km[1].tolist() == [6990.0, 450.0, 0.0]
    assert cartesian.times[1] == np.datetime64("2026-11-23T00:01:00")
    assert geodetic.times[0] == np.datetime64("2026-11-23T00:01:00.5")
    assert geodetic.position_km is None
    np.testing.assert_allclose(geodetic.elements[0, [0, 2, 5]], [math.pi, 7000.0, 7.5])
    assert found.covariances[0].covariances[0].tolist() == [[1, 2, 3], [2, 4, 5], [3, 5, 6]]
    manoeuvre = found.manoeuvres[0]
    assert manoeuvre.times[0] == np.datetime64("2026-11-23T00:01:40")
    assert manoeuvre.cells == (("10", "0", "0.001", "0", "ON"),)
    speeds = manoeuvre.numbers("DV_Y")
    assert speeds is not None
    assert speeds.tolist() == [0.001]
    assert manoeuvre.numbers("THR_X") is None
    assert found.sections[0].entries[0].value == "500 [kg]"


def test_observations_are_columns_in_our_units() -> None:
    first, second = read_messages(TDM, source="file")
    assert isinstance(first, TrackingData)
    assert isinstance(second, TrackingData)
    assert first.participants == ("STATION", "1998-067A")
    assert (first.mode, first.paths) == ("SEQUENTIAL", ((1, 2, 1),))
    assert first.keywords.tolist() == ["RANGE", "ANGLE_1", "TROPO_WET"]
    assert first.units.tolist() == ["s", "rad", "km"]
    np.testing.assert_allclose(first.values, [0.01, math.pi, 0.0025])
    assert second.participants == ("", "1998-067A")
    assert (second.time_system, second.units.tolist()) == ("TAI", ["km"])
    with pytest.raises(ValueError, match="read-only"):
        first.values[0] = 0


def test_a_container_holds_messages_of_several_kinds() -> None:
    kinds = [type(message) for message in read_messages(NDM, source="file")]
    assert kinds == [OrbitParameters, OtherMessage, TrackingData, OrbitComprehensive]


@pytest.mark.parametrize(
    ("kind", "was", "becomes", "line", "field", "problem"),
    [
        ("opm", b"X = 7000.1 [km]", b"X = 7000.1 [m]", 11, "X", "expected [km]"),
        ("opm", b"TAI", b"XYZ", 9, "TIME_SYSTEM", "expected one of"),
        ("opm", b"CY_X = 2\n", b"", 26, "CX_X", "expected CY_X"),
        ("opm", b"MEAN_ANOMALY = 180 [deg]\n", b"", 17, "SEMI_MAJOR_AXIS", "MEAN_ANOMALY"),
        ("opm", b"MAN_DV_3 = 0.002\n", b"", 54, "MAN_DV_3", "missing"),
        ("opm", b"MASS =", b"X_DOT =", 24, "X_DOT", "too late"),
        ("ocm", b"0 7000 0 0 0 7.5 0", b"0 7000 0 0 0 7.5", 14, "TRAJ", "5 numbers"),
        ("ocm", b"00:01:00", b"00:99:00", 15, "TRAJ", "time of day"),
        ("ocm", b"2026-11-23T00:01:00", b"-60", 15, "TRAJ", "later time"),
        ("ocm", b"TRAJ_REF_FRAME", b"TRAJ_REF_FRMAE", 11, "TRAJ_REF_FRMAE", "no keyword"),
        ("ocm", b"PHYS_STOP\n", b"", 35, "PHYS", "PHYS_STOP"),
        ("ocm", b"DV_X,", b"DV_W,", 31, "MAN_COMPOSITION", "DV_W"),
        ("tdm", b"1,2,1", b"1,3,1", 9, "PATH", "PARTICIPANT_3"),
        ("tdm", b"RANGE_UNITS = s", b"RANGE_UNITS = m", 10, "RANGE_UNITS", "KM"),
        ("tdm", b"00 0.01", b"00 0.01 0.02", 14, "RANGE", "an epoch and a number"),
        ("opm_xml", b'units="km"', b'units="m"', 5, "X", "expected [km]"),
        ("tdm_xml", b"<MAG>", b"<EPOCH></EPOCH><MAG>", 4, "observation", "EPOCH and one value"),
    ],
)
def test_errors_say_what_and_where(
    kind: str, was: bytes, becomes: bytes, line: int, field: str, problem: str
) -> None:
    assert was in MADE[kind]
    found = _outcome(MADE[kind].replace(was, becomes, 1))
    assert isinstance(found, FormatError)
    assert problem in found.problem
    assert (found.source, found.line, found.field) == ("file", line, field)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_every_encoding_of_xml_says_the_same(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + OPM_XML.decode()
    assert read_messages(text.encode(encoding), source="x") == read_messages(OPM_XML, source="x")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no message"),
        (b"<ndm></ndm>", "without messages"),
        (b"<apm></apm>", "expected OPM"),
        (b"CCSDS_AEM_VERS = 1.0\n", "a CCSDS AEM message"),
        (b"BZh9" + b"\0" * 40, "bzip2"),
        (b"\xfd7zXZ\0" + b"\0" * 40, "xz"),
    ],
)
def test_what_is_no_message_is_refused_by_name(data: bytes, problem: str) -> None:
    found = _outcome(data)
    assert isinstance(found, FormatError)
    assert problem in found.problem


def test_one_bad_message_among_many_is_refused_alone() -> None:
    bad = OPM.replace(b"TIME_SYSTEM = TAI", b"TIME_SYSTEM = XYZ")
    kvn = read_each_message(OPM + bad + OCM + b"CCSDS_AEM_VERS = 1.0\n" + TDM, source="file")
    kinds = [type(message) for message in kvn.messages]
    assert kinds == [OrbitParameters, OrbitComprehensive, TrackingData, TrackingData]
    lines = OPM.count(b"\n")
    assert [(e.line, e.field) for e in kvn.refused] == [
        (lines + 9, "TIME_SYSTEM"), (2 * lines + OCM.count(b"\n") + 1, "CCSDS_AEM_VERS"),
    ]  # fmt: skip
    xml = read_each_message(NDM.replace(b"<MAG>12.5", b"<MAG>x"), source="file")
    assert len(xml.messages) == 3
    assert [error.field for error in xml.refused] == ["MAG"]
    json = read_each_message(b'[{"MIN_RNG": "1"}, 5]', source="file")
    assert [error.source for error in json.refused] == ["file, record 1", "file, record 2"]


def test_element_sets_beside_one_another_stay_together() -> None:
    omm = b"""CCSDS_OMM_VERS = 2.0
CREATION_DATE = 2026-11-22T00:00:00
ORIGINATOR = X
OBJECT_NAME = A
OBJECT_ID = 1998-067A
CENTER_NAME = EARTH
REF_FRAME = TEME
TIME_SYSTEM = UTC
MEAN_ELEMENT_THEORY = SGP4
EPOCH = 2026-11-22T00:00:00
MEAN_MOTION = 15.5
ECCENTRICITY = 0.001
INCLINATION = 51.6
RA_OF_ASC_NODE = 0
ARG_OF_PERICENTER = 0
MEAN_ANOMALY = 0
EPHEMERIS_TYPE = 0
NORAD_CAT_ID = 25544
ELEMENT_SET_NO = 1
REV_AT_EPOCH = 1
BSTAR = 0
MEAN_MOTION_DOT = 0
MEAN_MOTION_DDOT = 0
"""
    found = read_messages(omm + omm + OPM + omm, source="file", received_utc=RECEIVED_UTC)
    assert [len(m) if isinstance(m, ElementSets) else 0 for m in found] == [2, 0, 1]


@pytest.mark.parametrize("kind", MADE)
def test_damaged_messages_are_refused_or_read_never_worse(kind: str) -> None:
    dice = random.Random(kind)
    outcomes = {"refused": 0, "read": 0}
    for _ in range(DAMAGES):
        data = MADE[kind]
        for _ in range(dice.randint(1, 4)):
            start = dice.randrange(len(data) + 1)
            end = min(len(data), start + dice.choice((0, 1, 1, 2, 8, 60)))
            piece = dice.choice((dice.choice(TOKENS), dice.randbytes(2), data[start:end] * 2))
            data = data[:start] + piece + data[end:]
        found = _outcome(data)
        if isinstance(found, FormatError):
            assert found.problem
            assert found.source.startswith("file")
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
    assert min(outcomes.values()) > 0
