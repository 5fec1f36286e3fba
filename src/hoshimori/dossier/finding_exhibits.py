"""The drawings of one finding as exhibits of a document: what each shows, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from hoshimori.dossier.breakup_plots import cloud_plot, gabbard_plot
from hoshimori.dossier.document import Exhibit
from hoshimori.dossier.emitter_wording import area_text, emitter_name
from hoshimori.dossier.geolocation_plot import outline_plot
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.plots import longitude_plot, relative_motion_plot
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import headline, is_docked, pair_of, range_text
from hoshimori.model.findings import (
    AnyFinding,
    Breakup,
    EmitterInterference,
    GeoNeighbour,
    Proximity,
)

_MOST_AREAS = 4


def finding_exhibits(
    finding: AnyFinding,
    names: Mapping[int, str],
    as_of_utc: datetime,
    language: Language,
    *,
    name: str,
) -> Iterator[Exhibit]:
    """Yield the drawings of a finding; none for kinds that numbers tell better."""
    if isinstance(finding, Breakup):
        yield from _of_breakup(finding, names, language, name)
        return
    if isinstance(finding, EmitterInterference):
        yield from _of_emitter(finding, language, name)
        return
    if not isinstance(finding, Proximity | GeoNeighbour) or is_docked(finding):
        return
    if len(finding.track.times_utc) < 2:
        return
    asset, other = pair_of(finding, names, language)
    spoken = say(
        language,
        "plot.rtn.desc" if isinstance(finding, Proximity) else "plot.geo.desc",
        range=range_text(finding, language),
        moment=utc_text(finding.range_utc),
    )
    if isinstance(finding, Proximity):
        drawn = relative_motion_plot(finding, names, as_of_utc, language, name=name)
        caption = say(language, "plot.rtn.title", asset=asset, other=other)
        yield Exhibit(name, drawn, caption, say(language, "plot.rtn.key"), spoken)
        return
    drawn = longitude_plot(finding, names, as_of_utc, language, name=name)
    caption = say(language, "plot.geo.title", asset=asset, other=other)
    half = f"{finding.slot_half_width_deg:g}"
    key = say(language, "plot.geo.key", asset=asset, other=other, half=half)
    yield Exhibit(name, drawn, caption, key, spoken)


def _of_emitter(finding: EmitterInterference, language: Language, name: str) -> Iterator[Exhibit]:
    """Yield the outlines of the best areas; mirror places are told apart by nothing, so all."""
    caption = say(language, "emitter.page.map", signal=emitter_name(finding, language))
    for number, area in enumerate(finding.areas[:_MOST_AREAS], 1):
        own, told = f"{name}-area-{number}", area_text(area, language)
        drawn = outline_plot(area.ring_deg, told, language, name=own)
        yield Exhibit(own, drawn, caption, say(language, "emitter.page.map.key"), told)


def _of_breakup(
    finding: Breakup, names: Mapping[int, str], language: Language, name: str
) -> Iterator[Exhibit]:
    spoken = headline(finding, names, language)
    for kind, draw in (("gabbard", gabbard_plot), ("cloud", cloud_plot)):
        own = f"{name}-{kind}"
        yield Exhibit(
            own,
            draw(finding, language, name=own),
            say(language, f"breakup.page.{kind}"),
            say(language, f"breakup.page.{kind}.key"),
            spoken,
        )
