"""Where everything in a dossier comes from: facts to findings to assessment, as a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hoshimori.assessment.assess import Decided
from hoshimori.formats.prov import Derivation, prov_json
from hoshimori.model.digest import element_set_digest
from hoshimori.model.dossiers import Item
from hoshimori.model.findings import AnyFinding
from hoshimori.model.markings import Marking
from hoshimori.workflows.dossier_items import (
    ASSESSMENT,
    ELEMENT_SET,
    INCIDENT,
    REPORT,
    picture_reality,
    software,
)
from hoshimori.workflows.inquiry import Inquiry

PROVENANCE = "provenance"
FACTS = "facts"
"""The collection of all enclosed facts: what rates were counted in."""


def provenance_item(
    inquiry: Inquiry,
    findings: Sequence[AnyFinding],
    items: Sequence[Item],
    decided: Decided,
    marking: Marking,
    made_utc: datetime,
) -> Item:
    """Return the graph of provenance of a dossier's items.

    A finding was derived from the element sets of its basis and used all enclosed facts, in which
    its base rate was counted.
    """
    people = sorted(
        {d.decided_by for d in (*decided.values.values(), *decided.dissent) if d.decided_by}
    )
    graph = prov_json(
        tuple(_derivations(inquiry, findings, items)),
        {p.payload_sha256: (FACTS,) for p in inquiry.picture.history.provenances},
        software(),
        people,
        made_utc,
    )
    # It names reports and findings: it is marked as what rests on all of them.
    return Item(PROVENANCE, PROVENANCE, marking, picture_reality(inquiry.picture), graph)


def _derivations(
    inquiry: Inquiry, findings: Sequence[AnyFinding], items: Sequence[Item]
) -> Iterator[Derivation]:
    places = _items_by_digest(inquiry, findings, items)
    stated = tuple(item.item_id for item in items if item.kind == REPORT)
    for finding in findings:
        basis = tuple(places[digest] for digest in finding.basis if digest in places)
        yield Derivation(
            f"finding/{finding.finding_id}", f"detect/{finding.detector}", (*basis, FACTS)
        )
    told = tuple(f"finding/{finding.finding_id}" for finding in findings)
    yield Derivation(INCIDENT, "group", told)
    yield Derivation(ASSESSMENT, "assess", (INCIDENT, *told, *stated))


def _items_by_digest(
    inquiry: Inquiry, findings: Sequence[AnyFinding], items: Sequence[Item]
) -> dict[str, str]:
    """Return the items of the element sets that findings rest on, by the digest of the set."""
    history = inquiry.picture.history
    wanted = {o for finding in findings for o in finding.objects}
    names = [item.item_id for item in items if item.kind == ELEMENT_SET]
    return {
        element_set_digest(history, row): name
        for row, (norad_id, name) in enumerate(zip(history.norad_id.tolist(), names, strict=True))
        if norad_id in wanted
    }
