"""Files of reports, and who may see what rests on them and on the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hoshimori.formats.reports import read_reports
from hoshimori.model.markings import Marking, joined
from hoshimori.model.picture import Picture
from hoshimori.model.rejections import Rejection, ReportReading
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings, marking_of, marking_of_file
from hoshimori.workflows.deliveries import catalogue_files, read_bytes


def reports_from(paths: Iterable[Path], settings: Settings) -> ReportReading:
    """Return the reports of files and of all files in folders, each once.

    A report that states no marking has that of its file in the settings; one that stands in two
    files has both markings.

    Raises:
        SettingsError: a path does not exist or holds no file.
        FormatError: a file is no file of reports.
    """
    reports: dict[str, OperatorReport] = {}
    rejections: list[Rejection] = []
    for path in catalogue_files(paths):
        payload = read_bytes(path)
        marking = marking_of_file(path.name, settings)
        read = read_reports(payload, source=str(path), marking=marking)
        rejections += read.rejections
        for report in read.reports:
            known = reports.get(report.finding_id, report)
            both = known.marking.join(report.marking)
            reports[report.finding_id] = replace(known, marking=both)
    return ReportReading(tuple(reports.values()), tuple(rejections))


def marking_of_picture(picture: Picture, settings: Settings) -> Marking:
    """Return the marking of all that a picture holds: sets, maps, receivers and reports."""
    provenances = (*picture.history.provenances, *picture.beside)
    sources = (marking_of(provenance, settings) for provenance in provenances)
    return joined((*sources, *(report.marking for report in picture.reports)))
