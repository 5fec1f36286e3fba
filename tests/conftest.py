"""What every test may ask for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

_NUMERICS = Path(__file__).resolve().parents[1] / "src" / "hoshimori" / "numerics"
_CODE = b"".join(path.read_bytes() for path in sorted(_NUMERICS.glob("*.py")))
# Numba renews a cached kernel when its own file changes, not when a kernel that it calls does.
os.environ.setdefault(
    "NUMBA_CACHE_DIR",
    str(Path.home() / ".cache" / "hoshimori-tests" / hashlib.sha256(_CODE).hexdigest()[:16]),
)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; tests that need it skip without it."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        pytest.skip("needs the folder of real data beside the repository")
    return folder
