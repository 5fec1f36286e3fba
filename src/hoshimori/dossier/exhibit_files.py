"""Drawings as files of their own: light colours, fonts by name, nothing loaded from elsewhere."""

from __future__ import annotations

import re

from hoshimori.dossier.markup import Html
from hoshimori.dossier.page_style import LIGHT

FONTS = "'Noto Sans', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif"


def standalone(drawn: Html) -> str:
    """Return a drawing of a page as an SVG document on white."""
    coloured = re.sub(r"var\(--([a-z]+)\)", lambda m: LIGHT[m[1]], drawn)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONTS}" '
    return coloured.replace("<svg ", opening, 1)
