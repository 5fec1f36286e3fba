"""Histories from files to manoeuvres: made orbits with burns, in every order and any parts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.manoeuvre import ManoeuvreRule
from hoshimori.errors import CoverageError, FormatError
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.formats.parquet import write_parquet
from hoshimori.model.elements import COLUMNS, ElementSets, concatenate
from hoshimori.model.manoeuvres import Doubt, Manoeuvres
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.workflows import manoeuvres as workflow
from hoshimori.workflows.histories import Histories, histories_of, histories_of_files
from hoshimori.workflows.manoeuvres import as_json, manoeuvres

START = np.datetime64("2025-01-01T00:00:00", "us")
SPEED_M_S = 7450.0
SETS, BURN_AT, DV_M_S = 60, 30, 0.05


def orbit(norad_id: int, dv_m_s: float = 0.0, at_set: int = BURN_AT) -> dict[str, np.ndarray]:
    """Return daily sets at ascending nodes of a polar orbit; only the perigee precesses."""
    rng = np.random.default_rng(norad_id)
    motion = np.full(SETS, 14.2)
    motion[at_set:] *= 1.0 - 3.0 * dv_m_s / SPEED_M_S
    days = np.concatenate(([0.0], np.cumsum(14.0 / motion[:-1])))
    return {
        "norad_id": np.full(SETS, norad_id),
        "epoch_utc": START + (days * 86400e6).astype("timedelta64[us]"),
        "mean_motion_rev_day": motion * (1.0 + 2e-8 * rng.standard_normal(SETS)),
        "eccentricity": np.full(SETS, 1e-4),
        "inclination_deg": np.full(SETS, 90.0),
        "raan_deg": np.full(SETS, 30.0),
    }


def made(*orbits: dict[str, np.ndarray], reality: Reality = Reality.SIMULATED) -> ElementSets:
    rows = sum(len(one["norad_id"]) for one in orbits)
    columns = {}
    for name, dtype in COLUMNS.items():
        parts = [one.get(name, np.zeros(len(one["norad_id"]))) for one in orbits]
        columns[name] = (
            np.concatenate(parts).astype(dtype) if dtype.kind != "T" else np.full(rows, "", dtype)
        )
    columns["known_utc"] = columns["epoch_utc"]
    columns["object_name"] = np.array([f"SAT {i}" for i in columns["norad_id"]], dtype="T")
    return ElementSets(**columns, provenances=(Provenance("made", "", reality),))


SKY = made(orbit(5, DV_M_S), *(orbit(i) for i in range(6, 30)))


def found(histories: Histories) -> Manoeuvres:
    return manoeuvres(histories).manoeuvres


def test_one_burn_among_many_objects_is_found_with_its_size_and_time() -> None:
    rows = found(histories_of(SKY))
    assert rows.norad_id.tolist() == [5]
    two_per_cent = 0.02
    assert rows.in_track_m_s[0] == pytest.approx(DV_M_S, rel=two_per_cent)
    assert rows.delta_v_low_m_s[0] < DV_M_S < rows.delta_v_high_m_s[0]
    assert abs(rows.burn_utc[0] - SKY.epoch_utc[BURN_AT]) < np.timedelta64(2, "h")
    assert rows.start_utc[0] < rows.time_utc[0]
    assert rows.dated[0]
    assert 0.0 < rows.p_value[0] < 1e-3


def test_every_object_has_a_floor_below_which_nothing_could_be_seen() -> None:
    watched = manoeuvres(histories_of(SKY)).watched
    assert watched.norad_id.tolist() == list(range(5, 30))
    assert (watched.steps > 50).all()
    # Nine spreads of 0.1 mm/s, the least in low orbits; noise of 2e-8 is 0.05 mm/s.
    np.testing.assert_allclose(watched.in_track_floor_m_s, 9e-4, rtol=0.5)
    assert (watched.cross_track_floor_m_s >= 0.36).all()


def test_formats_order_and_parts_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = found(histories_of(SKY))
    mixed = SKY.take(np.random.default_rng(1).permutation(len(SKY)))
    (tmp_path / "a.parquet").write_bytes(write_parquet(mixed))
    (tmp_path / "b.csv").write_bytes(write_omm_csv(SKY))
    monkeypatch.setattr(workflow, "_ROWS_AT_ONCE", 100)
    for name in ("a.parquet", "b.csv", ""):
        rows = found(histories_of_files([tmp_path / name]))
        for column in ("norad_id", "time_utc", "in_track_m_s", "strength", "p_value"):
            np.testing.assert_allclose(
                getattr(rows, column).astype(float), getattr(expected, column).astype(float)
            )


def test_only_the_objects_asked_for_are_judged() -> None:
    report = manoeuvres(histories_of(SKY, objects=frozenset({6, 7})))
    assert report.watched.norad_id.tolist() == [6, 7]
    with pytest.raises(CoverageError, match="no element set"):
        histories_of(SKY, objects=frozenset({999}))


def test_what_shows_before_a_moment_is_left_out() -> None:
    later = START + np.timedelta64(50, "D")
    assert len(manoeuvres(histories_of(SKY), since_utc=later).manoeuvres) == 0


def test_too_short_a_history_is_counted_not_judged() -> None:
    short = SKY.take(np.flatnonzero(SKY.norad_id == 5)[:10])
    report = manoeuvres(histories_of(short))
    assert report.watched.steps.tolist() == [0]
    assert np.isnan(report.watched.in_track_floor_m_s).all()


def test_swapped_identities_are_dismissed_with_the_reason() -> None:
    own, other = orbit(40), orbit(41, dv_m_s=1.0, at_set=0)
    swapped = slice(30, 36)
    own["mean_motion_rev_day"][swapped] = other["mean_motion_rev_day"][swapped]
    # The other stands 2 degrees ahead at first and, being higher, falls behind day by day.
    days = (own["epoch_utc"] - own["epoch_utc"][30]) / np.timedelta64(1, "D")
    own["mean_anomaly_deg"] = np.zeros(SETS)
    ahead_deg = 2.0 - 360.0 * 14.2 * 3.0 / SPEED_M_S * days
    own["mean_anomaly_deg"][swapped] = ahead_deg[swapped] % 360.0
    report = manoeuvres(histories_of(made(own)))
    assert len(report.manoeuvres) == 0
    assert report.dismissed.doubt.tolist() == [Doubt.SWAPPED, Doubt.SWAPPED]


def test_chance_is_limited_where_many_steps_are_examined() -> None:
    """Noise with heavy tails alone: what reaches the threshold is left out, nearly all of it."""
    rng = np.random.default_rng(7)
    noisy = []
    for norad_id in range(100, 200):
        one = orbit(norad_id)
        walk = np.cumsum(rng.standard_t(2.0, SETS)) * 2e-8
        one["mean_motion_rev_day"] = 14.2 * (1.0 + walk)
        noisy.append(one)
    rule = ManoeuvreRule(threshold=5.0)
    report = manoeuvres(histories_of(made(*noisy)), rule=rule)
    assert len(report.dismissed) > 10
    assert len(report.manoeuvres) <= 0.3 * len(report.dismissed)
    assert (report.dismissed.p_value[report.dismissed.doubt == 2] > report.chance_limit).all()


def test_the_json_document_holds_all_and_keeps_its_promise() -> None:
    document = json.loads("".join(as_json(manoeuvres(histories_of(SKY)))))
    (row,) = document["manoeuvres"]
    promised = {
        "norad_id", "start_utc", "end_utc", "time_utc", "delta_v_m_s", "components_rtn_m_s",
        "kind", "p_value",
    }  # fmt: skip
    assert promised <= row.keys()
    assert (row["norad_id"], row["object_name"], row["kind"]) == (5, "SAT 5", "impulsive")
    assert row["start_utc"].endswith("Z")
    assert len(document["objects"]) == 25
    assert document["reality"] == "SIMULATED"


def test_the_table_names_every_object() -> None:
    table = manoeuvres(histories_of(SKY)).to_arrow()
    assert table.column_names[:2] == ["norad_id", "object_name"]
    assert table["object_name"].to_pylist() == ["SAT 5"]


def test_of_two_sets_with_one_epoch_the_later_read_stands() -> None:
    wrong = replace(SKY, mean_motion_rev_day=SKY.mean_motion_rev_day + 0.1)
    both = histories_of_sets(wrong, SKY)
    np.testing.assert_array_equal(
        both.mean_elements(slice(0, 60)).mean_motion_kozai_rad_min,
        histories_of(SKY).mean_elements(slice(0, 60)).mean_motion_kozai_rad_min,
    )


def histories_of_sets(*parts: ElementSets) -> Histories:
    return histories_of(concatenate(parts))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(FormatError, match=r"bad\.parquet"):
        histories_of_files([tmp_path])
