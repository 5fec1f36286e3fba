"""Scripts drawn by chance: one thing happens in each, of a size between too small and plain.

A seed and a number give one script for ever, whatever else is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from hoshimori.exercise.streams import number_of, stream
from hoshimori.model.finding import Interval
from hoshimori.model.injects import (
    AnyInject,
    Approach,
    ApproachKind,
    Burn,
    Fragmentation,
    FragmentationKind,
    Lateness,
    Launch,
    Loss,
    Reentry,
    Release,
    SlowThrust,
)
from hoshimori.model.scenarios import (
    Choice,
    Expected,
    Pace,
    Part,
    Scenario,
    ScenarioKind,
    SkyKind,
)
from hoshimori.model.sweeps import Draw, DrawKind, DrawRegime

LENGTH_H, EVERY_H = 336.0, 24.0
"""All draws have the same looks, so that what the sky itself shows is worked out once."""
WITHIN_H = 120.0
"""What is not found five days after its first trace was published is missed."""
_FIRST_H, _LAST_H = 26.0, 50.0
"""Between these something happens; eleven looks follow or more."""
_LATE_SHARE = 0.5
_LATE_H = (6.0, 72.0)
_THRUST_M_S2 = (3e-9, 3e-5)
_BURN_M_S = (0.003, 30.0)
_RELEASE_M_S = (0.1, 100.0)
_PIECES = (3.0, 300.0)
_OFFSET_DEG = (0.01, 2.0)
_FALL_H = (5.0 * 24.0, 120.0 * 24.0)
HEIGHTS_KM: Mapping[DrawRegime, tuple[float, float]] = MappingProxyType(
    {DrawRegime.LOW: (330.0, 700.0), DrawRegime.HIGH_LOW: (700.0, 1500.0)}
)
_LAUNCH_KM: Mapping[DrawRegime, tuple[float, float]] = MappingProxyType(
    {DrawRegime.LOW: (460.0, 600.0), DrawRegime.HIGH_LOW: (720.0, 900.0)}
)
_BESIDE_KM = 60.0
"""A launch into a plane goes to about the height of who is in it."""
_SINKING_KM = (200.0, 480.0)
_LOW = (DrawRegime.LOW, DrawRegime.HIGH_LOW)
_EVERYWHERE = (*_LOW, DrawRegime.BELT)
_RTN = ("radial", "in-track", "cross-track")
EVENT = "event"
"""Id of the inject that a draw is about."""


@dataclass(frozen=True, slots=True)
class _Played:
    """What a draw is made of, before it is a script."""

    parts: tuple[Part, ...]
    inject: AnyInject
    findings: tuple[str, ...]
    named: tuple[str, ...]
    """Parts that a finding has to name."""
    trait: str
    values: Mapping[str, float]
    late: tuple[str, ...]
    """Parts whose sets may come late."""


@dataclass(frozen=True, slots=True)
class _Chance:
    """Random numbers of one draw, with its place in the order of traits."""

    random: np.random.Generator
    regime: DrawRegime
    turn: int

    def between(self, low: float, high: float) -> float:
        """Draw a number whose logarithm is spread evenly."""
        return float(np.exp(self.random.uniform(np.log(low), np.log(high))))

    def hour(self) -> float:
        """Draw when something happens."""
        return float(self.random.uniform(_FIRST_H, _LAST_H))

    def choice(self, near: str = "") -> Choice:
        """Return what a part has to be like: a payload of the regime."""
        if near:
            return Choice(near=near)
        if self.regime is DrawRegime.BELT:
            return Choice(belt_deg_east=_span(-180.0, 179.99))
        return Choice(height_km=_span(*HEIGHTS_KM[self.regime]))

    def asset(self) -> Part:
        """Return the protected part."""
        return Part(name="asset", choice=self.choice(), is_asset=True)


def draw(seed: int, number: int, only: Sequence[DrawKind] = ()) -> Draw:
    """Return the draw of a number; kinds, regimes and traits come in turn, sizes by chance.

    `only` leaves out other kinds: the numbers that stay mean the same for the same kinds.
    """
    kinds = tuple(only) or tuple(DrawKind)
    kind = kinds[number % len(kinds)]
    regimes, make = _KINDS[kind]
    turn = number // len(kinds)
    chance = _Chance(
        stream(seed, f"draw {kind.value} {turn}"),
        regimes[turn % len(regimes)],
        turn // len(regimes),
    )
    made = make(chance)
    late_h = _late_h(chance) if made.late else 0.0
    scenario = _scenario(made, late_h, number, number_of(f"{seed} {kind.value} {turn}"))
    return Draw(
        number=number,
        kind=kind,
        regime=chance.regime,
        trait=made.trait,
        values=MappingProxyType({**made.values, "late_h": late_h}),
        scenario=scenario,
    )


def _late_h(chance: _Chance) -> float:
    if chance.random.random() >= _LATE_SHARE:
        return 0.0
    return chance.between(*_LATE_H)


def _scenario(made: _Played, late_h: float, number: int, seed: int) -> Scenario:
    late = Lateness(inject_id="late", at_h=0.0, parts=made.late, late_h=late_h, lasts_h=LENGTH_H)
    injects = (late, made.inject) if late_h else (made.inject,)
    title = {"en": f"Draw {number}", "ja": f"抽選 {number}"}
    return Scenario(
        scenario_id=f"draw-{number}",
        kind=ScenarioKind.DRILL,
        title=title,
        story=title,
        objectives=(),
        source="drawn by chance",
        seed=seed,
        sky=SkyKind.ANY,
        pace=Pace(length_h=LENGTH_H, watch_every_h=EVERY_H),
        starts_utc=None,
        parts=made.parts,
        cells=(),
        injects=injects,
        expected=(
            Expected(
                inject_id=EVENT,
                findings=made.findings,
                within_h=WITHIN_H,
                parts=made.named,
                measures={},
            ),
        ),
        questions=(),
    )


def _burn(chance: _Chance) -> _Played:
    size, axis = chance.between(*_BURN_M_S), chance.turn % 3
    vector = [0.0, 0.0, 0.0]
    vector[axis] = size * float(chance.random.choice([-1.0, 1.0]))
    return _alone(
        chance,
        Burn(
            inject_id=EVENT,
            at_h=chance.hour(),
            part="asset",
            delta_v_rtn_m_s=(vector[0], vector[1], vector[2]),
        ),
        ("manoeuvre",),
        _RTN[axis],
        {"delta_v_m_s": size},
    )


def _slow_thrust(chance: _Chance) -> _Played:
    size, lasts_h = chance.between(*_THRUST_M_S2), chance.between(24.0, 144.0)
    signed = size * float(chance.random.choice([-1.0, 1.0]))
    inject = SlowThrust(
        inject_id=EVENT,
        at_h=chance.hour(),
        part="asset",
        acceleration_m_s2=signed,
        lasts_h=lasts_h,
    )
    values = {"acceleration_m_s2": size, "lasts_h": lasts_h}
    return _alone(chance, inject, ("manoeuvre",), "", values)


def _alone(
    chance: _Chance,
    inject: AnyInject,
    findings: tuple[str, ...],
    trait: str,
    values: Mapping[str, float],
) -> _Played:
    """Return what one protected part does or suffers."""
    late = () if isinstance(inject, Loss) else ("asset",)
    return _Played((chance.asset(),), inject, findings, ("asset",), trait, values, late)


def _shadow(chance: _Chance) -> _Played:
    return _approach(chance, ApproachKind.SHADOW, (5.0, 1500.0), (12.0, 168.0))


def _inspect(chance: _Chance) -> _Played:
    return _approach(chance, ApproachKind.INSPECT, (0.5, 300.0), (3.0, 168.0))


def _fly_by(chance: _Chance) -> _Played:
    return _approach(chance, ApproachKind.FLY_BY, (0.5, 300.0), None)


def _approach(
    chance: _Chance,
    how: ApproachKind,
    range_km: tuple[float, float],
    stays_h: tuple[float, float] | None,
) -> _Played:
    is_belt = chance.regime is DrawRegime.BELT
    takes_h = chance.between(48.0, 120.0) if is_belt else chance.between(12.0, 72.0)
    size = chance.between(*range_km)
    stay = chance.between(*stays_h) if stays_h is not None else 0.0
    visitor = Part(name="visitor", choice=chance.choice("asset"))
    near = ("geo_neighbour", "proximity") if is_belt else ("proximity", "shadowing")
    return _Played(
        parts=(chance.asset(), visitor),
        inject=Approach(
            inject_id=EVENT,
            at_h=chance.hour(),
            part="visitor",
            target="asset",
            how=how,
            takes_h=takes_h,
            range_km=size,
            stays_h=stay,
        ),
        findings=near,
        named=("asset", "visitor"),
        trait="",
        values={"asked_range_km": size, "takes_h": takes_h}
        | ({} if stays_h is None else {"stays_h": stay}),
        late=("visitor",),
    )


def _release(chance: _Chance) -> _Played:
    size, after_h = chance.between(*_RELEASE_M_S), chance.between(6.0, 96.0)
    axis = chance.turn % 3
    vector = [0.0, 0.0, 0.0]
    vector[axis] = size * float(chance.random.choice([-1.0, 1.0]))
    inject = Release(
        inject_id=EVENT,
        at_h=chance.hour(),
        part="asset",
        released="released",
        delta_v_rtn_m_s=(vector[0], vector[1], vector[2]),
        catalogued_after_h=after_h,
    )
    return _Played(
        parts=(chance.asset(), Part(name="released")),
        inject=inject,
        findings=("separation", "breakup"),
        named=("asset",),
        trait=_RTN[axis],
        values={"delta_v_m_s": size, "catalogued_after_h": after_h},
        late=(),
    )


def _break_up(chance: _Chance) -> _Played:
    how = (FragmentationKind.STRUCK, FragmentationKind.EXPLOSION)[chance.turn % 2]
    pieces, after_h = round(chance.between(*_PIECES)), chance.between(6.0, 72.0)
    inject = Fragmentation(
        inject_id=EVENT,
        at_h=chance.hour(),
        part="asset",
        how=how,
        pieces=pieces,
        catalogued_after_h=after_h,
        catalogued_over_h=chance.between(12.0, 96.0),
    )
    return _Played(
        parts=(chance.asset(),),
        inject=inject,
        findings=("breakup",),
        named=("asset",),
        trait=how.value,
        values={"pieces": float(pieces), "catalogued_after_h": after_h},
        late=(),
    )


def _loss(chance: _Chance) -> _Played:
    return _alone(chance, Loss(inject_id=EVENT, at_h=chance.hour(), part="asset"),
                  ("anomaly",), "", {})  # fmt: skip


def _launch(chance: _Chance) -> _Played:
    offset = chance.between(*_OFFSET_DEG)
    after_h = chance.between(6.0, 72.0)
    height_km = float(chance.random.uniform(*_LAUNCH_KM[chance.regime]))
    beside = _span(height_km - _BESIDE_KM, height_km + _BESIDE_KM)
    inject = Launch(
        inject_id=EVENT,
        at_h=chance.hour(),
        launched="newcomer",
        into_plane_of="asset",
        plane_offset_deg=offset,
        height_km=height_km,
        catalogued_after_h=after_h,
    )
    return _Played(
        parts=(
            Part(name="asset", choice=Choice(height_km=beside), is_asset=True),
            Part(name="newcomer"),
        ),
        inject=inject,
        findings=("shadowing",),
        named=("asset", "newcomer"),
        trait="",
        values={"plane_offset_deg": offset, "catalogued_after_h": after_h},
        late=(),
    )


def _re_entry(chance: _Chance) -> _Played:
    lasts_h = chance.between(*_FALL_H)
    inject = Reentry(inject_id=EVENT, at_h=chance.hour(), part="asset", lasts_h=lasts_h)
    part = Part(name="asset", choice=Choice(kind="", height_km=_span(*_SINKING_KM)), is_asset=True)
    values = {"falls_days": lasts_h / 24.0}
    return _Played((part,), inject, ("decay",), ("asset",), "", values, ())


def _span(low: float, high: float) -> Interval:
    return Interval(low, 0.5 * (low + high), high)


_KINDS: Mapping[DrawKind, tuple[tuple[DrawRegime, ...], Callable[[_Chance], _Played]]] = (
    MappingProxyType(
        {
            DrawKind.BURN: (_EVERYWHERE, _burn),
            DrawKind.SLOW_THRUST: (_EVERYWHERE, _slow_thrust),
            DrawKind.SHADOW: (_EVERYWHERE, _shadow),
            DrawKind.INSPECT: (_EVERYWHERE, _inspect),
            DrawKind.FLY_BY: (_EVERYWHERE, _fly_by),
            DrawKind.RELEASE: (_EVERYWHERE, _release),
            DrawKind.BREAK_UP: (_EVERYWHERE, _break_up),
            DrawKind.LOSS: (_EVERYWHERE, _loss),
            DrawKind.LAUNCH: (_LOW, _launch),
            DrawKind.RE_ENTRY: ((DrawRegime.LOW,), _re_entry),
        }
    )
)
