"""One incident of a small made sky with two reports, briefed and sealed once for all tests."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from hoshimori.formats.report_fields import report_of
from hoshimori.model.dossiers import Policy
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Reality
from hoshimori.settings import Settings
from hoshimori.workflows.brief import brief, dossier_of, yardsticks
from hoshimori.workflows.inquiry import inquire
from hoshimori.workflows.sealing import seal
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
COMPOSED = datetime(2026, 11, 1, 6, tzinfo=UTC)


def _reports(asset: int, other: int) -> Iterator[dict[str, object]]:
    common = {
        "start_utc": "2026-10-30T00:00:00Z",
        "known_utc": "2026-10-31T00:00:00Z",
        "source": "operator of the asset",
        "grade": "A2",
    }
    yield common | {
        "statement": "no_answer",
        "objects": [asset, other],
        "text": "Asked on 10 October, no answer since.",
        "marking": "TLP:AMBER//REL TO JPN",
    }
    yield common | {
        "statement": "service_kept",
        "objects": [asset],
        "text": "All transponders work.",
        "marking": "TLP:GREEN//REL TO JPN, USA",
    }


@pytest.fixture(scope="session")
def dossier_scene() -> SimpleNamespace:
    """Give the inquiry of the whole sky, the brief of one incident, and its dossier as bytes.

    `secret` is the report that only JPN may have, `shared` the one that USA may have as well.
    """
    sky = made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)
    picture = sky.picture(assets=sky.assets, days_ahead=5.0)
    incident = next(i for i in inquire(picture).incidents if i.assets and i.others)
    secret, shared = (
        report_of(values, marking=OPEN, reality=Reality.SIMULATED)
        for values in _reports(incident.assets[0], incident.others[0])
    )
    inquiry = inquire(replace(picture, reports=(secret, shared)))
    chosen = next(i for i in inquiry.incidents if len(i.finding_ids) > 2 and i.others)
    settings = Settings()
    measures = yardsticks(settings)
    told = brief(inquiry, chosen, settings, measures)
    whole = dossier_of(told, settings, measures, (), composed_utc=COMPOSED, policy=Policy())
    return SimpleNamespace(
        inquiry=inquiry, told=told, data=seal(whole), settings=settings, measures=measures,
        composed=COMPOSED, secret=secret, shared=shared,
    )  # fmt: skip


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Detectors that behave badly; a new process can import them by name."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("made_floor_detectors")
