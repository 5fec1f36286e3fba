"""From message files to events: folders, archives, and files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.cdm_writing import write_cdm_kvn, write_cdm_xml
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.incidents import Attention
from hoshimori.workflows.messages import conjunction_events, most_urgent

Make = Callable[..., ConjunctionMessage]
AS_OF = np.datetime64("2026-11-26T00:00:00", "us")


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_bad_file_among_many_is_refused_alone(tmp_path: Path, make_cdm: Make) -> None:
    first, second = make_cdm(created="2026-11-24T00:00:00"), make_cdm(miss_km=0.1)
    (tmp_path / "one.txt").write_bytes(write_cdm_kvn(first))
    (tmp_path / "two.zip").write_bytes(zipped(a=write_cdm_xml(second), b=b"nonsense\n"))
    (tmp_path / "three.zip").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "four").write_bytes(write_cdm_kvn(first).replace(b"TCA  ", b"TKA  "))
    report = conjunction_events([tmp_path], as_of_utc=AS_OF)
    assert (report.files, report.messages) == (5, 2)
    assert sorted(text.split(":")[0] for text in report.rejections) == [
        "four", "three.zip", "two.zip/b",
    ]  # fmt: skip
    assert "four:6:TKA" in str(report.rejections)
    (event,) = report.events
    assert event.messages == 2
    assert event.latest.miss_km == 0.1
    assert most_urgent(report) is Attention.LOOK


def test_copies_across_notations_and_other_kinds_are_counted(
    tmp_path: Path, make_cdm: Make
) -> None:
    message = make_cdm()
    (tmp_path / "a").write_bytes(write_cdm_kvn(message))
    (tmp_path / "b").write_bytes(write_cdm_xml(message))
    late = make_cdm(created="2026-11-26T12:00:00")
    (tmp_path / "c").write_bytes(write_cdm_kvn(late))
    (tmp_path / "d").write_bytes(
        b'<ndm><apm></apm><ocm version="3.0"><header><CREATION_DATE>2026-11-22T00:00:00'
        b"</CREATION_DATE><ORIGINATOR>X</ORIGINATOR></header><body><segment><metadata>"
        b"<TIME_SYSTEM>UTC</TIME_SYSTEM><EPOCH_TZERO>2026-11-23T00:00:00</EPOCH_TZERO></metadata>"
        b"<data></data></segment></body></ocm></ndm>"
    )
    report = conjunction_events([tmp_path], as_of_utc=AS_OF)
    assert (report.messages, report.copies, report.not_yet_known) == (2, 1, 1)
    assert report.other_messages == 2
    assert not report.rejections


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        conjunction_events([tmp_path / "none"])
    with pytest.raises(SettingsError):
        conjunction_events([tmp_path])
    (tmp_path / "page.html").write_bytes(b"<!DOCTYPE html><html></html>")
    with pytest.raises(FormatError, match=r"page\.html"):
        conjunction_events([tmp_path])
    (tmp_path / "page.html").write_bytes(b"<ndm><apm></apm></ndm>")
    with pytest.raises(FormatError, match="no conjunction message"):
        conjunction_events([tmp_path])
