"""What the cards of detectors quote of the sweep.

Written by docs/make_card_curves.py from the result of the benchmark; not edited by hand.
"""

from __future__ import annotations

from datetime import date

from hoshimori.model.finding import Interval
from hoshimori.model.quoted_sweeps import QuotedCurve, QuotedShare, QuotedSweep
from hoshimori.model.sweeps import DrawKind

_BURN = (
    QuotedCurve(DrawKind.BURN, "", 0.0031, 29.0, 200, 97, Interval(0.16, 0.36, 0.74), None),
    QuotedCurve(DrawKind.BURN, "low", 0.0032, 29.0, 67, 36, Interval(0.015, 0.16, 0.87), None),
    QuotedCurve(DrawKind.BURN, "high-low", 0.0043, 28.0, 67, 40, Interval(0.023, 0.14, 0.56), None),
    QuotedCurve(DrawKind.BURN, "belt", 0.0031, 29.0, 66, 21, Interval(0.35, 0.96, 3.3), None),
    QuotedCurve(
        DrawKind.BURN,
        "low radial",
        0.0042,
        26.0,
        23,
        7,
        Interval(2.1, 5.2, 14.0),
        Interval(5.2, 24.0, 26.0),
    ),
    QuotedCurve(DrawKind.BURN, "low in-track", 0.0032, 29.0, 22, 22, None, None),
    QuotedCurve(
        DrawKind.BURN,
        "low cross-track",
        0.0053,
        21.0,
        22,
        7,
        Interval(0.32, 0.46, 0.97),
        Interval(0.71, 1.0, 2.9),
    ),
    QuotedCurve(
        DrawKind.BURN,
        "high-low radial",
        0.0049,
        18.0,
        23,
        8,
        Interval(1.2, 2.7, 7.0),
        Interval(3.7, 13.0, 18.0),
    ),
    QuotedCurve(DrawKind.BURN, "high-low in-track", 0.0043, 28.0, 22, 22, None, None),
    QuotedCurve(
        DrawKind.BURN,
        "high-low cross-track",
        0.0045,
        15.0,
        22,
        10,
        Interval(0.27, 0.52, 1.2),
        Interval(0.7, 1.4, 3.5),
    ),
    QuotedCurve(DrawKind.BURN, "belt radial", 0.005, 29.0, 22, 3, None, None),
    QuotedCurve(
        DrawKind.BURN,
        "belt in-track",
        0.0058,
        23.0,
        22,
        14,
        Interval(0.036, 0.054, 0.079),
        Interval(0.08, 0.11, 0.17),
    ),
    QuotedCurve(
        DrawKind.BURN,
        "belt cross-track",
        0.0031,
        3.9,
        22,
        4,
        Interval(0.77, 1.4, 3.0),
        Interval(1.9, 3.4, 3.9),
    ),
)
_SLOW_THRUST = (
    QuotedCurve(
        DrawKind.SLOW_THRUST,
        "",
        0.00037,
        9.4,
        200,
        129,
        Interval(0.011, 0.017, 0.026),
        Interval(0.083, 0.22, 0.49),
    ),
    QuotedCurve(
        DrawKind.SLOW_THRUST,
        "low",
        0.00037,
        9.4,
        67,
        44,
        Interval(0.0035, 0.011, 0.032),
        Interval(0.035, 0.42, 9.4),
    ),
    QuotedCurve(
        DrawKind.SLOW_THRUST,
        "high-low",
        0.00069,
        6.7,
        67,
        59,
        Interval(0.0024, 0.0033, 0.0043),
        Interval(0.0051, 0.0066, 0.009),
    ),
    QuotedCurve(
        DrawKind.SLOW_THRUST,
        "belt",
        0.0005,
        8.5,
        66,
        26,
        Interval(0.065, 0.088, 0.14),
        Interval(0.12, 0.19, 0.32),
    ),
)
_SHADOW = (
    QuotedCurve(
        DrawKind.SHADOW,
        "",
        5.1,
        1500.0,
        192,
        159,
        Interval(510.0, 820.0, 1400.0),
        Interval(79.0, 120.0, 190.0),
    ),
    QuotedCurve(DrawKind.SHADOW, "low", 5.4, 1300.0, 61, 54, None, Interval(83.0, 180.0, 520.0)),
    QuotedCurve(
        DrawKind.SHADOW, "high-low", 5.1, 1300.0, 66, 61, None, Interval(140.0, 290.0, 1300.0)
    ),
    QuotedCurve(
        DrawKind.SHADOW,
        "belt",
        5.3,
        1500.0,
        65,
        44,
        Interval(160.0, 280.0, 490.0),
        Interval(36.0, 61.0, 110.0),
    ),
)
_INSPECT = (
    QuotedCurve(
        DrawKind.INSPECT,
        "",
        0.5,
        280.0,
        191,
        155,
        Interval(91.0, 120.0, 150.0),
        Interval(29.0, 39.0, 55.0),
    ),
    QuotedCurve(
        DrawKind.INSPECT,
        "low",
        0.5,
        280.0,
        59,
        39,
        Interval(44.0, 59.0, 84.0),
        Interval(20.0, 28.0, 42.0),
    ),
    QuotedCurve(
        DrawKind.INSPECT,
        "high-low",
        0.69,
        230.0,
        67,
        51,
        Interval(62.0, 79.0, 98.0),
        Interval(34.0, 43.0, 57.0),
    ),
    QuotedCurve(DrawKind.INSPECT, "belt", 0.51, 280.0, 65, 65, None, None),
)
_FLY_BY = (
    QuotedCurve(DrawKind.FLY_BY, "", 0.51, 300.0, 193, 82, None, None),
    QuotedCurve(DrawKind.FLY_BY, "low", 0.52, 280.0, 61, 22, Interval(19.0, 50.0, 280.0), None),
    QuotedCurve(
        DrawKind.FLY_BY, "high-low", 0.52, 280.0, 67, 26, Interval(9.9, 150.0, 280.0), None
    ),
    QuotedCurve(DrawKind.FLY_BY, "belt", 0.51, 300.0, 65, 34, Interval(6.9, 20.0, 97.0), None),
)
_RELEASE = (
    QuotedCurve(DrawKind.RELEASE, "", 0.1, 100.0, 200, 84, Interval(0.56, 1.2, 2.3), None),
    QuotedCurve(DrawKind.RELEASE, "low", 0.11, 95.0, 67, 20, Interval(0.11, 0.31, 1.1), None),
    QuotedCurve(DrawKind.RELEASE, "high-low", 0.12, 100.0, 67, 24, Interval(0.12, 0.59, 1.9), None),
    QuotedCurve(
        DrawKind.RELEASE,
        "belt",
        0.1,
        62.0,
        66,
        40,
        Interval(3.1, 7.0, 19.0),
        Interval(0.1, 0.3, 1.5),
    ),
)
_BREAK_UP = (
    QuotedCurve(
        DrawKind.BREAK_UP,
        "",
        3.0,
        300.0,
        200,
        161,
        Interval(4.7, 6.3, 7.6),
        Interval(13.0, 21.0, 36.0),
    ),
    QuotedCurve(
        DrawKind.BREAK_UP,
        "low",
        3.0,
        280.0,
        67,
        55,
        Interval(4.5, 6.3, 8.8),
        Interval(8.6, 17.0, 31.0),
    ),
    QuotedCurve(
        DrawKind.BREAK_UP,
        "high-low",
        3.0,
        290.0,
        67,
        61,
        Interval(3.5, 4.6, 5.7),
        Interval(6.7, 8.1, 9.6),
    ),
    QuotedCurve(
        DrawKind.BREAK_UP,
        "belt",
        3.0,
        300.0,
        66,
        45,
        Interval(3.9, 8.9, 14.0),
        Interval(23.0, 60.0, 220.0),
    ),
)
_LOSS = (QuotedCurve(DrawKind.LOSS, "", 10.0, 27.0, 200, 200, None, None),)
_LAUNCH = (
    QuotedCurve(
        DrawKind.LAUNCH,
        "",
        0.01,
        1.9,
        200,
        77,
        Interval(0.057, 0.074, 0.092),
        Interval(0.011, 0.02, 0.036),
    ),
    QuotedCurve(DrawKind.LAUNCH, "low", 0.01, 1.9, 100, 32, Interval(0.027, 0.05, 0.079), None),
    QuotedCurve(
        DrawKind.LAUNCH,
        "high-low",
        0.01,
        1.9,
        100,
        45,
        Interval(0.076, 0.095, 0.12),
        Interval(0.029, 0.041, 0.06),
    ),
)
_RE_ENTRY = (
    QuotedCurve(
        DrawKind.RE_ENTRY,
        "",
        5.1,
        120.0,
        200,
        72,
        Interval(13.0, 15.0, 18.0),
        Interval(5.1, 6.6, 8.9),
    ),
)

