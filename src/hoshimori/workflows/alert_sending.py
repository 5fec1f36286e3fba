"""Messages of alerts go out, each written down before and after: none is lost or repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoshimori.assessment.alert_tries import ended, is_due, refused, tried
from hoshimori.dossier.alert_wording import channel_test_text, key_lines, written_line
from hoshimori.dossier.language import Language
from hoshimori.errors import ReleaseError, SettingsError
from hoshimori.model.alert_rules import AlertRules, Channel
from hoshimori.model.alerts import AlertCause, Sending, SendingState, Tracked
from hoshimori.model.exercise_stores import belongs
from hoshimori.model.provenance import Reality
from hoshimori.outlets.messengers import (
    Delivered,
    Outcome,
    deliver,
    find_address,
    no_address_text,
)
from hoshimori.workflows.alerts import AlertDesk

_NO_EXERCISES = "the store is of an exercise, and the channel does not take any (takes_exercises)"
_LATE = timedelta(minutes=15)
"""A message that goes out later says when it was written."""

Clock = Callable[[], datetime]
"""Tells the moment of the wall clock, in UTC."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to a messenger."""

    channel: str
    subject: str
    body: str
    key: str
    timeout_s: float


Messenger = Callable[[Parcel], Delivered]
"""Hands a message over and tells what became of it; raises nothing."""


def by_apprise(parcel: Parcel) -> Delivered:
    """Hand a message to the address that environment or keyring give for its channel."""
    address = find_address(parcel.channel)
    if address is None:
        return Delivered(Outcome.NOT_TAKEN, no_address_text(parcel.channel))
    return deliver(
        address,
        subject=parcel.subject,
        body=parcel.body,
        key=parcel.key,
        timeout_s=parcel.timeout_s,
    )


def send_waiting(
    desk: AlertDesk, *, clock: Clock, messenger: Messenger = by_apprise
) -> tuple[Tracked, ...]:
    """Send what is due, one message after the other; return what became of each.

    Nothing is raised for a channel that fails: its message is tried again later, and its others
    wait for the next time, so that a silent channel holds up nobody for long. Several processes
    may do this at once; none takes what another one is trying.
    """
    done: list[Tracked] = []
    failed: set[str] = set()
    while (tracked := _claimed(desk, clock(), failed)) is not None:
        if tracked.last.state is SendingState.TRYING:
            tracked = _sent(desk, tracked, clock, messenger)
        if tracked.last.state is SendingState.FAILED:
            failed.add(tracked.sending.channel)
        done.append(tracked)
    return tuple(done)


def send_test(
    desk: AlertDesk, channel: str, *, clock: Clock, messenger: Messenger = by_apprise
) -> Tracked:
    """Send a message that only tests a channel, marked TEST; return what became of it.

    Raises:
        SettingsError: there is no such channel.
        ReleaseError: the book is of an exercise, and the channel takes none.
    """
    known = _channel(desk, channel)
    if known is None:
        names = ", ".join(one.name for one in desk.rules.channels) or "none"
        raise SettingsError(f"{channel}: the rules have no such channel; they have {names}")
    if desk.book.exercise is not None and not known.takes_exercises:
        raise ReleaseError(f"{channel}: {_NO_EXERCISES}")
    now_utc = clock()
    subject, body = channel_test_text(channel, Language(known.language))
    name = f"test {channel} {now_utc.isoformat()}"
    sending = Sending(
        key=hashlib.sha256(name.encode()).hexdigest()[:16],
        alert_id="",
        channel=channel,
        causes=(AlertCause.TEST,),
        subject=subject,
        body=body,
        reality=Reality.TEST,
        made_utc=now_utc,
        not_before_utc=now_utc,
    )
    with desk.book.transaction():
        desk.book.append_sendings([sending])
        waiting = next(t for t in desk.book.under_way() if t.sending.key == sending.key)
        step = tried(waiting, now_utc, _claim(desk))
        desk.book.append_step(step)
    tracked = _sent(desk, Tracked(sending, step), clock, messenger)
    if not tracked.last.problem:
        return tracked
    # A test that fails has done its work.
    given_up = refused(tracked, tracked.last.problem, clock())
    with desk.book.transaction():
        desk.book.append_step(given_up)
    return Tracked(sending, given_up)


def _claimed(desk: AlertDesk, now_utc: datetime, failed: set[str]) -> Tracked | None:
    """Take the next message that is due; what may not go is given up here."""
    with desk.book.transaction():
        due = (t for t in desk.book.under_way() if is_due(t, now_utc))
        tracked = next((t for t in due if t.sending.channel not in failed), None)
        if tracked is None:
            return None
        problem = _why_not(desk, tracked.sending)
        if problem:
            step = refused(tracked, problem, now_utc)
        else:
            step = tried(tracked, now_utc, _claim(desk))
        desk.book.append_step(step)
    return Tracked(tracked.sending, step)


def _why_not(desk: AlertDesk, sending: Sending) -> str:
    """Return why a message may not go, by the rules in force now; empty where it may."""
    channel = _channel(desk, sending.channel)
    if channel is None:
        return "the rules have no such channel any more"
    is_made = sending.reality is not Reality.REAL and bool(sending.alert_id)
    if is_made and not channel.takes_exercises:
        return "it is not real, and the channel takes no exercises"
    if desk.book.exercise is not None and not channel.takes_exercises:
        return _NO_EXERCISES
    if not belongs(sending.reality, desk.book.exercise) and sending.alert_id:
        return "it is of an exercise, and this book is not, or the other way round"
    return ""


def _sent(desk: AlertDesk, tracked: Tracked, clock: Clock, messenger: Messenger) -> Tracked:
    sending, step = tracked.sending, tracked.last
    channel = _channel(desk, sending.channel)
    language = Language(channel.language) if channel is not None else Language.EN
    again = key_lines(sending.key, again=step.attempts > 1, language=language)
    first, _, rest = sending.body.rstrip("\n").partition("\n")
    late = step.at_utc - sending.made_utc >= _LATE
    written = (written_line(sending.made_utc, language),) if late else ()
    delivered = messenger(
        Parcel(
            channel=sending.channel,
            subject=sending.subject,
            body="\n".join((first, *written, rest, "", *again, "")),
            key=sending.key,
            timeout_s=desk.timeout_s,
        )
    )
    taken = delivered.outcome is Outcome.TAKEN
    after = ended(step, "" if taken else delivered.problem or delivered.outcome.value, clock())
    with desk.book.transaction():
        desk.book.append_step(after)
    return Tracked(sending, after)


def _channel(desk: AlertDesk, name: str) -> Channel | None:
    return next((channel for channel in desk.rules.channels if channel.name == name), None)


def _claim(desk: AlertDesk) -> timedelta:
    """Return how long nobody else tries a message: longer than any messenger is waited for."""
    return timedelta(seconds=4.0 * desk.timeout_s + 60.0)


def with_address(rules: AlertRules) -> frozenset[str]:
    """Return the channels of which it is known where they lead."""
    return frozenset(c.name for c in rules.channels if find_address(c.name) is not None)
