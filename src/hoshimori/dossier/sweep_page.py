"""The page of a sweep: curves of detection, operating characteristics, what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from datetime import datetime

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, section, term, with_times
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.dossier.sweep_plots import detection_plot, key_of, traits_plot
from hoshimori.dossier.sweep_rows import (
    CurveRow,
    curve_row,
    finding_text,
    group_text,
    kind_text,
    number_text,
    regime_text,
    share_text,
    size_text,
    trait_text,
)
from hoshimori.model.provenance import Reality
from hoshimori.model.quoted_sweeps import SIZE_OF
from hoshimori.model.sweeps import (
    Alarms,
    Curve,
    Delay,
    DrawKind,
    DrawRegime,
    OperatingCurve,
    Sweep,
)

_LIMITS = ("sizes", "sky", "own", "late")
_REGIMES = tuple(regime.value for regime in DrawRegime)


def sweep_page(sweep: Sweep, as_of_utc: datetime, language: Language, command: str) -> str:
    """Return a sweep as an HTML page that needs nothing else.

    `as_of_utc` is the moment of its sky, `command` the command line that makes the same page
    again. The same sweep gives the same bytes; there is no script.
    """
    title = say(language, "sweep.page.title")
    main = tag(
        "main",
        _summary(sweep, language),
        _drawn(sweep, language),
        *(_kind(kind, sweep, language) for kind in _kinds(sweep)),
        _delays(sweep, language),
        _alarms(sweep, language),
        _operating(sweep, language),
        _limits(language),
    )
    heading = _heading(sweep, title, as_of_utc, command, language)
    return report_page(title, as_of_utc, Reality.EXERCISE, language, heading, main)


def _kinds(sweep: Sweep) -> tuple[DrawKind, ...]:
    return tuple(kind for kind in DrawKind if any(one.kind is kind for one in sweep.curves))


def _heading(
    sweep: Sweep, title: str, as_of_utc: datetime, command: str, language: Language
) -> Html:
    facts = (
        term(say(language, "page.as_of"), with_times(utc_text(as_of_utc))),
        term(say(language, "sweep.page.sky"), sweep.sky),
        term(say(language, "page.objects"), f"{sweep.objects:,}"),
        term(say(language, "sweep.page.seed"), str(sweep.seed)),
    )
    return report_heading(title, facts, command)


def _summary(sweep: Sweep, language: Language) -> Html:
    unfit = sum(sweep.problems.values())
    soon = sweep.rows - sweep.fitting - unfit
    told = {"rows": f"{sweep.rows:,}", "told": f"{sweep.fitting:,}", "unfit": f"{unfit:,}"}
    counted = say(language, "sweep.page.counted", **told)
    if soon:
        more = say(language, "sweep.page.soon", soon=f"{soon:,}")
        counted = say(language, "sentence.gap").join((counted, more))
    reading = tag("p", say(language, "sweep.page.reading"), class_="silence")
    return tag("div", tag("div", tag("p", counted), reading, class_="said"), class_="summary")


def _whole(kind: DrawKind, sweep: Sweep) -> Curve:
    """Return the curve of all draws of a kind against its size, else against what there is."""
    own = [one for one in sweep.curves if one.kind is kind and not one.group]
    return next((one for one in own if one.measure == SIZE_OF[kind]), own[0])


def _drawn(sweep: Sweep, language: Language) -> Html:
    names = ("what", "measure", "sizes", "draws", "found", "by")
    head = tuple(say(language, f"sweep.column.{name}") for name in names)
    rows = (_drawn_row(_whole(kind, sweep), sweep, language) for kind in _kinds(sweep))
    return section(
        "drawn",
        say(language, "sweep.page.drawn"),
        tag("p", say(language, "sweep.page.drawn.note"), class_="note"),
        in_scroll(table(head, rows)),
    )


def _drawn_row(curve: Curve, sweep: Sweep, language: Language) -> tuple[str, ...]:
    found_by = (one.finding for one in sweep.operating if one.kind is curve.kind)
    gap = say(language, "list.gap")
    return (
        kind_text(curve.kind, language),
        say(language, f"sweep.measure.{curve.measure}"),
        f"{number_text(curve.bins[0].low)} – {number_text(curve.bins[-1].high)}",
        str(curve.count),
        share_text(curve.found, curve.count, curve.share, language),
        gap.join(finding_text(one, language) for one in found_by) or say(language, "sweep.nothing"),
    )


def _kind(kind: DrawKind, sweep: Sweep, language: Language) -> Html:
    whole = _whole(kind, sweep)
    own = [one for one in sweep.curves if one.kind is kind]
    sized = {one.group: one for one in own if one.measure == whole.measure}
    shown = [sized[regime] for regime in _REGIMES if regime in sized] or [whole]
    operating = [one for one in sweep.operating if one.kind is kind][:3]
    name = kind_text(kind, language)
    drawn = figure(
        detection_plot(shown, operating, language, name=f"plot-{kind.value}"),
        say(language, "sweep.page.plot"),
        _caption(shown, operating, language),
    )
    told = share_text(whole.found, whole.count, whole.share, language)
    return section(
        f"kind-{kind.value}",
        f"{name[:1].upper()}{name[1:]}",
        tag("p", tag("b", say(language, "sweep.page.found", share=told))),
        drawn,
        _traits(kind, sized, language),
        _fold("sweep.page.curves", _rows(own, language), language),
        _fold("sweep.page.bins", _bins(own, language), language),
    )


def _traits(kind: DrawKind, sized: Mapping[str, Curve], language: Language) -> Html:
    """Return the curves by direction, or by how something comes apart; nothing for other kinds."""
    traits = list(dict.fromkeys(group.partition(" ")[2] for group in sized if " " in group))
    panels = {
        regime: [sized[f"{regime} {trait}"] for trait in traits if f"{regime} {trait}" in sized]
        for regime in _REGIMES
    }
    shown = {regime: curves for regime, curves in panels.items() if curves}
    if not shown:
        return Html()
    places = say(language, "list.gap").join(group_text(regime, language) for regime in shown)
    key = joined(
        say(language, "sweep.page.traits.key", places=places),
        " ",
        key_of([trait_text(trait, language) for trait in traits]),
    )
    drawn = traits_plot(list(shown.values()), language, name=f"traits-{kind.value}")
    return figure(drawn, say(language, "sweep.page.traits"), key)


def _caption(curves: list[Curve], operating: list[OperatingCurve], language: Language) -> Html:
    places = key_of([group_text(curve.group, language) for curve in curves])
    left = joined(say(language, "sweep.page.plot.left"), " ", places)
    if not operating:
        return left
    kinds = key_of([finding_text(one.finding, language) for one in operating])
    right = joined(say(language, "sweep.page.plot.right"), " ", kinds)
    return joined(left, tag("br"), right)


def _fold(key: str, content: Html, language: Language) -> Html:
    return tag("details", tag("summary", say(language, key)), content, class_="fold")


def _rows(curves: Iterable[Curve], language: Language) -> Html:
    head = tuple(say(language, f"sweep.column.{one.name}") for one in fields(CurveRow))[1:]
    return in_scroll(table(head, (astuple(curve_row(one, language))[1:] for one in curves)))


def _bins(curves: Iterable[Curve], language: Language) -> Html:
    names = ("where", "measure", "sizes", "found")
    head = tuple(say(language, f"sweep.column.{name}") for name in names)
    return in_scroll(table(head, (row for one in curves for row in _bin_rows(one, language))))


def _bin_rows(curve: Curve, language: Language) -> Iterator[tuple[str, ...]]:
    row = curve_row(curve, language)
    for one in curve.bins:
        sizes = f"{number_text(one.low)} – {number_text(one.high)}"
        found = share_text(one.found, one.count, one.share, language)
        yield row.where, row.measure, sizes, found


def _delays(sweep: Sweep, language: Language) -> Html:
    if not sweep.delays:
        return Html()
    told = {(one.kind, one.regime): one for one in sweep.delays}
    kinds = dict.fromkeys(one.kind for one in sweep.delays)
    rows = (
        (kind_text(kind, language), *(_delay(told.get((kind, r)), language) for r in DrawRegime))
        for kind in kinds
    )
    parents = (
        tag("p", say(language, "sweep.parents", kind=kind_text(DrawKind(kind), language),
                     right=str(right), of=str(of)))
        for kind, (right, of) in sweep.parents.items()
    )  # fmt: skip
    return section(
        "delays",
        say(language, "sweep.page.delays"),
        tag("p", say(language, "sweep.page.delays.note"), class_="note"),
        in_scroll(table(_head_by_regime("what", language), rows)),
        *parents,
    )


def _delay(one: Delay | None, language: Language) -> str:
    if one is None:
        return say(language, "sweep.nothing")
    hours = (f"{one.median_h:.0f}", f"{one.ninety_h:.0f}")
    return say(language, "sweep.page.delay", median=hours[0], ninety=hours[1], count=str(one.count))


def _alarms(sweep: Sweep, language: Language) -> Html:
    if not sweep.alarms:
        return Html()
    told = {(one.finding, one.regime): one for one in sweep.alarms}
    kinds = dict.fromkeys(one.finding for one in sweep.alarms)
    rows = (
        (finding_text(kind, language), *(_rate(told.get((kind, r)), language) for r in DrawRegime))
        for kind in kinds
    )
    months = say(
        language,
        "sweep.page.alarms.note",
        months=f"{max(one.asset_months for one in sweep.alarms):.1f}",
    )
    return section(
        "alarms",
        say(language, "sweep.alarms"),
        tag("p", months, class_="note"),
        in_scroll(table(_head_by_regime("finding", language), rows)),
    )


def _rate(one: Alarms | None, language: Language) -> str:
    if one is None:
        return say(language, "sweep.nothing")
    rate = size_text(one.per_asset_month, language)
    return say(language, "sweep.page.rate", count=f"{one.count:,}", rate=rate)


def _head_by_regime(first: str, language: Language) -> tuple[str, ...]:
    regimes = (regime_text(regime, language) for regime in DrawRegime)
    return (say(language, f"sweep.column.{first}"), *regimes)


def _operating(sweep: Sweep, language: Language) -> Html:
    if not sweep.operating:
        return Html()
    limits = [point.rarity for point in sweep.operating[0].points]
    head = (
        say(language, "sweep.column.what"),
        say(language, "sweep.column.finding"),
        *(f"≤ {limit:g}" for limit in limits),
    )
    return section(
        "operating",
        say(language, "sweep.page.operating"),
        tag("p", say(language, "sweep.page.operating.note"), class_="note"),
        in_scroll(table(head, (_operating_row(one, language) for one in sweep.operating))),
    )


def _operating_row(one: OperatingCurve, language: Language) -> tuple[str, ...]:
    cells = (
        joined(
            f"{100.0 * point.found.best:.0f} %",
            tag("br"),
            tag("span", number_text(point.per_asset_month.best), class_="more"),
        )
        for point in one.points
    )
    return (kind_text(one.kind, language), finding_text(one.finding, language), *cells)


def _limits(language: Language) -> Html:
    told = (tag("li", say(language, f"sweep.page.limit.{name}")) for name in _LIMITS)
    return section(
        "limits",
        say(language, "sweep.page.limits"),
        tag("div", tag("ul", *told), class_="limits"),
    )
