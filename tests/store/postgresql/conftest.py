"""A new database for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def doorstep(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for a new database with an empty store."""
    return postgres.fresh_place(tmp_path_factory.mktemp("doorsteps"))
