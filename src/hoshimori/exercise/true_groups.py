"""Which group of explanations is the truth of an event of a script, where a script tells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoshimori.model.assessments import Label, TruthGroup
from hoshimori.model.scenarios import Expected

_OF_LABELS: Mapping[Label, TruthGroup | None] = MappingProxyType(
    {
        Label.BREAKUP_DELIBERATE_TEST: TruthGroup.TEST,
        Label.BREAKUP_UNKNOWN: None,
        Label.COLLISION_ACCIDENT: TruthGroup.BENIGN,
        Label.RPO_UNCONSENTED: TruthGroup.INSPECTION,
        Label.RPO_COOPERATIVE: TruthGroup.BENIGN,
        Label.SHADOW_COPLANAR: TruthGroup.INSPECTION,
        Label.GEO_LOITER: TruthGroup.INSPECTION,
        Label.RELOCATION_BENIGN: TruthGroup.BENIGN,
        Label.SUBSAT_RELEASE: None,
        Label.RFI: None,
        Label.CYBER: TruthGroup.HOSTILE,
        Label.CONJUNCTION_ROUTINE: TruthGroup.BENIGN,
        Label.NO_EVENT: TruthGroup.BENIGN,
    }
)
"""A label says what was seen; it tells the group only where it leaves no other."""


def true_group(expected: Expected, kind: str) -> TruthGroup | None:
    """Return the true group of an event; None where the script's labels do not agree on one.

    `kind` is that of the inject, as scripts name it: swapped numbers and late data are artefacts
    whatever their label.
    """
    if kind in ("cross-tag", "lateness"):
        return TruthGroup.ARTEFACT
    groups = {_OF_LABELS[label] for label in expected.labels}
    return groups.pop() if len(groups) == 1 else None
