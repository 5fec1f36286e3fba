"""Accounts, keys and the audit in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.incident_wording import chain_lines
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.model.access import Account, ApiKey, Audience, Role
from hoshimori.model.audit import AuditEntry
from hoshimori.model.journal import ChainCheck


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as one row of texts."""

    name: str
    role: str
    audience: str
    created: str
    ways: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key as one row of texts, without its secret."""

    key: str
    name: str
    role: str
    audience: str
    until: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit as one row of texts."""

    when: str
    kind: str
    who: str
    what: str
    where: str


def account_row(account: Account, language: Language) -> AccountRow:
    """Return an account as a row."""
    way = "password" if account.has_password else "oidc"
    return AccountRow(
        name=account.name,
        role=role_text(account.role, language),
        audience=audience_text(account.audience, language),
        created=utc_text(account.created_utc),
        ways=say(language, f"account.way.{way}"),
    )


def key_row(key: ApiKey, language: Language) -> KeyRow:
    """Return a key as a row."""
    return KeyRow(
        key=key.key_id,
        name=key.name,
        role=role_text(key.role, language),
        audience=audience_text(key.audience, language),
        until=utc_text(key.expires_utc),
    )


def audit_row(entry: AuditEntry, language: Language) -> AuditRow:
    """Return an entry of the audit as a row."""
    what = entry.what
    if entry.why:
        what = say(language, "audit.refused", what=what, why=entry.why)
    return AuditRow(
        when=utc_text(entry.recorded_utc),
        kind=say(language, f"audit.kind.{entry.kind.name.lower()}"),
        who=entry.who,
        what=what,
        where=entry.address,
    )


def audit_lines(check: ChainCheck, language: Language) -> Sequence[str]:
    """Return whether the audit is whole, or where it is broken and how."""
    return chain_lines(check, "audit", language)


def account_text(account: Account, done: str, language: Language) -> str:
    """Return what was done to an account: ``added``, ``changed``, ``password`` or ``removed``."""
    return say(
        language,
        f"account.{done}",
        name=account.name,
        role=role_text(account.role, language),
        audience=audience_text(account.audience, language),
    )


def key_text(key: ApiKey, done: str, language: Language) -> str:
    """Return what was done to a key: ``made`` or ``gone``."""
    until = utc_text(key.expires_utc)
    return say(language, f"key.{done}", key_id=key.key_id, name=key.name, until=until)


def role_text(role: Role, language: Language) -> str:
    """Return the word for a role."""
    return say(language, f"role.{role.name.lower()}")


def audience_text(audience: Audience, language: Language) -> str:
    """Return what an audience sees."""
    if audience.partner is not None:
        partner, limit = audience.partner, str(audience.limit)
        return say(language, "audience.partner", partner=partner, limit=limit)
    if audience.limit is not None:
        return say(language, "audience.home.limited", limit=str(audience.limit))
    return say(language, "audience.home")
