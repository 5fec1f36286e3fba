"""A thousand damaged files of every format: only `FormatError` or a `Reading` ever comes out."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.objects import read_objects
from hoshimori.formats.packing import is_packed
from hoshimori.model.elements import ElementSets
from hoshimori.model.rejections import ObjectReading, Reading

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
DAMAGES = 1000

Found = TypeVar("Found")
Write = Callable[[ElementSets], bytes]

TOKENS = (
    b"", b"\0", b"\xff\xfe", b"\n", b"\r", b",", b'"', b"'", b"=", b"<", b">", b"[", b"]", b"{",
    b"nan", b"inf", b"1e999", b"-1", b"9" * 400, b"1_0", "１".encode(), b"\xed\xa0\x80", b"&x;",
    b"<!DOCTYPE a>", b"<omm>", b"2.0", b"CCSDS_OMM_VERS = 2.0\n", b"NORAD_CAT_ID", b"EPOCH", b"}",
    b"1 25544U", b"2 25544", b"PAR1", b"\x1f\x8b", b"PK\x03\x04", b"null", b"\\ud800", b"[" * 2000,
)  # fmt: skip
SATCAT = (
    b"OBJECT_NAME,OBJECT_ID,NORAD_CAT_ID,OBJECT_TYPE,OPS_STATUS_CODE,OWNER,LAUNCH_DATE,"
    b"DECAY_DATE,RCS\n"
    b"TEST STATION,1998-067A,25544,PAY,+,ISS,1998-11-20,,399.0524\n"
    b"TEST ROCKET,1998-067B,25545,R/B,,CIS,1998-11-20,1998-11-25,35.5\n"
)


def _damaged(data: bytes, dice: random.Random) -> bytes:
    """Damage a file in one to six places."""
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((0, 1, 1, 2, 8, 60, 400)))
        piece = dice.choice(
            (
                dice.choice(TOKENS),
                dice.randbytes(max(1, end - start)),
                data[start:end] * 2,
                data[start:end][::-1],
            )
        )
        data = data[:start] + piece + data[end:]
    return data[: dice.randrange(len(data) + 1)] if dice.random() < 0.1 else data


def _zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _arrow(parquet: bytes) -> bytes:
    table = pq.read_table(pa.BufferReader(parquet))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


@pytest.fixture(scope="module")
def whole(
    make: Callable[..., ElementSets], writers: dict[str, Callable[..., bytes]]
) -> dict[str, bytes]:
    """One sound file of each format."""
    sets = make(5, 25544, 270_291)
    files = {kind: write(sets) for kind, write in writers.items()}
    lines = files["tle"].decode().splitlines()
    pairs = [{"TLE1": lines[k + 1], "TLE2": lines[k + 2]} for k in range(0, len(lines), 3)]
    return files | {
        "vimpel": json.dumps(pairs).encode(),
        "arrow": _arrow(files["parquet"]),
        "gzip": gzip.compress(files["csv"], mtime=0),
        "zip": _zipped(one=files["csv"], two=files["tle"]),
        "utf16": files["xml"].decode().encode("utf-16"),
    }


def _check(reading: Reading) -> None:
    for rejection in reading.rejections:
        assert rejection.problem
        assert rejection.source
        assert rejection.line >= 1
        assert str(rejection)
    sets = reading.element_sets
    assert (sets.norad_id >= 1).all()
    assert ((sets.eccentricity >= 0) & (sets.eccentricity < 1)).all()
    assert (sets.mean_motion_rev_day > 0).all()
    assert np.isfinite(sets.bstar_per_er).all()
    assert not np.isnat(sets.epoch_utc).any()


def _outcome(read: Callable[[bytes], Found], data: bytes) -> Found | FormatError:
    try:
        return read(data)
    except FormatError as error:
        return error


def _read_catalogue(data: bytes) -> Reading:
    return read_catalogue(data, source="damaged", received_utc=RECEIVED_UTC, limit_bytes=50_000_000)


def _read_objects(data: bytes) -> ObjectReading:
    return read_objects(data, source="damaged")


KINDS = (
    "csv", "json", "kvn", "xml", "tle", "parquet", "arrow", "vimpel", "gzip", "zip", "utf16",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_catalogues_are_refused_or_read_never_worse(
    kind: str, whole: dict[str, bytes]
) -> None:
    assert set(KINDS) == set(whole)
    dice = random.Random(kind)
    outcomes = {"refused": 0, "read": 0}
    for _ in range(DAMAGES):
        damaged = _damaged(whole[kind], dice)
        found = _outcome(_read_catalogue, damaged)
        if isinstance(found, FormatError):
            assert found.problem
            assert found.source.startswith("damaged")
            outcomes["refused"] += 1
        else:
            _check(found)
            outcomes["read"] += 1
    assert sum(outcomes.values()) == DAMAGES
    assert outcomes["refused"] > 0  # the damage is real


def test_damaged_lists_of_objects_are_refused_or_read_never_worse() -> None:
    dice = random.Random("satcat")
    for _ in range(DAMAGES):
        found = _outcome(_read_objects, _damaged(SATCAT, dice))
        assert isinstance(found, FormatError) or all(item.norad_id >= 1 for item in found.objects)


@pytest.mark.parametrize("kind", ["csv", "json", "kvn", "xml", "tle", "vimpel"])
def test_every_record_is_read_or_rejected(
    kind: str, make: Callable[..., ElementSets], writers: dict[str, Callable[..., bytes]]
) -> None:
    """Spoil digits only, so that the number of records stays known: read + rejected = records."""
    sets = make(*range(1, 41))
    data = writers["tle" if kind == "vimpel" else kind](sets)
    if kind == "vimpel":
        lines = data.decode().splitlines()
        pairs = [{"TLE1": lines[k + 1], "TLE2": lines[k + 2]} for k in range(0, len(lines), 3)]
        data = json.dumps(pairs).encode()
    body = data.find(b"<ndm>") + 1  # the encoding is no record
    digits = [place for place in range(body, len(data)) if chr(data[place]) in "56789"]
    dice = random.Random(kind)
    for _ in range(50):
        spoiled = bytearray(data)
        for place in dice.sample(digits, 12):
            spoiled[place] = ord("x")
        reading = read_catalogue(bytes(spoiled), source="spoiled", received_utc=RECEIVED_UTC)
        assert len(reading.element_sets) + len(reading.rejections) == 40
        assert reading.rejections
        assert all(rejection.raw for rejection in reading.rejections)


def test_packed_files_are_recognised_by_content(whole: dict[str, bytes]) -> None:
    assert {kind for kind in whole if is_packed(whole[kind])} == {"gzip", "zip"}
