"""Columns of receiver series: which names are known, their units, and what each may hold.

Names carry their units. Where a receiver's own names are read they are listed beside, with what
turns their numbers into ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hoshimori.model.receivers import Quantity


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers: what it is, and from where to where a number can be true."""

    quantity: Quantity | None
    low: float
    high: float
    unit: str
    factor: float = 1.0
    """Our number is the one read times this."""


NUMBERS: Mapping[str, NumberColumn] = MappingProxyType(
    {
        "cn0_dbhz": NumberColumn(Quantity.CN0, 0.0, 70.0, "dB-Hz"),
        "cn0_spread_db": NumberColumn(Quantity.CN0_SPREAD, 0.0, 40.0, "dB"),
        "agc_level_db": NumberColumn(Quantity.GAIN_CONTROL, -200.0, 200.0, "dB"),
        "agc_gain_db": NumberColumn(Quantity.GAIN_CONTROL, -200.0, 200.0, "dB", -1.0),
        "noise_floor_dbm": NumberColumn(Quantity.NOISE_FLOOR, -220.0, 50.0, "dBm"),
        "ber": NumberColumn(Quantity.BIT_ERRORS, 0.0, 1.0, "1"),
        "rssi_dbm": NumberColumn(Quantity.RSSI, -220.0, 50.0, "dBm"),
        "other_rssi_dbm": NumberColumn(Quantity.OTHER_RSSI, -220.0, 50.0, "dBm"),
        "used_percent": NumberColumn(Quantity.USED, 0.0, 100.0, "%", 0.01),
        "satellites_used": NumberColumn(None, 0.0, 200.0, "1"),
        "satellites_in_view": NumberColumn(None, 0.0, 200.0, "1"),
        "position_offset_m": NumberColumn(Quantity.POSITION_OFFSET, 0.0, 3e7, "m"),
        "clock_offset_us": NumberColumn(Quantity.CLOCK_OFFSET, -1e13, 1e13, "us"),
        # As a vehicle tracker writes them: telephone power without its sign.
        "signalToNoise": NumberColumn(Quantity.CN0, 0.0, 70.0, "dB-Hz"),
        "lteRSSI": NumberColumn(Quantity.OTHER_RSSI, 0.0, 160.0, "-dBm", -1.0),
        "satelliteUsedPerView": NumberColumn(Quantity.USED, 0.0, 100.0, "%", 0.01),
    }
)
"""Columns of numbers by name."""

LATITUDE, LONGITUDE = "latitude_deg", "longitude_deg"
PLACES: Mapping[str, NumberColumn] = MappingProxyType(
    {
        LATITUDE: NumberColumn(None, -90.0, 90.0, "degrees north"),
        LONGITUDE: NumberColumn(None, -180.0, 360.0, "degrees east"),
    }
)
"""Where the receiver was, as stated; both or neither."""

TIME, TIME_UNIX, SAMPLE, RECEIVED = "time_utc", "time_unix_s", "sample", "received_utc"
SAMPLE_NAMES = (SAMPLE, "idx")
"""Numbers of samples, for files that state no time: start and step are given with the file."""
RECEIVER, OBJECT, LINK, BAND = "receiver", "object", "link", "band"
POLARISATION, SATELLITE, BEARING = "polarisation", "satellite", "bearing"
TEXTS = (RECEIVER, OBJECT, LINK, BAND, POLARISATION, SATELLITE, BEARING)
"""Columns of words; the same for every row of a receiver, but for the satellite."""
