"""Cut the fonts of the paper documents from the Noto fonts (SIL OFL 1.1, no reserved names).

Latin, Greek and Cyrillic letters come from Noto Sans 2.15 (PyPI: fontpkg-noto-sans), Japanese ones
from Noto Sans CJK JP 2.004 (PyPI: noto-cjk-sans-jp-regular and -bold). What is kept are the
letters of `hoshimori.dossier.paper_letters`; the full files are nine times as large.

Run: ``python docs/make_fonts.py NotoSans[wdth,wght].ttf NotoSansCJKjp-Regular.otf …-Bold.otf``
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from hoshimori.dossier.paper_letters import LATIN, letters

FONTS = Path(__file__).parents[1] / "src" / "hoshimori" / "workflows" / "fonts"
OPTIONS = Options(
    layout_features=["kern", "palt", "halt", "ccmp", "mark", "mkmk", "tnum", "pnum", "lnum"],
    drop_tables=["VORG", "vhea", "vmtx", "BASE", "DSIG", "STAT", "MVAR"],
    hinting=False,
    notdef_outline=True,
    name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
    name_languages=[0x409],
)


def main(latin: str, *japanese: str) -> None:
    for name, weight in (("Regular", 400), ("Bold", 700)):
        font = instancer.instantiateVariableFont(
            TTFont(latin), {"wght": weight, "wdth": 100}, updateFontNames=True
        )
        _cut(font, LATIN, FONTS / f"NotoSans-{name}.ttf")
    for source in japanese:
        _cut(TTFont(source), letters() - LATIN | {" "}, FONTS / Path(source).name)


def _cut(font: TTFont, kept: frozenset[str], target: Path) -> None:
    subsetter = Subsetter(OPTIONS)
    subsetter.populate(unicodes=[ord(letter) for letter in kept])
    subsetter.subset(font)
    font.recalcTimestamp = False
    save_font(font, str(target), OPTIONS)


if __name__ == "__main__":
    main(*sys.argv[1:])
