"""English words of the check of a seal; the keys are those of every language."""

from __future__ import annotations

SEAL_WORDS: dict[str, str] = {
    "seal.intact": "Intact: every byte is as sealed.",
    "seal.changed.one": "Changed: {number} problem. Do not rely on this file.",
    "seal.changed.many": "Changed: {number} problems. Do not rely on this file.",
    "seal.unreadable": "Not told: the file is too damaged to tell who sealed it.",
    "seal.original": "Original, composed {moment} with {software} (as its signers state)",
    "seal.release": "Release, made {moment} with {software} (as its signers state)",
    "seal.items.one": "{number} item",
    "seal.items.many": "{number} items",
    "seal.withheld.one": "{number} item withheld: its commitment is signed, its content not told",
    "seal.withheld.many": (
        "{number} items withheld: their commitments are signed, their content not told"
    ),
    "seal.unsigned": "Not signed",
    "seal.policy.met": (
        "Signatures that count: {counted} of {holders} needed, "
        "organisations: {counted_organisations} of {organisations} needed. Enough."
    ),
    "seal.policy.unmet": (
        "Signatures that count: {counted} of {holders} needed, "
        "organisations: {counted_organisations} of {organisations} needed. Not enough."
    ),
    "seal.stamped": "Signatures existed at {moment}, by a timestamp that was checked",
    "seal.among": "Only signatures of these organisations count: {organisations}",
    "seal.signer.known": "{organisation} ({holder}): {standing}; {algorithm}, key {fingerprint}",
    "seal.signer.unknown": "{standing}; {algorithm}, key {fingerprint}",
    "seal.algorithm.unknown": "unknown kind of key",
    "seal.standing.trusted": "trusted",
    "seal.standing.unknown": "signature whole, but whose key it is your trust file does not say",
    "seal.standing.not_yet_valid": "key not valid yet",
    "seal.standing.expired": "key was out of date when the file says it was made",
    "seal.standing.revoked": "key revoked",
    "seal.standing.invalid": "signature does not belong to this content",
    "seal.problem": "{place}: {problem}",
    "seal.problem.detail": "{place}: {problem} ({detail})",
    "seal.problem.unreadable": "cannot be read",
    "seal.problem.member_changed": "was changed",
    "seal.problem.member_missing": "is missing",
    "seal.problem.member_added": "was added",
    "seal.problem.item_not_committed": "item is not one that was sealed: changed or added",
    "seal.problem.item_twice": "item stands twice",
    "seal.problem.leaves_changed": "commitments are not those that were signed",
    "seal.problem.manifest_changed": "list of members is not the one that was sealed",
    "seal.problem.reality_mixed": "realities are mixed",
    "seal.problem.original_changed": "release was made from another original",
    "seal.problem.released_beyond": "item is released beyond its marking",
    "seal.problem.signature_invalid": "signature does not belong to this content",
    "seal.problem.bytes_differ": "file was changed outside its members",
    "seal.key.made": (
        "Signing key written to {path}, readable by you only. Give partners this entry:"
    ),
}
