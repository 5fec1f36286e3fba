"""Addresses of PostgreSQL databases, and the names of folders that stand for them.

What a process needs on its own machine (how its server is reached, composed dossiers) has a folder
also where the facts are in a database: the doorstep. Its name is the address, so that one follows
from the other; it never holds a password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hoshimori.errors import SettingsError

_SCHEMES = ("postgresql://", "postgres://")
_BEGINNING = "postgresql%3A%2F%2F"
_FORM = re.compile(r"postgres(?:ql)?://(?P<whom>[^/?#]*@)?(?P<hosts>[^/?#@]*)(?P<rest>[^#]*)")
_UNFIT = re.compile(r"[%/:?\\*|\"<>]")
_CODED = re.compile(r"%([0-9A-Fa-f]{2})")
_SECRETS = {"password", "sslpassword", "oauth_client_secret"}
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """The address of a PostgreSQL database as libpq reads it, without secrets."""

    text: str

    @property
    def shown(self) -> str:
        """The hosts and the database, as messages name them."""
        found = _FORM.fullmatch(self.text)
        hosts, rest = (found["hosts"], found["rest"]) if found else ("", "")
        return f"{hosts or 'of this machine: '}{rest.partition('?')[0]}"


def is_address(text: str) -> bool:
    """Tell whether a place is the address of a database; else it is a folder."""
    return text.startswith(_SCHEMES)


def database_address(text: str) -> DatabaseAddress:
    """Return the address that a text is.

    >>> database_address("postgres://watch@db.example/skies").shown
    'db.example/skies'

    Raises:
        SettingsError: it holds a password, or names no database. The message never repeats it.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise SettingsError("the address of the database cannot be understood")
    database, _, query = found["rest"].partition("?")
    given = {_decoded(part.partition("=")[0]) for part in query.split("&")}
    if ":" in _decoded(found["whom"] or "") or _SECRETS & given:
        raise SettingsError(
            "the address of the database holds a password, which every user of this machine could "
            "read: leave it out, and name it in PGPASSFILE (~/.pgpass) or PGPASSWORD"
        )
    if not database.strip("/") and not {"dbname", "service"} & given:
        raise SettingsError(
            "the address names no database; expected postgresql://ROLE@HOST:PORT/DATABASE"
        )
    if not text.isprintable():
        raise SettingsError("the address of the database cannot be understood")
    return DatabaseAddress(f"postgresql://{text.partition('://')[2]}")


def _decoded(text: str) -> str:
    """Return a text of which some signs are written with a percent sign and their number."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text)


def doorstep_of(text: str) -> str:
    """Return the name of the folder that stands for the database of an address.

    >>> doorstep_of("postgres://db/skies")
    'postgresql%3A%2F%2Fdb%2Fskies'

    Raises:
        SettingsError: the address cannot be understood, or is too long to be a name.
    """
    address = database_address(text)
    name = _UNFIT.sub(lambda found: f"%{ord(found[0]):02X}", address.text)
    if len(name) > _LONGEST_NAME:
        raise SettingsError("the address of the database is too long: name a service of libpq")
    return name


def place_among_ours(text: str) -> str:
    """Return where a store stands in the user's data folder; empty where a folder is named.

    >>> place_among_ours(""), place_among_ours("postgres://db/skies"), place_among_ours("/srv")
    ('store', 'databases/postgresql%3A%2F%2Fdb%2Fskies', '')

    Raises:
        SettingsError: it is the address of a database, and cannot be understood.
    """
    if is_address(text):
        return f"databases/{doorstep_of(text)}"
    return "" if text else "store"


def address_of_doorstep(name: str) -> DatabaseAddress | None:
    """Return the address of the database that a folder of this name stands for; None for others.

    >>> address_of_doorstep("postgresql%3A%2F%2Fdb%2Fskies").text
    'postgresql://db/skies'

    Raises:
        SettingsError: it stands for one, and its address cannot be understood.
    """
    if not name.startswith(_BEGINNING):
        return None
    return database_address(_decoded(name))
