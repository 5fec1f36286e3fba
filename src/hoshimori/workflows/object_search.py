"""Finding objects of a picture by name, number, designator, owner and launch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.errors import SettingsError
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import OrbitRegime, orbit_regime
from hoshimori.workflows.catalogue_columns import kind_word

MOST_FOUND = 200
"""Objects in one answer."""


@dataclass(frozen=True, slots=True)
class FoundObject:
    """One object that was found."""

    norad_id: int
    name: str
    object_id: str
    kind: str
    owner: str
    regime: str
    is_asset: bool


@dataclass(frozen=True, slots=True)
class FoundObjects:
    """What was found, the best first: assets, then what begins as asked, then by number."""

    view_id: str
    as_of_utc: datetime
    found: int
    """How many there are in all."""
    objects: tuple[FoundObject, ...]
    next_after: int | None
    """What to give as `after` for the next ones; None where these are the last."""


@dataclass(frozen=True, slots=True)
class ObjectIndex:
    """The objects of a picture as they are searched; made once for each picture."""

    view_id: str
    as_of_utc: datetime
    objects: tuple[FoundObject, ...]
    texts: tuple[str, ...]
    """Name, designator and number of each, in capitals."""


@dataclass(frozen=True, slots=True)
class ObjectQuery:
    """What to look for; empty texts ask for nothing."""

    text: str = ""
    """Part of a name, of a designator or of a number."""
    owner: str = ""
    launch: str = ""
    """As in ``2023-031``."""
    limit: int = 50
    after: int = 0
    """How many of those found to leave out."""


def object_index(picture: Picture, *, view_id: str) -> ObjectIndex:
    """Return the objects of a picture, ready for searching."""
    sets = picture.newest
    assets = {asset.norad_id: asset for asset in picture.assets}
    regimes = orbit_regime(sets.mean_elements()).tolist()
    columns = zip(
        sets.norad_id.tolist(),
        sets.object_name.tolist(),
        sets.object_id.tolist(),
        regimes,
        strict=True,
    )
    found = []
    for norad_id, published, object_id, regime in columns:
        described, asset = picture.objects.get(norad_id), assets.get(norad_id)
        name = (asset.name if asset else "") or published or (described.name if described else "")
        found.append(
            FoundObject(
                norad_id=norad_id,
                name=name,
                object_id=object_id or (described.object_id if described else ""),
                kind=kind_word(described, name),
                owner=described.owner if described else "",
                regime=OrbitRegime(regime).name,
                is_asset=asset is not None,
            )
        )
    texts = tuple(f"{o.name}\n{o.object_id}\n{o.norad_id}".upper() for o in found)
    return ObjectIndex(view_id, picture.as_of_utc, tuple(found), texts)


def found_objects(index: ObjectIndex, asked: ObjectQuery) -> FoundObjects:
    """Return the objects that fit all that is asked.

    Raises:
        SettingsError: more is asked for than one answer holds.
    """
    if not 1 <= asked.limit <= MOST_FOUND or asked.after < 0:
        raise SettingsError(f"limit {asked.limit}: expected 1 to {MOST_FOUND}")
    text, owner, launch = (t.strip().upper() for t in (asked.text, asked.owner, asked.launch))
    fitting = [
        (one, known)
        for one, known in zip(index.objects, index.texts, strict=True)
        if text in known
        and (not owner or one.owner.upper() == owner)
        and (not launch or launch_of(one.object_id).upper() == launch[:8])
    ]
    fitting.sort(key=lambda found: _rank(found, text))
    shown = tuple(one for one, _ in fitting[asked.after : asked.after + asked.limit])
    end = asked.after + len(shown)
    return FoundObjects(
        view_id=index.view_id,
        as_of_utc=index.as_of_utc,
        found=len(fitting),
        objects=shown,
        next_after=end if end < len(fitting) else None,
    )


def _rank(found: tuple[FoundObject, str], text: str) -> tuple[bool, bool, bool, int]:
    one, known = found
    return (str(one.norad_id) != text, not one.is_asset, not known.startswith(text), one.norad_id)
