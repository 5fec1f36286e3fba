"""Composed dossiers as pages: for the house, and what a partner may know of its own copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoshimori.dossier.change_wording import change_sentence
from hoshimori.dossier.language import Language
from hoshimori.formats.markings import parse_marking
from hoshimori.model.access import Audience
from hoshimori.model.composed import ComposedDossier, ComposedFile
from hoshimori.workflows.composing import KindOfItems, ReleasePreview
from hoshimori.workflows.release import for_partners


@dataclass(frozen=True, slots=True)
class FilePage:
    """One sealed file that can be downloaded."""

    name: str
    byte_count: int
    sha256: str
    marking: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A dossier as far as it is, and as far as the audience may know."""

    dossier_id: str
    incident_id: str
    as_of_utc: datetime
    state: str
    """``composing``, ``ready`` or ``failed``."""
    problem: str
    title: str
    languages: tuple[str, ...]
    release_to: tuple[str, ...]
    ordered_by: str
    ordered_utc: datetime
    composed_utc: datetime | None
    reality: str
    whole: FilePage | None
    """For the house alone."""
    copy: FilePage | None
    """For the partners that it was made for."""
    withheld: int
    changes: tuple[str, ...]
    """Conclusions that are others in the copy, in words."""


@dataclass(frozen=True, slots=True)
class DossierList:
    """Dossiers, those ordered last first."""

    dossiers: tuple[DossierPage, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What would go to partners, and which conclusions would be others without the rest."""

    dossier_id: str
    release_to: tuple[str, ...]
    possible: bool
    because: str
    items: tuple[KindOfItems, ...]
    withheld: int
    marking: str
    byte_count: int
    changes: tuple[str, ...]


def seen_dossiers(found: Iterable[ComposedDossier], audience: Audience) -> list[ComposedDossier]:
    """Return the dossiers of which an audience may know: a partner's are the copies made for it."""
    if audience.sees_the_whole_house:
        return list(found)
    return [one for one in found if may_have_copy(one, audience)]


def may_have_copy(composed: ComposedDossier, audience: Audience) -> bool:
    """Tell whether a copy was made for this partner, and is marked for it."""
    if composed.copy is None or audience.partner not in composed.order.release_to:
        return False
    return audience.may_see(parse_marking(composed.copy.marking))


def dossier_page(composed: ComposedDossier, audience: Audience, language: Language) -> DossierPage:
    """Return a dossier as a page; a partner is told nothing of what was withheld from it."""
    order, house = composed.order, audience.sees_the_whole_house
    changes = composed.changes if house else for_partners(composed.changes)
    return DossierPage(
        dossier_id=order.dossier_id,
        incident_id=order.incident_id,
        as_of_utc=order.as_of_utc,
        state=composed.state.value,
        problem=composed.problem if house else "",
        title=order.title if house else "",
        languages=order.languages,
        release_to=order.release_to if house else (audience.partner or "",),
        ordered_by=order.ordered_by if house else "",
        ordered_utc=order.ordered_utc,
        composed_utc=composed.composed_utc,
        reality=composed.reality,
        whole=_file(composed.whole) if house else None,
        copy=_file(composed.copy),
        withheld=composed.withheld if house else 0,
        changes=tuple(change_sentence(one, language, former=house) for one in changes),
    )


def preview_page(dossier_id: str, preview: ReleasePreview, language: Language) -> PreviewPage:
    """Return a preview of a release as a page in a language; for who releases."""
    return PreviewPage(
        dossier_id=dossier_id,
        release_to=preview.release_to,
        possible=preview.possible,
        because=preview.because,
        items=preview.items,
        withheld=sum(kind.stay for kind in preview.items),
        marking=preview.marking,
        byte_count=preview.byte_count,
        changes=tuple(change_sentence(c, language, former=True) for c in preview.changes),
    )


def _file(kept: ComposedFile | None) -> FilePage | None:
    if kept is None:
        return None
    return FilePage(kept.name, kept.byte_count, kept.sha256, kept.marking)
