"""How long sealing and opening a dossier takes, by the number of its items.

Run: ``python benchmarks/speed_dossier.py [1000 10000 100000]``
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import rfc8785
from measuring import keep, peak_memory_mib, timed

from hoshimori.dossier.canonical import canonical_json
from hoshimori.dossier.container import pack
from hoshimori.dossier.redaction import redact
from hoshimori.dossier.seal_check import check_seal
from hoshimori.dossier.signing import sign
from hoshimori.model.dossiers import Trust

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = runpy.run_path(str(ROOT / "tests" / "dossier" / "sealing_samples.py"))
DOCUMENT_BYTES = 500_000


def figures_of(size: int) -> dict[str, object]:
    items = [*SAMPLES["facts"](size), SAMPLES["document"](DOCUMENT_BYTES)]
    made, salts = SAMPLES["dossier"](items), SAMPLES["salts"](len(items))
    data = sign(pack(made, salts), SAMPLES["key_of"](1))
    return {
        "file_mib": len(data) / 2**20,
        "pack": timed(lambda: pack(made, salts)),
        "sign": timed(lambda: sign(data, SAMPLES["key_of"](2))),
        "check_seal": timed(lambda: check_seal(data, Trust(), SAMPLES["CHECKED"])),
        "redact_a_third": timed(
            lambda: redact(data, lambda item: item.marking.releasable_to is None)
        ),
        "peak_memory_mib": peak_memory_mib(),
    }


def canonical_figures() -> dict[str, object]:
    """Return what canonical JSON of 10,000 items takes here and in the package rfc8785."""
    records = [item.content for item in SAMPLES["facts"](10_000)]
    return {
        "here": timed(lambda: [canonical_json(record) for record in records]),
        "rfc8785": timed(lambda: [rfc8785.dumps(record) for record in records]),
    }


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]
    figures: dict[str, object] = {f"{size} items": figures_of(size) for size in sizes}
    keep("speed_dossier", figures | {"canonical_json_of_10000": canonical_figures()})


if __name__ == "__main__":
    main()
