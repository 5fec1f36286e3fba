"""The marks that everything carries that leaves the house: marking and reality."""

from __future__ import annotations

from hoshimori.model.exports import IncidentExport
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality

TLP_NAMES = {
    Level.CLEAR: "TLP:CLEAR",
    Level.GREEN: "TLP:GREEN",
    Level.AMBER: "TLP:AMBER",
    Level.AMBER_STRICT: "TLP:AMBER+STRICT",
    Level.RED: "TLP:RED",
}
"""As FIRST writes them (Traffic Light Protocol 2.0)."""

NOT_CLASSIFIED = "NOT FOR CLASSIFIED DATA"


def marking_banner(marking: Marking) -> str:
    """Return a marking in one line; the United States first, then codes by the alphabet.

    >>> marking_banner(Marking(Level.AMBER_STRICT, frozenset({"USA", "JPN"})))
    'TLP:AMBER+STRICT//REL TO USA, JPN//NOT FOR CLASSIFIED DATA'
    >>> marking_banner(Marking())
    'TLP:CLEAR//NOT FOR CLASSIFIED DATA'
    """
    parts = [TLP_NAMES[marking.level]]
    if marking.releasable_to is not None:
        partners = sorted(marking.releasable_to, key=lambda code: (code != "USA", code))
        parts.append(f"REL TO {', '.join(partners)}" if partners else "REL TO NOBODY")
    return "//".join([*parts, *sorted(marking.caveats), NOT_CLASSIFIED])


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
