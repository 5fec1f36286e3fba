"""English words of disturbed receivers and satellite links."""

from __future__ import annotations

from typing import Final

RECEIVER_WORDS: Final = {
    "kind.interference.receiver": "Reception",
    "regime.RECEIVER_TIME": "earlier stretches of this receiver, as long",
    "next_step.compare_reception": "compare with other receivers, look at the spectrum",
    "headline.receiver.all_fell": "{receiver}: all signals fell together",
    "headline.receiver.blank_spot": "{receiver}: signals were shut out",
    "headline.receiver.stronger_alike": "{receiver}: signals became stronger and alike",
    "headline.receiver.one_satellite": "{receiver}: the signal of {satellites} fell alone",
    "headline.receiver.faded": "{receiver}: signals faded slowly",
    "headline.receiver.slow_change": "{receiver}: reception changed over days",
    "headline.receiver.unclear": "{receiver}: reception was disturbed",
    "receiver.name": "{name} ({link})",
    "receiver.name.object": "{name} ({link} of {object})",
    "receiver.link.navigation": "satellite navigation",
    "receiver.link.downlink": "downlink",
    "receiver.link.uplink": "uplink",
    "receiver.link.crosslink": "link between satellites",
    "receiver.reception.all_fell": "all fell together",
    "receiver.reception.blank_spot": "shut out",
    "receiver.reception.stronger_alike": "stronger and alike",
    "receiver.reception.one_satellite": "one satellite",
    "receiver.reception.faded": "faded slowly",
    "receiver.reception.slow_change": "changed over days",
    "receiver.reception.unclear": "not told apart",
    "receiver.quantity.cn0": "C/N0",
    "receiver.quantity.cn0_spread": "spread of C/N0 between satellites",
    "receiver.quantity.gain_control": "gain control",
    "receiver.quantity.noise_floor": "noise floor",
    "receiver.quantity.bit_errors": "bit errors",
    "receiver.quantity.rssi": "received power",
    "receiver.quantity.other_rssi": "power of another radio",
    "receiver.quantity.used": "satellites used of those in view",
    "receiver.quantity.position_offset": "position offset",
    "receiver.quantity.clock_offset": "clock offset",
    "receiver.until": "{start} to {end}",
    "receiver.goes_on": "since {start}, going on at the last sample",
    "receiver.change": "{quantity} {usual} → {during}",
    "receiver.satellites": "{fallen} of {tracked} tracked before",
    "receiver.lower": "{size} lower",
    "receiver.higher": "{size} higher",
    "receiver.times": "{size} times as many",
    "receiver.seconds": "{number} s",
    "receiver.minutes": "{number} min",
    "explain.receiver": "{quantity} was {depth} for {duration}, {when}.",
    "explain.receiver.changes": "Against its own quiet samples before: {changes}.",
    "explain.receiver.unchanged": "As usual: {quantities}.",
    "explain.receiver.satellites": "{fallen} of {tracked} satellites tracked before fell or went.",
    "explain.receiver.all_fell": (
        "Something outside adds power in the band, or every signal was lost while other reception "
        "went on: one receiver does not tell from where."
    ),
    "explain.receiver.blank_spot": (
        "Some signals went and others stayed, or other radios were lost too, or noise did not "
        "rise: as where something stands between."
    ),
    "explain.receiver.stronger_alike": (
        "Foreign signals on the same frequencies look so; so does a repeater indoors."
    ),
    "explain.receiver.one_satellite": "That satellite itself, or a reflection on its path.",
    "explain.receiver.faded": "As rain does above 10 GHz: compare with the weather there.",
    "explain.receiver.slow_change": "As ageing, growth of plants and seasons do.",
    "explain.receiver.unclear": "What was measured does not tell why.",
    "explain.receiver.limit": (
        "One receiver tells neither place nor source; a fault of its own, a move or a switch of "
        "equipment can look the same."
    ),
    "rarity.sentence.receiver": (
        "{share} of {compared} earlier stretches of this receiver, as long, were as deep "
        "({interval}, 95 %)."
    ),
    "rarity.sentence.receiver.none": "Its own past is too short to tell how rare this is.",
    "measure.receiver": "Receiver",
    "measure.reception": "What it did",
    "measure.band": "Band and polarisation",
    "measure.depth": "Depth",
    "measure.lasting": "Lasted",
    "measure.rise": "From usual to half of it",
    "measure.changes": "Against quiet samples before",
    "measure.satellites": "Satellites that fell",
    "measure.quiet": "Quiet samples before",
    "measure.radio.frequency": "Frequency of the interference",
    "measure.radio.bandwidth": "Bandwidth",
    "measure.radio.polarisation": "Polarisation observed",
    "measure.radio.link": "Link disturbed",
    "measure.radio.beam": "Beam",
    "measure.radio.level": "Level over noise",
    "measure.radio.modulation": "Modulation seen",
    "measure.radio.telemetry": "Telemetry that shows it",
    "measure.radio.effect": "Effect on the service",
    "measure.radio.steps": "Steps taken",
    "receivers.next.outside": (
        "compare with other receivers near and on the same band, look at the spectrum, ask what "
        "was switched or moved; where two satellites hear it, hoshimori geolocate tells an area."
    ),
    "receivers.next.other": (
        "nothing here looks like power from outside; compare with other receivers and, above "
        "10 GHz, with the weather."
    ),
    "receivers.next.none": "nothing to do; what could have been seen is told below.",
    "receivers.summary.one": "One disturbance of reception; {outside} with power from outside.",
    "receivers.summary.many": (
        "{number} disturbances of reception; {outside} with power from outside."
    ),
    "receivers.summary.none": "No disturbance of reception.",
    "receivers.coverage": (
        "{receiver}: {judged} of {samples} samples, {first} to {last}, could be judged by its own "
        "past ({quantities}); {stuck} values only repeat, {silences} silences, {short} "
        "disturbances too short to report."
    ),
    "receivers.coverage.none": "{receiver}: no sample was known.",
    "receivers.rejected.one": "One row could not be read.",
    "receivers.rejected.many": "{number} rows could not be read.",
    "receivers.repeated.one": "One row repeats or corrects another.",
    "receivers.repeated.many": "{number} rows repeat or correct others.",
    "receivers.restart": "{place} (from {since})",
    "receivers.restarts.one": (
        "The numbers of samples begin anew at {places}: what follows is read as later. When it "
        "began is not known; its times are counted on."
    ),
    "receivers.restarts.many": (
        "The numbers of samples begin anew {number} times, at {places}: what follows is read as "
        "later. When it began is not known; its times are counted on."
    ),
    "receivers.further.one": "One more disturbance; --all lists it.",
    "receivers.further.many": "{number} more disturbances; --all lists them.",
    "receivers.column.receiver": "Receiver",
    "receivers.column.what": "What it did",
    "receivers.column.when": "When (UTC)",
    "receivers.column.lasted": "Lasted",
    "receivers.column.depth": "Depth",
    "receivers.column.unusual": "How unusual",
    "receivers.column.confidence": "Confidence",
    "receivers.page.title": "Receivers and satellite links",
    "receivers.page.course": "Course of {quantity}",
    "receivers.page.onset": "onset",
    "receivers.page.course.key": (
        "Disturbed samples are marked and shaded; the dashed line is what was usual."
    ),
}
