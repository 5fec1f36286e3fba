"""The deep-space part of SGP4: pull of Sun and Moon, resonance with the Earth's rotation.

Coefficients, computed once per element set with a period of 225 minutes or more. Names follow
the theory (Hume 1980 in Spacetrack Report 3; Vallado et al. 2006, routines ``dscom``, ``dsinit``).
"""

from __future__ import annotations

import numpy as np

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import TWO_PI, XKE
from hoshimori.numerics.elements import Floats

# Columns of the coefficient table, one row per deep-space object, and their places.
_NAMES = (
    "zmos se2 se3 si2 si3 sl2 sl3 sl4 sgh2 sgh3 sgh4 sh2 sh3 "
    "zmol ee2 e3 xi2 xi3 xl2 xl3 xl4 xgh2 xgh3 xgh4 xh2 xh3 "
    "dedt didt dmdt dnodt domdt gsto irez xfact xlamo del1 del2 del3 "
    "d2201 d2211 d3210 d3222 d4410 d4422 d5220 d5232 d5421 d5433"
)
COLUMNS = tuple(_NAMES.split())
WIDTH = len(COLUMNS)
(ZMOS, SE2, SE3, SI2, SI3, SL2, SL3, SL4, SGH2, SGH3, SGH4, SH2, SH3) = range(13)
(ZMOL, EE2, E3, XI2, XI3, XL2, XL3, XL4, XGH2, XGH3, XGH4, XH2, XH3) = range(13, 26)
(DEDT, DIDT, DMDT, DNODT, DOMDT, GSTO, IREZ, XFACT, XLAMO, DEL1, DEL2, DEL3) = range(26, 38)
(D2201, D2211, D3210, D3222, D4410, D4422, D5220, D5232, D5421, D5433) = range(38, 48)

SOLAR_RATE_RAD_MIN = 1.19459e-5
SOLAR_ECCENTRICITY = 0.01675
LUNAR_RATE_RAD_MIN = 1.5835218e-4
LUNAR_ECCENTRICITY = 0.05490
EARTH_RATE_RAD_MIN = 4.37526908801129966e-3

NO_RESONANCE, ONE_DAY, HALF_DAY = 0.0, 1.0, 2.0

# Cosine and sine of the Sun's argument of perigee and of the ecliptic's tilt.
_SOLAR_PERIGEE = (np.float64(0.1945905), np.float64(-0.98088458))
_ECLIPTIC = (np.float64(0.91744867), np.float64(0.39785416))

_Columns = dict[str, Floats]
_CosSin = tuple[Floats, Floats] | tuple[np.float64, np.float64]


def deep_coefficients(coefficients: Floats, days_since_1950: Floats) -> Floats:
    """Return the deep-space coefficients, shape (n, 48), of rows of near coefficients (n, 33).

    `days_since_1950` are the epochs counted from 1950-01-00 (1949-12-31) 00:00 UTC.
    Source: Vallado et al. 2006, AIAA 2006-6753, routines ``dscom`` and ``dsinit``.
    """
    if not len(coefficients):
        return np.empty((0, WIDTH))
    with np.errstate(all="ignore"):
        c = dict(zip(near.COLUMNS, coefficients.T, strict=True))
        sun, moon, phases = _third_bodies(c, days_since_1950)
        d = phases | _solar_periodics(sun, c["ecco"]) | _lunar_periodics(moon, c["ecco"])
        d |= _secular(c, sun, moon)
        d["gsto"] = _sidereal_angle(days_since_1950)
        d |= _resonance(c, d)
    return np.stack([d[name] for name in COLUMNS], axis=1)


def _sidereal_angle(days_since_1950: Floats) -> Floats:
    t = (days_since_1950 + 2433281.5 - 2451545.0) / 36525.0
    seconds = -6.2e-6 * t**3 + 0.093104 * t**2 + (876600.0 * 3600.0 + 8640184.812866) * t
    return np.asarray(np.radians(seconds + 67310.54841) / 240.0 % TWO_PI)


