"""What factors are proposed from, and how a proposal is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.assessments import (
    Explanation,
    Factor,
    Indicator,
    MatrixRow,
    NaturalCheck,
)
from hoshimori.model.assets import Asset
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.reports import OperatorReport

Values = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that factors are proposed from."""

    incident: Incident
    as_of_utc: datetime
    findings: Sequence[AnyFinding | OperatorReport]
    assets: Sequence[Asset]
    matrix: Sequence[MatrixRow]
    explanations: Sequence[Explanation]
    checks: Sequence[NaturalCheck]
    indicators: Sequence[Indicator]
    marking: Marking

    def having(self, *kinds: str) -> tuple[str, ...]:
        """Return the ids of the evidence of these kinds."""
        return tuple(r.evidence.evidence_id for r in self.matrix if r.evidence.kind in kinds)


def proposal(
    factor: str,
    proposed: str,
    because: str,
    *,
    values: Values | None = None,
    supporting: tuple[str, ...] = (),
    contradicting: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Factor:
    """Return a factor with the value that the evidence proposes."""
    return Factor(factor, proposed, because, values or {}, supporting, contradicting, missing)


def unknown(factor: str, because: str, missing: tuple[str, ...] = ()) -> Factor:
    """Return a factor that the evidence leaves unknown, with what would tell."""
    return Factor(factor, None, because, {}, (), (), missing)