MANOEUVRE = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_BURN, *_SLOW_THRUST),
    (
        QuotedShare(DrawKind.BURN, 200, 97, Interval(0.027, 0.068, 0.14)),
        QuotedShare(DrawKind.SLOW_THRUST, 200, 129, Interval(0.027, 0.068, 0.14)),
    ),
)

PROXIMITY = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_SHADOW, *_INSPECT, *_FLY_BY),
    (
        QuotedShare(DrawKind.SHADOW, 192, 76, Interval(7.0, 7.5, 8.1)),
        QuotedShare(DrawKind.INSPECT, 191, 120, Interval(7.0, 7.5, 8.1)),
        QuotedShare(DrawKind.FLY_BY, 193, 64, Interval(7.0, 7.5, 8.1)),
    ),
)

GEO_NEIGHBOUR = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_SHADOW[-1:], *_INSPECT[-1:], *_FLY_BY[-1:]),
    (
        QuotedShare(DrawKind.SHADOW, 192, 28, Interval(4.4, 4.8, 5.2)),
        QuotedShare(DrawKind.INSPECT, 191, 35, Interval(4.4, 4.8, 5.2)),
        QuotedShare(DrawKind.FLY_BY, 193, 18, Interval(4.4, 4.8, 5.2)),
    ),
)

SHADOWING = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_SHADOW[1:3], *_LAUNCH),
    (
        QuotedShare(DrawKind.SHADOW, 192, 55, Interval(0.0, 0.0, 0.036)),
        QuotedShare(DrawKind.LAUNCH, 200, 77, Interval(0.0, 0.0, 0.054)),
    ),
)

BREAKUP = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_RELEASE, *_BREAK_UP),
    (
        QuotedShare(DrawKind.RELEASE, 200, 84, Interval(0.0, 0.0, 0.036)),
        QuotedShare(DrawKind.BREAK_UP, 200, 161, Interval(0.0, 0.0, 0.036)),
    ),
)

DECAY = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_RE_ENTRY,),
    (QuotedShare(DrawKind.RE_ENTRY, 200, 72, Interval(0.0, 0.0, 0.11)),),
)

OVERDUE = QuotedSweep(
    "spacetrack_2025-05-23.3le.gz",
    27692,
    date(2026, 11, 28),
    (*_LOSS,),
    (QuotedShare(DrawKind.LOSS, 200, 200, Interval(0.0, 0.0, 0.036)),),
)
