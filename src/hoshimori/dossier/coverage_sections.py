"""The part of a page that says what could not be seen, from what, by whom, and how to rerun."""

from __future__ import annotations

from hoshimori.dossier.alert_rows import tally_lines
from hoshimori.dossier.blind_spots import blind_spots, failures
from hoshimori.dossier.board_plots import element_age_plot
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, section
from hoshimori.dossier.quantities import duration_text, interval_text, number_text
from hoshimori.dossier.wording import attention_text, name_of, reality_text
from hoshimori.model.board import AssetCoverage, DetectorRun, WatchBoard

_OLD_DAYS = 5.0
_GLOSSARY = (
    "asset",
    "finding",
    "incident",
    "attention",
    "base_rate",
    "confidence",
    "interval",
    "elements",
    "rtn",
    "slot",
)


def unseen_section(board: WatchBoard, language: Language) -> Html:
    """Return what the watch could not have seen, so that its silence means something."""
    failed = tag("ul", *(tag("li", one) for one in failures(board, language)), class_="failed")
    limits = tag("ul", *(tag("li", one) for one in blind_spots(board, language)))
    drawn = Html()
    if board.coverage.element_age_histogram:
        plot = element_age_plot(board.coverage, board.names, language, name="plot-ages")
        key = say(language, "plot.ages.key")
        drawn = figure(plot, say(language, "plot.ages.title"), key)
    return section(
        "unseen",
        say(language, "coverage.heading"),
        tag("p", say(language, "coverage.intro"), class_="note"),
        tag("div", failed, limits, class_="limits"),
        drawn,
        _assets(board, language),
    )


def _assets(board: WatchBoard, language: Language) -> Html:
    if not board.coverage.assets:
        return Html()
    head = tuple(say(language, f"coverage.{key}") for key in ("asset", "age", "sigma", "state"))
    rows = [_asset_row(asset, board, language) for asset in board.coverage.assets]
    heading = say(language, "coverage.assets")
    return tag("details", tag("summary", heading), in_scroll(table(head, rows)), class_="fold")


def _asset_row(asset: AssetCoverage, board: WatchBoard, language: Language) -> tuple[str, ...]:
    age, sigma = asset.element_age_days, asset.along_track_sigma_km
    unknown = say(language, "missing")
    return (
        name_of(asset.norad_id, board.names, language),
        unknown if age is None else duration_text(age * 24.0, language),
        unknown if sigma is None else f"{number_text(sigma)} km",
        say(language, f"coverage.state.{_state(age)}"),
    )


def _state(age_days: float | None) -> str:
    if age_days is None:
        return "none"
    return "old" if age_days > _OLD_DAYS else "fresh"


def runs_section(board: WatchBoard, language: Language) -> Html:
    """Return how each detector fared."""
    head = tuple(say(language, f"runs.{key}") for key in ("detector", "findings", "state"))
    rows = [(run.detector, f"{run.findings:,}", _run_state(run, language)) for run in board.runs]
    return section("runs", say(language, "runs.heading"), in_scroll(table(head, rows)))


def rates_section(board: WatchBoard, language: Language) -> Html:
    """Return how many alarms the watch raises for each asset and month; its budget."""
    if not board.rates:
        return Html()
    keys = ("column.attention", "rates.incidents", "rates.rate")
    rows = [
        (
            attention_text(rate.attention, language),
            f"{rate.incidents:,}",
            interval_text(rate.per_asset_month, "", language),
        )
        for rate in board.rates
    ]
    shown = table(tuple(say(language, key) for key in keys), rows)
    told = tally_lines(board.alerts, language) if board.alerts is not None else ()
    lines = (tag("p", line) for line in told)
    return section("rates", say(language, "rates.heading"), in_scroll(shown), *lines)


def _run_state(run: DetectorRun, language: Language) -> Html:
    if not run.problem:
        return tag("span", say(language, "runs.ok"))
    key = "runs.failed" if run.is_asked else "runs.not_asked"
    words = say(language, key, problem=run.problem)
    return tag("span", tag("span", words, class_="word"), class_="failed")


def sources_section(board: WatchBoard, language: Language) -> Html:
    """Return where the facts came from, with the digests of the bytes as delivered."""
    heading = say(language, "sources.heading")
    if not board.provenances:
        return section("sources", heading, tag("p", say(language, "sources.none")))
    head = tuple(say(language, f"sources.{key}") for key in ("source", "reality", "digest"))
    rows = [
        (
            source.source,
            reality_text(source.reality, language),
            tag("span", source.payload_sha256, class_="digest"),
        )
        for source in board.provenances
    ]
    return section("sources", heading, in_scroll(table(head, rows)))


def rerun_section(command: str, language: Language) -> Html:
    """Return the command that makes the same findings again."""
    return section(
        "rerun",
        say(language, "rerun.heading"),
        tag("p", say(language, "rerun.text")),
        tag("pre", tag("code", command)),
    )


def glossary_section(language: Language) -> Html:
    """Return the words of the page, explained."""
    entries = (
        tag(
            "div",
            tag("dt", say(language, f"glossary.{word}")),
            tag("dd", say(language, f"glossary.{word}.text")),
        )
        for word in _GLOSSARY
    )
    return section("words", say(language, "glossary.heading"), tag("dl", *entries, class_="words"))
