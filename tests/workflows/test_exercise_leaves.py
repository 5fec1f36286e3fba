"""Nothing of an exercise leaves unasked, and what is asked for says EXERCISE: of every writer.

A writer that is not in a list here fails a test: think of what it does with an exercise first.
"""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import hoshimori
import hoshimori.formats
from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.dossier.opening import unpack
from hoshimori.errors import FormatError, ReleaseError
from hoshimori.exercise.aircraft_traffic import MadeTraffic, aircraft_traffic
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.formats import fact_streams, omm_writing, parquet, tle_writing
from hoshimori.formats.aircraft_reports import read_aircraft_reports, write_aircraft_reports
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.integrity import read_integrity, write_integrity
from hoshimori.formats.passages import read_passages, write_passages
from hoshimori.formats.report_fields import report_of
from hoshimori.formats.reports import write_reports
from hoshimori.model.dossiers import KeyAlgorithm, Policy
from hoshimori.model.exports import ExportForm
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.finding import Finding
from hoshimori.model.findings import Conjunction
from hoshimori.model.flights import passages_from
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief, brief, dossier_of, yardsticks
from hoshimori.workflows.export import CdmNotation, ExportChoices, export
from hoshimori.workflows.export_subjects import ExportSubject, subject_of_brief
from hoshimori.workflows.histories import histories_of
from hoshimori.workflows.inquiry import Inquiry, inquire
from hoshimori.workflows.manoeuvres import manoeuvres
from hoshimori.workflows.release import released
from hoshimori.workflows.sealing import seal, sign_file
from hoshimori.workflows.signing_keys import make_key, read_key
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
DETECTORS = (
    OverdueDetector(), GeoNeighbourDetector(), ProximityDetector(), ConjunctionDetector(),
    OperatorReportDetector(),
)  # fmt: skip
ASKED = ExportChoices(exercise=True, udl_classification="U")

pytestmark = pytest.mark.xdist_group("exercise-leaves")


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=600, as_of_utc=AS_OF)
    picture = sky.picture(assets=sky.assets, days_ahead=2.0)
    air = disturbed_air(MadeAir(rings=1, days=3), np.random.default_rng(1))
    return as_exercise(replace(picture, integrity=air, reports=()))


def _with(inquiry: Inquiry, *kinds: type[Finding]) -> Incident:
    """Return the first incident with findings of all these kinds."""
    for incident in inquiry.incidents:
        found = inquiry.findings_of(incident)
        if all(any(isinstance(one, kind) for one in found) for kind in kinds):
            return incident
    raise AssertionError(f"no incident with {kinds}")


