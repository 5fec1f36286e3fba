"""`partners.toml`: the house, and everybody that it exchanges letters with.

``[house]`` has ``code``, ``name``, ``address``, ``certificate`` and ``keys``; each ``[[partner]]``
the same and ``limit``, ``reliability``, ``accepts`` and ``revoked``. Keys and certificates are
Base64 of their DER. The commands of `share` make and change the file.
"""

from __future__ import annotations

import tomllib
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.letter_texts import Fields, octets_value
from hoshimori.formats.markings import parse_marking, write_marking
from hoshimori.formats.partner_cards import parse_address
from hoshimori.formats.toml_writing import write_toml
from hoshimori.model.access import MOST_FOR_PARTNERS
from hoshimori.model.letters import LetterKind
from hoshimori.model.markings import Marking
from hoshimori.model.partners import House, Partner, Partners
from hoshimori.model.reports import Reliability

_HOUSE = frozenset({"code", "name", "address", "certificate", "keys"})
_PARTNER = _HOUSE | {"limit", "reliability", "accepts", "revoked"}
_MOST_KEYS = 64
_MOST_PARTNERS = 10_000


def write_partners(partners: Partners) -> bytes:
    """Return the file; the same partners give the same bytes."""
    house = partners.house
    document: dict[str, Any] = {"house": _common(house)}
    if partners.others:
        document["partner"] = [_partner_value(partner) for partner in partners.others]
    return write_toml(document).encode()


def read_partners(data: bytes, source: str) -> Partners:
    """Return the house and its partners.

    Raises:
        FormatError: it is no TOML, has an unknown or missing field, a limit that is for no
            partner, or the same code or key twice.
    """
    try:
        tree = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"is no TOML: {error}", source=source) from error
    _refuse_unknown(tree, frozenset({"house", "partner"}), source, "")
    top = Fields(tree, source)
    house = _house(top.within("house"), tree["house"], source)
    listed = top.several("partner", _MOST_PARTNERS) if "partner" in tree else []
    others = tuple(_partner(one, f"partner {n}", source) for n, one in enumerate(listed, start=1))
    _refuse_twice(house, others, source)
    return Partners(house, others)


def _common(one: House | Partner) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "address": one.address,
        "certificate": octets_value(one.certificate),
        "keys": [octets_value(key) for key in one.keys],
    }


def _partner_value(partner: Partner) -> dict[str, Any]:
    return _common(partner) | {
        "limit": write_marking(partner.limit),
        "reliability": partner.reliability.value,
        "accepts": sorted(kind.value for kind in partner.accepts),
        "revoked": sorted(partner.revoked),
    }


def _house(fields: Fields, values: Any, source: str) -> House:
    _refuse_unknown(values, _HOUSE, source, "house")
    return House(
        code=fields.code("code"),
        name=fields.told("name"),
        address=parse_address(fields.text("address"), source),
        certificate=fields.octets("certificate"),
        keys=_keys(fields, source),
    )


def _partner(values: Any, path: str, source: str) -> Partner:
    fields = Fields(values, source, path)
    _refuse_unknown(values, _PARTNER, source, path)
    return Partner(
        code=fields.code("code"),
        name=fields.told("name"),
        address=parse_address(fields.text("address"), source),
        keys=_keys(fields, source),
        revoked=frozenset(fields.digests("revoked", _MOST_KEYS)),
        certificate=fields.octets("certificate"),
        limit=parse_limit(fields.text("limit"), source),
        reliability=parse_reliability(fields.text("reliability"), source),
        accepts=parse_kinds(fields.several("accepts", len(LetterKind)), source),
    )


def parse_limit(text: str, source: str = "") -> Marking:
    """Return the limit of a partner: a level and caveats.

    Raises:
        FormatError: it is no marking, names partners, or is for no other organisation.
    """
    limit = parse_marking(text)
    if limit.releasable_to is not None:
        problem = f"{text}: a limit names no partners: it is that of one"
        raise FormatError(problem, source=source, field="limit")
    if limit.level > MOST_FOR_PARTNERS:
        problem = f"{text}: not for other organisations; TLP:AMBER at most"
        raise FormatError(problem, source=source, field="limit")
    return limit


def parse_reliability(text: str, source: str = "") -> Reliability:
    """Return how reliable a source is, from its letter.

    Raises:
        FormatError: it is none of A to F.
    """
    try:
        return Reliability(text.upper())
    except ValueError:
        problem = f"{text[:40]!r}: expected A to F, as in the Admiralty code"
        raise FormatError(problem, source=source, field="reliability") from None


def parse_kinds(names: list[Any], source: str = "") -> frozenset[LetterKind]:
    """Return kinds of letters whose content can come into the picture.

    Raises:
        FormatError: a name is of no such kind.
    """
    known = {kind.value: kind for kind in ACCEPTABLE}
    for name in names:
        if not isinstance(name, str) or name not in known:
            problem = f"{str(name)[:40]!r}: expected {' or '.join(known)}"
            raise FormatError(problem, source=source, field="accepts")
    return frozenset(known[name] for name in names)


ACCEPTABLE = (LetterKind.FACTS, LetterKind.REPORT)
"""Kinds whose content a picture has a place for."""


def _keys(fields: Fields, source: str) -> tuple[bytes, ...]:
    told = [Fields({"keys": one}, source).octets("keys") for one in fields.several("keys", 64)]
    if not told:
        raise fields.wrong("keys", "there is none")
    return tuple(told)


def _refuse_unknown(values: Any, known: frozenset[str], source: str, path: str) -> None:
    if isinstance(values, dict) and (unknown := sorted(values.keys() - known)):
        field = f"{path}.{unknown[0]}" if path else unknown[0]
        raise FormatError("is no field of this file", source=source, field=field)


def _refuse_twice(house: House, others: tuple[Partner, ...], source: str) -> None:
    codes, keys = {house.code}, set(house.keys)
    for partner in others:
        if partner.code in codes:
            raise FormatError("stands twice", source=source, field=partner.code)
        if keys & set(partner.keys) or len(set(partner.keys)) != len(partner.keys):
            raise FormatError("has a key that stands twice", source=source, field=partner.code)
        codes.add(partner.code)
        keys |= set(partner.keys)
