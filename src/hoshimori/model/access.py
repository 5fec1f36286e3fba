"""Who asks, and what they may see and do; policy alone, without passwords or disks.

What may be *done* hangs on the role, what may be *seen* on the audience. Both must agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from hoshimori.model.markings import Level, Marking


class Role(Enum):
    """What somebody is here to do."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    DECIDER = "decider"
    EXERCISE_DIRECTOR = "exercise-director"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """One kind of thing that can be asked of the server; every route declares one."""

    SEE = "see"
    """Boards, objects, incidents and pictures, as far as the audience may see them."""
    ASK = "ask"
    """Questions that cost time: past moments, assessments, ephemerides."""
    DOWNLOAD = "download"
    """Dossiers and whole tables; each is written into the audit."""
    TAKE_PART = "take-part"
    """Act for one's cell in a live exercise: answer, write, decide."""
    SEE_RECORDS = "see-records"
    """Decisions, dissents, alerts and the journal: of the house alone."""
    MEASURE = "measure"
    """Measures of the running server."""
    COMPOSE = "compose"
    """Make dossiers."""
    INGEST = "ingest"
    """Bring in facts and reports."""
    ACKNOWLEDGE = "acknowledge"
    """Take alerts on."""
    RELEASE = "release"
    """Make and preview the copies that partners may have."""
    DECIDE = "decide"
    """Set what a human sets about an incident."""
    DIRECT_EXERCISES = "direct-exercises"
    """Begin, steer and end exercises."""
    READ_AUDIT = "read-audit"
    """Read who asked for what."""
    ADMINISTER = "administer"
    """Accounts, keys and the running server."""


_VIEWER = frozenset({Permission.SEE, Permission.ASK, Permission.DOWNLOAD, Permission.TAKE_PART})
_OF_THE_HOUSE = _VIEWER | {Permission.SEE_RECORDS, Permission.MEASURE}
_ANALYST = _OF_THE_HOUSE | {Permission.COMPOSE, Permission.INGEST, Permission.ACKNOWLEDGE}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: _OF_THE_HOUSE,
        Role.ANALYST: _ANALYST,
        Role.DECIDER: _ANALYST | {Permission.RELEASE, Permission.DECIDE},
        Role.EXERCISE_DIRECTOR: _OF_THE_HOUSE | {Permission.DIRECT_EXERCISES},
        Role.ADMINISTRATOR: frozenset(Permission),
    }
)
"""What each role may do in the whole house."""

LIMITED_PERMISSIONS = _VIEWER
"""What is left of any role for an audience that does not see the whole house."""

MOST_FOR_PARTNERS = Level.AMBER
"""Stricter levels are for one organisation, or for single persons: no partner sees them here."""


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom something is shown: a partner or the house, up to a limit.

    The limit is a level and the caveats that are accepted; None: all that the house holds.
    """

    partner: str | None = None
    """The partner's code as in ``REL TO``; None: the house itself."""
    limit: Marking | None = None

    def __post_init__(self) -> None:
        if self.partner is None:
            return
        if self.limit is None:
            raise ValueError(f"{self.partner}: a partner sees up to a limit; state one")
        if self.limit.level > MOST_FOR_PARTNERS:
            raise ValueError(
                f"{self.partner}: {self.limit} is not for other organisations; "
                "the limit of a partner is TLP:AMBER at most"
            )

    def __str__(self) -> str:
        """Return it in words that tell audiences apart.

        >>> str(Audience("USA", Marking(Level.GREEN))), str(HOME)
        ('USA up to TLP:GREEN', 'home')
        """
        name = self.partner or "home"
        return name if self.limit is None else f"{name} up to {self.limit}"

    @property
    def sees_the_whole_house(self) -> bool:
        """Whether nothing is kept from it."""
        return self.partner is None and self.limit is None

    def may_see(self, marking: Marking) -> bool:
        """Tell whether what bears this marking may be shown here.

        A partner must be among those it is releasable to. What may be shown may be shown together,
        and what holds a hidden part is hidden.
        """
        if self.limit is None:
            return True
        if self.partner is None:
            open_to_all = replace(marking, releasable_to=None)
            return open_to_all.is_within(replace(self.limit, releasable_to=None))
        here = frozenset({self.partner})
        return marking.may_go_to(here) and marking.is_within(
            replace(self.limit, releasable_to=here)
        )


HOME = Audience()
"""The house itself: sees everything."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, as far as an answer depends on it."""

    name: str
    role: Role
    audience: Audience
    is_local: bool = False
    """Whether it is the one administrator of a server on loopback without accounts."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this viewer may do: the role's, less where the audience is limited."""
        own = ROLE_PERMISSIONS[self.role]
        return own if self.audience.sees_the_whole_house else own & LIMITED_PERMISSIONS

    def may(self, permission: Permission) -> bool:
        """Tell whether the viewer may do this."""
        return permission in self.permissions


_NAME = re.compile(r"[\w][\w.@+-]{0,63}")


def is_account_name(name: str) -> bool:
    """Tell whether a text can name an account: letters, digits and ``. @ + - _``, at most 64.

    >>> is_account_name("m.sato@example.org"), is_account_name("佐藤"), is_account_name("a b")
    (True, True, False)
    """
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    name: str
    role: Role
    audience: Audience
    created_utc: datetime
    has_password: bool
    """False: signs in by the organisation's own accounts (OIDC) alone."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key for a program, without its secret."""

    key_id: str
    """Eight hexadecimal digits; what it is called by."""
    name: str
    """Whom it was given to: an account, or what a machine is called."""
    role: Role
    audience: Audience
    created_utc: datetime
    expires_utc: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that lasts for some time."""

    name: str
    """Of the account."""
    created_utc: datetime
    used_utc: datetime
    """When it was last asked with, to the minute."""
