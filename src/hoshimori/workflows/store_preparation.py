"""Making the tables of a store in a database, and letting others read and append."""

from __future__ import annotations

from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.store import open_store
from hoshimori.store.doorstep import address_at, needed_driver
from hoshimori.store.small_carrying import KINDS


def prepare_store(place: Path, *, grant_to: str = "", may_write: bool = True) -> None:
    """Make every table of a store in a database, as its owner, and let a role in.

    A role that may write appends, and changes accounts; it changes no fact, and makes no table.

    Raises:
        StoreError: the place is no database, no server answers, or it refuses.
    """
    address = address_at(place)
    if address is None:
        raise StoreError(f"{place}: a folder needs no preparing; name postgresql://…")
    open_store(place).close()
    with needed_driver():
        from hoshimori.store.postgresql.small import prepare_small  # noqa: PLC0415 - an extra
    prepare_small(address, [kind.form for kind in KINDS], grant_to, may_write=may_write)
