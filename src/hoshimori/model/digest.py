"""Names for facts and findings that follow from their content alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hoshimori.model.elements import ElementSets
from hoshimori.model.provenance import Reality
from hoshimori.model.radio_particulars import RadioParticulars
from hoshimori.model.reports import Grade, Statement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_PUBLISHED_VALUES = (
    "mean_motion_rev_day",
    "eccentricity",
    "inclination_deg",
    "raan_deg",
    "arg_of_pericenter_deg",
    "mean_anomaly_deg",
    "bstar_per_er",
    "mean_motion_dot_rev_day2",
    "mean_motion_ddot_rev_day3",
)


def element_set_digest(element_sets: ElementSets, row: int) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of one element set's published values.

    Names, counters, provenance and the moment of receipt stay out: the same elements delivered
    twice, by two sources or in two formats, are one fact.
    """
    epoch_utc = element_sets.epoch_utc[row].astype("datetime64[us]")
    # Adding zero turns -0.0 into 0.0; `repr` of a float gives its shortest exact digits.
    values = [repr(float(getattr(element_sets, name)[row]) + 0.0) for name in _PUBLISHED_VALUES]
    return _sha256([int(element_sets.norad_id[row]), str(epoch_utc), *values])


def report_digest(
    *,
    statement: Statement,
    objects: Sequence[int],
    moments_utc: Sequence[datetime],
    source: str,
    source_chain: str,
    grade: Grade,
    text: str,
    reference: str,
    reality: Reality,
    radio: RadioParticulars | None = None,
) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of what was stated, by whom and when.

    `moments_utc` are start, end and when it could be known. The marking stays out: who may see a
    report does not change what it says.
    """
    moments = [moment.astimezone(UTC).isoformat() for moment in moments_utc]
    words = [source, source_chain, str(grade), text, reference, reality.value]
    # What states nothing about radio has the name that it always had.
    more = [] if radio is None else [sorted((k, str(v)) for k, v in asdict(radio).items())]
    return _sha256([statement.name, list(objects), moments, words, *more])


def finding_id(
    detector: str,
    settings: DataclassInstance,
    objects: Iterable[int],
    basis: Iterable[str],
    occasion: str = "",
) -> str:
    """Return the name of a finding: the same picture gives the same one.

    `detector` is name and version (``proximity/1``), `settings` the detector itself, `basis` the
    digests of the facts used; `occasion` tells findings apart that share all of these, such as
    two passes of one pair, and may be its UTC time to the second.
    """
    return _sha256([detector, asdict(settings), [int(o) for o in objects], sorted(basis), occasion])


def _sha256(content: list[Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
