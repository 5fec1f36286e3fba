"""What is hidden is not there: rows, names, sources, maps, reports and assets."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import CoverageError
from hoshimori.formats.markings import write_marking
from hoshimori.formats.report_fields import report_of
from hoshimori.model.access import HOME, Audience
from hoshimori.model.assets import Asset
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.markings import Level, Marking
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.settings import MarkingSettings, Settings, marking_of
from hoshimori.workflows.audience import permitted, permitted_objects
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.skies import made_sky

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
SOURCES = (
    Provenance("celestrak", "1" * 64),
    Provenance("space-track", "2" * 64),
    Provenance("canary-file.csv", "3" * 64),
)
MARKINGS = st.builds(
    Marking,
    st.sampled_from(Level),
    st.none() | st.frozensets(st.sampled_from(("JPN", "USA", "AUS"))),
    st.frozensets(st.sampled_from(("ORCON", "SOURCE TERMS"))),
)
LIMITS = MARKINGS.filter(lambda marking: marking.level <= Level.AMBER)
AUDIENCES = st.builds(Audience, st.sampled_from(("USA", "AUS")), LIMITS) | st.builds(
    Audience, st.none(), MARKINGS
)
USA_GREEN = Audience("USA", Marking(Level.GREEN))


def element_sets(rows: list[tuple[int, int, int]]) -> ElementSets:
    """Return sets of (object, hours before the moment, source); names tell both apart."""
    columns = {name: np.zeros(len(rows), dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.array([i for i, _, _ in rows], np.int64)
    names = [f"OBJECT {i} {SOURCES[s].source}" for i, _, s in rows]
    columns["object_name"] = np.array(names, COLUMNS["object_name"])
    hours = np.array([h for _, h, _ in rows], "timedelta64[h]")
    columns["epoch_utc"] = np.datetime64("2026-11-01", "us") - hours
    columns["known_utc"] = columns["epoch_utc"]
    columns["provenance_index"] = np.array([s for _, _, s in rows], np.int32)
    return ElementSets(**columns, provenances=SOURCES)


def report(marking: Marking, text: str):
    values = {
        "statement": "service_kept", "objects": [1], "text": text, "source": "its operator",
        "grade": "A2", "start_utc": "2026-10-30T00:00:00Z", "known_utc": "2026-10-31T00:00:00Z",
    }  # fmt: skip
    return report_of(values, marking=marking, reality=Reality.REAL)


def picture_of_rows(rows: list[tuple[int, int, int]], reports: tuple = ()) -> Picture:  # type: ignore[type-arg]
    sets = element_sets(rows).sorted_by_object()
    objects = {i: SpaceObject(i, f"LISTED {i}", sources=(SOURCES[s].source,)) for i, _, s in rows}
    cells = IntegrityCells(
        cell=np.arange(3, dtype=np.uint64), day_utc=np.full(3, np.datetime64("2026-10-30")),
        good=np.full(3, 10), bad=np.zeros(3, np.int64),
        provenance_index=np.arange(3, dtype=np.int32), provenances=SOURCES,
    )  # fmt: skip
    return Picture(
        AS_OF, sets.newest(), sets, (Asset(1, "CANARY ASSET"),), 3.0, objects, cells, reports
    )


def with_markings(celestrak: Marking, space_track: Marking, file: Marking) -> Settings:
    return Settings(
        markings=MarkingSettings(
            celestrak=write_marking(celestrak),
            space_track=write_marking(space_track),
            file=write_marking(file),
        )
    )


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 900), st.integers(0, 2)),
        max_size=12,
        unique_by=lambda row: row[:2],
    ),
    st.tuples(MARKINGS, MARKINGS, MARKINGS),
    st.lists(MARKINGS, max_size=3),
    AUDIENCES,
)
def test_nothing_that_is_left_is_more_visible_than_its_label(
    rows: list[tuple[int, int, int]],
    markings: tuple[Marking, Marking, Marking],
    of_reports: list[Marking],
    audience: Audience,
) -> None:
    tree = with_markings(*markings)
    whole = picture_of_rows(rows, tuple(report(m, f"text {k}") for k, m in enumerate(of_reports)))
    seen = {p.source for p in SOURCES if audience.may_see(marking_of(p, tree))}
    expected = [row for row in rows if SOURCES[row[2]].source in seen]
    fresh = {i for i, hours, _ in expected if hours <= 30 * 24}
    if len(whole.newest) and not fresh:
        with pytest.raises(CoverageError, match="nothing is known that may be shown"):
            permitted(whole, audience, tree)
        return
    left = permitted(whole, audience, tree)
    for sets in (left.history, left.newest):
        assert {p.source for p in sets.provenances} <= seen
        named = {sets.provenances[k].source for k in sets.provenance_index}
        assert named == {p.source for p in sets.provenances}
        for name, index in zip(sets.object_name, sets.provenance_index, strict=True):
            assert str(name).endswith(sets.provenances[index].source)
    assert len(left.history) == len(expected)
    assert set(left.newest.norad_id.tolist()) == fresh
    assert all({*item.sources} <= seen for item in left.objects.values())
    if left.integrity is not None:
        assert {p.source for p in left.integrity.provenances} <= seen
        assert len(left.integrity) == len(seen)
    assert (left.integrity is None) == (not seen)
    assert all(audience.may_see(one.marking) for one in left.reports)
    assert len(left.reports) == sum(audience.may_see(one.marking) for one in whole.reports)
    assert bool(left.assets) == audience.may_see(markings[2])


def test_the_house_sees_the_picture_itself() -> None:
    whole = picture_of_rows([(1, 1, 0)])
    assert permitted(whole, HOME, Settings()) is whole


def test_an_older_set_that_may_be_seen_stands_in_for_a_hidden_newer_one() -> None:
    whole = picture_of_rows([(1, 1, 1), (1, 30, 0), (2, 1, 1), (3, 40 * 24, 0)])
    left = permitted(whole, USA_GREEN, Settings())
    assert left.newest.object_name.tolist() == ["OBJECT 1 celestrak"]
    assert set(left.history.norad_id.tolist()) == {1, 3}
    assert left.newest.provenances == (SOURCES[0],)


def test_what_was_put_together_from_a_hidden_source_is_not_shown_at_all() -> None:
    whole = picture_of_rows([(1, 1, 0)])
    mixed = {1: SpaceObject(1, "SECRET NAME", sources=("canary-file.csv", "celestrak"))}
    assert not permitted(replace(whole, objects=mixed), USA_GREEN, Settings()).objects
    unsourced = {1: SpaceObject(1, "SECRET NAME")}
    assert not permitted(replace(whole, objects=unsourced), USA_GREEN, Settings()).objects


def test_assets_of_ones_own_are_marked_as_files_and_the_public_list_is_open() -> None:
    public = assets_from("")[:2]
    whole = replace(picture_of_rows([(1, 1, 0)]), assets=(*public, Asset(9, "OURS")))
    assert permitted(whole, USA_GREEN, Settings()).assets == public
    stated = permitted(whole, USA_GREEN, Settings(), assets_marking=Marking(Level.GREEN))
    assert stated.assets == whole.assets


def test_a_made_sky_shows_its_assets_and_objects_as_it_is_marked() -> None:
    sky = made_sky(seed=3, objects=200, as_of_utc=np.datetime64("2026-11-01", "us"))
    whole = sky.picture(assets=sky.assets, days_ahead=1.0)
    left = permitted(whole, USA_GREEN, Settings())
    assert left.assets == whole.assets
    assert left.objects == whole.objects
    hidden = Settings(markings=MarkingSettings(made_sky="TLP:RED"))
    with pytest.raises(CoverageError):
        permitted(whole, USA_GREEN, hidden)


def test_every_part_of_a_picture_is_thought_of() -> None:
    """A new field of a picture must be looked at in `permitted` before it is shown to partners."""
    assert {f.name for f in fields(Picture)} == {
        "as_of_utc", "newest", "history", "assets", "days_ahead", "objects", "integrity", "reports",
        "passages",
        "receivers",
        "signals",
    }  # fmt: skip


def test_what_people_brought_into_a_made_sky_is_not_of_it() -> None:
    made = (Provenance("synthetic sky, seed 1", "0" * 64, Reality.SIMULATED),)
    open_to_all = Audience("ACME", Marking(Level.CLEAR))
    for source, is_shown in (("synthetic sky", True), ("brought/synthetic sky", False)):
        objects = {7: SpaceObject(7, "CANARY", sources=(source,))}
        shown = permitted_objects(objects, open_to_all, Settings(), made)
        assert (7 in shown) == is_shown
