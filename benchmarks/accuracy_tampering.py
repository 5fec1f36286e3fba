"""Whether a change of any single byte of a realistic dossier is seen, and redactions verify.

Run: ``python benchmarks/accuracy_tampering.py [CHANGES] [ITEMS]``
"""

from __future__ import annotations

import functools
import random
import runpy
import sys
from collections import Counter
from pathlib import Path

from measuring import keep

from hoshimori.dossier import item_lines, opening
from hoshimori.dossier.container import pack
from hoshimori.dossier.opening import opened
from hoshimori.dossier.redaction import redact
from hoshimori.dossier.signing import sign

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = runpy.run_path(str(ROOT / "tests" / "dossier" / "sealing_samples.py"))
DOCUMENT_BYTES = 1_000_000
SEED = 20261127
SUBSETS = 20


def signed_dossier(items: int) -> bytes:
    content = [*SAMPLES["facts"](items), SAMPLES["document"](DOCUMENT_BYTES)]
    data = pack(SAMPLES["dossier"](content), SAMPLES["salts"](len(content)))
    return sign(sign(data, SAMPLES["key_of"](1)), SAMPLES["key_of"](2))


def remember_lines(items: int) -> None:
    """Read a line that was read before from memory: all but one of a changed file are the same."""
    remembered = functools.lru_cache(maxsize=2 * items)(item_lines.read_canonical)
    item_lines.read_canonical = remembered
    opening.read_canonical = remembered


def main() -> None:
    asked = [int(argument) for argument in sys.argv[1:]]
    changes, items = (asked + [1_000, 10_000][len(asked) :])[:2]
    data = signed_dossier(items)
    remember_lines(items)
    draw = random.Random(SEED)
    seen: Counter[str] = Counter()
    unseen = []
    for _ in range(changes):
        at = draw.randrange(len(data))
        byte = draw.randrange(255)
        byte += byte >= data[at]
        problems = opened(data[:at] + bytes([byte]) + data[at + 1 :]).problems
        seen.update({problem.kind.value for problem in problems})
        if not problems:
            unseen.append((at, byte))
    subsets = 0
    for _ in range(SUBSETS):
        share = draw.random()
        subsets += not opened(redact(data, lambda item, s=share: draw.random() < s)).problems
    figures = {
        "file_bytes": len(data), "items": items + 1, "changes": changes,
        "changes_seen": changes - len(unseen), "unseen": unseen,
        "seen_as": dict(sorted(seen.items())),
        "redactions_of_random_subsets": SUBSETS, "redactions_that_verify": subsets,
    }  # fmt: skip
    keep("accuracy_tampering", figures)


if __name__ == "__main__":
    main()