def _third_bodies(c: _Columns, days_since_1950: Floats) -> tuple[_Columns, _Columns, _Columns]:
    """Return the terms of the Sun, those of the Moon, and the mean anomalies of both."""
    day = days_since_1950 + 18261.5
    node = (4.5236020 - 9.2422029e-4 * day) % TWO_PI
    stem, ctem = np.sin(node), np.cos(node)
    zcosi = 0.91375164 - 0.03568096 * ctem
    zsini = np.sqrt(1.0 - zcosi**2)
    zsinh = 0.089683511 * stem / zsini
    zcosh = np.sqrt(1.0 - zsinh**2)
    gam = 5.8351514 + 0.0019443680 * day
    zy = zcosh * ctem + 0.91744867 * zsinh * stem
    perigee = gam + np.arctan2(0.39785416 * stem / zsini, zy) - node
    snod, cnod = np.sin(c["nodeo"]), np.cos(c["nodeo"])
    sun = _pull(c, _SOLAR_PERIGEE, _ECLIPTIC, (cnod, snod), 2.9864797e-6)
    relative_node = (zcosh * cnod + zsinh * snod, snod * zcosh - cnod * zsinh)
    moon = _pull(c, (np.cos(perigee), np.sin(perigee)), (zcosi, zsini), relative_node, 4.7968065e-7)
    phases = {
        "zmol": (4.7199672 + 0.22997150 * day - gam) % TWO_PI,
        "zmos": (6.2565837 + 0.017201977 * day) % TWO_PI,
    }
    return sun, moon, phases


def _pull(c: _Columns, perigee: _CosSin, tilt: _CosSin, node: _CosSin, strength: float) -> _Columns:
    """Return the terms s1-s7 and z1-z33 of one third body; each angle is (cos, sin)."""
    (zcosg, zsing), (zcosi, zsini), (zcosh, zsinh) = perigee, tilt, node
    cosi, sini = c["cosi"], c["sini"]
    cosw, sinw = np.cos(c["argpo"]), np.sin(c["argpo"])
    a1 = np.asarray(zcosg * zcosh + zsing * zcosi * zsinh)
    a3 = np.asarray(-zsing * zcosh + zcosg * zcosi * zsinh)
    a7 = -zcosg * zsinh + zsing * zcosi * zcosh
    a8 = zsing * zsini
    a9 = zsing * zsinh + zcosg * zcosi * zcosh
    a10 = zcosg * zsini
    a2, a4 = cosi * a7 + sini * a8, cosi * a9 + sini * a10
    a5, a6 = -sini * a7 + cosi * a8, -sini * a9 + cosi * a10
    a = (a1, a2, a3, a4, a5, a6)
    x1, x2 = a1 * cosw + a2 * sinw, a3 * cosw + a4 * sinw
    x3, x4 = -a1 * sinw + a2 * cosw, -a3 * sinw + a4 * cosw
    x = (x1, x2, x3, x4, a5 * sinw, a6 * sinw, a5 * cosw, a6 * cosw)
    return _strengths(c, strength, x) | _directions(c["ecco"] ** 2, a, x)


def _strengths(c: _Columns, strength: float, x: tuple[Floats, ...]) -> _Columns:
    x1, x2, x3, x4 = x[:4]
    beta = np.sqrt(1.0 - c["ecco"] ** 2)
    s3 = strength / c["no"]
    s4 = s3 * beta
    return {
        "s1": -15.0 * c["ecco"] * s4,
        "s2": -0.5 * s3 / beta,
        "s3": s3,
        "s4": s4,
        "s5": x1 * x3 + x2 * x4,
        "s6": x2 * x3 + x1 * x4,
        "s7": x2 * x4 - x1 * x3,
    }


