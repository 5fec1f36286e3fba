"""Recognition by content, and what is said of files that are no catalogue."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import Reality
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]
Make = Callable[..., ElementSets]
Writers = dict[str, Callable[[ElementSets], bytes]]

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
BILLION_LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE ndm [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    b'<ndm><omm id="CCSDS_OMM_VERS" version="2.0"><header><ORIGINATOR>&b;</ORIGINATOR></header>'
    b"</omm></ndm>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b" \r\n\t ", "an empty file"),
        (b"No GP data found", "no catalogue ('No GP data found')"),
        (b"<!DOCTYPE html><html><title>503 Busy</title></html>", "an HTML page ('503 Busy')"),
        (b"\n<HTML><body>Forbidden</body></HTML>", "an HTML page ('Forbidden')"),
        (b"<rss><item/></rss>", "an XML document of <rss>"),
        (b'<opm id="CCSDS_OPM_VERS" version="3.0"/>', "an XML document of <opm>"),
        (BILLION_LAUGHS, "document type declaration"),
        (b"CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2026-01-01", "a CCSDS OEM message"),
        (b'[{"error":"You\'ve violated your query rate limit"}]', "an error message"),
        (b'{"a": 1}', "JSON without OMM keywords"),
        (b"[7", "JSON without OMM keywords"),
        (b"name,colour\nx,red\n", "no catalogue"),
        (b"hello\nworld\n", "no catalogue"),
        (bytes(range(256)), "no catalogue"),
        (b"PAR1 and no more", "a damaged Parquet"),
        (b"ARROW1 and no more", "a damaged Parquet or Arrow file"),
        (b"\x1f\x8b\x08\0 and no more", "gzip"),
        (b"PK\x03\x04 and no more", "zip"),
    ],
)
def test_a_file_that_is_no_catalogue_is_one_clear_error(data: bytes, said: str, read: Read) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert said in str(caught.value)
    assert str(caught.value).startswith("file")


@pytest.mark.parametrize("kind", ["csv", "json", "kvn", "xml", "parquet", "tle"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "two gzip members", "zip", "zip of gzip"])
def test_every_format_is_recognised_in_every_packing(
    kind: str, packing: str, read: Read, make: Make, writers: Writers
) -> None:
    data = writers[kind](make(5, 25544))
    half = len(data) // 2
    packed = {
        "plain": data,
        "gzip": gzip.compress(data),
        "two gzip members": gzip.compress(data[:half]) + gzip.compress(data[half:]),
        "zip": _zipped({"a.bin": data}),
        "zip of gzip": _zipped({"folder/": b"", "folder/a.dat": gzip.compress(data)}),
    }[packing]
    reading = read(packed)
    assert reading.rejections == ()
    assert reading.element_sets.norad_id.tolist() == [5, 25544]
    (provenance,) = reading.element_sets.provenances
    assert provenance.payload_sha256 == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize("kind", ["csv", "json", "kvn", "xml", "tle"])
def test_byte_order_marks(kind: str, read: Read, make: Make, writers: Writers) -> None:
    text = writers[kind](make(5)).decode()
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert len(read(data).element_sets) == 1


@pytest.mark.parametrize("start", ["new_file", "new_stream"])
def test_arrow_files_and_streams(start: str, read: Read, make: Make, writers: Writers) -> None:
    table = pa.parquet.read_table(pa.BufferReader(writers["parquet"](make(5, 6))))
    sink = pa.BufferOutputStream()
    with getattr(pa.ipc, start)(sink, table.schema) as stream:
        stream.write_table(table)
    assert read(sink.getvalue().to_pybytes()).element_sets.norad_id.tolist() == [5, 6]


def test_a_zip_of_several_files_names_each(read: Read, make: Make, writers: Writers) -> None:
    members = {"a.csv": writers["csv"](make(5)), "b.txt": b"no data", "c": writers["tle"](make(6))}
    reading = read(_zipped(members))
    assert reading.element_sets.norad_id.tolist() == [5, 6]
    assert [p.source for p in reading.element_sets.provenances] == ["file/a.csv", "file/c"]
    (rejection,) = reading.rejections
    assert (rejection.source, rejection.raw) == ("file/b.txt", b"no data")


def test_a_zip_without_a_catalogue_is_one_error(read: Read) -> None:
    with pytest.raises(FormatError, match=r"file/a: no catalogue"):
        read(_zipped({"a": b"no data", "b": b"<html>"}))
    with pytest.raises(FormatError, match="an empty archive"):
        read(_zipped({}))


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"0" * 5_000_000)
    for data in (bomb, _zipped({"a": b"0" * 5_000_000}), _zipped({"a": bomb, "b": bomb})):
        with pytest.raises(FormatError, match="more than 1,000,000 bytes"):
            read_catalogue(data, source="file", received_utc=RECEIVED_UTC, limit_bytes=1_000_000)


def test_matryoshkas_and_cut_packings_are_refused(read: Read) -> None:
    data = b"x"
    for _ in range(5):
        data = gzip.compress(data)
    with pytest.raises(FormatError, match="packed more than 3 times over"):
        read(data)
    with pytest.raises(FormatError, match="cut short"):
        read(gzip.compress(b"abc" * 100)[:-9])
    with pytest.raises(FormatError, match="bytes after the end"):
        read(gzip.compress(b"abc") + b"junk")


def test_no_record_is_more_real_than_its_file(make: Make, writers: Writers) -> None:
    for kind in ("csv", "tle"):
        reading = read_catalogue(
            writers[kind](make(5)),
            source="file",
            received_utc=RECEIVED_UTC,
            reality=Reality.EXERCISE,
        )
        assert reading.element_sets.reality is Reality.EXERCISE


def test_an_empty_list_is_an_empty_catalogue(read: Read) -> None:
    for data in (b"[]", b"<ndm/>"):
        reading = read(data)
        assert (len(reading.element_sets), reading.rejections) == (0, ())


def test_one_broken_message_of_a_document_is_refused_alone(
    read: Read, make: Make, writers: Writers
) -> None:
    first, second, third = writers["xml"](make(5, 6, 7, object_name="A AND B")).split(b"<omm")[1:]
    broken = b"<ndm>\n<omm" + b"<omm".join((first, second.replace(b"AND", b"&"), third))
    reading = read(broken)
    assert reading.element_sets.norad_id.tolist() == [5, 7]
    (rejection,) = reading.rejections
    assert b"A & B" in rejection.raw
    assert b">6<" in rejection.raw
    assert broken.split(b"\n")[rejection.line - 1].count(b"A & B") == 1


def test_other_messages_in_an_ndm_are_refused_one_by_one(
    read: Read, make: Make, writers: Writers
) -> None:
    xml = writers["xml"](make(5)).replace(b"<ndm>", b"<ndm><COMMENT>x</COMMENT><opm><a>1</a></opm>")
    reading = read(xml)
    assert len(reading.element_sets) == 1
    assert [r.raw for r in reading.rejections] == [b"<opm><a>1</a></opm>"]


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
