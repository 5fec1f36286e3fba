"""Run every labelled case, and calibrate what assessments say against what is known of them.

Usage: python benchmarks/accuracy_assessment.py [DATA_FOLDER] [--thinned]

The cases are those of ``benchmarks/cases``; the folder (default: ../shared/data beside the
repository, or HOSHIMORI_DATA) holds their files. `--thinned` reads catalogues as the tests do, one
in so many of the uninvolved objects; without it they are whole, which takes a quarter of an hour.
Beside them stand made scenes in numbers, whose truth is known because we made it; how often which
kind was made is our choice, so that they are never counted together with real cases.

The temperature that multiplies all evidence is fitted on all families but one and judged on that
one. The result is printed and kept in benchmarks/results/accuracy_assessment.json;
docs/make_calibration.py writes the page from it.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hoshimori.assessment.calibration import (
    brier_score,
    by_family,
    calibration_of,
    fitted_temperature,
    gain_of,
    held_out,
    log_loss,
)
from hoshimori.exercise.made_cases import made_scene
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Label, TruthGroup
from hoshimori.model.cases import Case, CaseData, Forecast
from hoshimori.model.markings import OPEN
from hoshimori.workflows.assessment_model import MODEL_FILE
from hoshimori.workflows.cases import (
    CaseFiles,
    Deviation,
    Judged,
    ask,
    cases_of,
    deviations,
    files_below,
    incident_of,
    judged,
    picture_of_case,
    question_of,
)
from hoshimori.workflows.inquiry import Inquiry, Surroundings, assessment_of
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.space_weather import space_weather_of_file

CASES = Path(__file__).with_name("cases")
TEMPERATURES = tuple(round(0.1 * k, 1) for k in range(1, 21))
SKIES, PAIRS, BURSTS, STRUCK, TWO_BODIES = 7, 5, 40, 12, 20
"""How many scenes of each kind are made."""
_TRUTH_OF_SKY = {
    "neighbour": TruthGroup.BENIGN,
    "station-keeping": TruthGroup.BENIGN,
    "docked in the belt": TruthGroup.BENIGN,
    "cluster": TruthGroup.BENIGN,
    "inspector": TruthGroup.INSPECTION,
    "passing SIM IMAGER 2": TruthGroup.BENIGN,
    "passing SIM WEATHER 2": TruthGroup.BENIGN,
    "orbit change": TruthGroup.BENIGN,
    "overdue": TruthGroup.ARTEFACT,
    "docked at the station": TruthGroup.BENIGN,
    "formation": TruthGroup.BENIGN,
}
_BREAKUPS = (
    ("burst", BURSTS, TruthGroup.BENIGN),
    ("struck", STRUCK, TruthGroup.TEST),
    ("two bodies", TWO_BODIES, TruthGroup.BENIGN),
)


@dataclass(frozen=True)
class Outcome:
    """A case with what became of it."""

    case: Case
    label: str
    differing: tuple[Deviation, ...]
    judged: Judged | None
    seconds: float


def main(arguments: Sequence[str]) -> None:
    named = [a for a in arguments if not a.startswith("--")]
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(named[0] if named else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    keep("accuracy_assessment", measured(folder, thinned="--thinned" in arguments))


def measured(folder: Path, *, thinned: bool) -> dict[str, Any]:
    """Return how the cases came out, and the calibration of real and of made ones."""
    model = read_assessment_model(MODEL_FILE.read_bytes(), source=MODEL_FILE.name)
    weather = space_weather_of_file(folder / "spaceweather" / "SW-All.csv.gz").weather
    surroundings = Surroundings(weather, known_failures())
    cases = cases_of(CASES)
    files = files_below(folder)
    listed = list(outcomes(cases, files, model, surroundings, thinned=thinned))
    made = list(outcomes(tuple(made_cases()), files, model, surroundings, thinned=False))
    real = [o for o in listed if not o.case.data.made]
    return {
        "catalogues": "thinned" if thinned else "whole",
        "model_version": model.version,
        "cases": _counts(listed),
        "real": _calibrated(real, model),
        "made": _calibrated(made, model),
        "temperature": _temperature(real, model),
        "tables": {"cases": [_row(outcome, model) for outcome in listed]},
    }


def outcomes(
    cases: Sequence[Case],
    files: CaseFiles,
    model: AssessmentModel,
    surroundings: Surroundings,
    *,
    thinned: bool,
) -> Iterator[Outcome]:
    """Run cases; those of one picture share its inquiry."""
    inquiries: dict[object, Inquiry] = {}
    for case in cases:
        begun = time.perf_counter()
        key = question_of(case)
        if key not in inquiries:
            inquiries.clear()
            inquiries[key] = ask(picture_of_case(case, files, thinned=thinned))
        inquiry = inquiries[key]
        incident = incident_of(case, inquiry)
        label, found, rests = "", deviations(case, (), None), None
        if incident is not None:
            assessment = assessment_of(
                inquiry, incident, model=model, surroundings=surroundings, marking=OPEN
            )
            findings = inquiry.findings_of(incident)
            label, found = assessment.label.value, deviations(case, findings, assessment)
            rests = judged(case, findings, assessment)
        seconds = time.perf_counter() - begun
        print(f"{case.case_id}: {label or 'no incident'} in {seconds:.1f} s", file=sys.stderr)
        yield Outcome(case, label, found, rests, seconds)


def made_cases() -> Iterator[Case]:
    """Return made scenes in numbers as cases; their families are their kinds."""
    for seed in range(2, 2 + SKIES):
        for story, truth in _TRUTH_OF_SKY.items():
            yield _made("sky", story, seed, truth)
    for seed in range(2, 2 + PAIRS):
        for story in made_scene("pairs", seed).about:
            came = story.startswith("the other burns")
            yield _made("pairs", story, seed, TruthGroup.INSPECTION if came else TruthGroup.BENIGN)
    for variant, count, truth in _BREAKUPS:
        for seed in range(2, 2 + count):
            yield _made(f"breakup {variant}", variant, seed, truth)


def _made(scene: str, story: str, seed: int, truth: TruthGroup) -> Case:
    kind = story.rstrip("0123456789 ") if scene == "pairs" else story
    return Case(
        case_id=f"{scene}:{story}:{seed}",
        family=kind,
        title=story,
        source="exercise/made_cases",
        data=CaseData(made=f"{scene}:{story}", seed=seed),
        about=(),
        assets=(),
        as_of_utc=None,
        at_utc=None,
        days_ahead=2.0,
        reports=(),
        labels=tuple(Label),
        numbers={},
        forbidden=(),
        truth=truth,
        because="we made it",
    )


def _counts(listed: Sequence[Outcome]) -> dict[str, int]:
    real = [o for o in listed if not o.case.data.made]
    return {
        "all": len(listed),
        "real": len(real),
        "as_expected": sum(not o.differing for o in listed),
        "real_as_expected": sum(not o.differing for o in real),
        "waiting": sum(bool(o.case.waits_for) for o in listed),
        "differing_without_reason": sum(bool(o.differing) and not o.case.waits_for for o in listed),
    }


def _forecasts(listed: Sequence[Outcome], model: AssessmentModel) -> list[Forecast]:
    return [o.judged.forecast(model) for o in listed if o.judged and o.case.truth]


def _calibrated(listed: Sequence[Outcome], model: AssessmentModel) -> dict[str, Any]:
    forecasts = _forecasts(listed, model)
    of = {group: calibration_of(forecasts, group) for group in TruthGroup}
    return {
        "cases": len(forecasts),
        "families": len(by_family(forecasts)),
        "truths": dict(Counter(f.truth.value for f in forecasts)),
        "brier_score": round(brier_score(forecasts), 4),
        "log_loss_nats": round(log_loss(forecasts), 4),
        "covered": {group.value: found.is_covered for group, found in of.items()},
        "tables": {
            "groups": {group.value: _rounded(asdict(found)) for group, found in of.items()},
            "scenes": _kinds(listed),
        },
    }


def _kinds(listed: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Return how many scenes of each kind were made, and of how many an incident came."""
    kinds: dict[str, dict[str, int]] = {}
    for outcome in listed:
        kind = kinds.setdefault(outcome.case.family, {"made": 0, "told": 0})
        kind["made"] += 1
        kind["told"] += outcome.judged is not None
    return kinds


