"""Curves of a sweep as a table: a row for each bin (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hoshimori.model.sweeps import Curve

COLUMNS = (
    "reality",
    "kind",
    "group",
    "measure",
    "low",
    "high",
    "middle",
    "count",
    "found",
    "share_low",
    "share",
    "share_high",
)


def curves_csv(curves: Sequence[Curve]) -> bytes:
    """Return the bins of all curves; every row says that it is EXERCISE."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for curve in curves:
        for one in curve.bins:
            share = (one.share.low, one.share.best, one.share.high)
            sizes = (one.low, one.high, one.middle)
            table.writerow(
                [
                    "EXERCISE",
                    curve.kind.value,
                    curve.group,
                    curve.measure,
                    *(f"{size:.6g}" for size in sizes),
                    one.count,
                    one.found,
                    *(f"{end:.4f}" for end in share),
                ]
            )
    return text.getvalue().encode()
