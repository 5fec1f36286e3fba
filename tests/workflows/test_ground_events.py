"""One event on the ground from maps and a receiver: one incident, whose dossier runs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.formats.receivers import read_receivers, write_receivers
from hoshimori.model.assessments import Chain
from hoshimori.model.dossiers import Policy
from hoshimori.model.findings import Interference, ReceiverInterference
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receivers import Receiver, ReceiverSeries
from hoshimori.settings import Settings
from hoshimori.workflows.brief import brief, dossier_of, yardsticks
from hoshimori.workflows.inquiry import Inquiry, chosen_incident, inquire
from hoshimori.workflows.interference import IntegrityMaps
from hoshimori.workflows.receivers import ReceiverFiles, picture_without_sky
from hoshimori.workflows.rerun import rerun

PLANTED = PlantedDisturbance(35.5, 137.5, 150.0, first_day=20, last_day=21)
"""21 and 22 March 2026."""
COMPOSED = datetime(2026, 4, 1, 6, tzinfo=UTC)


@cache
def air() -> IntegrityCells:
    return disturbed_air(
        MadeAir(rings=8, planted=(PLANTED,)), np.random.Generator(np.random.PCG64(1))
    )


def mast(days_later: int, latitude_deg: float = 35.5) -> ReceiverSeries:
    """Return a mast that power from outside disturbs at half past seven of one morning."""
    disturbed = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 900, 40, 15.0)
    made = disturbed_reception(
        MadeReceiver(receiver=Receiver("mast"), planted=(disturbed,)),
        np.random.Generator(np.random.PCG64(1)),
    )
    shift = np.timedelta64(days_later, "D")
    place = np.full((len(made), 2), np.nan)
    place[0] = latitude_deg, 137.5
    return replace(
        made, time_utc=made.time_utc + shift, known_utc=made.known_utc + shift, place_deg=place,
        provenances=(Provenance("mast.parquet", "0" * 64, Reality.SIMULATED),),
    )  # fmt: skip


def asked(series: ReceiverSeries) -> Inquiry:
    maps = IntegrityMaps(air(), ("made",), ())
    files = ReceiverFiles((series,), ("mast.parquet",), (), 0)
    moment = np.datetime64("2026-03-24T00:00:00", "us")
    return inquire(picture_without_sky(maps, files, as_of_utc=moment))


def test_the_area_and_the_receiver_in_it_are_one_incident_that_runs_again() -> None:
    (restored,) = read_receivers(write_receivers([mast(20)]), source="mast.parquet").series
    inquiry = asked(restored)
    (incident,) = inquiry.incidents
    kinds = {type(f) for f in inquiry.findings_of(incident)}
    assert kinds == {Interference, ReceiverInterference}
    settings, measures = Settings(), yardsticks(Settings())
    told = brief(inquiry, chosen_incident(inquiry, incident.incident_id, ()), settings, measures)
    chains = {row.evidence.chain for row in told.assessment.matrix}
    assert {Chain.NAVIGATION, Chain.RECEPTION} <= chains
    dossier = dossier_of(told, settings, measures, (), composed_utc=COMPOSED, policy=Policy())
    again = rerun(dossier.items)
    assert (again.missing, again.added, again.differing) == ((), (), ())
    assert again.reproduced == 2


@pytest.mark.parametrize(("days_later", "latitude_deg"), [(18, 35.5), (20, 38.5)])
def test_a_receiver_of_another_day_or_place_is_another_incident(
    days_later: int, latitude_deg: float
) -> None:
    inquiry = asked(mast(days_later, latitude_deg))
    assert len(inquiry.findings) == len(inquiry.incidents) == 2
