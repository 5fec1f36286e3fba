"""What leaves and what is refused is written into the audit: before it leaves, and as it comes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.letters import RefusedLetter
from hoshimori.store.audit import open_audit
from hoshimori.workflows.share_bundles import MadeBundle
from hoshimori.workflows.share_taking import RefusedBundle, Taken

_SHOWN = 16


def audit_bundle(folder: Path, made: MadeBundle, who: str, address: str, now_utc: datetime) -> None:
    """Write down that a bundle leaves; where that cannot be written it must not leave."""
    head = made.head
    first, count = head.before.number + 1, len(head.entries)
    what = f"share bundle {made.digest[:_SHOWN]}: {count} letters from {first} on"
    _write(folder, AuditEntry(now_utc, AuditKind.ASKED, who, what, "", head.receiver, address))


def audit_taking(
    folder: Path, taken: Taken | RefusedBundle, who: str, address: str, now_utc: datetime
) -> None:
    """Write down what a bundle brought, and each refusal with its reason."""
    if isinstance(taken, RefusedBundle):
        refused: tuple[RefusedLetter, ...] = (taken.refusal,)
        sender = taken.sender
        what = f"share take {taken.refusal.letter_id[:_SHOWN]}"
    else:
        refused, sender = taken.refused, taken.sender
        what = f"share take {taken.digest[:_SHOWN]}: {len(taken.new)} new letters"
        _write(folder, AuditEntry(now_utc, AuditKind.ASKED, who, what, "", sender, address))
    for one in refused:
        why = f"{one.reason.value}: {one.detail}"
        _write(folder, AuditEntry(now_utc, AuditKind.REFUSED, who, what, "", sender, address, why))


def _write(folder: Path, entry: AuditEntry) -> None:
    with open_audit(folder) as audit:
        audit.append(entry)
