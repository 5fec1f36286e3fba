"""English words of notices to space operators; the keys are those of every language."""

from __future__ import annotations

NOTICE_WORDS: dict[str, str] = {
    "notice.title": "NOTSO: {kind} / {object} / {region}",
    "notice.region.ds": "deep space (DS)",
    "notice.region.ne": "near Earth (NE)",
    "notice.region.ground": "users on Earth",
    "notice.region.unknown": "orbit not known",
    "notice.event_id": "Event ID",
    "notice.issued": "As of",
    "notice.issuer": "Issued by",
    "notice.direction": "Direction",
    "notice.overview": "Overview",
    "notice.base_rate": "How usual it is",
    "notice.assessment": "Assessment",
    "notice.information": "Pertinent information",
    "notice.when": "When: {start} to {end}",
    "notice.more.one": "{number} more finding belongs to this event.",
    "notice.more.many": "{number} more findings belong to this event.",
    "notice.benign": "Best benign explanation: {name}. Word of ICD 203: {words}.",
    "notice.benign.natural": "natural causes",
    "notice.benign.fault": "technical fault or error in operation",
    "notice.benign.planned": "planned activity",
    "notice.benign.artefact": "error in the data",
    "notice.others": "{number} other explanations are weighed in the assessment of this event.",
    "notice.confidence": "Confidence: {confidence}.",
    "notice.not_assessed": "Not assessed: this notice tells what was measured and nothing more.",
    "notice.words.between": "{low} to {high}",
    "notice.next_step": "Suggested next step: {step}.",
    "notice.orbit": "{object}: element set of {epoch}, period {minutes} min",
    "notice.place": "{name}: latitude {latitude}°, longitude {longitude}° at {moment}",
    "notice.area": (
        "{name}: latitude {south}° to {north}°, longitude {west}° to {east}°, not all of it"
    ),
    "notice.limit": "Public element sets leave kilometres of uncertainty in every distance.",
}
