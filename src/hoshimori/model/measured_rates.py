"""Measured rates for the cards of detectors.

Written by docs/make_card_rates.py from the results of the benchmarks; not edited by hand.
"""

from __future__ import annotations

MANOEUVRE = (
    "Logged burns of ten satellites (Shorten et al., times corrected), one setting for all, 95 % "
    "intervals. Sentinel-3A, Sentinel-6A, Jason-3, CryoSat-2: precision 0.99 (0.96 to 0.99), "
    "recall 0.78 (0.72 to 0.82), 0.11 false alarms a satellite-year, dates off by 0.77 h at the "
    "median; Jason-1, TOPEX, Haiyang-2A: precision 0.56 (0.46 to 0.66), recall 0.26 (0.20 to "
    "0.32), 1.33 false alarms a satellite-year, dates off by 3.74 h at the median; Fengyun-2D, "
    "Fengyun-2E, Fengyun-2H: precision 0.83 (0.73 to 0.89), recall 0.87 (0.78 to 0.92), 1.02 "
    "false alarms a satellite-year, dates off by 2.22 h at the median. Burns above 2 cm/s are off"
    " by 3 % at the median."
)

PATTERN = (
    "On ten labelled satellites looked at every 30 days, 0.21 departures a satellite-year (75 "
    "satellite-years; of 10 burns called overdue or early 8 are as the logs have them). At the "
    "end of the groups of May 2026: geo 0 of 525 objects; oneweb 1 of 651 objects; starlink 0 of "
    "9,446 objects. Made belts with known nodes: SPLID's F2 0.95 at 2 h, 0.95 at 12 h, 0.94 at 24"
    " h. Intervals of 90 % for the next burn held 89 % of logged burns and 86 % of those seen in "
    "element sets. Run benchmarks/accuracy_pattern.py to measure it again."
)

DECAY = (
    "Back-tested on 40 catalogues: of 2,218 ends known to about a day of all but Starlink the "
    "window of 90 % held 94 %, median error of the remaining time 17 %; of 428 Starlink, which "
    "lower by engine, 46 %. Seen again after the whole window: 3.3 % of 6,816 windows of the "
    "former, 60 % of the latter. From histories made in measured space weather: the window held "
    "93 % of 1663 that only the air moves (median error 17 %) and 84 % after a change of drag; of"
    " 4,643 looks at what stays 68 told an end within 60 days, nearly all of them before it was "
    "raised again. Run benchmarks/accuracy_decay.py and accuracy_sinking.py to measure it again."
)

OVERDUE = (
    "On past full catalogues, one set of an object each, per 1,000 objects: elements overdue 32, "
    "seen again in 94 %; object lost 6, seen again in 78 %; presumed decayed 3, seen again in 0.3"
    " % (seen again: false where it was called decayed). In the groups of May 2026, with own "
    "cadences, 3 per 1,000. More than one in twenty of a regime is not reported. Run "
    "benchmarks/accuracy_decay.py to measure it again."
)

BREAKUP = (
    "Of 10 known break-ups with catalogues before and after, 10 detected, the interval holds the "
    "listed time in 10, the parent is first in 9 of 9 that are catalogued. Of 250 deployments 1 "
    "reported (0.07 to 2.23 %, 95 %). Separations: of 63 satellites of old launches that appeared"
    " between 23 pairs of catalogues 39 reported with an object of that launch first (61.9 %, "
    "49.6 to 72.9). Of 2,661 objects of deployments 1. False, with debris or another launch "
    "first: 2.39 for each pair (1.8 to 3.11, 95 %). Run benchmarks/accuracy_breakups.py and "
    "accuracy_separations.py to measure it again."
)

SEPARATION = (
    "Of 4 separations published of the actors in proximity operations 3 are told as published "
    "(the others within the month after their launch), besides: none. False ones have no other "
    "labels. Run benchmarks/accuracy_separations.py to measure it again."
)

BELT = (
    "What a visit means is not in the elements. Of 50 published statements 43 agree, 0 disagree, "
    "for 7 the data are too sparse. Visits and tows shown since 2016: 12.1 per 1,000 objects and "
    "year (10.4 to 14, 95 %). Run benchmarks/accuracy_proximity.py to measure it again."
)

INTERFERENCE = (
    "Of 6 known events in daily maps 6 found on their days. In quiet regions of Europe and North "
    "America 2 areas in 823,600 days of cells, 2.4 a million (0.3 to 8.8, 95 %), real tests among"
    " them counted as false. Run benchmarks/accuracy_interference.py to measure it again."
)

PASSAGES = (
    "In made traffic 96 % of 120 planted emitters are found (91 to 98, 95 %), 97 % of them with "
    "the onset within 15 minutes. In 1,071,279 steps of cells of quiet traffic 0 false areas (0 "
    "to 10 per 1,000 cell-months, 95 %). No real reports with known truth are at hand. Run "
    "benchmarks/accuracy_aircraft.py to measure it again."
)

RECEIVERS = (
    "A labelled tracker in a vehicle, 180 stretches of a minute jammed and 46 in blank spots, "
    "laid into its own quiet driving: jammed with precision 1.00 (0.98 to 1.00) and recall 0.97 "
    "(0.94 to 0.99), blank spots 0.90 (0.79 to 0.96) and 1.00 (0.92 to 1.00) (95 %). In 9.8 days "
    "of quiet driving 0 a day told as power from outside (0 to 0.37). The labels follow from the "
    "mean C/N0 alone. Run benchmarks/accuracy_receivers.py to measure it again."
)

EMITTERS = (
    "Made signals, 16,008 draws of 8 cases: the ellipse holds the emitter in 94.9 % (94.6 to "
    "95.3) where there is one, the drawn outline in 94.7 % (94.3 to 95.1) (95 %). How often a "
    "located signal means nothing is not measured: people choose what to locate. Run "
    "benchmarks/accuracy_geolocation.py to measure it again."
)

CONJUNCTION = (
    "In a quiet week (23 to 30 May 2026, 1,137 assets), per 1,000 assets and week: 0.0 (0.0 to "
    "3.2, 95 %) asked for a look, 14.1 (8.0 to 22.9, 95 %) for watching; none of all alarms were "
    "of docked objects, of one launch or of one constellation. What a finding means is not in the"
    " elements; every one carries its own share. Run benchmarks/accuracy_quiet_week.py to measure"
    " it again."
)

PROXIMITY = (
    "In a quiet week (23 to 30 May 2026, 1,137 assets), per 1,000 assets and week: 1.8 (0.2 to "
    "6.4, 95 %) asked for a look, 24.6 (16.4 to 35.6, 95 %) for watching; none of all alarms were"
    " of docked objects, of one launch or of one constellation. What a finding means is not in "
    "the elements; every one carries its own share. Run benchmarks/accuracy_quiet_week.py to "
    "measure it again."
)

GEO_NEIGHBOUR = (
    "In a quiet week (23 to 30 May 2026, 1,137 assets), per 1,000 assets and week: 10.6 (5.4 to "
    "18.4, 95 %) asked for a look, 88.0 (71.6 to 107.0, 95 %) for watching; none of all alarms "
    "were of docked objects, of one launch or of one constellation. What a finding means is not "
    "in the elements; every one carries its own share. Run benchmarks/accuracy_quiet_week.py to "
    "measure it again."
)
