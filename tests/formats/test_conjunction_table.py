"""The tables of `screen`: fixed schemas, null for what is not known, the same bytes each time."""

from __future__ import annotations

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.formats.conjunction_table import (
    CONJUNCTION_SCHEMA,
    STAY_SCHEMA,
    conjunction_table,
    plain_rows,
    stay_table,
    table_bytes,
)
from hoshimori.formats.json_document import json_with_lists
from hoshimori.model.elements import TEXT
from hoshimori.model.findings import Relation
from hoshimori.model.relations import place_of
from hoshimori.model.screening import Conjunctions, PairStays
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType

NAMES = np.array(["ALOS 2", "", "星"], TEXT)
RELATED = (Relation.UNRELATED, Relation.FORMATION, Relation.SAME_LAUNCH)
KINDS = (ProbabilityType.COMPUTED, ProbabilityType.NONE, ProbabilityType.MAXIMUM)
TIMES = np.datetime64("2026-11-01T00:00:00.123456", "us") + np.arange(3).astype("timedelta64[s]")


def conjunctions() -> Conjunctions:
    return Conjunctions(
        object_1=np.array([5, 6, 999_999_999]),
        object_2=np.array([7, 8, 1]),
        name_1=NAMES,
        name_2=NAMES[::-1],
        tca_utc=TIMES,
        miss_km=np.array([1.0, 2.0, 3.0]),
        miss_rtn_km=np.arange(9.0).reshape(3, 3),
        speed_km_s=np.array([10.0, 0.001, 14.0]),
        relation=np.array([place_of(relation) for relation in RELATED]),
        at_window_edge=np.array([False, True, False]),
        age_1_days=np.array([0.5, 1.5, -0.5]),
        age_2_days=np.array([0.1, 0.2, 0.3]),
        errors_1=np.array([0, 1, 2]),
        errors_2=np.array([1, 1, 0]),
        sigma_km=np.array([0.4, 1.0, 2.0]),
        hard_body_radius_km=np.full(3, 0.01),
        pc=np.array([1e-9, np.nan, 2e-5]),
        pc_type=np.array(KINDS),
        is_diluted=np.array([False, True, True]),
        conclusion=np.array([Conclusion.BELOW_THRESHOLD, *2 * [Conclusion.NO_CONCLUSION]]),
    )  # fmt: skip


def test_every_column_has_the_type_of_the_schema() -> None:
    table = conjunction_table(conjunctions())
    assert table.schema.equals(CONJUNCTION_SCHEMA)
    empty = conjunction_table(conjunctions().take(np.empty(0, np.int64)))
    assert empty.schema.equals(CONJUNCTION_SCHEMA)
    assert len(empty) == 0


def test_words_for_kinds_and_null_for_nothing() -> None:
    table = conjunction_table(conjunctions())
    assert table["relation"].to_pylist() == ["unrelated", "formation", "same_launch"]
    assert table["pc_type"].to_pylist() == ["computed", "none", "maximum"]
    assert table["errors_1"].to_pylist() == ["own_history", "class", "default"]
    assert table["pc"].to_pylist() == [1e-9, None, 2e-5]
    assert table["conclusion"].to_pylist() == ["below_threshold", "no_conclusion", "no_conclusion"]
    assert table["miss_rtn_km"].to_pylist()[1] == [3.0, 4.0, 5.0]
    assert table["name_1"].to_pylist() == ["ALOS 2", "", "星"]


def test_the_same_rows_give_the_same_bytes_and_come_back() -> None:
    table = conjunction_table(conjunctions())
    first = table_bytes(table, {"hoshimori": "{}"})
    assert first == table_bytes(conjunction_table(conjunctions()), {"hoshimori": "{}"})
    again = pq.read_table(io.BytesIO(first))
    assert again.cast(CONJUNCTION_SCHEMA).equals(table)
    assert pq.read_metadata(io.BytesIO(first)).metadata[b"hoshimori"] == b"{}"


def test_plain_rows_are_json() -> None:
    (first, *_) = plain_rows(conjunction_table(conjunctions()).to_batches()[0])
    assert first["tca_utc"] == "2026-11-01T00:00:00.123Z"
    assert first["miss_rtn_km"] == [0.0, 1.0, 2.0]
    assert list(first) == CONJUNCTION_SCHEMA.names


def test_stays_have_their_schema() -> None:
    stays = PairStays(
        object_1=np.array([1]), object_2=np.array([2]), name_1=NAMES[:1], name_2=NAMES[1:2],
        start_utc=TIMES[:1], end_utc=TIMES[1:2], closest_utc=TIMES[:1],
        closest_km=np.array([0.1]), minima=np.array([3]), open_start=np.array([True]),
        open_end=np.array([False]), relation=np.array([place_of(Relation.FORMATION)]),
    )  # fmt: skip
    table = stay_table(stays)
    assert table.schema.equals(STAY_SCHEMA)
    assert table["minima"].type == pa.int64()


def test_a_document_with_long_lists_is_one_document() -> None:
    rows = ({"n": n, "text": "星"} for n in range(3))
    document = json.loads("".join(json_with_lists({"days": 1.0}, {"none": iter(()), "rows": rows})))
    assert document == {"days": 1.0, "none": [], "rows": [{"n": n, "text": "星"} for n in range(3)]}
    assert json.loads("".join(json_with_lists({}, {"rows": iter([{"a": None}])}))) == {
        "rows": [{"a": None}]
    }
