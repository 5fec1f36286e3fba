"""The part of SGP4 that all objects share: its coefficients, computed once per element set.

Names follow the theory (Hoots & Roehrich 1980) so that each line can be held against its source.
"""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.constants import (
    TWO_PI,
    WGS72_J2,
    WGS72_J3,
    WGS72_J4,
    WGS72_RADIUS_KM,
    XKE,
)
from hoshimori.numerics.elements import Floats, MeanElements, brouwer_mean_motion_rad_min

J3_OVER_J2 = WGS72_J3 / WGS72_J2
DEEP_SPACE_PERIOD_MIN = 225.0

# Columns of the coefficient table, one row per object, and their places.
_NAMES = (
    "mo mdot argpo argpdot nodeo nodedot nodecf omgcof eta xmcof delmo sinmao cc1 bcc4 bcc5 "
    "d2 d3 d4 t2cof t3cof t4cof t5cof ecco no ao aycof xlcof con41 x1mth2 x7thm1 sini cosi inclo"
)
COLUMNS = tuple(_NAMES.split())
WIDTH = len(COLUMNS)
(MO, MDOT, ARGPO, ARGPDOT, NODEO, NODEDOT, NODECF) = range(7)
(OMGCOF, ETA, XMCOF, DELMO, SINMAO, CC1, BCC4, BCC5) = range(7, 15)
(D2, D3, D4, T2COF, T3COF, T4COF, T5COF, ECCO, NO, AO) = range(15, 25)
(AYCOF, XLCOF, CON41, X1MTH2, X7THM1, SINI, COSI, INCLO) = range(25, 33)


def near_coefficients(elements: MeanElements) -> Floats:
    """Return the coefficients of all objects, shape (n, 33); columns as in `COLUMNS`.

    Rows with impossible elements come out as NaN; propagation gives them an error status.
    Source: Vallado et al. 2006, AIAA 2006-6753, routines ``initl`` and ``sgp4init``.
    """
    with np.errstate(all="ignore"):
        c = _orbit(elements)
        c |= _drag(elements, c)
        c |= _secular_rates(c)
        c |= _higher_drag(c)
        c |= _periodics(c)
    return np.stack([c[name] for name in COLUMNS], axis=1)


def _orbit(elements: MeanElements) -> dict[str, Floats]:
    inclo, ecco = elements.inclination_rad, elements.eccentricity
    no = brouwer_mean_motion_rad_min(elements)
    cosi = np.cos(inclo)
    return {
        "mo": elements.mean_anomaly_rad,
        "argpo": elements.arg_of_perigee_rad,
        "nodeo": elements.raan_rad,
        "inclo": inclo,
        "ecco": ecco,
        "no": no,
        "ao": (XKE / no) ** (2.0 / 3.0),
        "sini": np.sin(inclo),
        "cosi": cosi,
        "con41": 3.0 * cosi**2 - 1.0,
        "x1mth2": 1.0 - cosi**2,
        "x7thm1": 7.0 * cosi**2 - 1.0,
        "sinmao": np.sin(elements.mean_anomaly_rad),
    }


def _atmosphere(perigee_er: Floats) -> tuple[Floats, Floats]:
    """Return s [earth radii] and (q0 - s)^4, lowered for perigees below 156 km."""
    perigee_km = (perigee_er - 1.0) * WGS72_RADIUS_KM
    s_km = np.where(perigee_km < 98.0, 20.0, np.minimum(perigee_km - 78.0, 78.0))
    return s_km / WGS72_RADIUS_KM + 1.0, ((120.0 - s_km) / WGS72_RADIUS_KM) ** 4


def _drag(elements: MeanElements, c: dict[str, Floats]) -> dict[str, Floats]:
    ecco, no, ao, con41 = c["ecco"], c["no"], c["ao"], c["con41"]
    bstar = elements.bstar_per_er
    s, q_minus_s_4 = _atmosphere(ao * (1.0 - ecco))
    tsi = 1.0 / (ao - s)
    eta = ao * ecco * tsi
    eta2, eeta = eta**2, ecco * eta
    psi2 = np.abs(1.0 - eta2)
    coef = q_minus_s_4 * tsi**4
    coef1 = coef / psi2**3.5
    j2_term = 0.375 * WGS72_J2 * tsi / psi2 * con41 * (8.0 + 3.0 * eta2 * (8.0 + eta2))
    cc2 = coef1 * no * (ao * (1.0 + 1.5 * eta2 + eeta * (4.0 + eta2)) + j2_term)
    eccentric = ecco > 1.0e-4
    cc3 = np.where(eccentric, -2.0 * coef * tsi * J3_OVER_J2 * no * c["sini"] / ecco, 0.0)
    beta2 = 1.0 - ecco**2
    cc5 = 2.0 * coef1 * ao * beta2 * (1.0 + 2.75 * (eta2 + eeta) + eeta * eta2)
    return {
        "s": s,
        "tsi": tsi,
        "eta": eta,
        "cc1": bstar * cc2,
        "bcc4": bstar * _cc4(c, tsi, eta, psi2, coef1),
        "bcc5": bstar * cc5,
        "omgcof": bstar * cc3 * np.cos(c["argpo"]),
        "xmcof": np.where(eccentric, -2.0 / 3.0 * coef * bstar / eeta, 0.0),
        "delmo": (1.0 + eta * np.cos(c["mo"])) ** 3,
    }


