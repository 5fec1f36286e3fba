"""A graph of provenance: every name that a relation uses is an entity, a run or an agent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.prov import Derivation, prov_json

MADE = datetime(2026, 11, 1, 6, tzinfo=UTC)
NAMES = st.text("abcdefgh/.", min_size=1, max_size=6)
DERIVATIONS = st.lists(
    st.builds(Derivation, NAMES, NAMES, st.lists(NAMES, max_size=3).map(tuple)), max_size=6
)


def graph(*derivations: Derivation, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"sources": {}, "software": {"hoshimori": "1"}, "persons": ()} | more
    return prov_json(
        derivations, given["sources"], given["software"], given["persons"], made_utc=MADE
    )


@given(DERIVATIONS, st.dictionaries(NAMES, st.lists(NAMES, max_size=2), max_size=2))
def test_every_relation_is_between_things_that_stand_in_the_graph(
    derivations: list[Derivation], sources: dict[str, list[str]]
) -> None:
    made = graph(*derivations, sources=sources)
    for relation in made["wasGeneratedBy"].values():
        assert relation["prov:entity"] in made["entity"]
        assert relation["prov:activity"] in made["activity"]
    for relation in made["used"].values():
        assert relation["prov:entity"] in made["entity"]
        assert relation["prov:activity"] in made["activity"]
    for relation in made["wasDerivedFrom"].values():
        assert relation["prov:generatedEntity"] in made["entity"]
        assert relation["prov:usedEntity"] in made["entity"]
    for relation in made["wasAssociatedWith"].values():
        assert relation["prov:agent"] in made["agent"]
    assert json.loads(json.dumps(made)) == made


def test_names_have_prefixes_that_are_declared() -> None:
    made = graph(Derivation("finding/1", "detect/proximity/1", ("facts",)), persons=("officer",))
    names = [*made["entity"], *made["activity"], *made["agent"]]
    assert {name.split(":")[0] for name in names} <= set(made["prefix"])
    assert made["agent"]["agent:officer"] == {"prov:type": "prov:Person"}
    assert made["activity"]["run:detect/proximity/1"] == {
        "prov:endTime": "2026-11-01T06:00:00.000000Z"
    }


def test_nothing_made_is_an_empty_graph() -> None:
    made = graph()
    assert made["entity"] == {}
    assert made["wasDerivedFrom"] == {}
