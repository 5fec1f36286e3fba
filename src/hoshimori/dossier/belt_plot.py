"""One object's life in the belt as a picture: longitude over time, and who was beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from hoshimori.dossier.drawing import Ink, Sheet, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.page_style import DARK, LIGHT
from hoshimori.dossier.quantities import longitude_text
from hoshimori.dossier.wording import name_of
from hoshimori.model.belt import BeltHistory, Neighbour, Stay, StayRole
from hoshimori.model.findings import CompanyKind

_QUIET = (CompanyKind.FREE_PASSING, CompanyKind.COLOCATED)
_LEAST_HEIGHT_DEG = 0.6
_LABEL_SHARE = 0.17
"""What a label takes of the width."""
_LINE_POINTS = 8.0
_MOST_YEARS = 12
_ORIGIN_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_INK = {
    StayRole.USUAL: Ink.ASSET,
    StayRole.FIRST: Ink.OTHER,
    StayRole.VISIT: Ink.LOOK,
    StayRole.FREE: Ink.LOG,
    StayRole.NOT_TOLD: Ink.LOG,
}


def belt_picture(history: BeltHistory, norad_id: int, language: Language) -> str:
    """Return an SVG document of one object's stays; it follows the reader's light or dark theme.

    Solid is what was surely seen, thin what the neighbouring element sets allow; each stay names
    the nearest neighbour that no known relation explains.
    """
    stays = [stay for stay in history.stays if stay.norad_id == norad_id]
    name = name_of(norad_id, history.names, language)
    height = min(max(3.4, 0.24 * len(stays)), 9.0)
    with sheet(9.6, height) as page:
        axes = page.panel(0.085, 0.09, 0.9, 0.87)
        _stays(page, axes, stays, history.until_utc)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda deg, _: longitude_text(deg, language)))
        _years(axes)
        axes.set_ylabel(page.text(say(language, "belt.picture.longitude")))
        drawing = page.svg(
            "belt",
            say(language, "belt.picture.title", name=name),
            say(language, "belt.picture.desc"),
        )
    head, rest = str(drawing).split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg">{_style()}{rest}\n'


def _stays(page: Sheet, axes: Axes, stays: Sequence[Stay], until: datetime) -> None:
    for before, after in pairwise(stays):
        axes.plot(
            _days(before.seen_until_utc, after.seen_from_utc),
            [before.slot_deg_east, after.slot_deg_east],
            color=Ink.RULE.value,
            linewidth=0.8,
        )
    for stay in stays:
        ink, slot = _INK[stay.role].value, [stay.slot_deg_east] * 2
        possible = _days(stay.began_after_utc or stay.seen_from_utc, stay.ended_before_utc or until)
        axes.plot(possible, slot, color=ink, linewidth=1.0)
        axes.plot(
            _days(stay.seen_from_utc, stay.seen_until_utc),
            slot,
            color=ink,
            linewidth=4.5,
            solid_capstyle="round",
        )
    low = min((stay.slot_deg_east for stay in stays), default=0.0)
    high = max((stay.slot_deg_east for stay in stays), default=0.0)
    pad = max(0.06 * (high - low), _LEAST_HEIGHT_DEG)
    axes.set_ylim(low - pad, high + pad)
    first, last = axes.get_xlim()
    axes.set_xlim(first, last + _LABEL_SHARE * (last - first))
    taken = [_place(axes, stay) for stay in stays]
    for stay in stays:
        _label(page, axes, stay, taken)


def _label(page: Sheet, axes: Axes, stay: Stay, taken: list[tuple[float, float, float]]) -> None:
    """Name the nearest neighbour right of a stay, left of it, or above, where there is room."""
    nearest = _nearest(stay.neighbours)
    if nearest is None:
        return
    begun, ended, up = _place(axes, stay)
    right, left = (ended, ended + _LABEL_SHARE), (begun - _LABEL_SHARE, begun)
    line = _LINE_POINTS / (72.0 * axes.get_position().height * page.figure.get_figheight())
    right_is_free, left_is_free = (_is_free(side, up, line, taken) for side in (right, left))
    above = not right_is_free and not left_is_free
    side = left if left_is_free and not right_is_free else right
    taken.append((*side, up + (line if above else 0.0)))
    axes.annotate(
        page.text(f"{nearest.name} {nearest.closest_km.best:.0f} km"),
        (begun if side is left else ended, up),
        xycoords="axes fraction",
        xytext=(-4 if side is left else 4, _LINE_POINTS if above else 0),
        textcoords="offset points",
        ha="right" if side is left else "left",
        va="center",
        fontsize=7,
        color=Ink.TEXT.value,
    )


def _place(axes: Axes, stay: Stay) -> tuple[float, float, float]:
    """Return where a stay begins and ends across, and how high it is, in shares of the axes."""
    ends = _days(
        stay.began_after_utc or stay.seen_from_utc, stay.ended_before_utc or stay.seen_until_utc
    )
    to_share = axes.transData + axes.transAxes.inverted()
    (begun, up), (ended, _) = (to_share.transform((end, stay.slot_deg_east)) for end in ends)
    return float(begun), float(ended), float(up)


def _is_free(
    span: tuple[float, float],
    up: float,
    line: float,
    taken: Sequence[tuple[float, float, float]],
) -> bool:
    """Return whether no label taken lies in a span at about this height, in shares of the axes."""
    return not any(
        span[0] < last and first < span[1] and abs(up - height) < line
        for first, last, height in taken
    )


def _days(*moments: datetime) -> list[float]:
    return [(moment - _ORIGIN_UTC) / timedelta(days=1) for moment in moments]


def _years(axes: Axes) -> None:
    """Mark the first days of years."""
    first, last = (_ORIGIN_UTC + timedelta(days=days) for days in axes.get_xlim())
    years = range(first.year + 1, last.year + 1)
    step = max(1, len(years) // _MOST_YEARS)
    shown = [datetime(year, 1, 1, tzinfo=UTC) for year in years[::step]]
    axes.set_xticks(_days(*shown), [f"{day.year}" for day in shown])


def _nearest(neighbours: Sequence[Neighbour]) -> Neighbour | None:
    told = [n for n in neighbours if n.kind not in _QUIET]
    return min(told, key=lambda n: n.closest_km.best, default=None)


def _style() -> str:
    light, dark = (
        "".join(f"--{name}:{colour};" for name, colour in palette.items())
        for palette in (LIGHT, DARK)
    )
    return (
        f"<style>svg{{{light}background:var(--panel);font-family:system-ui,sans-serif}}"
        f"@media (prefers-color-scheme:dark){{svg{{{dark}}}}}</style>"
    )
