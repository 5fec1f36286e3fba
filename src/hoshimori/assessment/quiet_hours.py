"""When a message may go that can wait: not in the hours that people asked to be left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hoshimori.model.alert_rules import QuietHours


def is_quiet(quiet: QuietHours | None, moment_utc: datetime) -> bool:
    """Tell whether a moment lies in quiet hours; none are where start and end are the same."""
    if quiet is None or quiet.start == quiet.end:
        return False
    clock = moment_utc.astimezone(quiet.zone).time()
    if quiet.start < quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def not_before(quiet: QuietHours | None, now_utc: datetime) -> datetime:
    """Return when a message may go that is made now: at once, or at the end of quiet hours.

    Where the clocks are set back the end comes twice, and the one after now counts.
    """
    if quiet is None or not is_quiet(quiet, now_utc):
        return now_utc
    today = now_utc.astimezone(quiet.zone).date()
    ends = (end for day in (0, 1) for end in _ends(quiet, today + timedelta(days=day)))
    later = [end for end in ends if end > now_utc and not is_quiet(quiet, end)]
    return min(later, default=now_utc)


def _ends(quiet: QuietHours, day: date) -> tuple[datetime, datetime]:
    end = datetime.combine(day, quiet.end, tzinfo=quiet.zone)
    return end.astimezone(UTC), end.replace(fold=1).astimezone(UTC)
