"""The case of a signal in TOML: satellites, reference emitters, stations, sigmas, measurements.

What a Tracking Data Message cannot carry stands here; measurements may stand here too, or in TDM or
CSV beside it. Lengths are in metres, times in seconds, frequencies in hertz, angles in degrees.
"""

from __future__ import annotations

from hoshimori.errors import FormatError
from hoshimori.formats.mistakes import Mistakes
from hoshimori.formats.scenarios import document_of
from hoshimori.formats.toml_shapes import Fixed, Moment, Number, OneOf, Several, Text, Whole
from hoshimori.formats.toml_tables import Key, Table, noun_of
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    DisturbedLink,
    GeolocationCase,
    GroundSite,
    ObservingSatellite,
    SoughtEmitter,
)
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation

MOST_MEASUREMENTS = 2_000
FREQUENCY = Number("hertz", 1e5, 1e12)
HEIGHT = Number("metres above the ellipsoid", -500.0, 20_000.0)
TDOA_SIGMA = Number("seconds", 1e-12, 1e-2)
FDOA_SIGMA = Number("hertz", 1e-6, 1e6)
_AXES = ("radial", "in-track", "cross-track")
_KINDS = {kind.value: kind for kind in ArrivalKind}
_NUMBER = Number("seconds or hertz", -1e9, 1e9)

_SITE = (
    Key("name", Text(), "What measurements call it."),
    Key("latitude_deg", Number("degrees", -90.0, 90.0), "Geodetic latitude, WGS-84."),
    Key("longitude_deg", Number("degrees east", -180.0, 360.0), "Longitude."),
    Key("height_m", HEIGHT, "Height above the ellipsoid."),
)
_REFERENCE = Table(
    GroundSite, (*_SITE, Key("carrier_hz", FREQUENCY, "What it emits.", "frequency_hz"))
)
_STATION = Table(
    GroundSite, (*_SITE, Key("downlink_hz", FREQUENCY, "What reaches it.", "frequency_hz"))
)
_SATELLITE = Table(
    ObservingSatellite,
    (
        Key("name", Text(), "What measurements call it."),
        Key("object", Text(), "Catalogue number, or identifier in an ephemeris, in quotes."),
        Key(
            "position_sigma_m",
            Fixed(_AXES, Number("metres", 0.0, 1e6)),
            "One sigma of its position: radial, in-track, cross-track.",
        ),
        Key(
            "velocity_sigma_m_s",
            Fixed(_AXES, Number("metres a second", 0.0, 1e3)),
            "One sigma of its velocity beyond what follows from the position's.",
        ),
        Key("clock_sigma_s", Number("seconds", 0.0, 1e-2), "One sigma of its time."),
        Key("frequency_sigma_hz", Number("hertz", 0.0, 1e7), "One sigma of its frequency."),
    ),
)
_EMITTER = Table(
    SoughtEmitter,
    (
        Key("height_m", HEIGHT, "Height above the ellipsoid."),
        Key("height_sigma_m", Number("metres", 0.0, 20_000.0), "One sigma of it."),
        Key("carrier_hz", FREQUENCY, "What it emits."),
    ),
)
_DISTURBED = Table(
    DisturbedLink,
    (
        Key("object", Whole(1, 999_999_999), "Catalogue number of the satellite.", "norad_id"),
        Key("receivers", Several(Text(), most=100), "Receivers, as their series name them."),
        Key("link", OneOf({one.value: one for one in Link}, "link"), "What they receive."),
        Key("band", Text(), "As in Ku."),
        Key(
            "polarisation",
            OneOf({one.value: one for one in Polarisation}, "polarisation"),
            "Of the receiving antenna.",
        ),
        Key(
            "bearing",
            OneOf({one.value: one for one in Bearing}, "bearing"),
            "From where and on what it acts.",
        ),
    ),
)
_MEASUREMENT = Table(
    ArrivalDifference,
    (
        Key("time_utc", Moment(), "When the signal reached the first satellite."),
        Key("kind", OneOf(_KINDS, "kind"), "tdoa or fdoa."),
        Key("first", Text(), "Name of the first satellite."),
        Key("second", Text(), "Name of the second satellite."),
        Key("value", _NUMBER, "First minus second, seconds or hertz."),
        Key("sigma", Number("seconds or hertz", 1e-12, 1e6), "One sigma."),
        Key("emitter", Text(), "Name of a reference emitter."),
        Key("station", Text(), "Name of the station that both relay to."),
        Key("carrier_hz", FREQUENCY, "Frequency of the emission."),
        Key("downlink_hz", FREQUENCY, "Frequency on the way down."),
        Key("received_utc", Moment(), "When it could be known; its own time where left out."),
    ),
)
_CASE = Table(
    GeolocationCase,
    (
        Key("title", Text(), "What the signal is called."),
        Key("reality", OneOf({r.value: r for r in Reality}, "reality"), "Whether it is real."),
        Key("emitter", _EMITTER, "What is taken for granted of the emitter."),
        Key("disturbed", _DISTURBED, "What the signal disturbs."),
        Key("satellite", Several(_SATELLITE, most=100), "Those that heard it.", "satellites"),
        Key("reference", Several(_REFERENCE, most=100), "Known emitters.", "references"),
        Key("station", Several(_STATION, most=100), "Stations.", "stations"),
        Key("tdoa_sigma_s", TDOA_SIGMA, "Of time differences that state none."),
        Key("fdoa_sigma_hz", FDOA_SIGMA, "Of frequency differences that state none."),
        Key(
            "measurement",
            Several(_MEASUREMENT, most=MOST_MEASUREMENTS),
            "What was measured.",
            "measurements",
        ),
    ),
)


def read_geolocation_case(data: bytes, *, source: str) -> GeolocationCase:
    """Return the case of a file.

    Raises:
        FormatError: for the first mistake by line, with how many more there are.
    """
    document, lines = document_of(data, source)
    mistakes = Mistakes(source, lines)
    row = _CASE.read(document, (), mistakes)
    _refuse_repeats(document, mistakes)
    found = mistakes.all()
    if found:
        first, *others = found
        more = f" (and {len(others)} more in this file)" if others else ""
        problem = f"{first.problem}{more}"
        raise FormatError(problem, source=source, line=first.line, field=first.field)
    case = noun_of(row)
    assert isinstance(case, GeolocationCase)
    return case


def _refuse_repeats(document: dict[str, object], mistakes: Mistakes) -> None:
    """Tell names that stand for two things."""
    for kind in ("satellite", "reference", "station"):
        listed = document.get(kind)
        seen: set[object] = set()
        for number, one in enumerate(listed if isinstance(listed, list) else []):
            name = one.get("name") if isinstance(one, dict) else None
            if isinstance(name, str) and name in seen:
                mistakes.tell((kind, number, "name"), f"{name[:40]!r} a second time: rename one")
            seen.add(name if isinstance(name, str) else None)