def _directions(e2: Floats, a: tuple[Floats, ...], x: tuple[Floats, ...]) -> _Columns:
    a1, a2, a3, a4, a5, a6 = a
    x1, x2, x3, x4, x5, x6, x7, x8 = x
    beta2 = 1.0 - e2
    z31 = 12.0 * x1**2 - 3.0 * x3**2
    z32 = 24.0 * x1 * x2 - 6.0 * x3 * x4
    z33 = 12.0 * x2**2 - 3.0 * x4**2
    z1 = 3.0 * (a1**2 + a2**2) + z31 * e2
    z2 = 6.0 * (a1 * a3 + a2 * a4) + z32 * e2
    z3 = 3.0 * (a3**2 + a4**2) + z33 * e2
    z12_e2 = -24.0 * (x2 * x7 + x1 * x8) - 6.0 * (x3 * x6 + x4 * x5)
    z22_e2 = 24.0 * (x2 * x5 + x1 * x6) - 6.0 * (x4 * x7 + x3 * x8)
    return {
        "z1": z1 + z1 + beta2 * z31,
        "z2": z2 + z2 + beta2 * z32,
        "z3": z3 + z3 + beta2 * z33,
        "z11": -6.0 * a1 * a5 + e2 * (-24.0 * x1 * x7 - 6.0 * x3 * x5),
        "z12": -6.0 * (a1 * a6 + a3 * a5) + e2 * z12_e2,
        "z13": -6.0 * a3 * a6 + e2 * (-24.0 * x2 * x8 - 6.0 * x4 * x6),
        "z21": 6.0 * a2 * a5 + e2 * (24.0 * x1 * x5 - 6.0 * x3 * x7),
        "z22": 6.0 * (a4 * a5 + a2 * a6) + e2 * z22_e2,
        "z23": 6.0 * a4 * a6 + e2 * (24.0 * x2 * x6 - 6.0 * x4 * x8),
        "z31": z31,
        "z32": z32,
        "z33": z33,
    }


def _solar_periodics(s: _Columns, ecco: Floats) -> _Columns:
    names = ["se2", "se3", "si2", "si3", "sl2", "sl3", "sl4", "sgh2", "sgh3", "sgh4", "sh2", "sh3"]
    return dict(zip(names, _periodics(s, ecco, SOLAR_ECCENTRICITY), strict=True))


def _lunar_periodics(m: _Columns, ecco: Floats) -> _Columns:
    names = ["ee2", "e3", "xi2", "xi3", "xl2", "xl3", "xl4", "xgh2", "xgh3", "xgh4", "xh2", "xh3"]
    return dict(zip(names, _periodics(m, ecco, LUNAR_ECCENTRICITY), strict=True))


def _periodics(b: _Columns, ecco: Floats, body_eccentricity: float) -> tuple[Floats, ...]:
    return (
        2.0 * b["s1"] * b["s6"],
        2.0 * b["s1"] * b["s7"],
        2.0 * b["s2"] * b["z12"],
        2.0 * b["s2"] * (b["z13"] - b["z11"]),
        -2.0 * b["s3"] * b["z2"],
        -2.0 * b["s3"] * (b["z3"] - b["z1"]),
        -2.0 * b["s3"] * (-21.0 - 9.0 * ecco**2) * body_eccentricity,
        2.0 * b["s4"] * b["z32"],
        2.0 * b["s4"] * (b["z33"] - b["z31"]),
        -18.0 * b["s4"] * body_eccentricity,
        -2.0 * b["s2"] * b["z22"],
        -2.0 * b["s2"] * (b["z23"] - b["z21"]),
    )


def _secular(c: _Columns, sun: _Columns, moon: _Columns) -> _Columns:
    """Return the rates that Sun and Moon give to the mean elements [per minute]."""
    zns, znl, e2 = SOLAR_RATE_RAD_MIN, LUNAR_RATE_RAD_MIN, c["ecco"] ** 2
    equatorial = (c["inclo"] < 5.2359877e-2) | (c["inclo"] > np.pi - 5.2359877e-2)
    divisor = np.where(c["sini"] != 0.0, c["sini"], 1.0)
    solar_node = np.where(equatorial, 0.0, -zns * sun["s2"] * (sun["z21"] + sun["z23"])) / divisor
    lunar_node = np.where(equatorial, 0.0, -znl * moon["s2"] * (moon["z21"] + moon["z23"]))
    lunar_node = lunar_node / divisor
    rates: list[Floats] = []
    for rate, body in ((zns, sun), (znl, moon)):
        rates.append(body["s1"] * rate * body["s5"])
        rates.append(body["s2"] * rate * (body["z11"] + body["z13"]))
        rates.append(-rate * body["s3"] * (body["z1"] + body["z3"] - 14.0 - 6.0 * e2))
        rates.append(body["s4"] * rate * (body["z31"] + body["z33"] - 6.0))
    solar, lunar = rates[:4], rates[4:]
    return {
        "dedt": solar[0] + lunar[0],
        "didt": solar[1] + lunar[1],
        "dmdt": solar[2] + lunar[2],
        "domdt": solar[3] - c["cosi"] * solar_node + lunar[3] - c["cosi"] * lunar_node,
        "dnodt": solar_node + lunar_node,
    }


