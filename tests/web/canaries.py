"""A store in which every source, name and number tells where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.geo_neighbour import GeoNeighbourDetector
from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.formats.markings import parse_marking, write_marking
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.formats.report_fields import report_of
from hoshimori.formats.reports import write_reports
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.markings import Level, Marking
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.settings import FloorSettings, MarkingSettings, Settings, WatchSettings
from hoshimori.store import open_store
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.ingest import ingest_payload
from hoshimori.workflows.skies import made_sky

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
SOURCES = ("celestrak", "space-track", "canary-feed.csv")
FIRST_IDS = (871_300_001, 872_500_001, 873_700_001)
"""Nine digits, so that no measured number looks like one of them."""
BROUGHT_ID = 874_100_001
BROUGHT_TAG = "CANARYAPI"
"""Of what an analyst brought through the API under the names of other sources."""
EVERY_FIRST_ID = (*FIRST_IDS, BROUGHT_ID)
DETECTORS = (
    OverdueDetector(),
    GeoNeighbourDetector(),
    ProximityDetector(),
    ConjunctionDetector(),
    OperatorReportDetector(),
)
"""Those that name most objects; all of them read one picture."""
TAGS = ("CANARYCEL", "CANARYSPT", "CANARYFIL")
REPORTS = ("TLP:GREEN//REL TO USA, JPN", "TLP:AMBER//REL TO AUS", "TLP:CLEAR", "TLP:RED")
PUBLIC = assets_from("")[0].norad_id
"""An asset of the public list; its element sets come from CelesTrak."""


@dataclass(frozen=True)
class Canary:
    """A text that may only be shown where one of its markings allows it."""

    text: str
    marking: Marking
    or_marking: Marking | None = None


@dataclass(frozen=True)
class Variant:
    """How the sources are marked."""

    celestrak: str
    space_track: str
    file: str

    def markings(self) -> tuple[Marking, Marking, Marking]:
        return tuple(map(parse_marking, (self.celestrak, self.space_track, self.file)))  # type: ignore[return-value]


def settings_of(variant: Variant, folder: Path) -> Settings:
    celestrak, space_track, file = map(write_marking, variant.markings())
    return Settings(
        watch=WatchSettings(assets=str(folder / "assets.toml"), days=2.0),
        markings=MarkingSettings(celestrak=celestrak, space_track=space_track, file=file),
        floor=FloorSettings(sources=(), reports=(str(folder / "reports.toml"),), free_mib=1.0),
    )


@contextmanager
def watched_floor(variant: Variant, folder: Path, objects: int = 60) -> Iterator[Floor]:
    """Give a floor over the canaries that has watched once."""
    tree = settings_of(variant, folder)
    _fill(folder, objects)
    parts = FloorParts(
        clock=MadeClock(AS_OF), sources={}, detectors=DETECTORS, every_detector=DETECTORS
    )
    with Floor(tree, folder, parts) as floor:
        floor.step()
        yield floor


def canaries(variant: Variant, objects: int = 60) -> list[Canary]:
    """Return every text that is planted, with the marking that it goes by."""
    planted = []
    for marking, tag, first, source in zip(
        variant.markings(), TAGS, FIRST_IDS, SOURCES, strict=True
    ):
        planted += [Canary(tag, marking), Canary(f"OWN{tag}", marking)]
        planted += [Canary(str(first + k), marking) for k in range(objects)]
        if source not in ("celestrak", "space-track"):  # the page of receipts may name these
            planted.append(Canary(source, marking))
    planted += [Canary(f"CANARYREPORT{k}", parse_marking(m)) for k, m in enumerate(REPORTS)]
    of_list = variant.markings()[2]
    planted += [Canary(BROUGHT_TAG, of_list), Canary(f"OWN{BROUGHT_TAG}", of_list)]
    planted += [Canary(str(BROUGHT_ID + k), of_list) for k in range(12)]
    planted += [Canary(f"brought/{source}", of_list) for source in SOURCES]
    planted.append(Canary("CANARYASSET", of_list))
    # The list of assets names the number of its asset, whoever delivers its element sets.
    asset = str(FIRST_IDS[0] + 5)
    planted = [replace(c, or_marking=of_list) if c.text == asset else c for c in planted]
    planted.append(Canary("CANARYDECISION", Marking(Level.RED)))
    return planted


def brought() -> tuple[ElementSets, list[SpaceObject]]:
    """Return what an analyst brings: twelve objects of the house, and what they are called."""
    sky = made_sky(seed=2, objects=60, as_of_utc=np.datetime64(AS_OF.replace(tzinfo=None)))
    newest = sky.parts[0].newest()
    sets = newest.take(newest.norad_id != sky.assets[0].norad_id).take(np.arange(12))
    numbers = BROUGHT_ID + np.arange(12)
    named = replace(
        sets,
        norad_id=numbers,
        object_name=np.array([f"{BROUGHT_TAG} {number}" for number in numbers], TEXT),
        provenance_index=np.zeros(12, np.int32),
        provenances=(Provenance("space-track", "0" * 64),),
    )
    listed = [
        SpaceObject(int(number), f"{BROUGHT_TAG} LISTED {number}", owner=f"OWN{BROUGHT_TAG}")
        for number in numbers
    ]
    return named, listed


def _fill(folder: Path, objects: int) -> None:
    sky = made_sky(seed=1, objects=objects * 3, as_of_utc=np.datetime64(AS_OF.replace(tzinfo=None)))
    sets = sky.parts[0]
    numbers = np.unique(sets.norad_id)
    order = {int(number): place for place, number in enumerate(numbers)}
    places = np.array([order[int(number)] for number in sets.norad_id])
    asset = sky.assets[0].norad_id
    with open_store(folder) as store:
        for k, source in enumerate(SOURCES):
            chosen = places % 3 == (k + order[asset]) % 3
            own = _renamed(sets.take(chosen), places[chosen] // 3, k, source, asset)
            known = np.datetime64("2026-11-01T00:00:00") - np.timedelta64(1, "h")
            ingest_payload(store, write_omm_csv(own), source=source, received_utc=known)
            listed = {
                int(number): SpaceObject(
                    norad_id=int(number),
                    name=f"{TAGS[k]} LISTED {number}",
                    owner=f"OWN{TAGS[k]}",
                    sources=(source,),
                )
                for number in np.unique(own.norad_id)
            }
            store.append_objects(
                listed.values(), source=source, known_utc=AS_OF - timedelta(hours=1)
            )
    second = FIRST_IDS[0] + 5
    (folder / "assets.toml").write_text(
        f'[[asset]]\nnorad_id = {second}\nname = "CANARYASSET"\n' + _public_asset()
    )
    reports = [
        report_of(
            {
                "statement": "service_kept", "objects": [PUBLIC], "text": f"CANARYREPORT{k}",
                "source": "its operator", "grade": "A2", "start_utc": "2026-10-30T00:00:00Z",
                "known_utc": "2026-10-31T00:00:00Z",
            },
            marking=parse_marking(marking), reality=Reality.REAL,
        )
        for k, marking in enumerate(REPORTS)
    ]  # fmt: skip
    (folder / "reports.toml").write_bytes(write_reports(reports))


def _public_asset() -> str:
    public = assets_from("")[0]
    lines = [
        f"norad_id = {public.norad_id}",
        f'name = "{public.name}"',
        f'owner = "{public.owner}"',
    ]
    lines += [f'mission = "{public.mission}"', f'importance = "{public.importance.value}"']
    if public.can_manoeuvre is not None:
        lines.append(f"can_manoeuvre = {str(public.can_manoeuvre).lower()}")
    if public.hard_body_radius_m is not None:
        lines.append(f"hard_body_radius_m = {public.hard_body_radius_m}")
    if public.slot_deg_east is not None:
        lines.append(f"slot_deg_east = {public.slot_deg_east}")
    return "[[asset]]\n" + "\n".join(lines) + "\n"


def _renamed(sets: ElementSets, places: np.ndarray, k: int, source: str, asset: int) -> ElementSets:
    numbers = np.where(sets.norad_id == asset, PUBLIC, FIRST_IDS[k] + places)
    names = [f"{TAGS[k]} {number}" for number in numbers]
    return replace(
        sets,
        norad_id=numbers,
        object_name=np.array(names, TEXT),
        provenance_index=np.zeros(len(sets), np.int32),
        provenances=(Provenance(source, "0" * 64),),
    )
