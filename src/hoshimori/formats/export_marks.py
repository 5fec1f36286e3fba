"""The marks that everything carries that leaves the house: marking and reality."""

from __future__ import annotations

from hoshimori.model.exports import IncidentExport
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Reality

NOT_CLASSIFIED = "NOT FOR CLASSIFIED DATA"


def marking_banner(marking: Marking) -> str:
    """Return a marking in one line, with the limit of this tool.

    >>> marking_banner(Marking(releasable_to=frozenset({"USA", "JPN"})))
    'TLP:CLEAR//REL TO USA, JPN//NOT FOR CLASSIFIED DATA'
    >>> marking_banner(Marking())
    'TLP:CLEAR//NOT FOR CLASSIFIED DATA'
    """
    return f"{marking}//{NOT_CLASSIFIED}"


def reality_prefix(reality: Reality) -> str:
    """Return what stands before every name; nothing where the facts are real.

    >>> reality_prefix(Reality.EXERCISE), reality_prefix(Reality.REAL)
    ('EXERCISE · ', '')
    """
    return "" if reality is Reality.REAL else f"{reality.value} · "


def marks_of(what: IncidentExport) -> dict[str, str]:
    """Return the marks of an export by name, as forms with free properties carry them."""
    return {
        "reality": what.reality.value,
        "marking": marking_banner(what.marking),
        "incident": what.incident.incident_id,
        "as_of_utc": what.as_of_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": what.software,
    }