def _temperature(listed: Sequence[Outcome], model: AssessmentModel) -> dict[str, Any]:
    """Return the temperature by folds of families, what it gains, and that of all cases."""
    by_id = {o.case.case_id: o.judged for o in listed if o.judged and o.case.truth}

    @cache
    def again(case_id: str, temperature: float) -> Forecast:
        return by_id[case_id].forecast(model, temperature)

    forecasts = [again(case_id, 1.0) for case_id in by_id]
    folds = held_out(forecasts, again, TEMPERATURES)
    gain = gain_of(folds)
    return {
        "of_all": fitted_temperature(forecasts, again, TEMPERATURES),
        "tables": {"folds": [_rounded(asdict(fold)) for fold in folds]},
        "gain": _rounded(asdict(gain)),
        "tells": gain.low > 0.0,
        "in_force": model.temperature.value,
        "origin": model.temperature.origin.value,
    }


def _row(outcome: Outcome, model: AssessmentModel) -> dict[str, Any]:
    case = outcome.case
    shown = replace(case, truth=case.truth or TruthGroup.BENIGN)
    rests = replace(outcome.judged, case=shown) if outcome.judged else None
    spans = rests.forecast(model).spans if rests else {}
    return {
        "id": case.case_id,
        "title": case.title,
        "source": case.source,
        "made": bool(case.data.made),
        "expected": [label.value for label in case.labels],
        "label": outcome.label,
        "truth": case.truth.value if case.truth else "",
        "differing": [asdict(d) for d in outcome.differing],
        "waits_for": case.waits_for,
        "said": {g.value: [round(s.low, 3), round(s.high, 3)] for g, s in spans.items()},
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, TruthGroup):
        return value.value
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


if __name__ == "__main__":
    main(sys.argv[1:])