def _cc4(c: dict[str, Floats], tsi: Floats, eta: Floats, psi2: Floats, coef1: Floats) -> Floats:
    ecco, ao = c["ecco"], c["ao"]
    eta2, eeta = eta**2, ecco * eta
    zonal = -3.0 * c["con41"] * (1.0 - 2.0 * eeta + eta2 * (1.5 - 0.5 * eeta))
    sectoral = 0.75 * c["x1mth2"] * (2.0 * eta2 - eeta * (1.0 + eta2)) * np.cos(2.0 * c["argpo"])
    bracket = eta * (2.0 + 0.5 * eta2) + ecco * (0.5 + 2.0 * eta2)
    bracket = bracket - WGS72_J2 * tsi / (ao * psi2) * (zonal + sectoral)
    return np.asarray(2.0 * c["no"] * coef1 * ao * (1.0 - ecco**2) * bracket)


def _secular_rates(c: dict[str, Floats]) -> dict[str, Floats]:
    no, cosi = c["no"], c["cosi"]
    theta2, theta4 = cosi**2, cosi**4
    beta2 = 1.0 - c["ecco"] ** 2
    beta = np.sqrt(beta2)
    pinv2 = 1.0 / (c["ao"] * beta2) ** 2
    temp1 = 1.5 * WGS72_J2 * pinv2 * no
    temp2 = 0.5 * temp1 * WGS72_J2 * pinv2
    temp3 = -0.46875 * WGS72_J4 * pinv2**2 * no
    xhdot1 = -temp1 * cosi
    anomaly_j4 = 0.0625 * temp2 * beta * (13.0 - 78.0 * theta2 + 137.0 * theta4)
    perigee_j2 = -0.5 * temp1 * (1.0 - 5.0 * theta2)
    perigee_j4 = 0.0625 * temp2 * (7.0 - 114.0 * theta2 + 395.0 * theta4)
    node_j4 = 0.5 * temp2 * (4.0 - 19.0 * theta2) + 2.0 * temp3 * (3.0 - 7.0 * theta2)
    return {
        "mdot": no + 0.5 * temp1 * beta * c["con41"] + anomaly_j4,
        "argpdot": perigee_j2 + perigee_j4 + temp3 * (3.0 - 36.0 * theta2 + 49.0 * theta4),
        "nodedot": xhdot1 + node_j4 * cosi,
        "nodecf": 3.5 * beta2 * xhdot1 * c["cc1"],
    }


def _higher_drag(c: dict[str, Floats]) -> dict[str, Floats]:
    """Return the drag terms of higher order; zero for low perigees and deep space."""
    ao, s, tsi, cc1 = c["ao"], c["s"], c["tsi"], c["cc1"]
    d2 = 4.0 * ao * tsi * cc1**2
    temp = d2 * tsi * cc1 / 3.0
    d3 = (17.0 * ao + s) * temp
    d4 = 0.5 * temp * ao * tsi * (221.0 * ao + 31.0 * s) * cc1
    t5 = 3.0 * d4 + 12.0 * cc1 * d3 + 6.0 * d2**2 + 15.0 * cc1**2 * (2.0 * d2 + cc1**2)
    full = {
        "d2": d2,
        "d3": d3,
        "d4": d4,
        "t3cof": d2 + 2.0 * cc1**2,
        "t4cof": 0.25 * (3.0 * d3 + cc1 * (12.0 * d2 + 10.0 * cc1**2)),
        "t5cof": 0.2 * t5,
        "omgcof": c["omgcof"],
        "xmcof": c["xmcof"],
        "bcc5": c["bcc5"],
    }
    low = ao * (1.0 - c["ecco"]) < 220.0 / WGS72_RADIUS_KM + 1.0
    simple = low | is_deep_space(c["no"])
    return {name: np.where(simple, 0.0, value) for name, value in full.items()}


def is_deep_space(mean_motion_rad_min: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which objects need the deep-space theory: periods of 225 minutes and more."""
    return np.asarray(TWO_PI / mean_motion_rad_min >= DEEP_SPACE_PERIOD_MIN)


def _periodics(c: dict[str, Floats]) -> dict[str, Floats]:
    cosi, sini = c["cosi"], c["sini"]
    divisor = np.where(np.abs(cosi + 1.0) > 1.5e-12, 1.0 + cosi, 1.5e-12)
    return {
        "t2cof": 1.5 * c["cc1"],
        "xlcof": -0.25 * J3_OVER_J2 * sini * (3.0 + 5.0 * cosi) / divisor,
        "aycof": -0.5 * J3_OVER_J2 * sini,
    }