def _resonance(c: _Columns, d: _Columns) -> _Columns:
    """Return kind and coefficients of the resonance; zero where there is none."""
    no = c["no"]
    one_day = (no > 0.0034906585) & (no < 0.0052359877)
    half_day = (no >= 8.26e-3) & (no <= 9.24e-3) & (c["ecco"] >= 0.5)
    theta = d["gsto"] % TWO_PI
    aonv = (no / XKE) ** (2.0 / 3.0)
    daily, half_daily = _one_day(c, aonv), _half_day(c, aonv)
    perigee_rate = c["argpdot"] + c["nodedot"]
    node_rate = c["nodedot"] + d["dnodt"] - EARTH_RATE_RAD_MIN
    daily_rate = perigee_rate - EARTH_RATE_RAD_MIN + d["dmdt"] + d["domdt"] + d["dnodt"] - no
    half_daily_rate = d["dmdt"] + 2.0 * node_rate - no
    daily_angle = (c["mo"] + c["nodeo"] + c["argpo"] - theta) % TWO_PI
    half_daily_angle = (c["mo"] + 2.0 * c["nodeo"] - 2.0 * theta) % TWO_PI
    masked = {name: np.where(one_day, value, 0.0) for name, value in daily.items()}
    masked |= {name: np.where(half_day, value, 0.0) for name, value in half_daily.items()}
    return masked | {
        "irez": np.where(half_day, HALF_DAY, np.where(one_day, ONE_DAY, NO_RESONANCE)),
        "xfact": c["mdot"] + np.where(half_day, half_daily_rate, daily_rate),
        "xlamo": np.where(half_day, half_daily_angle, daily_angle),
    }


def _one_day(c: _Columns, aonv: Floats) -> _Columns:
    e2, cosi, no = c["ecco"] ** 2, c["cosi"], c["no"]
    g200 = 1.0 + e2 * (-2.5 + 0.8125 * e2)
    g310 = 1.0 + 2.0 * e2
    g300 = 1.0 + e2 * (-6.0 + 6.60937 * e2)
    f220 = 0.75 * (1.0 + cosi) ** 2
    f311 = 0.9375 * c["sini"] ** 2 * (1.0 + 3.0 * cosi) - 0.75 * (1.0 + cosi)
    f330 = 1.875 * (1.0 + cosi) ** 3
    scale = 3.0 * no**2 * aonv**2
    return {
        "del1": scale * f311 * g310 * 2.1460748e-6 * aonv,
        "del2": 2.0 * scale * f220 * g200 * 1.7891679e-6,
        "del3": 3.0 * scale * f330 * g300 * 2.2123015e-7 * aonv,
    }


def _half_day(c: _Columns, aonv: Floats) -> _Columns:
    f, g = _inclination_functions(c["sini"], c["cosi"]), _eccentricity_functions(c["ecco"])
    temp2 = 3.0 * c["no"] ** 2 * aonv**2
    temp3, temp4, temp5 = temp2 * aonv, temp2 * aonv**2, temp2 * aonv**3
    root22, root32, root44, root52, root54 = (
        1.7891679e-6,
        3.7393792e-7,
        7.3636953e-9,
        1.1428639e-7,
        2.1765803e-9,
    )
    return {
        "d2201": temp2 * root22 * f["220"] * g["201"],
        "d2211": temp2 * root22 * f["221"] * g["211"],
        "d3210": temp3 * root32 * f["321"] * g["310"],
        "d3222": temp3 * root32 * f["322"] * g["322"],
        "d4410": 2.0 * temp4 * root44 * f["441"] * g["410"],
        "d4422": 2.0 * temp4 * root44 * f["442"] * g["422"],
        "d5220": temp5 * root52 * f["522"] * g["520"],
        "d5232": temp5 * root52 * f["523"] * g["532"],
        "d5421": 2.0 * temp5 * root54 * f["542"] * g["521"],
        "d5433": 2.0 * temp5 * root54 * f["543"] * g["533"],
    }


