"""Where a fact comes from, and whether it is real."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase


class Reality(Enum):
    """Whether a fact describes the world; the values are those of the Unified Data Library."""

    REAL = "REAL"
    TEST = "TEST"
    SIMULATED = "SIMULATED"
    EXERCISE = "EXERCISE"


# Contagion: the first of these that occurs among the inputs marks the result.
_MOST_CONTAGIOUS_FIRST = (Reality.EXERCISE, Reality.SIMULATED, Reality.TEST, Reality.REAL)


def combined_reality(realities: Iterable[Reality]) -> Reality:
    """Return the reality of a result that rests on facts of these realities.

    >>> combined_reality([Reality.REAL, Reality.EXERCISE])
    <Reality.EXERCISE: 'EXERCISE'>
    """
    present = set(realities)
    return next((r for r in _MOST_CONTAGIOUS_FIRST if r in present), Reality.REAL)


CELESTRAK = "celestrak"
SPACE_TRACK = "space-track"
MADE_SKY = "synthetic sky"
"""How the sources of made skies begin."""

EXERCISE_SCRIPT = "exercise/script"
"""The source of what an exercise makes of nothing but its script; no file has such a name."""

_BROUGHT = "brought/"
_FILE = "./"
_SEVERAL = "several/"
_PARTNER = "partner/"


def source_of_file(name: str) -> str:
    """Return the source of a file: its name, told apart from the sources that bear names of ours.

    >>> source_of_file("catalogue.csv"), source_of_file("celestrak")
    ('catalogue.csv', './celestrak')
    """
    is_ours = name in (CELESTRAK, SPACE_TRACK) or name.startswith(MADE_SKY)
    return f"{_FILE}{name}" if is_ours else name


def brought_source(name: str) -> str:
    """Return the source of facts that somebody brought through a server under a name.

    Whoever brings facts chooses the name; it must not choose who may see them.

    >>> brought_source("celestrak")
    'brought/celestrak'
    """
    return f"{_BROUGHT}{name}"


def is_brought(source: str) -> bool:
    """Tell whether somebody brought the facts of this source through a server."""
    return source.startswith(_BROUGHT)


def source_of_partner(code: str, marking: str) -> str:
    """Return the source of facts that a partner's letter brought, which says how they are marked.

    Nothing else gives such a name: files have no ``/`` in theirs, and what people bring through a
    server begins with ``brought/``.

    >>> source_of_partner("USA", "TLP:GREEN//REL TO JPN")
    'partner/USA/TLP:GREEN//REL TO JPN'
    """
    return f"{_PARTNER}{code}/{marking}"


def marking_of_partner_source(source: str) -> str | None:
    """Return the marking that stands in the name of a partner's facts; None for other sources.

    >>> marking_of_partner_source("partner/USA/TLP:GREEN//REL TO JPN")
    'TLP:GREEN//REL TO JPN'
    >>> marking_of_partner_source("brought/partner/USA/TLP:CLEAR")
    """
    if not source.startswith(_PARTNER):
        return None
    return source.removeprefix(_PARTNER).partition("/")[2]


def source_following(sources: Iterable[str]) -> str:
    """Return the source of what follows from facts of some sources, and from nothing else.

    Of one source it is that one, so that what follows has its marking; of several it names all of
    them; of none it is the script of an exercise.

    >>> source_following(["space-track", "celestrak"])
    'several/["celestrak","space-track"]'
    >>> source_following(["celestrak"])
    'celestrak'
    """
    every = {one for source in sources for one in sources_within(source)}
    named = sorted(every - {EXERCISE_SCRIPT})
    if len(named) < 2:
        return named[0] if named else EXERCISE_SCRIPT
    return _SEVERAL + json.dumps(named, ensure_ascii=False, separators=(",", ":"))


def sources_within(source: str) -> tuple[str, ...]:
    """Return the sources that a source stands for: itself, but where it names several.

    >>> sources_within('several/["a.csv","b.csv"]'), sources_within("a.csv")
    (('a.csv', 'b.csv'), ('a.csv',))
    """
    if not source.startswith(_SEVERAL):
        return (source,)
    try:
        named = json.loads(source.removeprefix(_SEVERAL))
    except ValueError:
        return (source,)
    is_list = isinstance(named, list) and bool(named)
    return tuple(map(str, named)) if is_list else (source,)


def is_matched(source: str, pattern: str) -> bool:
    """Tell whether a pattern matches a source; ``*`` stays within the parts that ``/`` parts.

    >>> is_matched("open-1.csv", "open-*"), is_matched("brought/open-1.csv", "*.csv")
    (True, False)
    """
    parts, asked = source.split("/"), pattern.split("/")
    return len(parts) == len(asked) and all(map(fnmatchcase, parts, asked))


@dataclass(frozen=True, slots=True)
class Provenance:
    """The bytes that facts were read from."""

    source: str
    """Who or what delivered the bytes: ``celestrak``, ``space-track``, a file's name.

    What somebody brought through a server begins with ``brought/``.
    """
    payload_sha256: str
    """SHA-256 of the bytes as delivered (hexadecimal, 64 digits)."""
    reality: Reality = Reality.REAL


def is_made(provenance: Provenance) -> bool:
    """Tell whether facts are of a made sky, or follow from such a one alone in an exercise."""
    made = provenance.reality in (Reality.SIMULATED, Reality.EXERCISE)
    return made and provenance.source.startswith(MADE_SKY)
