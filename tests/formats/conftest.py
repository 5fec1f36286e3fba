"""Element sets and files for the tests of the formats; every value is made up or public domain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.rejections import Reading

Read = Callable[[bytes], Reading]

RECEIVED_UTC = np.datetime64("2026-11-23T00:00:00", "us")


@pytest.fixture
def read() -> Read:
    """Read bytes as a catalogue file called "file", received on 23 November 2026."""

    def _read(data: bytes) -> Reading:
        return read_catalogue(data, source="file", received_utc=RECEIVED_UTC)

    return _read
