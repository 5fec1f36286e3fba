"""Every sample of both archives of messages: the valid are read, the broken refused in place."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.messages import AnyMessage, read_messages
from hoshimori.model.orbit_comprehensive import OrbitComprehensive

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")

BROKEN = {
    "orekit_ccsds_messages": {
        "cdm/CDM-covariance-wrong-entry-format.txt": "CRDOT_T",
        "cdm/CDM-missing-TCA.txt": "TCA",
        "cdm/CDM-missing-object1-covariance-block.xml": "CR_R",
        "cdm/CDM-missing-object2-state-vector.txt": "X",
        "cdm/CDM-wrong-key-word.txt": "WRONG_KEYWORD",
        "cdm/CDMExample1InvalidTca.txt": "TCA",
        "cdm/CDMExample_issue1319_mandatory_empty_value.xml": "X",
        "ndm/NDM-opm-entity.xml": "DOCTYPE",
        "ndm/empty.xml": "ndm",
        "ndm/wrong-format.txt": "CCSDS_NDM_VERS",
        "odm/ocm/OCM-incompatible-units-dimension.txt": "TRAJ_UNITS",
        "odm/ocm/OCM-incompatible-units-scale.txt": "TRAJ_UNITS",
        "odm/ocm/OCM-missing-maneuver-time.txt": "MAN_COMPOSITION",
        "odm/ocm/OCM-missing-revnum-basis.txt": "ORB_REVNUM",
        "odm/ocm/OCM-missing-t0.txt": "EPOCH_TZERO",
        "odm/ocm/OCM-spurious-metadata-section.txt": "META",
        "odm/ocm/OCM-wrong-nb-elements.txt": "TRAJ_UNITS",
        "odm/ocm/OCM-wrong-time-span.txt": "TIME_SPAN",
        "odm/oem/OEM-covariance-number-format-error.txt": "1996-12-28T21:29:07.267",
        "odm/oem/OEM-ephemeris-number-format-error.txt": "1996-12-28T21:59:02.267",
        "odm/oem/OEM-inconsistent-time-systems.txt": "META",
        "odm/oem/OEM-keyword-within-covariance.txt": "covariances",
        "odm/oem/OEM-keyword-within-ephemeris.txt": "USER_DEFINED_TEST_KEY",
        "odm/oem/OEM-too-few-covariance-columns.txt": "covariances",
        "odm/oem/OEM-too-large-covariance-dimension.txt": "covariances",
        "odm/oem/OEM-too-many-covariance-columns.txt": "covariances",
        "odm/oem/OEM-too-small-covariance-dimension.txt": "covariances",
        "odm/oem/OEM-wrong-keyword.txt": "WRONG_KEYWORD",
        "odm/oem/OEMExample7.txt.post": "CCSDS_…_VERS",  # the second half of a file
        "odm/oem/OEMExample7.txt.pre": "metadata",  # the first half of a file
        "odm/omm/OMM-number-format-error.txt": "ARG_OF_PERICENTER",
        "odm/omm/OMM-wrong-keyword.txt": "WRONG_KEYWORD",
        "odm/omm/spurious-metadata.xml": "OMM",
        "odm/opm/OPM-incompatible-units.txt": "SOLAR_RAD_AREA",
        "odm/opm/OPM-number-format-error.txt": "SEMI_MAJOR_AXIS",
        "odm/opm/OPM-wrong-keyword.txt": "WRONG_KEYWORD",
        "odm/opm/spurious-metadata.xml": "metadata",
        "tdm/kvn/TDM-data-inconsistent-line.txt": "RECEIVE_FREQ_1",
        "tdm/kvn/TDM-data-number-format-error.txt": "RECEIVE_FREQ_1",
        "tdm/kvn/TDM-data-wrong-keyword.txt": "WRONG_KEYWORD",
        "tdm/kvn/TDM-metadata-number-format-error.txt": "TRANSMIT_DELAY_1",
        "tdm/kvn/TDM-metadata-timesystem-not-implemented.txt": "TIME_SYSTEM",
        "tdm/kvn/TDM-metadata-wrong-keyword.txt": "WRONG_KEYWORD",
        "tdm/xml/TDM-data-inconsistent-block.xml": "observation",
        "tdm/xml/TDM-data-number-format-error.xml": "RECEIVE_FREQ_1",
        "tdm/xml/TDM-data-wrong-keyword.xml": "WRONG_KEYWORD",
        "tdm/xml/TDM-external-doctype.xml": "DOCTYPE",
        "tdm/xml/TDM-metadata-number-format-error.xml": "TRANSMIT_DELAY_1",
        "tdm/xml/TDM-metadata-timesystem-not-implemented.xml": "TIME_SYSTEM",
        "tdm/xml/TDM-metadata-wrong-keyword.xml": "WRONG_KEYWORD",
        "tdm/xml/TDM-missing-participants.xml": "PARTICIPANT_1",
        "tdm/xml/TDM-missing-timesystem.xml": "TIME_SYSTEM",
    },
    "oem_samples": {
        "omm/samples/v2_0/invalid/both-size-fields.omm": "SEMI_MAJOR_AXIS",
        "omm/samples/v2_0/invalid/metadata-after-data.omm": "OBJECT_NAME",
        "omm/samples/v2_0/invalid/missing-sgp-derivative.omm": "MEAN_ELEMENT_THEORY",
        "omm/samples/v2_0/invalid/partial-covariance.omm": "CY_X",
        "omm/samples/v2_0/invalid/sgp4-xp.omm": "MEAN_ELEMENT_THEORY",
        "omm/samples/v2_0/invalid/unsupported-version.omm": "CCSDS_OMM_VERS",
        "omm/samples/v2_0/invalid/v3-header-field.omm": "CLASSIFICATION",
        "omm/samples/v3_0/invalid/conflicting-drag-parameters.omm": "BTERM",
        "omm/samples/v3_0/invalid/invalid-classification-type.omm": "CLASSIFICATION_TYPE",
        "omm/samples/v3_0/invalid/invalid-root.xml": "CREATION_DATE",  # as the OPM it says it is
        "omm/samples/v3_0/invalid/missing-bterm.omm": "MEAN_ELEMENT_THEORY",
        "omm/samples/v3_0/invalid/partial-covariance.omm": "CY_X",
        "samples/v1_0/invalid/sample01.oem": "REF_FRAME_EPOCH",
        "samples/v1_0/invalid/sample02.oem": "1996-12-18T12:00:00.331",
        "samples/v1_0/invalid/sample03.oem": "COVARIANCE",
        "samples/v1_0/invalid/sample04.oem": "COVARIANCE",
        "samples/v1_0/invalid/sample05.oem": "1996-12-18T12:00:00.331",
        "samples/v2_0/invalid/sample01.oem": "header",
        "samples/v2_0/invalid/sample02.skip": "metadata",
        "samples/v2_0/invalid/sample03.skip": "states",
        "samples/v2_0/invalid/sample05.oem": "META",
        "samples/v2_0/invalid/sample06.oem": "INTERPOLATION_DEGREE",
        "samples/v2_0/invalid/sample07.oem": "USEABLE_STOP_TIME",
        "samples/v2_0/invalid/sample08.oem": "USEABLE_START_TIME",
        "samples/v2_0/invalid/sample09.oem": "USEABLE_START_TIME",
        "samples/v2_0/invalid/sample10.oem": "INTERPOLATION",
        "samples/v2_0/invalid/sample11.oem": "START_TIME",
        "samples/v2_0/invalid/sample12.oem": "INVALID_KEY",
        "samples/v2_0/invalid/sample14.oem": "META",
        "samples/v2_0/invalid/sample15.oem": "MESSAGE_ID",
        "samples/v2_0/invalid/sample16.oem": "1996-12-18T12:00:00.331",
        "samples/v2_0/invalid/sample17.oem": "1996-12-18T12:01:00.331",
        "samples/v2_0/invalid/sample18.oem": "covariances",
        "samples/v2_0/invalid/sample19.oem": "covariances",
        "samples/v2_0/invalid/sample20.oem": "covariances",
        "samples/v2_0/invalid/sample21.oem": "ORIGINATOR",
        "samples/v2_0/invalid/sample22.oem": "ORIGINATOR",
        "samples/v2_0/invalid/sample23.oem": "OBJECT_NAME",
        "samples/v2_0/invalid/sample24.oem": "OBJECT_NAME",
        "samples/v2_0/invalid/sample25.oem": "covariances",
    },
}
"""Broken on purpose, with the field that is named."""

NOT_VALID_BY_THE_STANDARD = {
    "odm/ocm/OCMExample4.txt": "ORB_AVERAGING",  # states ORB_AVERAGING twice in one trajectory
    "odm/oem/OEMExample8.txt": "INTERPOLATION",  # without its degree: 502.0-B-3, table 5-3
    "odm/opm/OPM-non-standard-units.txt": "CX_X",  # [km²] for [km**2]: 502.0-B-3, 7.7.1
    "tdm/kvn/TDM-issue963.txt": "RECEIVE_FREQ_1",  # its third frequency has words behind it
    "samples/v3_0/valid/sample01.oem": "MESSAGE_ID",  # among the metadata: belongs to the header
}
"""Not called broken, and yet against the standard."""

NOT_SUPPORTED = {
    "odm/omm/OMMExample3.txt": "REF_FRAME",
    "odm/omm/OMMExample3_utc.txt": "REF_FRAME",
    "odm/omm/OMMExample5.txt": "MEAN_ELEMENT_THEORY",
    "omm/samples/v2_0/valid/covariance.omm": "REF_FRAME",
    "omm/samples/v2_0/valid/semi-major-axis.omm": "REF_FRAME",
    "omm/samples/v2_0/valid/sgp.omm": "MEAN_ELEMENT_THEORY",
    "omm/samples/v3_0/valid/covariance-default-frame.omm": "REF_FRAME",
    "omm/samples/v3_0/valid/namespaced-user-defined.xml": "REF_FRAME",
    "omm/samples/v3_0/valid/optional-header-and-spacecraft.omm": "REF_FRAME",
    "omm/samples/v3_0/valid/sgp4-xp.omm": "MEAN_ELEMENT_THEORY",
}
"""Valid OMM of other theories than SGP4, or in other frames than TEME: nothing here could use
them, so they are refused by name."""

NO_MESSAGES = {"greeting": 10, "CCSDS_XYZ_VERS": 1}
"""Files under lexical/ by the field that is named: greetings in ten encodings, and a message of no
kind."""

ALLOWED_BY_THE_STANDARD = {
    "cdm/CDM-no-orbit-center-defined-obj1.txt",  # optional, then EARTH: 508.0-B-1, table 3-3
    "odm/ocm/OCM-unknown-frame.txt",  # by agreement of the partners: 502.0-B-3, table 6-4
    "odm/ocm/OCM-unknown-frame-center.txt",
    "odm/opm/OPM-no-designator.txt",  # OBJECT_ID is free text: 502.0-B-3, table 3-2
    "odm/opm/OPM-unknown-center.txt",  # as for frames: 502.0-B-3, table 3-2
    "odm/opm/OPM-unknown-frame-mapper.txt",
    "odm/opm/OPM-unknown-frame.txt",
    "tdm/kvn/TDM-inconsistent-time-systems.txt",  # stated for each segment: 503.0-B-2, table 3-3
    "tdm/xml/TDM-inconsistent-time-systems.xml",
    "omm/samples/v3_0/invalid/missing-norad-catalog-id.omm",  # optional: 502.0-B-3, table 4-3
    "samples/v2_0/invalid/sample13.oem",  # accelerations in some rows: 502.0-B-3, 5.2.4
}
"""Called broken, or broken by a rule of the software that they test, and yet valid: read."""


def _samples(shared_data: Path, archive: str) -> Iterator[tuple[str, bytes]]:
    packed = (shared_data / "formats" / f"{archive}.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as members:
        for info in members.infolist():
            if not info.is_dir():
                yield info.filename, members.read(info)


def _outcome(data: bytes, name: str) -> tuple[AnyMessage, ...] | FormatError:
    try:
        return read_messages(data, source=name, received_utc=RECEIVED_UTC)
    except FormatError as error:
        return error


@pytest.mark.parametrize(
    ("archive", "samples", "read"),
    [("orekit_ccsds_messages", 180, 110), ("oem_samples", 143, 95)],
)
def test_every_sample_is_sorted_right(
    shared_data: Path, archive: str, samples: int, read: int
) -> None:
    listed = BROKEN[archive] | NOT_VALID_BY_THE_STANDARD | NOT_SUPPORTED
    seen: set[str] = set()
    outcomes: Counter[str] = Counter()
    for name, data in _samples(shared_data, archive):
        seen.add(name)
        found = _outcome(data, name)
        if isinstance(found, FormatError):
            assert found.source == name
            assert found.line, name
            if name.startswith("lexical/"):
                outcomes[found.field] += 1
            else:
                assert found.field == listed.get(name), name
            outcomes["refused"] += 1
        else:
            assert name not in listed, name
            assert found
            outcomes["read"] += 1
    assert set(BROKEN[archive]) <= seen
    assert (len(seen), outcomes["read"]) == (samples, read)
    if archive == "orekit_ccsds_messages":
        assert all(outcomes[field] == count for field, count in NO_MESSAGES.items())


def test_every_sample_that_is_called_broken_is_accounted_for(shared_data: Path) -> None:
    words = (
        "invalid", "wrong", "missing", "error", "inconsistent", "incompatible", "unknown",
        "spurious", "no-", "too-", "within", "entity", "doctype", "empty.xml", "empty_value",
        "not-implemented",
    )  # fmt: skip
    broken = {name for listed in BROKEN.values() for name in listed}
    for archive in BROKEN:
        for name, _ in _samples(shared_data, archive):
            if any(word in name.lower() for word in words):
                assert name in broken | ALLOWED_BY_THE_STANDARD, name


def test_a_container_gives_all_its_messages(shared_data: Path) -> None:
    samples = dict(_samples(shared_data, "orekit_ccsds_messages"))
    found = _outcome(samples["ndm/NDM-ocm-apm.xml"], "ndm")
    assert not isinstance(found, FormatError)
    assert [type(message).__name__ for message in found] == ["OrbitComprehensive", "OtherMessage"]


def test_every_keyword_of_an_ocm_is_known(shared_data: Path) -> None:
    """The sample that uses them all, without the line that is there twice."""
    samples = dict(_samples(shared_data, "orekit_ccsds_messages"))
    twice = b"ORB_AVERAGING             = OSCULATING\n"
    (found,) = read_messages(
        samples["odm/ocm/OCMExample4.txt"].replace(twice, b"", 1), source="file"
    )
    assert isinstance(found, OrbitComprehensive)
    assert [block.kind for block in found.trajectories] == ["CARTPVA", "CARTP", "KEPLERIAN"]
    np.testing.assert_allclose(np.degrees(found.trajectories[2].elements[0, 2]), 0.122138)
    assert found.trajectories[1].times[0] == np.datetime64("2019-07-23T00:30:00")
    first, second = found.covariances
    assert first.covariances.shape == (3, 6, 6)
    assert first.covariances[0, 4, 1] == first.covariances[0, 1, 4] == 5.2
    np.testing.assert_array_equal(second.covariances[0], second.covariances[0].T)
    assert second.covariances[0, 0].tolist() == [43.0, 20.0, 3.0, -14.0, -2.0, 6.0]
    delta_v = found.manoeuvres[0].numbers("DV_X")
    assert delta_v is not None
    assert delta_v.tolist() == [0.025, 0.025]
    assert [section.name for section in found.sections] == ["PHYS", "PERT", "OD", "USER"]
