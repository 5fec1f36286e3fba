"""Briefings of a made incident: real weights, findings and people that are invented."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hoshimori.assessment.assess import NOTHING_DECIDED, Decided, assess
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.model.assessments import Decision, NaturalCheck
from hoshimori.model.assets import Asset
from hoshimori.model.briefings import Briefing, DetectorUsed, EnclosedFile
from hoshimori.model.incidents import Attention
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.workflows.assessment_model import MODEL_FILE
from hoshimori.workflows.watch import DETECTORS

made: Any = runpy.run_path(str(Path(__file__).with_name("conftest.py")))
MODEL = read_assessment_model(MODEL_FILE.read_bytes(), MODEL_FILE.name)
COMPOSED = datetime(2025, 3, 4, 6, tzinfo=UTC)
CHECKS = (
    NaturalCheck("data_artefact", True, False, {"sentence": "does_not_fit"}),
    NaturalCheck("geomagnetic_storm", False, False, {"sentence": "no_moment"}),
)


def decided(what: str, value: str, who: str = "duty analyst", why: str = "as seen") -> Decided:
    """Return one decision, and a view that differs from it."""
    one = Decision(value, who, COMPOSED, why)
    return Decided({what: one}, (replace(one, decided_by="second analyst", because=why),))


def briefing(
    *,
    findings: Sequence[Any] | None = None,
    reality: Reality = Reality.REAL,
    people: Decided = NOTHING_DECIDED,
    **changes: Any,
) -> Briefing:
    """Return a briefing about an asset and the one that comes to it."""
    told = tuple(
        replace(f, reality=reality)
        for f in findings or (made["geo_neighbour"](), made["proximity"](), made["manoeuvre"]())
    )
    marking = changes.pop("marking", OPEN)
    incident = made["incident"](*told, attention=Attention.LOOK, reality=reality)
    asset = Asset(made["ASSET"], mission="communications")
    assessment = assess(
        incident, told, as_of_utc=made["AS_OF"], assets=(asset,), causes={}, checks=CHECKS,
        marking=marking, model=MODEL, decided=people,
    )  # fmt: skip
    fields = {
        "incident": incident,
        "findings": told,
        "assessment": assessment,
        "names": made["NAMES"],
        "assets": (asset,),
        "as_of_utc": made["AS_OF"],
        "composed_utc": COMPOSED,
        "marking": marking,
        "reality": reality,
        "software": {"hoshimori": "0.0", "python": "3"},
        "enclosed": {"element set": 812, "asset": 1},
        "sources": (Provenance("made", "ab" * 32, reality),),
        "detectors": (DetectorUsed(DETECTORS[0].card, {"miss_km": "5.0"}),),
        "files": (EnclosedFile("assessment_model.toml", MODEL.sha256),),
    }
    return Briefing(**{**fields, **changes})
