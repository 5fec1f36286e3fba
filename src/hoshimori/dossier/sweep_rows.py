"""Curves of sweeps as rows of tables and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say
from hoshimori.model.finding import Interval
from hoshimori.model.sweeps import Alarms, Curve, Delay, DrawKind, DrawRegime, Sweep


@dataclass(frozen=True, slots=True)
class CurveRow:
    """One curve."""

    what: str
    where: str
    measure: str
    draws: str
    found: str
    half: str
    ninety: str


@dataclass(frozen=True, slots=True)
class AlarmsRow:
    """How often the untouched sky shows one kind of finding."""

    finding: str
    where: str
    count: str
    months: str
    rate: str


def curve_row(curve: Curve, language: Language) -> CurveRow:
    """Return the row of a curve."""
    fit = curve.fit
    return CurveRow(
        what=kind_text(curve.kind, language),
        where=group_text(curve.group, language),
        measure=say(language, f"sweep.measure.{curve.measure}"),
        draws=str(curve.count),
        found=share_text(curve.found, curve.count, curve.share, language),
        half=size_text(fit.half if fit else None, language),
        ninety=size_text(fit.ninety if fit else None, language),
    )


def alarms_row(alarms: Alarms, language: Language) -> AlarmsRow:
    """Return the row of what the untouched sky shows."""
    rate = alarms.per_asset_month
    ends = {name: f"{getattr(rate, name):.2g}" for name in ("low", "best", "high")}
    return AlarmsRow(
        finding=finding_text(alarms.finding, language),
        where=regime_text(alarms.regime, language),
        count=str(alarms.count),
        months=f"{alarms.asset_months:.1f}",
        rate=say(language, "sweep.rate", **ends),
    )


def sweep_sentences(sweep: Sweep, language: Language) -> tuple[str, ...]:
    """Return delays, parents, and what did not fit, in sentences."""
    parents = (
        say(
            language,
            "sweep.parents",
            kind=kind_text(DrawKind(kind), language),
            right=str(right),
            of=str(of),
        )
        for kind, (right, of) in sweep.parents.items()
    )
    problems = (
        say(
            language,
            "sweep.problems",
            kind=kind_text(DrawKind(kind), language),
            count=str(count),
        )
        for kind, count in sweep.problems.items()
    )
    return (*_delays(sweep.delays, language), *parents, *problems)


def kind_text(kind: DrawKind, language: Language) -> str:
    """Return what happens in a draw."""
    return say(language, f"sweep.kind.{_key(kind.value)}")


def regime_text(regime: DrawRegime, language: Language) -> str:
    """Return where a draw happens."""
    return say(language, f"sweep.where.{_key(regime.value)}")


def group_text(group: str, language: Language) -> str:
    """Return what draws a curve is of."""
    if not group:
        return say(language, "sweep.where.all")
    regime, _, trait = group.partition(" ")
    place = regime_text(DrawRegime(regime), language)
    if not trait:
        return place
    return say(language, "sweep.where.both", regime=place, trait=trait_text(trait, language))


def trait_text(trait: str, language: Language) -> str:
    """Return what tells draws of one kind apart."""
    return say(language, f"sweep.trait.{_key(trait)}")


def finding_text(kind: str, language: Language) -> str:
    """Return what a kind of finding is called."""
    return say(language, f"kind.{kind}")


def share_text(found: int, count: int, share: Interval, language: Language) -> str:
    """Return a share with its counts and interval."""
    ends = {name: f"{100.0 * getattr(share, name):.0f}" for name in ("low", "best", "high")}
    return say(language, "sweep.share", found=str(found), count=str(count), **ends)


def size_text(size: Interval | None, language: Language) -> str:
    """Return a size with its interval, to two digits."""
    if size is None:
        return say(language, "sweep.nothing")
    ends = {name: number_text(getattr(size, name)) for name in ("low", "best", "high")}
    return say(language, "sweep.size", **ends)


def number_text(value: float) -> str:
    """Return a number to two digits that count; without exponent where it is of a plain size.

    >>> [number_text(value) for value in (1404.0, 0.0114, 4.9e-8)]
    ['1,400', '0.011', '4.9e-8']
    """
    text = f"{value:.2g}"
    if "e" not in text:
        return text
    return f"{float(text):,.0f}" if abs(value) >= 1.0 else text.replace("e-0", "e-")


def _delays(delays: Sequence[Delay], language: Language) -> tuple[str, ...]:
    return tuple(
        say(
            language,
            "sweep.delays",
            kind=kind_text(one.kind, language),
            regime=regime_text(one.regime, language),
            count=str(one.count),
            median=f"{one.median_h:.0f}",
            ninety=f"{one.ninety_h:.0f}",
        )
        for one in delays
    )


def _key(value: str) -> str:
    return value.replace("-", "_")