def _report(*objects: int) -> OperatorReport:
    return report_of(
        {
            "statement": "link_interference", "objects": list(objects), "text": "Links disturbed.",
            "source": "its operator", "grade": "A2", "start_utc": "2026-10-31T00:00:00Z",
            "known_utc": "2026-10-31T06:00:00Z",
        },
        marking=OPEN, reality=Reality.EXERCISE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def subject(picture: Picture) -> ExportSubject:
    """An incident of a conjunction and of interference, so that every form can carry it."""
    sky = replace(picture, integrity=None)
    about = _with(inquire(sky, DETECTORS), Conjunction)
    report = _report(about.assets[0], about.others[0])
    inquiry = inquire(replace(sky, reports=(report,)), DETECTORS)
    return ExportSubject(
        inquiry, _with(inquiry, Conjunction, OperatorReport), (OPEN,), Reality.EXERCISE
    )


@pytest.fixture(scope="module")
def told(subject: ExportSubject) -> Brief:
    return brief(subject.inquiry, subject.incident, Settings(), yardsticks(Settings()))


@pytest.fixture(scope="module")
def dossier(told: Brief) -> bytes:
    settings, measures = Settings(), yardsticks(Settings())
    whole = dossier_of(told, settings, measures, (), composed_utc=NOW, policy=Policy())
    with pytest.raises(ReleaseError, match="this dossier is EXERCISE"):
        seal(whole)
    return seal(whole, exercise=True)


@pytest.mark.parametrize("form", ExportForm)
def test_no_form_carries_an_exercise_unasked(subject: ExportSubject, form: ExportForm) -> None:
    with pytest.raises(ReleaseError, match="this incident is EXERCISE and leaves only where"):
        export(subject, form)


@pytest.mark.parametrize(
    ("form", "notation"),
    [
        (form, notation)
        for form in ExportForm
        for notation in (CdmNotation if form is ExportForm.CDM else (CdmNotation.KVN,))
    ],
)
def test_every_form_that_carries_it_when_asked_says_so(
    subject: ExportSubject, told: Brief, form: ExportForm, notation: CdmNotation
) -> None:
    for what in (subject, subject_of_brief(told)):
        written = export(what, form, replace(ASKED, cdm_notation=notation)).decode("utf-8")
        assert "EXERCISE" in written
        listed = written.count("REAL, TEST, SIMULATED, EXERCISE")  # STIX explains its property
        assert written.count("SIMULATED") == listed
        assert '"REAL"' not in written


def test_one_fact_of_an_exercise_makes_all_of_it_one(subject: ExportSubject) -> None:
    real = replace(subject, reality=Reality.REAL)
    with pytest.raises(ReleaseError):
        export(real, ExportForm.GEOJSON)


def test_a_dossier_of_an_exercise_is_released_and_signed_only_when_asked(
    dossier: bytes, tmp_path: Path
) -> None:
    partners = frozenset({"JPN"})
    with pytest.raises(ReleaseError, match="leaves only where that is asked for"):
        released(dossier, partners, NOW)
    path, key_path = tmp_path / "dossier.zip", tmp_path / "key.pem"
    path.write_bytes(dossier)
    make_key(key_path, KeyAlgorithm.ED25519, None)
    key = read_key(key_path, None)
    with pytest.raises(ReleaseError, match=r"dossier\.zip is EXERCISE"):
        sign_file(path, key)
    assert path.read_bytes() == dossier
    sign_file(path, key, exercise=True)
    assert {i.reality for i in unpack(path.read_bytes()).items} == {Reality.EXERCISE}


def test_a_table_of_manoeuvres_says_it_in_every_row(picture: Picture) -> None:
    report = manoeuvres(histories_of(picture.history))
    assert report.reality is Reality.EXERCISE
    column = report.to_arrow()["reality"].to_pylist()
    assert len(column) > 0
    assert set(column) == {"EXERCISE"}


# Every function of `formats` that writes bytes, and what it does with an exercise.

_FORMS = "a form of `export`, tested above"
_NO_FACTS = "it writes no fact of a picture"

SETS: dict[str, Callable[[Picture], bytes]] = {
    "omm_writing.write_omm_csv": lambda p: omm_writing.write_omm_csv(p.newest),
    "omm_writing.write_omm_json": lambda p: omm_writing.write_omm_json(p.newest),
    "omm_writing.write_omm_kvn": lambda p: omm_writing.write_omm_kvn(p.newest),
    "omm_writing.write_omm_xml": lambda p: omm_writing.write_omm_xml(p.newest),
    "parquet.write_parquet": lambda p: parquet.write_parquet(p.newest),
}
TESTED_BELOW = {
    "aircraft_reports.write_aircraft_reports",
    "fact_streams.write_page",
    "fact_streams.write_reading",
    "integrity.write_integrity",
    "passages.write_passages",
    "reports.write_reports",
    "tle_writing.write_tle",
}
OTHERS = {
    "appendix10.write_appendix10": _FORMS,
    "cdm_writing.write_cdm_kvn": _FORMS,
    "cdm_writing.write_cdm_xml": _FORMS,
    "cdm_writing.write_cdms_json": _FORMS,
    "cdm_writing.write_cdms_kvn": _FORMS,
    "cdm_writing.write_cdms_xml": _FORMS,
    "czml.write_czml": _FORMS,
    "geojson.write_geojson": _FORMS,
    "located_forms.write_located_appendix10": "asks for --exercise: tests/cli/test_geolocating.py",
    "located_forms.write_located_geojson": "asks for --exercise: tests/cli/test_geolocating.py",
    "notso.write_notso": _FORMS,
    "stix.write_stix": _FORMS,
    "udl.write_udl": _FORMS,
    "fact_streams.write_objects": "between a store and its client; the greeting bears the mark",
    "fact_streams.write_rejections": "between a store and its client, of what was refused",
    "json_document.write_json": "writes a noun with its reality, whatever noun it is",
    "markings.write_marking": _NO_FACTS,
    "oem_writing.write_oem_kvn": "an ephemeris bears no reality: no door may write one, see below",
    "rehearsals.write_look": "writes what a machine saw, for the record of an exercise alone",
    "space_weather.write_space_weather": "writes indices, for the folder of an exercise alone",
    "rehearsals.write_rehearsal": "writes rehearsals, which are nothing but EXERCISE: its own test",
    "scenarios.write_scenario": "writes a script, which tells no fact",
    "toml_writing.write_toml": "writes a script, which tells no fact",
    "receivers.write_receivers": "keeps the reality of series: its own test",
    "signals.write_signals": "keeps the reality of signals: tests/workflows/test_signals.py",
    "trust.write_trust_entry": _NO_FACTS,
    "partners.write_partners": _NO_FACTS,
    "backup_manifests.write_manifest": _NO_FACTS,
}


def _writers() -> set[str]:
    found = set()
    for module in pkgutil.walk_packages(hoshimori.formats.__path__, "hoshimori.formats."):
        loaded = importlib.import_module(module.name)
        for name, one in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("write") and one.__module__ == module.name:
                found.add(f"{module.name.removeprefix('hoshimori.formats.')}.{name}")
    return found


def test_every_writer_is_thought_of() -> None:
    assert _writers() == {*SETS, *TESTED_BELOW, *OTHERS}


@pytest.mark.parametrize("name", SETS)
def test_element_sets_keep_their_reality(picture: Picture, name: str) -> None:
    rows = replace(picture, newest=picture.newest.take(np.arange(3)))
    written = SETS[name](rows)
    assert b"EXERCISE" in written
    read = read_catalogue(written, source="out", received_utc=AS_OF).element_sets
    assert {p.reality for p in read.provenances} == {Reality.EXERCISE}


def test_a_tle_cannot_say_it_and_is_not_written(picture: Picture) -> None:
    with pytest.raises(FormatError, match="a TLE cannot say that data are EXERCISE"):
        tle_writing.write_tle(picture.newest.take(np.arange(3)))


def test_streams_between_servers_and_clients_keep_it(picture: Picture) -> None:
    rows = picture.newest.take(np.arange(3))
    page = io.BytesIO(b"".join(fact_streams.write_page(FactPage(rows, None))))
    assert fact_streams.read_page(page, "server").element_sets.reality is Reality.EXERCISE
    provenance = Provenance("made", rows.provenances[0].payload_sha256, Reality.EXERCISE)
    sent = SentReading(
        Reading(replace(rows, provenances=(provenance,) * len(rows.provenances)), ()),
        provenance, 3, NOW,
    )  # fmt: skip
    stream = io.BytesIO(b"".join(fact_streams.write_reading(sent)))
    read = fact_streams.read_reading(stream, "client")
    assert read.provenance.reality is Reality.EXERCISE
    assert read.reading.element_sets.reality is Reality.EXERCISE


def test_maps_and_reports_keep_it(picture: Picture) -> None:
    assert picture.integrity is not None
    written = write_integrity(picture.integrity)
    assert read_integrity(written, source="air").cells.reality is Reality.EXERCISE
    assert b"EXERCISE" in write_reports([_report(5)])


def test_reports_of_aircraft_and_their_passages_keep_it() -> None:
    drill = (Provenance("drill", "0" * 64, Reality.EXERCISE),)
    traffic = MadeTraffic(hours=0.5, flights_an_hour=20.0)
    reports = aircraft_traffic(traffic, np.random.Generator(np.random.PCG64(1)))
    reports = replace(reports, provenances=drill * len(reports.provenances))
    again = read_aircraft_reports(write_aircraft_reports(reports), source="out").reports
    assert again.reality is Reality.EXERCISE
    passages = passages_from(again, as_of_utc=again.time_utc.max())
    assert read_passages(write_passages(passages), source="out").reality is Reality.EXERCISE


def test_no_door_writes_ephemerides() -> None:
    house = Path(hoshimori.__file__).parent
    for room in ("workflows", "cli", "web"):
        for path in (house / room).glob("**/*.py"):
            assert "oem_writing" not in path.read_text(encoding="utf-8"), path
