"""`messages`: conjunction messages as a table of events."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hoshimori.assessment.conjunction_events import DEFAULT_RULE, EventRule
from hoshimori.cli.banner import banner
from hoshimori.dossier.language import Language
from hoshimori.dossier.message_rows import ARROWS, EventRow, MessageRow, probability_lines
from hoshimori.dossier.quantities import length_text, utc_text
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.conjunction_event import EventStep
from hoshimori.model.incidents import Attention
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.messages import MessageReport, conjunction_events, most_urgent
from hoshimori.workflows.old_kernels import remove_old_kernels

_QUIET = (EventStep.PASSED, EventStep.NOTHING)
_MARKS = {Attention.LOOK: "◆", Attention.WATCH: "◇", Attention.LOG: "·"}
_STYLES = {Attention.LOOK: "bold #ff9d2e", Attention.WATCH: "#fff27a", Attention.LOG: "#7b8794"}
_LEAST_TABLE_WIDTH = 110
_MOST_REMARKS = 4
_MOST_REJECTIONS = 10
_MOST_DRAWN = 10_000_000


def run_messages(
    files: Sequence[Path],
    *,
    as_of: str,
    radius_m: float | None,
    tca_tolerance_s: float,
    history: bool,
    everything: bool,
    draw: int,
    seed: int,
    fail_on: str | None,
    as_json: bool,
) -> int:
    """Print the events of message files; return the exit status."""
    if not files:
        raise SettingsError("nothing to read: name files, folders or archives of messages")
    if radius_m is not None and not 0.0 <= radius_m <= 10_000.0:
        raise SettingsError(f"--radius-m {radius_m:g}: expected 0 to 10000 metres")
    if not 0.0 <= tca_tolerance_s <= 86_400.0:
        raise SettingsError(f"--tca-tolerance-s {tca_tolerance_s:g}: expected 0 to 86400 seconds")
    if not 0 <= draw <= _MOST_DRAWN or seed < 0:
        raise SettingsError(
            f"--draw {draw} --seed {seed}: expected 0 to {_MOST_DRAWN}, and 0 or more"
        )
    remove_old_kernels()
    assumed_km = None if radius_m is None else radius_m / 1000.0
    rule = EventRule(tca_tolerance_s=tca_tolerance_s, assumed_radius_km=assumed_km)
    moment: np.datetime64 | None = moment_from(as_of) if as_of else None
    report = conjunction_events(
        files, as_of_utc=moment, rule=rule, draw=draw, seed=seed, progress=_tell
    )
    for problem in report.rejections[:_MOST_REJECTIONS]:
        print(f"hoshimori: refused {problem}", file=sys.stderr)
    if len(report.rejections) > _MOST_REJECTIONS:
        more = len(report.rejections) - _MOST_REJECTIONS
        print(f"hoshimori: refused {more} more: --json lists them", file=sys.stderr)
    if as_json:
        print(write_json(report))
    else:
        _print(report, history=history, everything=everything)
    wanted = {"look": (Attention.LOOK,), "watch": (Attention.LOOK, Attention.WATCH)}
    return int(most_urgent(report) in wanted.get(fail_on or "", ()))


def _tell(done: int, total: int) -> None:
    if done < total:
        print(f"hoshimori: probabilities of {done} of {total} messages", file=sys.stderr)


def _print(report: MessageReport, *, history: bool, everything: bool) -> None:
    console = Console()
    console.print(*banner(None, report.reality, Language.EN), sep="\n")
    console.print(Text(_summary(report), style="bold"))
    shown = [row for row in report.events if everything or row.step not in _QUIET]
    if shown:
        wide = console.width >= _LEAST_TABLE_WIDTH
        drawn = _table if wide else _list
        console.print(drawn(shown, report.as_of_utc))
    if history:
        for row in shown:
            console.print(_history(row))
    hidden = Counter(row.next for row in report.events if row not in shown)
    if hidden:
        told = ", ".join(f"{count} {step}" for step, count in hidden.items())
        console.print(Text(f"Not shown: {told}. --all shows them.", style="dim"))
    console.print(Text(_legend(shown), style="dim"))


def _summary(report: MessageReport) -> str:
    asks = Counter(row.attention for row in report.events)
    parts = [
        f"{_counted(len(report.events), 'event')} from "
        f"{_counted(report.messages, 'conjunction message')} as of "
        f"{utc_text(report.as_of_utc)}: {asks[Attention.LOOK]} to decide now, "
        f"{asks[Attention.WATCH]} to watch."
    ]
    counts = {
        "said what another said": report.copies,
        "made later and left out": report.not_yet_known,
        "of other kinds": report.other_messages,
        "refused": len(report.rejections),
    }
    told = [f"{count} {what}" for what, count in counts.items() if count]
    return " ".join([*parts, *([f"({', '.join(told)})"] if told else [])])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("s" if number != 1 else "")


def _legend(shown: Sequence[EventRow]) -> str:
    said = "Pc: computed here by the method named, or as reported where nothing can be computed"
    said += f"; the threshold is {DEFAULT_RULE.act_probability:.0e}."
    if any(not row.latest.has_conclusion for row in shown):
        said += " No conclusion: the number, however small, excludes nothing."
    return said


def _table(rows: Sequence[EventRow], as_of_utc: datetime) -> Table:
    table = Table(expand=True, show_lines=True, header_style="bold")
    for column in ("", "objects", "closest approach", "miss", "Pc", "trend", "next; remarks"):
        table.add_column(column, overflow="fold", ratio=4 if column.startswith("next") else None)
    for row in rows:
        latest = row.latest
        table.add_row(
            Text(_MARKS[row.attention], style=_STYLES[row.attention]),
            Text(f"{_name(row, 1)}\n{_name(row, 2)}"),
            Text(f"{utc_text(row.tca_utc)}\n{_left(row.tca_utc, as_of_utc)}"),
            Text(_miss(latest)),
            Text(_probabilities(latest)),
            Text(_trend(row)),
            _remarks(row),
        )
    return table


def _list(rows: Sequence[EventRow], as_of_utc: datetime) -> Group:
    """Return the rows one below the other, for narrow screens."""
    parts: list[RenderableType] = []
    for row in rows:
        heading = Text(f"{_MARKS[row.attention]} ", style=_STYLES[row.attention])
        heading.append(f"{_name(row, 1)} - {_name(row, 2)}", style="bold default")
        when = f"{utc_text(row.tca_utc)} {_left(row.tca_utc, as_of_utc)}"
        probable = f"Pc {_probabilities(row.latest)}".replace("\n", ", ")
        facts = [when, _miss(row.latest), probable, _trend(row)]
        body = Text(" · ".join(fact.replace("\n", " ") for fact in facts) + "\n")
        body.append_text(_remarks(row))
        parts += [heading, Padding(body, (0, 0, 1, 2))]
    return Group(*parts)


def _name(row: EventRow, number: int) -> str:
    item = row.object_1 if number == 1 else row.object_2
    return f"{item.designator} {item.name}".strip()


def _left(tca_utc: datetime, as_of_utc: datetime) -> str:
    hours = (tca_utc - as_of_utc).total_seconds() / 3600.0
    if hours < 0.0:
        return "passed"
    return f"in {hours:.1f} h" if hours < 72.0 else f"in {hours / 24.0:.1f} d"


def _miss(row: MessageRow) -> str:
    lines = [length_text(row.miss_km)]
    if row.miss_sigma_km is not None and not row.contradicts_itself:
        lines.append(f"± {length_text(row.miss_sigma_km)}")
    if row.speed_km_s is not None and not row.contradicts_itself:
        lines.append(f"at {row.speed_km_s:.2f} km/s")
    return "\n".join(lines)


def _probabilities(row: MessageRow) -> str:
    """Return the probability to go by and how it was found, what it supports, and the other one."""
    return "\n".join(probability_lines(row))


def _trend(row: EventRow) -> str:
    lines = [f"{ARROWS[row.trend]} {row.trend.value}", _counted(row.messages, "message")]
    if row.tca_drift_s is not None:
        lines.append(f"TCA {row.tca_drift_s:+.2f} s")
    return "\n".join(lines)


def _remarks(row: EventRow) -> Text:
    text = Text(row.next, style=_STYLES[row.attention])
    remarks = row.latest.remarks
    for remark in remarks[:_MOST_REMARKS]:
        text.append(f"\n{remark}", style="default not bold")
    if len(remarks) > _MOST_REMARKS:
        text.append(f"\n{len(remarks) - _MOST_REMARKS} more: --json", style="dim")
    return text


def _sigmas(row: MessageRow) -> tuple[str, str]:
    """Return sigma, and the miss in sigmas."""
    if row.miss_sigma_km is None or row.mahalanobis is None or row.contradicts_itself:
        return "-", "-"
    return length_text(row.miss_sigma_km), f"{row.mahalanobis:.1f}"


def _history(row: EventRow) -> Table:
    table = Table(title=f"{_name(row, 1)} - {_name(row, 2)}", title_justify="left", expand=True)
    for column in ("made", "by", "TCA", "miss", "sigma", "in sigmas", "Pc", "quality"):
        table.add_column(column, overflow="fold")
    for one in row.history:
        table.add_row(
            utc_text(one.created_utc),
            one.originator,
            one.tca_utc.strftime("%H:%M:%S.%f")[:-3],
            length_text(one.miss_km),
            *_sigmas(one),
            _probabilities(one),
            _counted(len(one.remarks), "remark") if one.remarks else "sound",
        )
    return table
