"""What people stated about the objects of a picture, passed on as said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hoshimori.model.detector import Card
from hoshimori.model.findings import OperatorReport
from hoshimori.model.picture import Picture


@dataclass(frozen=True, slots=True)
class OperatorReportDetector:
    """Passes on every report of a picture; it measures nothing."""

    card: ClassVar[Card] = Card(
        name="operator_reports",
        version=1,
        question="What do operators, governments and others state about the objects?",
        needs="Reports: files given with `--reports`, each with its source and Admiralty grade.",
        method=(
            "None: a report is passed on as said, with its source, the chain of sources that it "
            "repeats, and the grade that whoever entered it gave to source and content. Reports "
            "that could not be known at the moment of the picture are left out. Nobody has counted "
            "how often such things are stated, so there is no base rate and none enters the "
            "alarm budget; a report never asks for a look by itself."
        ),
        references=(
            "NATO STANAG 2511 / FM 2-22.3, appendix B (Admiralty code: A to F, 1 to 6)",
            "MISP taxonomy admiralty-scale, version 5",
        ),
        false_alarm_rate="Not measured: what is stated is not counted.",
        known_false_alarms=(
            "A statement may be wrong, or made to mislead; its grade is a judgement of people.",
            "Two reports of one chain repeat one another and are no two witnesses.",
            "A moment stated as a day only may stand hours off.",
        ),
    )

    def detect(self, picture: Picture) -> tuple[OperatorReport, ...]:
        """Return the reports, the earliest first."""
        known = (r for r in picture.reports if r.known_utc <= picture.as_of_utc)
        return tuple(sorted(known, key=lambda r: (r.start_utc, r.finding_id)))
