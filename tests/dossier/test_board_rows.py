"""The board as rows: order, shapes, what leads an incident, and the calm summary."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hoshimori.dossier.blind_spots import blind_spots, failures
from hoshimori.dossier.board_rows import board_rows, mark_of, summary
from hoshimori.dossier.language import Language
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality

EN, JA = Language.EN, Language.JA


def test_rows_keep_the_order_of_the_board(boards: Any) -> None:
    story = boards.story()
    rows = board_rows(story, EN)
    assert [row.incident_id for row in rows] == [i.incident_id for i in story.incidents]
    assert rows[0].mark == "◆"
    assert rows[0].more == "and 2 more findings"
    assert rows[0].range == "62–94 km"


def test_every_attention_has_its_own_shape() -> None:
    assert len({mark_of(attention) for attention in Attention}) == len(Attention)


def test_a_row_is_told_by_the_finding_that_decides(boards: Any) -> None:
    burn, near = boards.manoeuvre(), boards.proximity()
    one = boards.incident(near, burn, attention=Attention.LOOK)
    (row,) = board_rows(boards.board([one], [burn, near]), EN)
    assert "INTELSAT 39" in row.what
    assert row.more == "and 1 more finding"


def test_a_row_without_range_and_with_its_reality(boards: Any) -> None:
    overdue = boards.anomaly(reality=Reality.EXERCISE)
    one = boards.incident(overdue, attention=Attention.WATCH)
    (row,) = board_rows(boards.board([one], [overdue]), JA)
    assert row.range == ""
    assert row.more == ""
    assert row.reality is Reality.EXERCISE


def test_the_summary_of_a_quiet_board(boards: Any) -> None:
    assert summary(boards.board([], [], days_ahead=1.0), EN) == (
        "Nothing needs a look now.",
        "3 assets were watched against 27,012 objects over the next day.",
    )


def test_the_summary_counts_and_owns_up(boards: Any) -> None:
    told = " ".join(summary(boards.story(), EN))
    assert "1 incident needs a look now." in told
    assert "2 are worth watching, 28 are routine and logged." in told
    assert "1 detector failed" in told


def test_blind_spots_name_the_assets_without_elements(boards: Any) -> None:
    told = " ".join(blind_spots(boards.story(), EN))
    assert "143 of 27,012 objects" in told
    assert "Object 100000001" in told
    assert "no manoeuvre can be seen" in told
    assert failures(boards.story(), EN) == ("The detector manoeuvre/1 failed: no history at hand.",)


def test_blind_spots_of_a_full_history(boards: Any) -> None:
    full = boards.coverage(not_propagated=0, assets=(), element_sets=90_000)
    told = " ".join(blind_spots(boards.board([], [], coverage=full), EN))
    assert "All 27,012 objects could be propagated." in told
    assert "Every asset has an element set." in told
    assert "90,000 element sets" in told


def test_the_words_of_a_terminal_need_no_plotting_library() -> None:
    """Importing matplotlib costs a second; a board on a terminal must not pay it."""
    code = (
        "import sys, hoshimori.dossier.board_rows, hoshimori.dossier.blind_spots;"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