def _inclination_functions(sini: Floats, cosi: Floats) -> _Columns:
    s2, c2 = sini**2, cosi**2
    f220 = 0.75 * (1.0 + 2.0 * cosi + c2)
    f522 = s2 * (1.0 - 2.0 * cosi - 5.0 * c2) + 0.33333333 * (-2.0 + 4.0 * cosi + 6.0 * c2)
    f523 = 4.92187512 * s2 * (-2.0 - 4.0 * cosi + 10.0 * c2)
    f523 = f523 + 6.56250012 * (1.0 + 2.0 * cosi - 3.0 * c2)
    return {
        "220": f220,
        "221": 1.5 * s2,
        "321": 1.875 * sini * (1.0 - 2.0 * cosi - 3.0 * c2),
        "322": -1.875 * sini * (1.0 + 2.0 * cosi - 3.0 * c2),
        "441": 35.0 * s2 * f220,
        "442": 39.3750 * s2**2,
        "522": 9.84375 * sini * f522,
        "523": sini * f523,
        "542": 29.53125 * sini * (2.0 - 8.0 * cosi + c2 * (-12.0 + 8.0 * cosi + 10.0 * c2)),
        "543": 29.53125 * sini * (-2.0 - 8.0 * cosi + c2 * (12.0 + 8.0 * cosi - 10.0 * c2)),
    }


# Cubics in eccentricity by Kaula's indices: below and above 0.65 (the second table: 0.7).
_G_CUBICS = (
    ("211", (3.616, -13.2470, 16.2900, 0.0), (-72.099, 331.819, -508.738, 266.724)),
    ("310", (-19.302, 117.39, -228.419, 156.591), (-346.844, 1582.851, -2415.925, 1246.113)),
    ("322", (-18.9068, 109.7927, -214.6334, 146.5816), (-342.585, 1554.908, -2366.899, 1215.972)),
    ("410", (-41.122, 242.694, -471.094, 313.953), (-1052.797, 4758.686, -7193.992, 3651.957)),
    ("422", (-146.407, 841.88, -1629.014, 1083.435), (-3581.69, 16178.11, -24462.77, 12422.52)),
)
_G_CUBICS_LATE = (
    ("533", (-919.2277, 4988.61, -9064.77, 5542.21), (-37995.78, 161616.52, -229838.2, 109377.94)),
    (
        "521",
        (-822.71072, 4568.6173, -8491.4146, 5337.524),
        (-51752.104, 218913.95, -309468.16, 146349.42),
    ),
    ("532", (-853.666, 4690.25, -8624.77, 5341.4), (-40023.88, 170470.89, -242699.48, 115605.82)),
)
_G520 = (
    (-532.114, 3017.977, -5740.032, 3708.2760),
    (1464.74, -4664.75, 3763.64, 0.0),
    (-5149.66, 29936.92, -54087.36, 31324.56),
)


def _eccentricity_functions(e: Floats) -> _Columns:
    g = {"201": -0.306 - (e - 0.64) * 0.440}
    for name, low, high in _G_CUBICS:
        g[name] = np.where(e <= 0.65, _cubic(low, e), _cubic(high, e))
    for name, low, high in _G_CUBICS_LATE:
        g[name] = np.where(e < 0.7, _cubic(low, e), _cubic(high, e))
    upper = np.where(e > 0.715, _cubic(_G520[2], e), _cubic(_G520[1], e))
    g["520"] = np.where(e <= 0.65, _cubic(_G520[0], e), upper)
    return g


def _cubic(coefficients: tuple[float, float, float, float], e: Floats) -> Floats:
    c0, c1, c2, c3 = coefficients
    return np.asarray(c0 + c1 * e + c2 * e**2 + c3 * e**3)
