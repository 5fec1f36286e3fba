"""How long it takes to compose a dossier of about 10,000 facts, and to verify it.

A made sky of 10,000 objects; its most urgent incident of a low orbit, so that the newest set of
every object is enclosed. Composing: the least facts, assessment, documents in two languages, seal
and signature, from an inquiry that is done. Verifying: seal, signatures, every detector that the
dossier names, assessment.

Run: ``python benchmarks/speed_brief.py [10000]``
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.dossier.opening import unpack
from hoshimori.dossier.signing import sign
from hoshimori.model.dossiers import Item, KeyAlgorithm, Policy, Trust
from hoshimori.model.incidents import Incident
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief, brief, dossier_of, yardsticks
from hoshimori.workflows.briefing import briefing_of, files_of
from hoshimori.workflows.documents import document_items
from hoshimori.workflows.inquiry import Inquiry, inquire
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.sealing import seal
from hoshimori.workflows.signing_keys import make_key, read_key
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.verify import verify_seal

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
COMPOSED = datetime(2026, 11, 1, tzinfo=UTC)
SETTINGS = Settings()


def main() -> None:
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sky = made_sky(seed=1, objects=objects, as_of_utc=AS_OF)
    inquiry = inquire(sky.picture(assets=sky.assets, days_ahead=7.0))
    incident = largest_of(inquiry)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.pem"
        make_key(path, KeyAlgorithm.ED25519, None)
        key = read_key(path, None)
    told = brief(inquiry, incident, SETTINGS, yardsticks(SETTINGS))
    data = sign(sealed(told), key)
    items = unpack(data).items
    again = rerun(items)
    keep(
        "speed_brief",
        {
            "facts": again.facts,
            "file_mib": len(data) / 2**20,
            "reproduced": again.same,
            "compose": timed(lambda: sign(composed(inquiry, incident), key), runs=2),
            "verify": timed(lambda: verified(data), runs=2),
            "parts": {
                "least_facts_and_assessment": timed(
                    lambda: brief(inquiry, incident, SETTINGS, yardsticks(SETTINGS)), runs=2
                ),
                "documents": timed(lambda: documents(told), runs=2),
                "seal_checked": timed(lambda: verify_seal(data, Trust(), COMPOSED), runs=2),
                "computed_again": timed(lambda: rerun(items), runs=2),
            },
            "peak_memory_mib": peak_memory_mib(),
        },
    )


def largest_of(inquiry: Inquiry) -> Incident:
    """Return the incident that needs most facts: the most urgent outside the belt."""
    in_belt = {f.finding_id for f in inquiry.findings if f.base_rate.regime == "GEO"}
    return next(
        i for i in inquiry.incidents if i.assets and i.others and not in_belt & set(i.finding_ids)
    )


def composed(inquiry: Inquiry, incident: Incident) -> bytes:
    return sealed(brief(inquiry, incident, SETTINGS, yardsticks(SETTINGS)))


def sealed(told: Brief) -> bytes:
    whole = dossier_of(
        told,
        SETTINGS,
        yardsticks(SETTINGS),
        documents(told),
        composed_utc=COMPOSED,
        policy=Policy(),
    )
    return seal(whole)


def documents(told: Brief) -> tuple[Item, ...]:
    telling = briefing_of(told, composed_utc=COMPOSED, files=files_of(yardsticks(SETTINGS)))
    return document_items(telling)


def verified(data: bytes) -> bool:
    return verify_seal(data, Trust(), COMPOSED).intact and rerun(unpack(data).items).same


if __name__ == "__main__":
    main()
