"""A graph of provenance as PROV-JSON (W3C PROV-DM, 2013; member submission PROV-JSON, 2013)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoshimori.formats.fact_items import moment_value

_PREFIX = {"item": "urn:hoshimori:item:", "source": "urn:hoshimori:source:",
           "run": "urn:hoshimori:run:", "agent": "urn:hoshimori:agent:"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derivation:
    """One thing, what made it, and what it was made from."""

    item: str
    activity: str
    """Which run made it, for example ``detect/geo_neighbour/1``."""
    used: tuple[str, ...]
    """Items; a collection of facts is one of them."""


def prov_json(
    derivations: Sequence[Derivation],
    sources: Mapping[str, Sequence[str]],
    software: Mapping[str, str],
    persons: Sequence[str],
    made_utc: datetime,
) -> dict[str, Any]:
    """Return the graph: entities, runs, agents, and how they hang together.

    `sources` tells for each digest of delivered bytes which items or collections were read from it.
    """
    entities: dict[str, Any] = {f"item:{d.item}": {} for d in derivations}
    entities |= {f"item:{used}": {} for d in derivations for used in d.used}
    entities |= {f"item:{item}": {} for items in sources.values() for item in items}
    entities |= {f"source:{digest}": {"prov:type": "delivered bytes"} for digest in sources}
    runs = dict.fromkeys(d.activity for d in derivations)
    program = f"agent:hoshimori-{software.get('hoshimori', '')}"
    agents: dict[str, Any] = {program: {"prov:type": "prov:SoftwareAgent"} | _plain(software)}
    agents |= {f"agent:{who}": {"prov:type": "prov:Person"} for who in persons}
    return {
        "prefix": _PREFIX,
        "entity": entities,
        "activity": {f"run:{run}": {"prov:endTime": moment_value(made_utc)} for run in runs},
        "agent": agents,
        "wasGeneratedBy": _numbered(
            {"prov:entity": f"item:{d.item}", "prov:activity": f"run:{d.activity}"}
            for d in derivations
        ),
        "used": _numbered(
            {"prov:activity": f"run:{d.activity}", "prov:entity": f"item:{used}"}
            for d in derivations
            for used in d.used
        ),
        "wasDerivedFrom": _numbered(
            [
                *_derived(derivations),
                *(
                    {"prov:generatedEntity": f"item:{item}", "prov:usedEntity": f"source:{digest}"}
                    for digest, items in sources.items()
                    for item in items
                ),
            ]
        ),
        "wasAssociatedWith": _numbered(
            {"prov:activity": f"run:{run}", "prov:agent": program} for run in runs
        ),
    }


def _derived(derivations: Sequence[Derivation]) -> list[dict[str, str]]:
    return [
        {"prov:generatedEntity": f"item:{d.item}", "prov:usedEntity": f"item:{used}"}
        for d in derivations
        for used in d.used
    ]


def _numbered(relations: Any) -> dict[str, Any]:
    return {f"_:{n}": relation for n, relation in enumerate(relations, 1)}


def _plain(software: Mapping[str, str]) -> dict[str, str]:
    return {f"agent:{name}": version for name, version in software.items()}
