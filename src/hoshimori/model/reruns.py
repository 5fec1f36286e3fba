"""What running a dossier again gave, and where it differs from what is enclosed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two values differ."""

    path: str
    """Keys and places parted by dots, for example ``range_km.best``."""
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """What running a dossier again gave."""

    facts: int
    findings: int
    reproduced: int
    """Findings that came out the same."""
    assessment_same: bool | None
    """None where the dossier holds no assessment to compare with."""
    differing: tuple[tuple[str, tuple[Difference, ...]], ...]
    """Item by item, where what was computed is not what is enclosed."""
    missing: tuple[str, ...]
    """Enclosed findings that did not come out again."""
    added: tuple[str, ...]
    """Findings of the incident that came out and are not enclosed."""
    other_versions: tuple[str, ...]
    """Detectors that are here of another version than the dossier was made with."""
    software: Mapping[str, str]
    """Versions that the dossier was made with."""
    failed: tuple[str, ...]
    """Detectors that raised an error."""

    @property
    def same(self) -> bool:
        """Whether everything came out as enclosed."""
        return not (self.differing or self.missing or self.added or self.failed)
