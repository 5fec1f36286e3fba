"""How fast letters are written, bundled, taken and read: reports, and element sets by the letter.

Run: ``python benchmarks/speed_share.py [LETTERS]``
"""

from __future__ import annotations

import runpy
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import keep

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MADE = runpy.run_path(str(ROOT / "tests" / "made_letters.py"))
NODES = runpy.run_path(str(ROOT / "tests" / "made_nodes.py"))


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="hoshimori-share-") as folder:
        houses = NODES["made_houses"](Path(folder), ("JPN", "USA"))
        with NODES["opened_nodes"](houses) as nodes:
            keep("speed_share", measured(nodes["JPN"], nodes["USA"], count))


def measured(jpn: Any, usa: Any, count: int) -> dict[str, Any]:
    from hoshimori.model.letters import FactsContent, ReportContent  # noqa: PLC0415
    from hoshimori.model.provenance import Reality  # noqa: PLC0415
    from hoshimori.workflows.share_offers import Said  # noqa: PLC0415
    from hoshimori.workflows.share_reading import read_node  # noqa: PLC0415

    report, text = MADE["made_report"](), MADE["replace_text"]
    said = [
        Said(ReportContent(text(report, f"Report {n}.")), MADE["GREEN"], Reality.REAL)
        for n in range(count)
    ]
    written_s, _ = seconds(lambda: NODES["told"](jpn, "USA", *said))
    bundled_s, data = seconds(lambda: NODES["bundle"](jpn, "USA"))
    taken_s, done = seconds(lambda: NODES["take"](usa, data))
    read_s, _ = seconds(lambda: read_node(usa, MADE["NOW"]))
    assert len(done.new) == min(count, 1000)
    sets = MADE["made_sets"](tuple(range(1, 10_001)))
    whole = Said(FactsContent(sets), MADE["GREEN"], Reality.REAL)
    facts_s, offered = seconds(lambda: NODES["told"](usa, "JPN", whole))
    facts_bundle = NODES["bundle"](usa, "JPN")
    facts_taken_s, _ = seconds(lambda: NODES["take"](jpn, facts_bundle))
    return {
        "letters": count,
        "write_cpu_s": round(written_s, 3),
        "bundle_cpu_s": round(bundled_s, 3),
        "take_cpu_s": round(taken_s, 3),
        "read_cpu_s": round(read_s, 3),
        "bytes_per_letter": len(data) // len(done.new),
        "element_sets": len(sets),
        "facts_write_cpu_s": round(facts_s, 3),
        "facts_take_cpu_s": round(facts_taken_s, 3),
        "bytes_per_element_set": len(offered.letters[0].line) // len(sets),
    }


if __name__ == "__main__":
    main()
