"""What the seal of a file says: whether every byte is as sealed, who signed, what is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hoshimori.dossier.commitments import commitment
from hoshimori.dossier.envelope import algorithm_of, envelope_digest, is_valid
from hoshimori.dossier.opening import Opened, opened
from hoshimori.model.dossiers import (
    Declaration,
    Envelope,
    KeyAlgorithm,
    Part,
    PartnerKey,
    PartSeal,
    Policy,
    SealReport,
    Signature,
    Signer,
    Stamp,
    Standing,
    Trust,
)


def check_seal(
    data: bytes, trust: Trust, as_of_utc: datetime, stamp: Stamp | None = None
) -> SealReport:
    """Return what a check of the structure of a file finds; never raises for any bytes.

    `trust`: the keys that the verifier knows; `as_of_utc`: the moment of the check; `stamp`:
    until when a part's signatures were made, if a timestamp tells.
    """
    return report_of(opened(data), trust, as_of_utc, stamp)


def report_of(
    found: Opened, trust: Trust, as_of_utc: datetime, stamp: Stamp | None = None
) -> SealReport:
    """Return the report on a file that was opened."""
    if found.package is None:
        return SealReport(found.problems)
    seals = [
        _seal(part, declaration, trust, as_of_utc, stamp)
        for part, declaration in zip(found.package.parts, found.declarations, strict=True)
    ]
    return SealReport(
        found.problems,
        original=seals[0],
        release=seals[1] if len(seals) > 1 else None,
        marking=found.package.marking,
        reality=found.declarations[0].reality,
    )


def _seal(
    part: Part, declaration: Declaration, trust: Trust, as_of_utc: datetime, stamp: Stamp | None
) -> PartSeal:
    stamped_utc = None
    if stamp is not None and stamp.envelope_sha256 == envelope_digest(part.envelope):
        stamped_utc = stamp.stamped_utc
    latest_utc = as_of_utc if stamped_utc is None else min(as_of_utc, stamped_utc)
    signers = tuple(_signers(part.envelope, declaration, trust, latest_utc))
    holders = _counted(signers, declaration, trust)
    organisations = tuple(sorted({organisation for organisation, _ in holders}))
    there = {commitment(item.salt, item.encoded) for item in part.items}
    needed = Policy(
        max(declaration.policy.signatures, trust.least_signatures),
        max(declaration.policy.organisations, trust.least_organisations),
        declaration.policy.among,
    )
    return PartSeal(
        declaration=declaration,
        signers=signers,
        organisations=organisations,
        counted=len(holders),
        needed=needed,
        policy_met=len(holders) >= needed.signatures and len(organisations) >= needed.organisations,
        items=len(part.items),
        withheld=tuple(leaf.hex() for leaf in part.leaves if leaf not in there),
        stamped_utc=stamped_utc,
    )


def _signers(
    envelope: Envelope, declaration: Declaration, trust: Trust, latest_utc: datetime
) -> Iterable[Signer]:
    known = {key.public_key: key for key in trust.keys}
    for signature in envelope.signatures:
        key = known.get(signature.public_key)
        standing = _standing(signature, envelope, key, declaration.stated_utc, latest_utc)
        yield Signer(
            fingerprint=signature.fingerprint,
            algorithm=algorithm_of(signature.public_key),
            standing=standing,
            organisation=key.organisation if key else None,
            holder=key.holder if key else None,
        )


def _standing(
    signature: Signature,
    envelope: Envelope,
    key: PartnerKey | None,
    stated_utc: datetime,
    latest_utc: datetime,
) -> Standing:
    if not is_valid(signature, envelope.payload):
        return Standing.INVALID
    if key is None:
        return Standing.UNKNOWN
    if key.revoked_utc is not None and key.revoked_utc <= latest_utc:
        # Without a timestamp nobody can tell which signatures are older: none counts.
        return Standing.REVOKED
    # It was signed between the stated moment and the latest; the key must be valid in between.
    if key.valid_from_utc is not None and key.valid_from_utc > latest_utc:
        return Standing.NOT_YET_VALID
    if key.valid_until_utc is not None and key.valid_until_utc < stated_utc:
        return Standing.EXPIRED
    return Standing.TRUSTED


def _counted(
    signers: Iterable[Signer], declaration: Declaration, trust: Trust
) -> frozenset[tuple[str, str]]:
    """Return the holders, with their organisations, whose signatures count."""
    among = declaration.policy.among
    by_holder: dict[tuple[str, str], set[KeyAlgorithm]] = {}
    for signer in signers:
        if signer.standing is not Standing.TRUSTED or signer.algorithm is None:
            continue
        if signer.organisation is None or signer.holder is None:
            continue
        if not among or signer.organisation in among:
            holder = (signer.organisation, signer.holder)
            by_holder.setdefault(holder, set()).add(signer.algorithm)
    return frozenset(h for h, used in by_holder.items() if trust.required <= used)
