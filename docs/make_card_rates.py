"""Write what the cards of detectors say of their false alarms from the results of benchmarks.

Run: ``python docs/make_card_rates.py``; a test checks that cards and results agree.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from hoshimori.numerics.rates import rate_interval

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
MODULE = ROOT / "src" / "hoshimori" / "model" / "measured_rates.py"
HEAD = '''"""Measured rates for the cards of detectors.

Written by docs/make_card_rates.py from the results of the benchmarks; not edited by hand.
"""

from __future__ import annotations
'''


def module() -> str:
    """Return the module as source text."""
    constants = {
        "MANOEUVRE": manoeuvre(),
        "PATTERN": pattern(),
        "DECAY": decay(),
        "OVERDUE": overdue(),
        "BREAKUP": breakup(),
        "SEPARATION": separation(),
        "BELT": belt(),
        "INTERFERENCE": interference(),
        "PASSAGES": passages(),
        "RECEIVERS": receivers(),
        "EMITTERS": emitters(),
        "CONJUNCTION": quiet_week("Conjunction"),
        "PROXIMITY": quiet_week("Proximity"),
        "GEO_NEIGHBOUR": quiet_week("GeoNeighbour"),
    }
    return HEAD + "".join(
        f"\n{name} = (\n{_literal(text)}\n)\n" for name, text in constants.items()
    )


def manoeuvre() -> str:
    """Return what is measured of manoeuvres against logged burns."""
    figures = _figures("accuracy_manoeuvres")
    told = [
        f"{', '.join(group['satellites'])}: {_score(group['pooled'])}"
        for group in figures.values()
        if "satellites" in group
    ]
    return (
        "Logged burns of ten satellites (Shorten et al., times corrected), one setting for all, "
        "95 % intervals. " + "; ".join(told) + ". Burns above 2 cm/s are off by "
        f"{100 * figures['LEO, complete logs']['pooled']['dv_median_relative_error']:.0f} % at the "
        "median."
    )


def _score(pooled: dict[str, Any]) -> str:
    return (
        f"precision {_interval(pooled['precision_95'])}, recall {_interval(pooled['recall_95'])}, "
        f"{pooled['false_alarms_per_satellite_year']:g} false alarms a satellite-year, dates off "
        f"by {pooled['date_median_error_h']:g} h at the median"
    )


def _interval(interval: list[float]) -> str:
    low, best, high = interval
    return f"{best:.2f} ({low:.2f} to {high:.2f})"


def pattern() -> str:
    """Return what is measured of departures from own patterns."""
    figures = _figures("accuracy_pattern")
    past, quiet = (
        figures["departures_of_labelled_satellites"],
        figures["departures_in_a_quiet_week"],
    )
    belts, burns = figures["made_belt"], figures["next_burn_90_percent"]
    f2 = ", ".join(f"{b['f2']:.2f} at {k[6:].replace('_', ' ')}" for k, b in belts.items())
    groups = "; ".join(
        f"{name} {g['findings']} of {g['objects_compared']:,} objects" for name, g in quiet.items()
    )
    return (
        f"On ten labelled satellites looked at every 30 days, {past['per_satellite_year']:.2f} "
        f"departures a satellite-year ({past['satellite_years']:.0f} satellite-years; of "
        f"{past['overdue_or_early']} burns called overdue or early {past['of_them_as_logged']} are "
        f"as the logs have them). At the end of the groups of May 2026: "
        f"{groups}. Made belts with known nodes: SPLID's F2 {f2}. Intervals of 90 % for the next "
        f"burn held {_percent(burns['logged']['all'])} of logged burns and "
        f"{_percent(burns['seen_in_element_sets']['all'])} of those seen in element sets. Run "
        "benchmarks/accuracy_pattern.py to measure it again."
    )


def decay() -> str:
    """Return what is measured of re-entry windows."""
    figures = _figures("accuracy_decay")
    air, engine = (told["all"] for told in figures["ends_known_to_a_day"].values())
    held, held_by_engine = (_percent(x["inside_the_90_percent_window"]) for x in (air, engine))
    late, late_by_engine = figures["seen_after_the_window"].values()
    made = _figures("accuracy_sinking")["held out"]["made"]
    by_air, changed = (made[name]["all"] for name in ("only the air", "drag changes"))
    from_air, from_changed = (
        _percent(x["inside_the_90_percent_window"]) for x in (by_air, changed)
    )
    stays = [told["false_alarms"] for told in made.values() if "false_alarms" in told]
    said = round(sum(share[1] * share[3] for share in stays))
    return (
        f"Back-tested on {figures['catalogues']} catalogues: of {air['cases']:,} ends known to "
        f"about a day of all but Starlink the window of 90 % held {held}, median error of the "
        f"remaining time {air['median_absolute_error_percent']:.0f} %; of {engine['cases']} "
        f"Starlink, which lower by engine, {held_by_engine}. Seen again after the whole window: "
        f"{_percent(late)} of {late[3]:,} windows of the former, {_percent(late_by_engine)} of the "
        "latter. From histories made in measured space weather: the window held "
        f"{from_air} of {by_air['inside_the_90_percent_window'][3]} that only the air moves "
        f"(median error {by_air['median_absolute_error_percent']:.0f} %) and {from_changed} "
        f"after a change of drag; of {sum(s[3] for s in stays):,} looks at what stays {said} "
        "told an end within 60 days, nearly all of them before it was raised again. Run "
        "benchmarks/accuracy_decay.py and accuracy_sinking.py to measure it again."
    )


def overdue() -> str:
    """Return what is measured of late, lost and decayed objects."""
    figures = _figures("accuracy_decay")
    told = figures["overdue_on_catalogues"]
    kinds = "; ".join(
        f"{name} {k['per_1000']:.2g}, seen again in {_percent(k['seen_again_later'])}"
        for name, k in told.items()
        if isinstance(k, dict)
    )
    groups = figures["overdue_in_the_groups_of_may_2026"]
    found = sum(k["findings"] for g in groups.values() for k in g.values() if isinstance(k, dict))
    compared = sum(g["objects_compared"] for g in groups.values())
    return (
        f"On past full catalogues, one set of an object each, per 1,000 objects: {kinds} (seen "
        "again: false where it was called decayed). In the groups of May 2026, with own cadences, "
        f"{1000.0 * found / compared:.2g} per 1,000. More than one in twenty of a regime is not "
        "reported. Run benchmarks/accuracy_decay.py to measure it again."
    )


def breakup() -> str:
    """Return what is measured of break-ups on successive catalogues."""
    figures = _figures("accuracy_breakups")
    known, pairs = figures["known break-ups"], figures["pairs of catalogues"]
    low, high = pairs["deployments reported per cent (95 %)"]
    return (
        f"Of {known['with catalogues before and after']} known break-ups with catalogues before "
        f"and after, {known['detected']} detected, the interval holds the listed time in "
        f"{known['interval holds the truth']}, the parent is first in "
        f"{known['of these, parent first']} of {known['parent catalogued']} that are catalogued. "
        f"Of {pairs['bursts tested']['deployment']} deployments "
        f"{pairs['bursts reported']['deployment']} reported ({low:g} to {high:g} %, 95 %). "
        f"{_separations()} Run benchmarks/accuracy_breakups.py and accuracy_separations.py to "
        "measure it again."
    )


def _separations() -> str:
    figures = _figures("accuracy_separations")
    pairs = figures["pairs of catalogues"]
    low, best, high, right, total = pairs["satellites of an old launch"]["reported per cent (95 %)"]
    f_low, false, f_high = pairs["false for each pair (95 %)"]
    return (
        f"Separations: of {total} satellites of old launches that appeared between "
        f"{pairs['pairs']} pairs of catalogues {right} reported with an object of that launch "
        f"first ({best:g} %, {low:g} to {high:g}). Of "
        f"{pairs['objects of deployments']:,} objects of deployments "
        f"{pairs['of these reported'][3]}. False, with debris or another launch first: {false:g} "
        f"for each pair ({f_low:g} to {f_high:g}, 95 %)."
    )


def separation() -> str:
    """Return what is measured of separations."""
    figures = _figures("accuracy_separations")
    told = {k: v for k, v in figures["published, from histories of few"].items() if k.isdigit()}
    agreeing = sum(v.startswith("agrees") for v in told.values())
    others = figures["published, from histories of few"]["others reported"]
    return (
        f"Of {len(told)} separations published of the actors in proximity operations {agreeing} "
        f"are told as published (the others within the month after their launch), besides: "
        f"{others}. False ones have no other labels. Run benchmarks/accuracy_separations.py to "
        "measure it again."
    )


def belt() -> str:
    """Return how many visits the belt shows."""
    figures = _figures("accuracy_proximity")
    verdicts, shown = figures["statements"], figures["alarms"]
    low, high = shown["interval_95"]
    return (
        f"What a visit means is not in the elements. Of {sum(verdicts.values())} published "
        f"statements {verdicts['agrees']} agree, {verdicts.get('disagrees', 0)} disagree, for "
        f"{verdicts['too sparse']} the data are too sparse. Visits and tows shown since 2016: "
        f"{shown['visits_per_1000_objects_and_year']:.3g} per 1,000 objects and year ({low:.3g} to "
        f"{high:.3g}, 95 %). Run benchmarks/accuracy_proximity.py to measure it again."
    )


def interference() -> str:
    """Return what is measured of lost navigation in real maps and in quiet air."""
    figures = _figures("accuracy_interference")
    events, quiet = figures["events"], figures["quiet regions"]
    found = sum(one["found"] for one in events.values())
    low, best, high = quiet["per_million_cell_days_95"]
    return (
        f"Of {len(events)} known events in daily maps {found} found on their days. In quiet "
        f"regions of Europe and North America {quiet['areas']} areas in "
        f"{quiet['told_cell_days']:,} days of cells, {best:.1f} a million ({low:.1f} to "
        f"{high:.1f}, 95 %), real tests among them counted as false. Run "
        "benchmarks/accuracy_interference.py to measure it again."
    )


def passages() -> str:
    """Return what is measured of flights in made traffic with planted emitters."""
    figures = _figures("accuracy_aircraft")
    every, quiet = figures["planted"]["all"], figures["quiet"]
    low, best, high = (100.0 * x for x in every["found_95"])
    least, _, most = quiet["per_1000_cell_months_95"]
    return (
        f"In made traffic {best:.0f} % of {every['trials']} planted emitters are found "
        f"({low:.0f} to {high:.0f}, 95 %), {100 * every['onset_within_a_step_95'][1]:.0f} % of "
        f"them with the onset within 15 minutes. In {quiet['told_cell_steps']:,} steps of cells "
        f"of quiet traffic {quiet['false_areas']} false areas ({least:g} to {most:g} per 1,000 "
        "cell-months, 95 %). No real reports with known truth are at hand. Run "
        "benchmarks/accuracy_aircraft.py to measure it again."
    )


def receivers() -> str:
    """Return what is measured of a labelled receiver in a vehicle."""
    figures = _figures("accuracy_receivers")
    told = figures["one minute"]["all"]
    quiet = figures["quiet driving"]
    jammed, blank = (told["by stretch"][label] for label in ("Jammed", "Blank Spot"))
    low, best, high = quiet["told a day"]["ALL_FELL"]
    return (
        f"A labelled tracker in a vehicle, {told['stretches']['Jammed']} stretches of a minute "
        f"jammed and {told['stretches']['Blank Spot']} in blank spots, laid into its own quiet "
        f"driving: jammed with precision {_interval(jammed['precision'])} and recall "
        f"{_interval(jammed['recall'])}, blank spots {_interval(blank['precision'])} and "
        f"{_interval(blank['recall'])} (95 %). In {quiet['days']:.1f} days of quiet driving "
        f"{best:.2g} a day told as power from outside ({low:.2g} to {high:.2g}). The labels follow "
        "from the mean C/N0 alone. Run benchmarks/accuracy_receivers.py to measure it again."
    )


def _interval(values: list[float]) -> str:
    low, best, high = values
    return f"{best:.2f} ({low:.2f} to {high:.2f})"


def emitters() -> str:
    """Return how often areas hold made emitters: nothing says which signals deserve locating."""
    figures = _figures("accuracy_geolocation")
    ellipse, outline = figures["held_not_bent"], figures["in_outline"]
    draws = figures["held"]["of"]
    return (
        f"Made signals, {draws:,} draws of {len(figures['cases'])} cases: the ellipse holds the "
        f"emitter in {_coverage(ellipse)} where there is one, the drawn outline in "
        f"{_coverage(outline)} (95 %). How often a located signal means nothing is not "
        "measured: people choose what to locate. Run benchmarks/accuracy_geolocation.py to measure "
        "it again."
    )


def _coverage(one: dict[str, Any]) -> str:
    low, high = one["interval"]
    return f"{100 * one['share']:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def quiet_week(kind: str) -> str:
    """Return how many alarms of a kind a quiet week raises."""
    figures = _figures("accuracy_quiet_week")
    told = []
    for name, words in (("look_now", "asked for a look"), ("watch", "for watching")):
        count = figures["alarms"][name]["by_kind"].get(kind, 0)
        low, best, high = rate_interval(count, figures["assets"] / 1000.0)
        told.append(f"{best:.1f} ({low:.1f} to {high:.1f}, 95 %) {words}")
    known = sum(figures["alarms"][name]["of_known_kinds"] for name in ("look_now", "watch"))
    return (
        f"In a quiet week (23 to 30 May 2026, {figures['assets']:,} assets), per 1,000 assets and "
        f"week: {', '.join(told)}; {known or 'none'} of all alarms were of docked objects, of one "
        "launch or of one constellation. "
        "What a finding means is not in the elements; every one carries its own share. Run "
        "benchmarks/accuracy_quiet_week.py to measure it again."
    )


def _percent(share: list[float]) -> str:
    return f"{100.0 * share[1]:.2g} %"


def _figures(name: str) -> dict[str, Any]:
    document = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    figures: dict[str, Any] = document["figures"]
    return figures


def _literal(text: str) -> str:
    lines = textwrap.wrap(text, 92, drop_whitespace=False)
    return "\n".join(f'    "{line}"' for line in lines)


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
