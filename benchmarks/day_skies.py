"""The catalogues of a day of the watch floor, and the long history before it, of our own making.

Two skies. One *grows*: every object is published anew every two hours, and nothing is as old as to
leave the picture, so that it gains as many element sets as come. One is *steady*: each object is
published twice a day, and what the store holds at first reaches back as far as the picture does,
so that as many element sets leave it as come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from hoshimori.exercise.synthetic_sky import synthetic_sky
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_column_time
from hoshimori.workflows.skies import Sky, made_sky

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
DELIVERED_EVERY_H = 2
SKIES = ("steady", "growing")
_BEFORE_EVERY_H = 6
"""How far apart the hours lie for which what came before is made."""
PUBLISHED_EVERY_H = {"steady": 12, "growing": DELIVERED_EVERY_H}
HISTORY_DAYS = {"steady": 8.0, "growing": 45.0}
"""How far back a picture reaches; of a growing sky farther than its history."""
RULES = """
version = "1"
[budget]
per_asset_month = 1000
most_per_asset = 1000
[urgent]
within_h = 24
[news]
steps_h = [72, 24, 6]
back_after_days = 7
[[channel]]
name = "duty"
language = "en"
marking = "TLP:RED"
takes_exercises = true
[[rule]]
name = "look-now"
attention = "look"
channels = ["duty"]
[[rule]]
name = "watch"
attention = "watch"
channels = ["duty"]
"""


def made_day(folder: Path, objects: int, hours: int, seed: int = 1, sky: str = "growing") -> None:
    """Write the catalogues of a day, the assets and the rules of alerts into a folder.

    Objects with a story have their histories, as they become known; all others are published anew
    at the rhythm of the sky, moved on. The first catalogue holds all that came before.
    """
    told = _told(objects, hours, seed)
    history = told.parts[0]
    ids, counts = np.unique(history.norad_id, return_counts=True)
    with_history = ids[counts > 1]
    of_story = history.take(np.isin(history.norad_id, with_history))
    since = np.datetime64("1970-01-01", "us")
    (folder / "catalogues").mkdir()
    for hour in range(0, hours + 1, DELIVERED_EVERY_H):
        until = as_column_time(BEGAN + timedelta(hours=hour))
        crowd = [_published(objects, hour, DELIVERED_EVERY_H, seed, sky)]
        if sky == "steady" and hour == 0:
            crowd = [*_before(objects, seed), *crowd]
        crowd = [part.take(~np.isin(part.norad_id, with_history)) for part in crowd]
        news = of_story.take((of_story.known_utc > since) & (of_story.known_utc <= until))
        path = folder / "catalogues" / f"{hour:03d}.csv"
        path.write_bytes(write_omm_csv(concatenate([*crowd, news])))
        since = until
    listed = "\n".join(str(asset.norad_id) for asset in told.assets)
    (folder / "assets.csv").write_text(f"norad_id\n{listed}\n", encoding="utf-8")
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    window = json.dumps({"sky": sky, "history_days": HISTORY_DAYS[sky]})
    (folder / "day.json").write_text(window, encoding="utf-8")


def _told(objects: int, hour: int, seed: int) -> Sky:
    at = as_column_time(BEGAN + timedelta(hours=hour))
    return made_sky(seed=seed, objects=objects, as_of_utc=at)


def _before(objects: int, seed: int) -> Iterator[ElementSets]:
    """Yield what was published before the day began, as far back as the picture reaches."""
    first_h = -round(HISTORY_DAYS["steady"] * 24)
    for hour in range(first_h, 0, _BEFORE_EVERY_H):
        yield _published(objects, hour, _BEFORE_EVERY_H, seed, "steady")


def _published(objects: int, hour: int, every_h: int, seed: int, sky: str) -> ElementSets:
    """Return what is published at an hour: objects take turns, by their numbers."""
    at = as_column_time(BEGAN + timedelta(hours=hour))
    generator = np.random.Generator(np.random.PCG64(seed))
    # The crowd is drawn apart from the stories: without histories of theirs it is the same.
    made = synthetic_sky(at, generator, objects=objects, bystanders=0, history_days=1.0)
    newest = made.element_sets.newest()
    own_h = newest.norad_id * DELIVERED_EVERY_H % PUBLISHED_EVERY_H[sky]
    return newest.take(own_h // every_h == hour % PUBLISHED_EVERY_H[sky] // every_h)
