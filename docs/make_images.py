"""Draw the picture of the README: the watch board over the made sky of one fixed moment.

Run: ``python docs/make_images.py``
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
from rich.console import Console

from hoshimori.cli.board import board_view
from hoshimori.dossier.language import Language
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import watch

AS_OF = np.datetime64("2026-11-01T03:00:00", "us")
IMAGES = Path(__file__).with_name("images")


def main() -> None:
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
