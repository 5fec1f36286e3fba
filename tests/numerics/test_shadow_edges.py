"""Edges of the shadow at many moments agree with the passages that are found one by one."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.shadow import shadow_passages
from hoshimori.numerics.shadow_edges import shadow_edges

T0 = np.datetime64("2025-03-20T00:00:00", "us")


def satellite(rev_day: float, inclination_deg: float) -> MeanElements:
    one = np.ones(1)
    return MeanElements(
        epoch_utc=np.array([T0]),
        mean_motion_kozai_rad_min=one * rev_day * 2.0 * np.pi / 1440.0,
        eccentricity=one * 1e-4,
        inclination_rad=one * np.radians(inclination_deg),
        raan_rad=one * 0.3,
        arg_of_perigee_rad=one * 0.0,
        mean_anomaly_rad=one * 1.0,
        bstar_per_er=one * 0.0,
    )


@pytest.mark.parametrize(("rev_day", "inclination"), [(15.2, 51.6), (1.0027, 0.05)])
def test_edges_are_those_of_the_passages(rev_day: float, inclination: float) -> None:
    made = initialise(satellite(rev_day, inclination))
    period_s = 86400.0 / rev_day
    passages = shadow_passages(made, T0, -period_s, 2.0 * period_s)
    edges = np.array([(p.enters_penumbra_s, p.leaves_penumbra_s) for p in passages]).reshape(-1)
    t_s = np.linspace(0.0, period_s, 7)
    found = shadow_edges(made, T0, t_s, period_s)
    nearest = edges[np.nanargmin(np.abs(edges[None, :] - t_s[:, None]), axis=1)] - t_s
    assert np.abs(found.edge_s - nearest).max() < 20.0
    assert found.is_known.all()
    dark = [any(p.enters_penumbra_s < t < p.leaves_penumbra_s for p in passages) for t in t_s]
    assert found.in_shadow.tolist() == dark


def test_out_of_season_the_belt_meets_no_shadow() -> None:
    made = initialise(satellite(1.0027, 0.05))
    summer_s = np.array([92.0 * 86400.0])
    found = shadow_edges(made, T0, summer_s, 86164.0)
    assert np.isnan(found.edge_s[0])
    assert not found.in_shadow[0]
