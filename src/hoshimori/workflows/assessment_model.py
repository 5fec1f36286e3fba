"""The assessment model that comes along: priors, weights, factors and gates in force."""

from __future__ import annotations

from pathlib import Path

from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.model.assessment_model import AssessmentModel

MODEL_FILE = Path(__file__).with_name("assessment_model.toml")


def assessment_model() -> AssessmentModel:
    """Return the model that comes along."""
    return read_assessment_model(MODEL_FILE.read_bytes(), MODEL_FILE.name)
