"""Screening objects by their ephemerides gives what their element sets give, or says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from hoshimori.errors import SettingsError
from hoshimori.formats.oem_writing import write_oem_kvn
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.workflows.ephemerides import earth_now, ephemerides_in, tabulated
from hoshimori.workflows.screen import ScreenPlan, ScreenRequest, screen
from hoshimori.workflows.screen_sky import screened_sky
from hoshimori.workflows.screen_tables import numbers_of
from hoshimori.workflows.skies import Sky, made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
EARTH = earth_now()
ROWS = tuple(range(7, 500, 25))
REQUEST = ScreenRequest(AS_OF, 0.5, 100.0)

pytestmark = pytest.mark.xdist_group("screen")


@pytest.fixture(scope="module")
def sky() -> Sky:
    return made_sky(seed=1, objects=500, as_of_utc=AS_OF)


@pytest.fixture(scope="module")
def chosen(sky: Sky) -> ElementSets:
    """Every 25th object by number."""
    return concatenate(sky.parts).newest().take(np.array(ROWS))


def own_ephemerides(sets: ElementSets, ids: list[str], hours: float = 13.0) -> list[Ephemeris]:
    """Return what operators of these objects would send, a state a minute, 30 min beforehand."""
    t_s = np.arange(-1800.0, hours * 3600.0, 60.0)
    times = AS_OF + (t_s * 1e6).astype("timedelta64[us]")
    states = propagate(initialise(sets.mean_elements()), AS_OF, t_s)
    return [
        Ephemeris("OWN", own_id, "EARTH", "TEME", "UTC", times, r, v, times[0], times[-1])
        for own_id, r, v in zip(
            ids, states.position_teme_km, states.velocity_teme_km_s, strict=True
        )
    ]


def comparable(table: pa.Table, numbers: dict[int, int]) -> list[tuple[int, int, float, str]]:
    columns = (table[name].to_pylist() for name in ("object_1", "object_2", "miss_km", "relation"))
    rows = []
    for first, second, miss_km, relation in zip(*columns, strict=True):
        pair = sorted((numbers.get(first, first), numbers.get(second, second)))
        rows.append((*pair, round(miss_km, 5), relation))
    return sorted(rows)


def test_an_ephemeris_takes_the_place_of_the_element_set(
    sky: Sky, chosen: ElementSets, tmp_path: Path
) -> None:
    assets = tuple(Asset(int(number)) for number in chosen.norad_id)
    plain = screen(
        sky, replace(REQUEST, primaries=assets), tmp_path / "plain.parquet", ScreenPlan()
    )
    (tmp_path / "own").mkdir()
    for one in own_ephemerides(chosen, [str(number) for number in chosen.norad_id]):
        message = write_oem_kvn([one], originator="TESTER", created_utc=AS_OF)
        (tmp_path / "own" / f"{one.object_id}.oem").write_bytes(message)
    tables = tabulated(ephemerides_in([tmp_path / "own"]), EARTH)
    found = screen(
        sky, replace(REQUEST, ephemerides=tables), tmp_path / "own.parquet", ScreenPlan()
    )
    assert len(plain.to_arrow()) > 20
    assert comparable(found.to_arrow(), {}) == comparable(plain.to_arrow(), {})
    assert found.summary.primaries == plain.summary.primaries == len(ROWS)
    assert found.summary.coverage.screened == plain.summary.coverage.screened
    assert found.summary.catalogue_sha256 != plain.summary.catalogue_sha256
    of_own = np.isin(found.to_arrow()["object_1"].to_numpy(), chosen.norad_id)
    age_days = found.to_arrow()["age_1_days"].to_numpy()
    tca_days = (found.to_arrow()["tca_utc"].to_numpy() - AS_OF) / np.timedelta64(1, "D")
    np.testing.assert_allclose(age_days[of_own], tca_days[of_own] + 1.0 / 48.0, atol=1e-9)


def test_an_object_of_no_known_number_gets_a_number_of_its_own(
    sky: Sky, chosen: ElementSets, tmp_path: Path
) -> None:
    names = [f"L{k}" for k in range(len(ROWS))]
    tables = tabulated(own_ephemerides(chosen, names), EARTH)
    found = screen(sky, replace(REQUEST, ephemerides=tables), tmp_path / "a.parquet", ScreenPlan())
    numbers = {-k - 1: int(number) for k, number in enumerate(chosen.norad_id)}
    own = {*found.to_arrow()["object_1"].to_pylist(), *found.to_arrow()["object_2"].to_pylist()}
    assert own & set(numbers)
    # Each is also met by what its companions' element sets say, and by those of the other tables.
    plain = screen(
        sky, replace(REQUEST, primaries=tuple(Asset(n) for n in numbers.values())),
        tmp_path / "b.parquet", ScreenPlan(),
    )  # fmt: skip
    pairs = {row[:3] for row in comparable(found.to_arrow(), numbers)}
    assert {row[:3] for row in comparable(plain.to_arrow(), {})} <= pairs


def test_numbers_are_what_a_file_states_or_the_catalogue_knows(chosen: ElementSets) -> None:
    chosen = chosen.take(np.arange(5))
    states = own_ephemerides(chosen, ["2020-001B", "44476", "2020-001A", "", "L74"])
    named = [replace(e, object_name=n) for e, n in zip(states, ["A", "B", "C", "25544", "E"],
                                                       strict=True)]  # fmt: skip
    sets = replace(chosen, object_id=np.array(["2020-001A", "2020-001B", "", "", "2020-001A"]))
    numbers = numbers_of(tabulated(named, EARTH), sets)
    # 2020-001A is two objects of this catalogue, and so neither.
    assert numbers.tolist() == [int(chosen.norad_id[1]), 44476, -3, 25544, -5]


def test_two_ephemerides_of_one_object_are_refused(sky: Sky, chosen: ElementSets) -> None:
    first, second, *_ = own_ephemerides(chosen, ["44476"] * len(ROWS))
    tables = tabulated([first, replace(second, object_name="OTHER")], EARTH)
    with pytest.raises(SettingsError, match="two ephemerides are of object 44476: OTHER"):
        screened_sky(sky, None, AS_OF, 0.5, tables)


def test_an_ephemeris_that_ends_early_is_counted_as_such(sky: Sky, chosen: ElementSets) -> None:
    ids = [f"L{k}" for k in range(len(ROWS))]
    whole, short = (
        screened_sky(sky, None, AS_OF, 0.5, tabulated(own_ephemerides(chosen, ids, h), EARTH))
        for h in (13.0, 6.0)
    )
    assert short.coverage.decaying == whole.coverage.decaying + len(ROWS)
    assert short.primaries is not None
    assert short.element_sets.norad_id[short.primaries].tolist() == list(range(-20, 0))
