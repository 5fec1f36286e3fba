"""Passages of aircraft as Parquet of ours: what a dossier encloses and computes again from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.errors import FormatError
from hoshimori.model.passages import PASSAGE_DTYPES, Passages, ReportTally
from hoshimori.model.provenance import Provenance, Reality, combined_reality

_COLUMNS = tuple(name for name in PASSAGE_DTYPES if name != "provenance_index")
_STEP = b"step_s"
_TALLY = b"tally"
_REALITY = b"reality"


def write_passages(passages: Passages) -> bytes:
    """Return passages as Parquet; reading it gives the same rows, tally and reality back."""
    table = pa.table({name: pa.array(getattr(passages, name)) for name in _COLUMNS})
    told = {
        _STEP: f"{passages.step_s!r}".encode(),
        _TALLY: json.dumps(asdict(passages.tally), sort_keys=True).encode(),
        _REALITY: passages.reality.value.encode(),
    }
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(told), sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def read_passages(data: bytes, *, source: str, reality: Reality = Reality.REAL) -> Passages:
    """Return the passages in Parquet of ours.

    Raises:
        FormatError: the bytes hold none.
    """
    try:
        table = pq.read_table(pa.BufferReader(data))
        told = table.schema.metadata or {}
        stated = combined_reality((Reality(told[_REALITY].decode()), reality))
        columns = {name: np.asarray(table[name].to_numpy()) for name in _COLUMNS}
        tally = ReportTally(**json.loads(told[_TALLY]))
        step_s = float(told[_STEP])
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(f"no passages of aircraft ({error})", source=source) from error
    provenance = Provenance(source, hashlib.sha256(data).hexdigest(), stated)
    return Passages(
        step_s=step_s,
        **columns,
        provenance_index=np.zeros(len(columns["cell"]), dtype=np.int32),
        provenances=(provenance,),
        tally=tally,
    )
