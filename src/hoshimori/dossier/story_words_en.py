"""English words of what was planted in a made sky."""

from __future__ import annotations

from typing import Final

STORY_WORDS: Final = {
    "planted.drift_in": (
        "{other} left its place weeks ago, braked {measure} days ago and drifts into "
        "the slot of {asset} in about {days} days."
    ),
    "planted.neighbour": "{other} stays about {measure} km east of {asset}.",
    "planted.station_keeping": "{asset} made its routine east-west burn {days} days ago.",
    "planted.docked_in_belt": "{other} is docked to {asset}: their element sets are identical.",
    "planted.cluster": (
        "{asset} to {other}, {measure} in all, came with one launch and share a slot: routine."
    ),
    "planted.closing_in": (
        "{other}, of another launch, closes in on {asset} from behind in its own plane,"
        " {measure} km a day since a small burn {days} days ago."
    ),
    "planted.passing": "{other} passes {asset} at {measure} km in {days} days.",
    "planted.orbit_change": "{asset} raised its orbit {days} days ago with {measure} m/s.",
    "planted.overdue": "{asset} was updated twice a day until {days} days ago.",
    "planted.docked_at_station": (
        "{other} docked to {asset} {days} days ago; the modules and it have identical element sets."
    ),
    "planted.formation": (
        "{asset} and {other} came with one launch and fly {measure} km apart: routine."
    ),
}
