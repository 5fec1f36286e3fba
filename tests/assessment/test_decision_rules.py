"""What can be decided: the factors, gates and explanations that there are, and their values."""

from __future__ import annotations

import pytest

from hoshimori.assessment.decision_rules import stated, understood
from hoshimori.errors import SettingsError
from hoshimori.model.journal import DecisionKind
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        (DecisionKind.FACTOR, "F1", "0"),
        (DecisionKind.FACTOR, "F8", "unknown"),
        (DecisionKind.FACTOR, "F13", "registered in Japan; effects on Earth unknown"),
        (DecisionKind.FACTOR, "F17", "TLP:AMBER"),
        (DecisionKind.GATE, "G0", "closed"),
        (DecisionKind.GATE, "G4", "open"),
        (DecisionKind.EXPLANATION, "H0", "very unlikely"),
        (DecisionKind.EXPLANATION, "H9", "roughly even chance"),
        (DecisionKind.DISSENT, "", "見解が異なる"),
    ],
)
def test_what_is_understood_is_kept_without_blanks(
    kind: DecisionKind, key: str, value: str
) -> None:
    assert understood(kind, key, f" {value}\n", MODEL) == value


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        (DecisionKind.FACTOR, "F0", "1"),
        (DecisionKind.FACTOR, "F18", "1"),
        (DecisionKind.FACTOR, "F1", "5"),
        (DecisionKind.FACTOR, "F1", "-1"),
        (DecisionKind.FACTOR, "F13", "  "),
        (DecisionKind.GATE, "G5", "open"),
        (DecisionKind.GATE, "G1", "ajar"),
        (DecisionKind.EXPLANATION, "H10", "likely"),
        (DecisionKind.EXPLANATION, "H1", "certain"),
        (DecisionKind.DISSENT, "F1", "no"),
        (DecisionKind.DISSENT, "", ""),
    ],
)
def test_what_is_not_understood_is_refused(kind: DecisionKind, key: str, value: str) -> None:
    with pytest.raises(SettingsError):
        understood(kind, key, value, MODEL)


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001, "bell \a", "half \udc80"])
def test_a_text_must_say_something_that_can_be_kept(text: str) -> None:
    with pytest.raises(SettingsError, match="--because"):
        stated(text, "--because")
