"""The page about the made sky says what is in it."""

from pathlib import Path

import pytest

from hoshimori.exercise.crowd import populations
from hoshimori.exercise.population import Population
from hoshimori.exercise.synthetic_sky import SyntheticSky

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explain" / "synthetic-sky.md"


@pytest.mark.parametrize("kind", populations(()), ids=lambda kind: f"{kind.name}-{kind.count}")
def test_every_population_is_on_the_page_with_its_source(kind: Population) -> None:
    row = f"| {kind.name} | {kind.object_type.value.lower()} | {kind.count:,} | {kind.source} |"
    assert row in PAGE.read_text()


def test_every_story_and_asset_is_on_the_page(small_sky: SyntheticSky) -> None:
    text = PAGE.read_text()
    for story in small_sky.stories:
        assert f"| {story.name} |" in text
    for asset in small_sky.assets:
        assert asset.name in text
