"""Coverage-guided fuzzing of everything that reads bytes: only `FormatError` may come out.

By hand, with the dependency group ``fuzz`` (Python up to the newest that atheris supports)::

    python tests/fuzz/fuzz_catalogue.py CORPUS_FOLDER -max_total_time=300

The folder is filled with one sound file of each format where it is empty; what the fuzzer finds
worth keeping is added to it, and a crash is written to the working folder.
"""

from __future__ import annotations

import gzip
import json
import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hoshimori", "zipfile", "json"]):
    import numpy as np

    from hoshimori.errors import FormatError
    from hoshimori.formats.catalogue import read_catalogue
    from hoshimori.formats.objects import read_objects
    from hoshimori.formats.omm_writing import (
        write_omm_csv,
        write_omm_json,
        write_omm_kvn,
        write_omm_xml,
    )
    from hoshimori.formats.parquet import write_parquet
    from hoshimori.formats.tle_writing import write_tle

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")
LIMIT_BYTES = 10_000_000
TLE = (
    b"TEST STATION\n"
    b"1 25544U 98067A   26326.52959654  .00004770  00000+0  95201-4 0  9992\n"
    b"2 25544  51.6307 204.2500 0006703 130.5360 325.0288 15.49309239 56353\n"
)


def read_anything(data: bytes) -> None:
    """Read the bytes as a catalogue and as a list of objects; what was read can be written."""
    with suppress(FormatError):
        read_objects(data, source="fuzz")
    with suppress(FormatError):
        sets = read_catalogue(
            data, source="fuzz", received_utc=RECEIVED_UTC, limit_bytes=LIMIT_BYTES
        ).element_sets
        again = read_catalogue(write_parquet(sets), source="fuzz", received_utc=RECEIVED_UTC)
        assert len(again.element_sets) == len(sets)
        write_omm_xml(sets)
        write_tle(sets)


def seeds() -> dict[str, bytes]:
    """Return one sound file of each format."""
    sets = read_catalogue(TLE, source="seed", received_utc=RECEIVED_UTC).element_sets
    assert len(sets) == 1
    lines = TLE.decode().splitlines()
    writers = (write_omm_csv, write_omm_json, write_omm_kvn, write_omm_xml, write_parquet)
    files = {write.__name__: write(sets) for write in writers}
    return files | {
        "tle": TLE,
        "vimpel": json.dumps([{"TLE1": lines[1], "TLE2": lines[2]}]).encode(),
        "gzip": gzip.compress(TLE, mtime=0),
        "satcat": b"OBJECT_NAME,NORAD_CAT_ID,OBJECT_TYPE,LAUNCH_DATE\nTEST,25544,PAY,1998-11-20\n",
    }


def main() -> None:
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "fuzz-corpus"))
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for name, content in seeds().items():
            (folder / name).write_bytes(content)
    atheris.Setup(sys.argv, read_anything)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
