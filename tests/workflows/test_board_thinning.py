"""Old boards are thinned to one an hour, then one a day; those that told of something stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.composed import ComposedDossier, ComposingState, DossierOrder
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.floor import KeptBoard
from hoshimori.model.incident_life import Change, ChangeKind, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.provenance import Reality
from hoshimori.store import DossierShelf, open_boards, open_journal
from hoshimori.workflows.board_thinning import (
    Lasting,
    ThinningRule,
    boards_to_drop,
    lasting_of,
    thin_boards,
)

NOW = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
RULE = ThinningRule(7.0, 90.0)
NOTHING = Lasting()


def board(minutes_ago: int, audience: str = "home") -> KeptBoard:
    at = NOW - timedelta(minutes=minutes_ago)
    return KeptBoard(f"{audience}-{minutes_ago}", at, at, audience, "0" * 64)


def left(
    boards: list[KeptBoard], lasting: Lasting = NOTHING, now_utc: datetime = NOW
) -> list[KeptBoard]:
    dropped = set(boards_to_drop(boards, RULE, lasting, now_utc))
    return [one for one in boards if one not in dropped]


def test_all_of_a_week_then_one_an_hour_then_one_a_day() -> None:
    boards = [board(minutes) for minutes in range(0, 120 * 1440, 20)]
    kept = sorted(one.as_of_utc for one in left(boards))
    ages = [(NOW - at) / timedelta(days=1) for at in kept]
    assert sum(age <= 7.0 for age in ages) == 7 * 72 + 1
    hours = [at for at, age in zip(kept, ages, strict=True) if 7.0 < age <= 90.0]
    assert len(hours) == 83 * 24
    assert {b - a for a, b in pairwise(hours)} == {timedelta(hours=1)}
    days = [at for at, age in zip(kept, ages, strict=True) if age > 90.5]
    assert {b - a for a, b in pairwise(days[1:])} == {timedelta(days=1)}  # the first began at noon
    assert len(days) == 31


def test_what_told_of_something_or_was_relied_on_stays() -> None:
    boards = [board(minutes) for minutes in range(0, 30 * 1440, 20)]
    staying = set(left(boards))
    gone = [one for one in boards if one not in staying]
    told, relied = gone[5], gone[50]
    lasting = Lasting(
        frozenset({told.as_of_utc}), frozenset({relied.made_utc + timedelta(minutes=19)})
    )
    without, kept = left(boards), left(boards, lasting)
    assert {told, relied}.isdisjoint(without)
    assert set(kept) - set(without) == {told, relied}


def test_the_newest_of_each_audience_stays() -> None:
    boards = [board(40_000), board(39_990), board(40_001, "USA"), board(40_000, "USA")]
    assert [one.view_id for one in left(boards)] == [one.view_id for one in boards]


_AGES = st.lists(st.integers(0, 100 * 1440), min_size=1, max_size=60, unique=True)


@given(ages=_AGES, keep=st.sets(st.integers(0, 59)), days=st.integers(1, 60))
def test_thinning_often_ends_where_thinning_once_does(
    ages: list[int], keep: set[int], days: int
) -> None:
    boards = [board(age) for age in ages]
    lasting = Lasting(frozenset(boards[k].as_of_utc for k in keep if k < len(boards)))
    often = boards
    for day in range(0, days + 1, 5):
        often = left(often, lasting, NOW + timedelta(days=day))
    end = NOW + timedelta(days=days // 5 * 5)
    once = left(boards, lasting, end)
    assert often == once
    assert left(once, lasting, end) == once
    # No hour of the last 90 days, and no day at all, is left without a board that it had.
    for one in boards:
        at, kept = one.as_of_utc, [k.as_of_utc for k in once]
        assert any(k.date() == at.date() for k in kept)
        if end - at <= timedelta(days=90):
            assert any((k.date(), k.hour) == (at.date(), at.hour) for k in kept)
        if end - at <= timedelta(days=7) or at in lasting.told_utc:
            assert one in once


LIFE = Life(
    incident_id="INC-1",
    series_id="S",
    state=LifeState.NEW,
    direction=Direction.TO,
    assets=(5,),
    others=(),
    attention=Attention.LOG,
    confidence=Confidence.LOW,
    rarity=Interval(0.0, 0.5, 1.0),
    reality=Reality.TEST,
    start_utc=NOW,
    end_utc=NOW,
    findings=(),
    opened_utc=NOW,
    changed_utc=NOW,
    since_utc=NOW,
)


def test_the_journal_and_dossiers_say_which_boards_stay(tmp_path: Path) -> None:
    hours = [NOW + timedelta(hours=h) for h in range(7)]
    steps = [
        (ChangeKind.OPENED, Attention.LOG),
        (ChangeKind.UPDATED, Attention.LOG),
        (ChangeKind.UPDATED, Attention.LOOK),
        (ChangeKind.CONTINUED, Attention.LOOK),
        (ChangeKind.CLOSED, Attention.LOOK),
    ]
    shelf = DossierShelf(tmp_path)
    order = DossierOrder(
        "DOS-0123456789", "INC-1", "v", hours[1], ("en",), (), "", "me", hours[3]
    )  # fmt: skip
    shelf.keep(ComposedDossier(order, ComposingState.READY))
    with open_journal(tmp_path) as journal:
        for at, (kind, attention) in zip(hours, steps, strict=False):
            with journal.transaction():
                # As where the clock was set back: what counts is when the board was made.
                change = Change(kind, at + timedelta(days=1), replace(LIFE, attention=attention))
                journal.append_changes([change], recorded_utc=at)
        lasting = lasting_of(journal, shelf)
    assert lasting.told_utc == {hours[0], hours[1], hours[2], hours[4]}
    assert lasting.relied_utc == {hours[3]}


def test_what_is_thinned_stays_written(tmp_path: Path) -> None:
    made = [board(minutes) for minutes in (12_000, 11_990, 11_980, 0)]
    with open_boards(tmp_path) as boards:
        for one in made:
            boards.append(
                "{}",
                view_id=one.view_id,
                audience=one.audience,
                as_of_utc=one.as_of_utc,
                made_utc=one.made_utc,
            )
        assert boards.thinned("home") == ()
        dropped = thin_boards(boards, RULE, NOTHING, NOW)
        assert [one.view_id for one in dropped] == ["home-11990", "home-11980"]
        assert thin_boards(boards, RULE, NOTHING, NOW) == ()
    with open_boards(tmp_path) as boards:
        assert [one.view_id for one in boards.thinned("home")] == ["home-11990", "home-11980"]
        assert boards.thinned("USA") == ()
        assert len(boards.every_one()) == 2
        assert boards.board_json("home-11980", "home") is None
