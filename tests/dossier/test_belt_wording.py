"""What people read of the belt's history, and its picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.dossier.belt_plot import belt_picture
from hoshimori.dossier.belt_wording import (
    dwell_row,
    header,
    reversal_row,
    visit_row,
    visits_of,
    year_table,
)
from hoshimori.dossier.language import Language
from hoshimori.exercise.belt_years import TUG, VISITOR
from hoshimori.model.belt import BeltHistory
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import CompanyKind


@pytest.fixture(scope="module")
def history(years_of_belt: Callable[[float], ElementSets]) -> BeltHistory:
    return BeltHistoryDetector().history(years_of_belt(30.0))


def test_the_table_of_visits_tells_the_newest_first_and_leaves_out_known_kinds(
    history: BeltHistory,
) -> None:
    visits = visits_of(history)
    assert [c.kind for c in visits] == [CompanyKind.VISIT, CompanyKind.TOWED]
    row = visit_row(visits[0], history.names, Language.EN)
    assert row.came == "SIM VISITOR (90001)"
    assert row.beside == "SIM HOLDER 3 (90004)"
    assert row.slot == "55.10° E"
    assert row.seen == "2023-02-14 – 2023-07-14"
    assert row.possible == "2023-01-15 – 2023-08-13"
    assert row.days == "150–210"
    assert row.closest.startswith("51 (0–")
    assert row.kind == "visit, 2. of 2 times"
    assert row.arrival == "by its own doing"


def test_the_dwell_table_shows_what_is_not_known(history: BeltHistory) -> None:
    rows = [dwell_row(s, Language.EN) for s in history.stays if s.norad_id == VISITOR]
    assert rows[0].possible == "before 2020-01-01 – 2021-02-24"
    assert rows[-1].possible.endswith("– still there")
    assert rows[1].neighbours.startswith("SIM HOLDER 1 (90002) 59 (0–")
    assert rows[4].neighbours == "nobody"


def test_reversals_and_years(history: BeltHistory) -> None:
    (tug,) = [reversal_row(r, Language.EN) for r in history.reversals if r.norad_id == TUG]
    assert (tug.before[0], tug.after[0], tug.cause) == ("-", "+", "its own doing")
    head, *kinds = year_table(history, Language.EN)
    assert head == ("", "2020", "2021", "2022", "2023", "2024")
    assert dict((k[0], k[2]) for k in kinds)["docked and moved together"] == "1"


@pytest.mark.parametrize("language", Language)
def test_every_word_is_there_in_every_language(history: BeltHistory, language: Language) -> None:
    assert all("{" not in line for line in header(history, language))
    for stay in history.stays:
        dwell_row(stay, language)
    for one in history.company:
        visit_row(one, history.names, language)
    year_table(history, language)


def test_the_picture_is_one_accessible_svg_that_fetches_nothing(history: BeltHistory) -> None:
    drawn = belt_picture(history, VISITOR, Language.EN)
    root = ET.fromstring(drawn)
    assert root.tag.endswith("svg")
    assert root.find("{*}title") is not None
    assert "SIM HOLDER 1" in drawn
    assert 'href="http' not in drawn
    assert drawn == belt_picture(history, VISITOR, Language.EN)
