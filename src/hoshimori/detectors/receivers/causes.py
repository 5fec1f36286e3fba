"""What a disturbance of reception was, from its physics: what fell, what rose, how fast.

Power from outside raises noise for every signal alike; something in between takes signals away and
adds no noise; rain does so slowly, above 10 GHz, and radiates a little itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hoshimori.model.findings_of_receivers import Reception

_HIGH_BANDS = re.compile(r"(ku|ka|k|q|v|w)([ \-_]?band)?", re.I)
_GIGAHERTZ = re.compile(r"(\d+(?:\.\d+)?)\s*ghz", re.I)
_RAIN_GHZ = 10.0
"""Below, rain takes less than 1 dB nearly everywhere (ITU-R P.618)."""
_WET_AIR_DB = 6.0
"""More than 275 K of rain add to the noise of a receiver of 90 K."""
_SLOW_S = 60.0
"""From a tenth to half of the depth: rain takes longer, a switch less."""
_WEAKEST_TRACKED_DBHZ = 15.0
"""No receiver tracks a signal below: a mean below has satellites in it that are lost."""
_ALL = 0.8
"""Share of satellites, or of samples, that counts as all."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen of one disturbance; None where it is not measured."""

    cn0_db: float | None
    """Change of C/N0."""
    cn0_dbhz: float | None
    """C/N0 during it."""
    lost_share: float | None
    """Share of samples in which nothing was tracked."""
    fallen_share: float | None
    """Share of the satellites tracked before that fell or were lost."""
    noise_db: float | None
    """Largest rise of noise floor, gain control and power in the band; 0 where they stayed."""
    noise_rose: bool | None
    """Whether that is more than their own noise."""
    other_lost: bool | None
    """Whether another radio beside it lost reception too."""
    alike: bool | None
    """Whether C/N0 became equal between satellites."""
    jumped: bool | None
    """Whether position or clock by satellites jumped."""
    rise_s: float
    """From a tenth to half of the depth."""
    band: str


def is_above_10_ghz(band: str) -> bool:
    """Tell whether a band, as written, lies where rain matters.

    >>> [is_above_10_ghz(band) for band in ("Ku", "L1", "20.2 GHz", "C band", "Ka-band")]
    [True, False, True, False, True]
    """
    stated = _GIGAHERTZ.search(band)
    if stated:
        return float(stated[1]) >= _RAIN_GHZ
    return bool(_HIGH_BANDS.fullmatch(band.strip()))


def reception_of(signs: Signs) -> tuple[Reception, tuple[str, ...]] | None:
    """Return what reception did, and the signs that say so; None where it is nothing to tell.

    C/N0 that rises alone is a receiver that moved to where it hears better.
    """
    if signs.cn0_db is not None and signs.cn0_db > 0.0:
        return _stronger(signs)
    if signs.noise_rose is not None:
        return _with_noise(signs)
    return _without_noise(signs)


def _stronger(signs: Signs) -> tuple[Reception, tuple[str, ...]] | None:
    if not (signs.alike or signs.jumped or signs.noise_rose):
        return None
    if signs.alike and signs.jumped:
        return Reception.STRONGER_ALIKE, (
            "C/N0 rose",
            "C/N0 became equal between satellites",
            "position or clock jumped",
        )
    return Reception.UNCLEAR, ("C/N0 rose, without all signs of foreign signals",)


def _with_noise(signs: Signs) -> tuple[Reception, tuple[str, ...]]:
    """Noise is measured: it tells power from outside from what stands between."""
    if _is_fade(signs):
        return Reception.FADED, _FADE
    if signs.noise_rose:
        told = ["noise or gain control rose"]
        told += [] if signs.cn0_db is None else ["C/N0 fell"]
        told += ["all satellites together"] if _all_fell(signs) else []
        return Reception.ALL_FELL, tuple(told)
    if signs.cn0_db is None:
        return Reception.UNCLEAR, ("only bit errors rose",)
    return Reception.BLANK_SPOT, ("C/N0 fell", "noise did not rise")


def _without_noise(signs: Signs) -> tuple[Reception, tuple[str, ...]]:
    """Noise is not measured: what fell with what has to tell."""
    if _is_fade(signs):
        return Reception.FADED, _FADE
    if signs.other_lost:
        return Reception.BLANK_SPOT, ("another radio lost reception too", "C/N0 fell")
    if _all_fell(signs):
        told = ["every signal was lost or fell together"]
        told += ["another radio kept reception"] if signs.other_lost is False else []
        return Reception.ALL_FELL, tuple(told)
    uneven = signs.fallen_share is not None
    level = signs.cn0_dbhz
    if not uneven and (level is None or level >= _WEAKEST_TRACKED_DBHZ):
        return Reception.UNCLEAR, ("only a mean fell, with nothing beside it that would tell why",)
    return Reception.BLANK_SPOT, ("some signals were lost and others kept",)


_FADE = ("slow", "above 10 GHz", "no more noise than wet air radiates")


def _is_fade(signs: Signs) -> bool:
    if signs.cn0_db is None or not is_above_10_ghz(signs.band) or signs.rise_s < _SLOW_S:
        return False
    noise_db = signs.noise_db or 0.0
    return noise_db <= _WET_AIR_DB and noise_db <= -signs.cn0_db


def _all_fell(signs: Signs) -> bool:
    if signs.lost_share is not None and signs.lost_share >= _ALL:
        return True
    return signs.fallen_share is not None and signs.fallen_share >= _ALL
