"""Draw the pictures of the pages: the watch board and a dossier, of made skies of one moment.

Run: ``python docs/make_images.py``
"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import typst
from rich.console import Console

from hoshimori.cli.board import board_view
from hoshimori.dossier.dossier_document import dossier_document
from hoshimori.dossier.dossier_paper import dossier_paper
from hoshimori.dossier.language import Language
from hoshimori.settings import Settings
from hoshimori.workflows.brief import brief, yardsticks
from hoshimori.workflows.briefing import briefing_of, files_of
from hoshimori.workflows.documents import FONTS
from hoshimori.workflows.inquiry import inquire
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import watch

AS_OF = np.datetime64("2026-11-01T03:00:00", "us")
IMAGES = Path(__file__).with_name("images")


def main() -> None:
    draw_board()
    draw_papers()


def draw_papers() -> None:
    """Draw the first page of a dossier in both languages, of a small made sky."""
    sky = made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)
    inquiry = inquire(sky.picture(assets=sky.assets, days_ahead=7.0))
    incident = next(i for i in inquiry.incidents if len(i.finding_ids) > 2 and i.others)
    measures = yardsticks(Settings())
    told = brief(inquiry, incident, Settings(), measures)
    composed = told.inquiry.picture.as_of_utc + timedelta(hours=3)
    briefing = briefing_of(told, composed_utc=composed, files=files_of(measures))
    for language in Language:
        source = dossier_paper(dossier_document(briefing, language), composed)
        pages = typst.compile(
            source.encode(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
            ignore_system_fonts=True,
            format="png",
            ppi=80,
        )
        (IMAGES / f"dossier-{language.value}.png").write_bytes(pages[0])


def draw_board() -> None:
    sky = made_sky(seed=1, as_of_utc=AS_OF)
    board = watch(sky.picture(assets=sky.assets, days_ahead=7.0), story=sky.story)
    console = Console(record=True, width=140, file=io.StringIO())
    console.print(board_view(board, Language.EN, everything=False, most_rows=8))
    drawn = console.export_svg(title="hoshimori watch --synthetic", unique_id="board")
    # The fonts are those of the reader's machine: nothing is fetched from elsewhere.
    own = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "watch-board.svg").write_text(own.replace("Fira Code, ", ""), encoding="utf-8")


if __name__ == "__main__":
    main()
