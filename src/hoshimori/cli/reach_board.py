"""Warning times on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.reach_wording import (
    asset_title,
    count_sentence,
    reach_header,
    reacher_row,
)
from hoshimori.model.reach import AssetReach, ReachOutlook


def reach_view(outlook: ReachOutlook, language: Language) -> RenderableType:
    """Return warning times as Rich draws them."""
    parts = banner(None, outlook.reality, language)
    parts.append(Text(" ".join(reach_header(outlook, language)), style="bold"))
    for asset in outlook.assets:
        parts.append(Padding(_asset(asset, outlook, language), (1, 0, 0, 0)))
    parts.append(Padding(Text(say(language, "reach.explain"), style="dim"), (1, 0, 0, 0)))
    return Group(*parts)


def _asset(asset: AssetReach, outlook: ReachOutlook, language: Language) -> Group:
    parts: list[RenderableType] = [Text(asset_title(asset, language), style="bold #fff27a")]
    parts += [
        Padding(Text(count_sentence(count, language)), (0, 0, 0, 2)) for count in asset.counts
    ]
    if asset.reachers:
        parts.append(Padding(_reachers(asset, outlook, language), (0, 0, 0, 2)))
    return Group(*parts)


def _reachers(asset: AssetReach, outlook: ReachOutlook, language: Language) -> Table:
    table = Table(header_style="bold")
    table.add_column(say(language, "reach.column.object"), overflow="fold")
    for speed in outlook.delta_v_m_s:
        heading = say(language, "reach.column.time", speed=f"{speed:g}")
        table.add_column(heading, justify="right", overflow="fold")
    for column in ("limit", "rarity", "plane"):
        table.add_column(say(language, f"reach.column.{column}"), overflow="fold")
    for reacher in asset.reachers:
        row = reacher_row(reacher, outlook.horizon_days, language)
        table.add_row(*map(escape, (row.name, *row.times, row.limit, row.rarity, row.plane)))
    return table
