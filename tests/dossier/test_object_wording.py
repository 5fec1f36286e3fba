"""An object in words, in both languages, also where little is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.object_wording import ObjectFacts, object_sentences

KNOWN = ObjectFacts(
    name="ISS (ZARYA) (25544)", kind="payload", owner="ISS", launch="1998-067", is_asset=True,
    perigee_km=413.2, apogee_km=421.9, period_min=92.9, inclination_deg=51.64, regime="LEO",
    epoch_utc=datetime(2026, 10, 31, 18, tzinfo=UTC), as_of_utc=datetime(2026, 11, 1, tzinfo=UTC),
    element_sets=92, incidents=1,
)  # fmt: skip


def test_every_thing_that_is_known_has_its_sentence() -> None:
    told = object_sentences(KNOWN, Language.EN)
    assert told == (
        "ISS (ZARYA) (25544) is catalogued as: payload.",
        "It is one of the assets that this watch protects.",
        "The catalogue names ISS as its owner; no number here depends on it.",
        "It comes from launch 1998-067.",
        "It flies between 413 km and 422 km above the Earth, goes round in 92.9 min, and its "
        "plane is inclined by 51.64° (LEO).",
        "Its newest element set is of 2026-10-31T18:00Z, 6.0 h before the moment of the picture.",
        "92 element sets of it are at hand.",
        "1 incident of this board is about it.",
    )


@pytest.mark.parametrize("language", Language)
def test_what_is_not_known_is_said_or_left_out(language: Language) -> None:
    unknown = replace(
        KNOWN, kind="unknown", owner="", launch="", is_asset=False, epoch_utc=None, incidents=0,
        perigee_km=None, apogee_km=None, period_min=None, inclination_deg=None, regime="",
    )  # fmt: skip
    told = object_sentences(unknown, language)
    assert len(told) == 4
    assert not any("None" in sentence for sentence in told)
    whole = object_sentences(KNOWN, language)
    assert len(whole) == 8


def test_epochs_ahead_of_the_picture_are_told_as_such() -> None:
    ahead = replace(KNOWN, epoch_utc=datetime(2026, 11, 1, 6, tzinfo=UTC))
    assert any("6.0 h after the moment" in s for s in object_sentences(ahead, Language.EN))
