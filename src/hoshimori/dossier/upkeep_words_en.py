"""English words of backups and upgrades; the keys are those of every language."""

from __future__ import annotations

UPKEEP_WORDS: dict[str, str] = {
    "backup.made": "{folder}: {files} files, {mib} MiB, {facts} element sets, checked.",
    "backup.digest": "SHA-256 of its manifest (keep it elsewhere): {sha256}",
    "backup.of_exercise": "It is of the exercise {name}.",
    "backup.removed": "Removed, as asked: {folder}",
    "backup.left_out": "Left out: {name} ({why})",
    "backup.left_out.of_this_run": "it says how the running server is reached",
    "backup.left_out.key": "a private key; --with-keys takes it along",
    "backup.left_out.link": "a link to somewhere else",
    "backup.left_out.other_store": "a store of its own; back it up with --store",
    "backup.left_out.no_file": "neither a file nor a folder",
    "backup.whole": "{folder} is as it was written at {made}: {files} files, all read and opened.",
    "backup.not_whole": "{folder} is NOT as it was written:",
    "backup.restored": "{folder} is as {backup} was at {made}.",
    "backup.restored.sessions": (
        "Sessions of that time have ended. Keys and accounts that were taken away since are "
        "there again: see `hoshimori accounts list`."
    ),
    "backup.restored.alerts": (
        "Messages that were sent after that moment are not known to the store, and may be sent "
        "again."
    ),
    "store.column.file": "File",
    "store.column.version": "Version",
    "store.column.newest": "This Hoshimori writes",
    "store.column.state": "State",
    "store.state.current": "current",
    "store.state.older": "older: `hoshimori store upgrade`",
    "store.state.newer": "newer: upgrade Hoshimori",
    "store.nothing": "Nothing to do: every file has the newest version.",
    "store.upgraded": "Upgraded. The copy from before, checked: {copy}",
    "store.rolled_back": "The store is as it was before the upgrade. The upgraded one: {aside}",
    "store.rolled_back.later": (
        "{number} deliveries came after the copy; they stand in the upgraded store alone: "
        "ingest their files again."
    ),
}
