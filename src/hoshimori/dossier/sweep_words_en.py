"""English words of sweeps; the keys are those of every language."""

from __future__ import annotations

SWEEP_WORDS: dict[str, str] = {
    "sweep.title": "{rows} draws on {sky}, seed {seed}",
    "sweep.column.what": "what happens",
    "sweep.column.where": "where",
    "sweep.column.measure": "against",
    "sweep.column.draws": "draws",
    "sweep.column.found": "found (95 %)",
    "sweep.column.half": "half are found at",
    "sweep.column.ninety": "nine in ten at",
    "sweep.column.finding": "finding",
    "sweep.column.count": "came up",
    "sweep.column.months": "asset-months",
    "sweep.column.rate": "a month of one asset (95 %)",
    "sweep.column.sizes": "from – to",
    "sweep.column.by": "first shown by",
    "sweep.kind.burn": "burn",
    "sweep.kind.slow_thrust": "slow thrust",
    "sweep.kind.shadow": "into the plane, at a distance",
    "sweep.kind.inspect": "round another",
    "sweep.kind.fly_by": "fly-by",
    "sweep.kind.release": "release",
    "sweep.kind.break_up": "break-up",
    "sweep.kind.loss": "lost from view",
    "sweep.kind.launch": "launch into the plane",
    "sweep.kind.re_entry": "re-entry",
    "sweep.where.all": "all",
    "sweep.where.low": "low orbits",
    "sweep.where.high_low": "low orbits from 700 km on",
    "sweep.where.belt": "the belt",
    "sweep.where.both": "{regime}, {trait}",
    "sweep.trait.radial": "up or down",
    "sweep.trait.in_track": "along the track",
    "sweep.trait.cross_track": "across",
    "sweep.trait.struck": "struck",
    "sweep.trait.explosion": "explosion",
    "sweep.measure.delta_v_m_s": "velocity change [m/s]",
    "sweep.measure.acceleration_m_s2": "acceleration [m/s²]",
    "sweep.measure.lasts_h": "how long it thrusts [h]",
    "sweep.measure.range_km": "closest range [km]",
    "sweep.measure.stays_h": "how long it stays [h]",
    "sweep.measure.takes_h": "how long it takes to come [h]",
    "sweep.measure.catalogued_after_h": "catalogued after [h]",
    "sweep.measure.pieces": "pieces",
    "sweep.measure.plane_deg": "angle of the planes [deg]",
    "sweep.measure.falls_days": "days until the end",
    "sweep.measure.cadence_h": "usual time between element sets [h]",
    "sweep.measure.late_h": "element sets late by [h]",
    "sweep.size": "{best} ({low} to {high})",
    "sweep.share": "{found} of {count}: {best} % ({low} to {high} %)",
    "sweep.rate": "{best} ({low} to {high})",
    "sweep.nothing": "–",
    "sweep.delays": (
        "{kind}, {regime}: {count} found, half of them within {median} h of the first published "
        "fact, nine in ten within {ninety} h."
    ),
    "sweep.parents": "{kind}: the first candidate for the parent is right in {right} of {of}.",
    "sweep.problems": "{kind}: {count} draws do not fit the sky.",
    "sweep.alarms": "What the untouched sky shows by itself",
    "sweep.card.head": (
        "Sweep on {sky} ({objects} objects), measured {day}: found by any of the detectors that a "
        "draw tests; 95 % intervals; – where the draws do not bracket a size"
    ),
    "sweep.card.curve": (
        "{kind}, {where}, against {measure} from {low} to {high}: half found at {half}, nine in "
        "ten at {ninety}; found in all {share}"
    ),
    "sweep.card.share": (
        "{kind}: its findings are the first to show {share} in all orbits; the untouched sky "
        "raises {rate} a month of one asset"
    ),
    "sweep.page.title": "What is found, and how often",
    "sweep.page.sky": "Sky",
    "sweep.page.seed": "Seed",
    "sweep.page.counted": (
        "{rows} scripts were drawn by chance and {told} counted; {unfit} do not fit the sky."
    ),
    "sweep.page.soon": "Of {soon} the last look comes too soon.",
    "sweep.page.reading": (
        "One thing happens in each, from too small to plain. Found means: by a finding of the "
        "right kind about the right objects, within five days of the first published trace, that "
        "the untouched sky does not show. All intervals are 95 %."
    ),
    "sweep.page.drawn": "What was drawn",
    "sweep.page.drawn.note": (
        "Sizes are spread evenly in their logarithm; so the share found of all draws depends on "
        "where they begin and end. The curves below do not."
    ),
    "sweep.page.found": "Found: {share}",
    "sweep.page.plot": "Share found against size, and against what the untouched sky raises",
    "sweep.page.plot.desc": "{curves} curves of detection with 95 % intervals.",
    "sweep.page.plot.left": (
        "Left: draws in bins, with a fitted curve; bars at 50 % and 90 % tell between which sizes "
        "the curve passes them."
    ),
    "sweep.page.plot.right": (
        "Right: the rarer a finding must be to count, the farther left; a point for each limit."
    ),
    "sweep.page.traits": "The same by what tells draws apart",
    "sweep.page.traits.key": "From left to right: {places}.",
    "sweep.page.delay": "{median} h, {ninety} h (of {count})",
    "sweep.page.rate": "{rate}, {count} in all",
    "sweep.page.axis.found": "found",
    "sweep.page.axis.raised": "raised by the untouched sky, a month of one asset",
    "sweep.page.curves": "All curves in numbers",
    "sweep.page.bins": "Draws by bins",
    "sweep.page.delays": "How soon",
    "sweep.page.delays.note": (
        "From the first published fact to the first look that shows it: half within, nine in ten "
        "within. A look a day adds up to a day."
    ),
    "sweep.page.alarms.note": (
        "A month of one asset, about assets that were drawn by chance, {months} asset-months a "
        "place; each once, and true company is among it."
    ),
    "sweep.page.operating": "Operating characteristics",
    "sweep.page.operating.note": (
        "Of findings whose rarity is at most a limit: share of draws found, and what the untouched "
        "sky raises a month of one asset."
    ),
    "sweep.page.limits": "What this does not tell",
    "sweep.page.limit.sizes": (
        "Docking, towing, swapped numbers, storms, interference and reports have no size to draw."
    ),
    "sweep.page.limit.sky": (
        "Where the sky is a single catalogue or a made one, errors and delays of element sets are "
        "made ones, smaller than the worst of real ones: real sizes are larger."
    ),
    "sweep.page.limit.own": "Patterns of life, and passes told from long histories, are not asked.",
    "sweep.page.limit.late": (
        "What comes up about objects that a draw does not touch is not counted with it."
    ),
    "card.needs": "needs",
    "card.method": "method",
    "card.found": "finds",
    "card.false_alarms": "false alarms",
    "card.errs": "known to err",
    "card.sources": "sources",
    "sweep.progress": "{done} of {of} rows",
}
