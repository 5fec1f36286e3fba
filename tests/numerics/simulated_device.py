"""Run searches on the simulated CUDA device: ``python simulated_device.py SEARCHES RESULTS``.

A process of its own, because Numba decides at its import whether devices are simulated and whether
functions are compiled (they must not be: the simulator's arrays are none that the CPU's compiler
knows). Both files are pickles of the test's own.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path


def main() -> None:
    # Numba reads these when it is imported, below. Not at the top of this module: those who only
    # collect tests import it too.
    os.environ["NUMBA_ENABLE_CUDASIM"] = "1"
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    from hoshimori.numerics.encounters_cuda import near_pairs  # noqa: PLC0415

    searches, results = map(Path, sys.argv[1:])
    found = [
        list(near_pairs(search, first, last, room=room))
        for search, first, last, room in pickle.loads(searches.read_bytes())
    ]
    results.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
