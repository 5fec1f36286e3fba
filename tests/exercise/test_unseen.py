"""What nobody can find before an exercise ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hoshimori.dossier.language import Language
from hoshimori.dossier.rehearsal_rows import unseen_sentences
from hoshimori.exercise.unseen import unseen
from hoshimori.model.scenarios import Expected, Pace, Scenario, SkyKind
from hoshimori.model.tapes import TrueEvent

START = datetime(2026, 11, 1, tzinfo=UTC)
ENDS = START + timedelta(hours=48)
EVENT = TrueEvent(
    inject_id="burn", kind="burn", objects=(1,), from_utc=START, to_utc=START, measures={},
    observable_utc=START, public_utc=ENDS - timedelta(seconds=1),
)  # fmt: skip
SCRIPT = Scenario(
    scenario_id="test", title={}, story={}, objectives=(), source="", seed=1, sky=SkyKind.ANY,
    pace=Pace(length_h=48.0), starts_utc=None, parts=(), cells=(), injects=(), questions=(),
    expected=(Expected(inject_id="burn", findings=("manoeuvre",), within_h=24.0, measures={}),),
)  # fmt: skip


def test_what_is_published_before_the_end_can_be_found() -> None:
    assert unseen(SCRIPT, [EVENT], ENDS) == ()


def test_what_is_published_at_the_end_or_never_cannot_be_found() -> None:
    after = replace(EVENT, public_utc=ENDS + timedelta(hours=3))
    never = replace(EVENT, public_utc=None)
    assert unseen(SCRIPT, [after, never], ENDS) == (after, never)
    told = unseen_sentences((after, never), ENDS, Language.EN)
    assert "3.0 h after the end" in told[0]
    assert told[1].startswith("hint: burn (burn): nothing that is published before the end")


def test_what_is_not_to_be_found_needs_no_trace() -> None:
    never = replace(EVENT, public_utc=None)
    silent = replace(SCRIPT, expected=(replace(SCRIPT.expected[0], findings=()),))
    assert unseen(silent, [never], ENDS) == ()
    assert unseen(SCRIPT, [replace(never, inject_id="other")], ENDS) == ()
