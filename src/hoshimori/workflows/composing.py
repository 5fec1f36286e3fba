"""Composing dossiers for a server: from an assessed incident to sealed files on the shelf."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoshimori.dossier.language import Language
from hoshimori.dossier.opening import unpack
from hoshimori.errors import HoshimoriError, ReleaseError
from hoshimori.model.changes import Change
from hoshimori.model.composed import (
    ComposedDossier,
    ComposedFile,
    ComposingState,
    DossierOrder,
)
from hoshimori.model.dossiers import Policy
from hoshimori.model.exercise_stores import require_belongs
from hoshimori.settings import Settings
from hoshimori.store import DossierShelf
from hoshimori.workflows.brief import Brief, dossier_of, yardsticks
from hoshimori.workflows.briefing import briefing_of, files_of
from hoshimori.workflows.documents import document_items
from hoshimori.workflows.dossier_items import picture_reality
from hoshimori.workflows.release import DERIVED, released
from hoshimori.workflows.sealing import seal

_BROKEN_OFF = "the server ended while it was being made; order it again"


def opened_shelf(folder: Path) -> DossierShelf:
    """Return the shelf of dossiers in the folder of the store."""
    return DossierShelf(folder)


def new_dossier_id() -> str:
    """Return an id that no other dossier has."""
    return f"DOS-{secrets.token_hex(5)}"


def broken_off(shelf: DossierShelf) -> tuple[ComposedDossier, ...]:
    """Mark what was being composed when a server ended, and return it; called when one starts."""
    left = [one for one in shelf.records() if one.state is ComposingState.COMPOSING]
    ended = tuple(replace(o, state=ComposingState.FAILED, problem=_BROKEN_OFF) for o in left)
    for one in ended:
        shelf.keep(one)
    return ended


def compose(
    told: Brief,
    order: DossierOrder,
    settings: Settings,
    shelf: DossierShelf,
    composed_utc: datetime,
) -> ComposedDossier:
    """Compose, seal and keep a dossier and the copy that was ordered with it; not signed yet.

    What cannot be made is kept as failed, with the reason.

    Raises:
        StoreError: it cannot be kept.
    """
    try:
        made = _composed(told, order, settings, shelf, composed_utc)
    except HoshimoriError as error:
        made = ComposedDossier(order, ComposingState.FAILED, str(error))
    shelf.keep(made)
    return made


def _composed(
    told: Brief,
    order: DossierOrder,
    settings: Settings,
    shelf: DossierShelf,
    composed_utc: datetime,
) -> ComposedDossier:
    measures = yardsticks(settings)
    telling = briefing_of(
        told, composed_utc=composed_utc, files=files_of(measures), title=order.title
    )
    documents = document_items(telling, [Language(code) for code in order.languages])
    dossier = dossier_of(
        told, settings, measures, documents, composed_utc=composed_utc, policy=Policy()
    )
    require_belongs(dossier.reality, shelf.exercise, "this dossier")
    of_exercise = shelf.exercise is not None
    data = seal(dossier, exercise=of_exercise)
    done = ComposedDossier(
        order,
        ComposingState.READY,
        reality=picture_reality(told.inquiry.picture).value,
        composed_utc=composed_utc,
        whole=_kept(shelf, f"{order.dossier_id}.zip", data, str(dossier.marking)),
    )
    if not order.release_to:
        return done
    partners = frozenset(order.release_to)
    copy = released(data, partners, composed_utc, exercise=of_exercise)
    name = f"{order.dossier_id}-{'-'.join(sorted(partners))}.zip"
    return replace(
        done,
        copy=_kept(shelf, name, copy.data, str(unpack(copy.data).marking)),
        withheld=copy.withheld,
        changes=copy.changes,
    )


def _kept(shelf: DossierShelf, name: str, data: bytes, marking: str) -> ComposedFile:
    shelf.keep_file(name, data)
    return ComposedFile(name, len(data), hashlib.sha256(data).hexdigest(), marking)


@dataclass(frozen=True, slots=True)
class KindOfItems:
    """Items of one kind: how many may go, and how many stay."""

    kind: str
    go: int
    stay: int


@dataclass(frozen=True, slots=True)
class ReleasePreview:
    """What a copy for partners would be, before anybody makes it."""

    release_to: tuple[str, ...]
    possible: bool
    because: str
    """Why it is not possible; empty where it is."""
    items: tuple[KindOfItems, ...]
    """Evidence alone; findings, assessment and documents are made anew from what may go."""
    marking: str
    byte_count: int
    changes: tuple[Change, ...]
    """Conclusions that would be others; the former ones are for the house alone."""


def release_preview(
    data: bytes, partners: frozenset[str], composed_utc: datetime, *, exercise: bool = False
) -> ReleasePreview:
    """Return what would go to partners, and which conclusions would be others without the rest.

    Raises:
        FormatError: the file is no dossier.
    """
    items = [i.item for i in unpack(data).original.items if i.item.kind not in DERIVED]
    go = Counter(i.kind for i in items if i.marking.may_go_to(partners))
    kinds = tuple(
        KindOfItems(k, go[k], n - go[k]) for k, n in Counter(i.kind for i in items).items()
    )
    asked = tuple(sorted(partners))
    try:
        copy = released(data, partners, composed_utc, exercise=exercise)
    except ReleaseError as error:
        return ReleasePreview(asked, False, str(error), kinds, "", 0, ())
    marking = str(unpack(copy.data).marking)
    return ReleasePreview(asked, True, "", kinds, marking, len(copy.data), copy.changes)
