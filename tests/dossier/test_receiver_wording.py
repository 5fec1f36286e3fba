"""What disturbed receivers are told as: intervals, both languages, nothing that breaks a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language
from hoshimori.dossier.receiver_wording import depth_text, lasting_text, value_text
from hoshimori.dossier.wording import headline, kind_text
from hoshimori.model.findings import Interval, Reception
from hoshimori.model.findings_of_receivers import QuantityChange
from hoshimori.model.receivers import Quantity

EN, JA = Language.EN, Language.JA


@pytest.fixture
def reception(boards: Any) -> Callable[..., Any]:
    return boards.reception  # type: ignore[no-any-return]


def test_a_link_is_named_with_its_satellite_and_what_it_did(reception: Callable[..., Any]) -> None:
    one = reception()
    names = {one.objects[0]: "INTELSAT 39"}
    assert headline(one, names, EN) == (
        "transponder 3 (uplink of INTELSAT 39): all signals fell together"
    )
    assert "INTELSAT 39" in headline(one, names, JA)
    assert kind_text(one, EN) == "Reception"
    alone = reception(
        objects=(), receiver="mast\n7", reception=Reception.ONE_SATELLITE, fallen=("G05",)
    )
    assert headline(alone, {}, EN) == "mast7 (uplink): the signal of G05 fell alone"


@pytest.mark.parametrize(
    ("leading", "depth", "english", "japanese"),
    [
        (Quantity.CN0, Interval(-13.0, -12.0, -11.0), "11.0–13.0 dB lower", "11.0–13.0 dB低下"),
        (Quantity.NOISE_FLOOR, Interval(9.0, 10.0, 11.0), "9.0–11.0 dB higher", "9.0–11.0 dB上昇"),
        (Quantity.CN0, Interval(-9.0, -4.0, 1.0), "0–9.0 dB lower", "0–9.0 dB低下"),
        (
            Quantity.BIT_ERRORS,
            Interval(1.0, 2.0, 3.0),
            "10–1,000 times as many",
            "10–1,000 倍に増加",
        ),
    ],
)
def test_depths_are_intervals(
    reception: Callable[..., Any], leading: Quantity, depth: Interval, english: str, japanese: str
) -> None:
    one = reception(leading=leading, depth=depth)
    assert depth_text(one, EN) == english
    assert depth_text(one, JA).replace(" ", "") == japanese.replace(" ", "")


def test_the_explanation_tells_rarity_and_limits(reception: Callable[..., Any]) -> None:
    told = explanation(reception(), {}, EN)
    assert told.startswith("C/N0 was 11.0–13.0 dB lower for 10 min, ")
    assert "C/N0 43.0 dB-Hz → 31.0 dB-Hz" in told
    assert "of 900 earlier stretches of this receiver" in told
    assert told.endswith("can look the same.")
    assert "受信機" in explanation(reception(), {}, JA)


def test_what_stayed_within_its_noise_is_named_without_numbers(
    reception: Callable[..., Any],
) -> None:
    same = QuantityChange(Quantity.CLOCK_OFFSET, 0.001, 0.05, Interval(-0.01, 0.002, 0.01), 40)
    told = explanation(reception(changes=(*reception().changes, same)), {}, EN)
    assert "As usual: clock offset." in told
    assert "µs" not in told


def test_measures_name_band_and_polarisation(reception: Callable[..., Any]) -> None:
    one = reception()
    told = {m.label: m.value for m in measures(one, one.end_utc, EN)}
    assert told["Band and polarisation"] == "Ku, H"
    assert told["Lasted"] == "10 min"


def test_values_have_their_units() -> None:
    assert value_text(Quantity.BIT_ERRORS, -3.0) == "1.0e-03"
    assert value_text(Quantity.USED, 0.42) == "42 %"
    assert value_text(Quantity.OTHER_RSSI, -98.0) == "-98.0 dBm"
    assert [lasting_text(s, EN) for s in (40.0, 600.0, 7_200.0)] == ["40 s", "10 min", "2.0 h"]
