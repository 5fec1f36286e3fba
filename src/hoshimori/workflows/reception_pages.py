"""From the course of a disturbed receiver to columns, with what a screen says beside them."""

from __future__ import annotations

import numpy as np

from hoshimori.dossier.language import Language
from hoshimori.dossier.receiver_wording import (
    QUANTITY_UNITS,
    band_text,
    depth_text,
    quantity_text,
    receiver_text,
    receiver_when,
    reception_text,
    value_text,
)
from hoshimori.model.board import WatchBoard
from hoshimori.model.moments import as_column_time
from hoshimori.model.receivers import Quantity
from hoshimori.workflows.json_columns import numbers, rounded
from hoshimori.workflows.picture_columns import RangeInterval, ReceptionCurvePage, ReceptionPage
from hoshimori.workflows.reception_course import ReceptionCourse, ReceptionCurve


def reception_page(
    course: ReceptionCourse, board: WatchBoard, language: Language, *, view_id: str
) -> ReceptionPage:
    """Return a disturbance of reception as columns; satellites are called as on the board."""
    finding = course.finding
    incident = next((i for i in board.incidents if finding.finding_id in i.finding_ids), None)
    since = (course.times_utc - as_column_time(finding.start_utc)) / np.timedelta64(1, "s")
    return ReceptionPage(
        view_id=view_id,
        finding_id=finding.finding_id,
        incident_id=incident.incident_id if incident else "",
        reality=finding.reality.value,
        receiver=receiver_text(finding, board.names, language),
        what=reception_text(finding.reception, language),
        when=receiver_when(finding, language),
        band=band_text(finding, language),
        depth=f"{quantity_text(finding.leading, language)} {depth_text(finding, language)}",
        start_utc=finding.start_utc,
        end_utc=finding.end_utc,
        goes_on=finding.goes_on,
        t_s=numbers(since, 1),
        disturbed=tuple(course.disturbed.tolist()),
        curves=tuple(_curve(curve, language) for curve in course.curves),
        left_out=course.left_out,
    )


def _curve(curve: ReceptionCurve, language: Language) -> ReceptionCurvePage:
    scale = 100.0 if curve.quantity is Quantity.USED else 1.0
    change, usual, during = curve.change, None, None
    if change is not None:
        usual = rounded(scale * change.usual, 2)
        low, best, high = (
            scale * x for x in (change.during.low, change.during.best, change.during.high)
        )
        during = RangeInterval(round(low, 2), round(best, 2), rounded(high, 2))
    name = quantity_text(curve.quantity, language)
    return ReceptionCurvePage(
        quantity=curve.quantity.name.lower(),
        satellite=curve.satellite,
        text=f"{name} {curve.satellite}".strip(),
        unit=QUANTITY_UNITS[curve.quantity],
        values=numbers(scale * curve.values, 2),
        usual=usual,
        spread=None if change is None else rounded(scale * change.spread, 2),
        during=during,
        usual_text="" if change is None else value_text(curve.quantity, change.usual),
        during_text="" if change is None else value_text(curve.quantity, change.during.best),
    )
