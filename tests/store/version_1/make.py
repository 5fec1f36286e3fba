"""Makes the store of version 1 beside this file, with the code of the last commit that wrote such.

    git archive f4b3286^ src | tar -x -C OLD && PYTHONPATH=OLD/src python make.py

`metadata.json` says which commit that was. The store holds made facts alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np

from hoshimori.model.elements import COLUMNS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import open_store
from hoshimori.store.schema import MIGRATIONS

HERE = Path(__file__).parent
ROWS = 40
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def main() -> None:
    """Write the store, packed, and its birth certificate."""
    if len(MIGRATIONS) != 1:
        sys.exit(f"this Hoshimori writes version {len(MIGRATIONS)}; run it with an older one")
    columns = {name: np.zeros(ROWS, kind) for name, kind in COLUMNS.items()}
    columns["norad_id"] = 1 + np.arange(ROWS, dtype=np.int64) % 10
    columns["epoch_utc"] = np.datetime64("2026-11-01", "us") + np.arange(ROWS) * np.timedelta64(
        1, "h"
    )
    columns["known_utc"] = columns["epoch_utc"]
    columns["object_name"] = np.array([f"MADE {n}" for n in columns["norad_id"]], dtype=TEXT)
    payload = b"made"
    sets = ElementSets(
        **columns, provenances=(Provenance("made", hashlib.sha256(payload).hexdigest()),)
    )
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder)) as store:
            refused = Rejection("made", 7, "EPOCH", "no such day", payload)
            store.append(
                Reading(sets, (refused,)), payload=payload, source="made", received_utc=NOON
            )
        content = (Path(folder) / "facts.duckdb").read_bytes()
    (HERE / "facts.duckdb.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    certificate = {
        "made_by": "tests/store/version_1/make.py",
        "commit": sys.argv[1],
        "duckdb": duckdb.__version__,
        "sha256": hashlib.sha256(content).hexdigest(),
        "element_sets": ROWS,
        "licence": "CC0-1.0: every number is made",
        "added_at": "2026-11-28",
    }
    (HERE / "metadata.json").write_text(json.dumps(certificate, indent=2) + "\n")


if __name__ == "__main__":
    main()
