"""Screening a small made sky: rows, classes, stays, coverage, resuming, order, flags."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from hoshimori.errors import CoverageError, SettingsError, StoreError
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.findings import Relation
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_conclusion import ACT_PROBABILITY
from hoshimori.numerics.encounters import closest_approaches
from hoshimori.numerics.sgp4 import initialise
from hoshimori.workflows import screen_job
from hoshimori.workflows.screen import (
    Screening,
    ScreenPlan,
    ScreenRequest,
    checked_window,
    parts_of,
    passing_place,
    screen,
)
from hoshimori.workflows.screen_board import closest_passes, rows_of
from hoshimori.workflows.screen_job import Parts, ScreenJob, Span
from hoshimori.workflows.screen_places import Place, on_this_machine, place_named
from hoshimori.workflows.skies import Sky, made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
REQUEST = ScreenRequest(AS_OF, 1.0, 10.0)
STATION, SERVICER, COMSAT = 800_000_021, 800_000_006, 800_000_005
"""Of the made sky: a station with its modules, and a servicer docked to its client."""

pytestmark = pytest.mark.xdist_group("screen")


@pytest.fixture(scope="module")
def sky() -> Sky:
    return made_sky(seed=1, objects=500, as_of_utc=AS_OF)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screen")


@pytest.fixture(scope="module")
def whole(sky: Sky, folder: Path) -> Screening:
    return screen(sky, REQUEST, folder / "whole.parquet", ScreenPlan())


def test_rows_are_the_encounters_of_the_engine(sky: Sky, whole: Screening) -> None:
    sets = concatenate(sky.parts).newest()
    satellites = initialise(sets.mean_elements())
    found = closest_approaches(satellites, np.arange(len(sets)), AS_OF, 86_400.0, 10.0)
    table = whole.to_arrow()
    assert len(found) > 30
    pairs = np.sort(np.stack([found.primary, found.secondary]), axis=0)
    expected = sorted(
        (int(sets.norad_id[a]), int(sets.norad_id[b]), round(float(miss), 6))
        for a, b, miss in zip(*pairs, found.miss_km, strict=True)
    )
    columns = (table[name].to_pylist() for name in ("object_1", "object_2", "miss_km"))
    assert sorted((a, b, round(m, 6)) for a, b, m in zip(*columns, strict=True)) == expected


def test_the_table_is_sorted_and_says_what_it_is_of(whole: Screening) -> None:
    table = whole.to_arrow()
    times = table["tca_utc"].to_numpy()
    assert np.all(np.diff(times) >= np.timedelta64(0))
    said = json.loads(pq.read_metadata(whole.table).metadata[b"hoshimori"])
    assert said["threshold_km"] == 10.0
    assert said["reality"] == "SIMULATED"
    assert said["counts"]["conjunctions"] == len(table)
    assert said["start_utc"] == "2026-11-01T00:00:00.000Z"
    assert whole.summary.reality is Reality.SIMULATED
    assert pq.read_metadata(whole.stays).metadata[b"hoshimori"]


def test_counts_are_those_of_the_rows(whole: Screening) -> None:
    table, counts = whole.to_arrow(), whole.summary.counts
    for word, count in counts.by_relation.items():
        of_class = table.filter(pc.equal(table["relation"], word))
        pairs = set(zip(*(of_class[n].to_pylist() for n in ("object_1", "object_2")), strict=True))
        assert (count.conjunctions, count.pairs) == (len(of_class), len(pairs))
    assert sum(counts.by_pc_type.values()) == counts.conjunctions == len(table)
    assert counts.pairs == sum(count.pairs for count in counts.by_relation.values())
    assert counts.stays == pq.read_metadata(whole.stays).num_rows
    edges = pc.sum(table["at_window_edge"]).as_py() or 0
    assert counts.at_window_edge == edges


def test_docked_pairs_are_listed_and_have_no_rows(whole: Screening) -> None:
    docked = {(pair.object_1, pair.object_2) for pair in whole.summary.docked}
    assert (COMSAT, SERVICER) in docked
    assert sum(STATION in pair for pair in docked) >= 2
    table = whole.to_arrow()
    rows = set(zip(*(table[n].to_pylist() for n in ("object_1", "object_2")), strict=True))
    assert not rows & docked
    assert whole.summary.counts.by_relation["docked"].conjunctions == 0


def test_classes_are_told_apart(whole: Screening) -> None:
    counts = whole.summary.counts.by_relation
    assert counts["same_constellation"].pairs > 0
    assert counts["same_launch"].pairs > 0
    assert counts["unrelated"].pairs > 0
    names = whole.to_arrow().select(["name_1", "name_2", "relation"]).to_pylist()
    of_one = [row for row in names if row["relation"] == "same_constellation"]
    assert all(row["name_1"][:16] == row["name_2"][:16] for row in of_one)


def test_pairs_that_fly_along_are_formations_in_rows_and_stays(sky: Sky, folder: Path) -> None:
    """One object more, a kilometre or so behind another, of another launch."""
    sets = sky.parts[0].newest()
    row = int(np.flatnonzero(sets.norad_id == STATION)[0])
    follower = sets.take(np.array([row]))
    follower = replace(
        follower,
        norad_id=np.array([900_000_001]),
        object_name=np.array(["FOLLOWER"], follower.object_name.dtype),
        object_id=np.array(["1999-999A"], follower.object_id.dtype),
        mean_anomaly_deg=follower.mean_anomaly_deg - 0.02,
    )
    two = replace(sky, parts=(concatenate([sets.take(np.array([row])), follower]),))
    found = screen(two, REQUEST, folder / "two.parquet", ScreenPlan())
    (stay,) = rows_of(found.stays)
    assert stay["relation"] == "formation"
    assert stay["open_start"]
    assert stay["open_end"]
    assert {row["relation"] for row in rows_of(found.table)} <= {"formation"}
    assert found.summary.counts.by_relation["formation"].stays == 1


@pytest.mark.parametrize("memory_mib", [1, 251, 100_000])
def test_how_spans_are_cut_changes_no_byte(
    sky: Sky, whole: Screening, folder: Path, memory_mib: int
) -> None:
    again = screen(sky, REQUEST, folder / f"cut{memory_mib}.parquet", ScreenPlan(memory_mib))
    assert again.table.read_bytes() == whole.table.read_bytes()
    assert again.stays.read_bytes() == whole.stays.read_bytes()


def test_stays_do_not_depend_on_how_many_are_solved_at_once(
    sky: Sky, whole: Screening, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_job, "_SLOW_STEPS_AT_ONCE", 3)
    again = screen(sky, REQUEST, folder / "few.parquet", ScreenPlan())
    assert whole.summary.counts.stays > 0
    assert again.stays.read_bytes() == whole.stays.read_bytes()


def test_two_runs_are_identical_and_nothing_is_left_behind(
    sky: Sky, whole: Screening, folder: Path
) -> None:
    again = screen(sky, REQUEST, folder / "again.parquet", ScreenPlan())
    assert again.table.read_bytes() == whole.table.read_bytes()
    assert not parts_of(again.table).exists()


def test_permuting_the_objects_changes_nothing(sky: Sky, whole: Screening, folder: Path) -> None:
    rows = concatenate(sky.parts)
    order = np.random.default_rng(5).permutation(len(rows))
    shuffled = replace(sky, parts=(rows.take(order),))
    again = screen(shuffled, REQUEST, folder / "shuffled.parquet", ScreenPlan())
    assert again.table.read_bytes() == whole.table.read_bytes()
    assert again.stays.read_bytes() == whole.stays.read_bytes()


def test_two_sets_of_one_moment_are_chosen_from_by_content(sky: Sky, folder: Path) -> None:
    rows = sky.parts[0].newest()
    twins = replace(rows, mean_anomaly_deg=rows.mean_anomaly_deg + 0.01)
    tables = []
    for k, parts in enumerate(((rows, twins), (twins, rows))):
        found = screen(replace(sky, parts=parts), REQUEST, folder / f"t{k}.parquet", ScreenPlan())
        tables.append(found.table.read_bytes())
    assert tables[0] == tables[1]


def test_no_number_depends_on_a_flag(sky: Sky, whole: Screening, folder: Path) -> None:
    """Metamorphic: permuting owners of all objects changes nothing."""
    objects = {int(i): SpaceObject(int(i), owner="A") for i in sky.parts[0].norad_id}
    turned = {i: replace(o, owner="B" if i % 2 else "C") for i, o in objects.items()}
    tables = [
        screen(replace(sky, objects=own), REQUEST, folder / f"flag{k}.parquet", ScreenPlan())
        for k, own in enumerate((objects, turned))
    ]
    assert tables[0].table.read_bytes() == tables[1].table.read_bytes()


def test_some_against_all_are_the_rows_of_all_that_hold_them(
    sky: Sky, whole: Screening, folder: Path
) -> None:
    table = whole.to_arrow()
    asked = sorted({table["object_1"][0].as_py(), table["object_2"][-1].as_py(), STATION})
    request = replace(REQUEST, primaries=tuple(map(Asset, (*asked, 999_999_999))))
    some = screen(sky, request, folder / "some.parquet", ScreenPlan())
    assert some.summary.primaries == len(asked)
    assert some.summary.coverage.primaries_missing == (999_999_999,)

    def keys(rows: Iterator[dict[str, object]]) -> list[tuple[object, ...]]:
        return sorted(
            (*sorted((row["object_1"], row["object_2"])), row["tca_utc"])  # type: ignore[type-var]
            for row in rows
            if row["object_1"] in asked or row["object_2"] in asked
        )

    assert keys(rows_of(some.table)) == keys(rows_of(whole.table))
    assert all(row["object_1"] in asked for row in rows_of(some.table))
    assert all(STATION in (p.object_1, p.object_2) for p in some.summary.docked)


def stopping_after(count: int) -> Place:
    """Return a place at which someone presses Ctrl-C."""

    def place(job: ScreenJob, spans: Sequence[Span]) -> Iterator[tuple[Span, Parts]]:
        for done, finished in enumerate(on_this_machine(job, spans)):
            if done == count:
                raise KeyboardInterrupt
            yield finished

    return place


def test_a_screening_cut_short_goes_on_where_it_was(
    sky: Sky, whole: Screening, folder: Path
) -> None:
    output, seen = folder / "resumed.parquet", []
    plan = ScreenPlan(place=stopping_after(2))
    with pytest.raises(KeyboardInterrupt):
        screen(sky, REQUEST, output, plan)
    assert not output.exists()
    assert parts_of(output).is_dir()
    plan = ScreenPlan(on_progress=lambda done, of: seen.append((done, of)))
    resumed = screen(sky, REQUEST, output, plan)
    assert seen[0][0] > 0  # the first two spans were not computed again
    assert seen[-1][0] == seen[-1][1]
    assert resumed.table.read_bytes() == whole.table.read_bytes()
    assert resumed.stays.read_bytes() == whole.stays.read_bytes()


@pytest.mark.parametrize(
    "other",
    [{"threshold_km": 9.0}, {"days": 2.0}, {"start_utc": AS_OF + np.timedelta64(1, "h")}],
)
def test_parts_of_another_screening_are_not_mixed_in(
    sky: Sky, folder: Path, other: dict[str, object]
) -> None:
    output = folder / f"other{next(iter(other))}.parquet"
    plan = ScreenPlan(place=stopping_after(1))
    with pytest.raises(KeyboardInterrupt):
        screen(sky, REQUEST, output, plan)
    changed = replace(REQUEST, **other)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="begun with other"):
        screen(sky, changed, output, ScreenPlan())
    anew = screen(sky, changed, output, ScreenPlan(restart=True))
    assert anew.summary.threshold_km == changed.threshold_km


def test_a_changed_catalogue_is_another_screening(sky: Sky, folder: Path) -> None:
    output, plan = folder / "renewed.parquet", ScreenPlan(place=stopping_after(1))
    with pytest.raises(KeyboardInterrupt):
        screen(sky, REQUEST, output, plan)
    rows = sky.parts[0]
    moved = replace(rows, mean_anomaly_deg=rows.mean_anomaly_deg + 1e-4)
    with pytest.raises(StoreError, match="catalogue_sha256"):
        screen(replace(sky, parts=(moved,)), REQUEST, output, ScreenPlan())


def test_coverage_says_what_was_left_out(sky: Sky, folder: Path) -> None:
    rows = sky.parts[0].newest()
    epoch = rows.epoch_utc.copy()
    epoch[:3] -= np.timedelta64(60, "D")
    eccentricity = rows.eccentricity.copy()
    eccentricity[3:5] = 2.0
    lame = replace(sky, parts=(replace(rows, epoch_utc=epoch, eccentricity=eccentricity),))
    coverage = screen(lame, REQUEST, folder / "lame.parquet", ScreenPlan()).summary.coverage
    assert (coverage.too_old, coverage.refused) == (3, 2)
    assert coverage.screened == coverage.catalogued - 5
    assert coverage.radius_known == 0
    assert coverage.errors_of_own_history == 0


def test_radii_come_from_the_owner_then_from_lists_then_by_kind(sky: Sky, folder: Path) -> None:
    ids = [int(i) for i in sky.parts[0].newest().norad_id]
    known = {i: SpaceObject(i, hard_body_radius_m=2.0) for i in ids}
    stated = tuple(Asset(i, hard_body_radius_m=3.0) for i in ids)
    request = replace(REQUEST, primaries=stated)
    listed = screen(replace(sky, objects=known), REQUEST, folder / "l.parquet", ScreenPlan())
    owned = screen(replace(sky, objects=known), request, folder / "o.parquet", ScreenPlan())
    assert set(listed.to_arrow()["hard_body_radius_km"].to_pylist()) == {0.004}
    assert set(owned.to_arrow()["hard_body_radius_km"].to_pylist()) == {0.006}
    assert listed.summary.coverage.radius_known == len(ids)


def test_errors_are_judged_by_earlier_sets_where_there_are_enough(
    sky: Sky, whole: Screening, folder: Path
) -> None:
    newest = sky.parts[0].newest()
    # Its newest set under earlier epochs: of an object as badly known as can be.
    earlier = [
        replace(newest, epoch_utc=newest.epoch_utc - np.timedelta64(day, "D"))
        for day in range(1, 31)
    ]
    told = replace(sky, parts=(*earlier, newest))
    found = screen(told, REQUEST, folder / "told.parquet", ScreenPlan())
    assert found.summary.coverage.errors_of_own_history > 0
    assert found.summary.coverage.screened == whole.summary.coverage.screened
    assert found.to_arrow()["miss_km"].to_pylist() == whole.to_arrow()["miss_km"].to_pylist()
    assert found.to_arrow()["sigma_km"].to_pylist() != whole.to_arrow()["sigma_km"].to_pylist()


def test_errors_that_are_only_assumed_can_warn_but_never_relieve(whole: Screening) -> None:
    rows = list(rows_of(whole.table))
    for row in rows:
        warns = row["pc_type"] == "computed" and row["pc"] >= ACT_PROBABILITY
        assert (row["conclusion"] == "above_threshold") == warns
        if row["conclusion"] == "below_threshold":
            assert row["errors_1"] == row["errors_2"] == "own_history"
            assert not row["diluted"]
        assert (row["pc"] is None) == (row["pc_type"] == "none")
    counts = whole.summary.counts.by_conclusion
    counted = Counter(row["conclusion"] for row in rows)
    assert counted == {word: number for word, number in counts.items() if number}
    assert counted["no_conclusion"] > 0


def test_the_closest_pass_of_each_pair(whole: Screening) -> None:
    found = closest_passes(whole, relations=frozenset(Relation), most=None)
    assert len(found) == whole.summary.counts.pairs
    assert sum(one.passes for one in found) == whole.summary.counts.conjunctions
    assert [one.miss_km for one in found] == sorted(one.miss_km for one in found)
    best: dict[tuple[int, int], float] = {}
    for row in rows_of(whole.table):
        pair = (row["object_1"], row["object_2"])
        best[pair] = min(best.get(pair, 99.0), row["miss_km"])
    assert {(one.object_1, one.object_2): one.miss_km for one in found} == best
    few = closest_passes(whole, relations=frozenset({Relation.UNRELATED}), most=3)
    assert len(few) == 3
    assert {one.relation for one in few} == {Relation.UNRELATED}


def test_nothing_to_screen_is_said(sky: Sky, folder: Path) -> None:
    late = replace(REQUEST, start_utc=AS_OF + np.timedelta64(400, "D"))
    with pytest.raises(CoverageError, match="--start"):
        screen(sky, late, folder / "late.parquet", ScreenPlan())
    nobody = replace(REQUEST, primaries=(Asset(999_999_999),))
    with pytest.raises(CoverageError, match="none of the primaries"):
        screen(sky, nobody, folder / "nobody.parquet", ScreenPlan())


def test_a_sky_without_conjunctions_gives_empty_tables(sky: Sky, folder: Path) -> None:
    lonely = replace(sky, parts=(sky.parts[0].newest().take(slice(0, 1)),))
    found = screen(lonely, REQUEST, folder / "lonely.parquet", ScreenPlan())
    assert len(found.to_arrow()) == 0
    assert found.summary.counts.pairs == 0
    assert closest_passes(found, relations=frozenset(Relation), most=None) == ()


@pytest.mark.parametrize(
    ("days", "threshold_km"), [(0.0, 5.0), (61.0, 5.0), (1.0, 0.0), (1.0, 1e3)]
)
def test_windows_that_cannot_be_meant(days: float, threshold_km: float) -> None:
    with pytest.raises(SettingsError, match="expected more than 0"):
        checked_window(days, threshold_km)


def test_places_have_names() -> None:
    assert place_named("local") is on_this_machine
    with pytest.raises(SettingsError, match="--on mars"):
        place_named("mars")


def test_without_an_output_nothing_stays(sky: Sky) -> None:
    with passing_place(None) as output:
        found = screen(sky, replace(REQUEST, days=0.2), output, ScreenPlan())
        assert found.table.exists()
    assert not output.parent.exists()


def test_every_column_of_element_sets_is_digested_or_says_nothing_of_the_orbit() -> None:
    from hoshimori.workflows import screen_sky  # noqa: PLC0415 - what it leaves out

    names = {field.name for field in fields(ElementSets)}
    assert names >= screen_sky._NOT_DIGESTED
    assert not {n for n in screen_sky._NOT_DIGESTED if n.endswith(("_deg", "_day", "_er"))}
