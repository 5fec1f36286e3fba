"""English words of the documents of a dossier; the keys are those of every language."""

from __future__ import annotations

DOCUMENT_WORDS: dict[str, str] = {
    "document.name": "Dossier for consultation",
    "document.tagline": "An open watch over the satellites that allies depend on",
    "document.issue": "{incident} · as known at {moment} · composed {composed}",
    "document.page": "Page {page} of {pages}",
    "document.foot": "Made by {software}. Times are UTC.",
    "document.asset": "Asset",
    "document.other": "Other object",
    "document.as_of": "As known at",
    "document.composed": "Composed",
    "document.span": "Seen from, to",
    "document.filed": "Filed as",
    "document.filed.note": "a name for what was seen, not for what was meant",
    "document.objects.none": "none",
    "document.seen": "What was seen",
    "document.likelihood": "What may explain it",
    "document.confidence": "How far the data carry this",
    "document.unknown": "What is not known",
    "document.unknown.lead": "No source at hand affirms or denies that:",
    "document.unknown.more": "{number} more in part {part}.",
    "document.unknown.none": "Nothing that the model asks for is missing.",
    "document.change": "What would change this",
    "document.change.none": "No single item that is missing would change it much.",
    "document.gates": "Gates, opened by people only",
    "document.gate.open": "opened",
    "document.gate.closed": "not opened",
    "document.gate.by": "by {who}, {when}",
    "document.released": "Release to {partners}, computed anew from what may be released.",
    "document.released.all": "everybody",
    "document.changed": "Conclusions that differ from the original:",
    "document.changed.none": "No conclusion differs from the original.",
    "document.changed.more": "{number} more in part {part}.",
    "document.limits": (
        "This paper explains an observation. It decides nothing and names nobody as a cause; "
        "every statement can be computed again from what is enclosed (part {part})."
    ),
    "document.contents": "For the analyst",
    "document.chart": "Ten explanations side by side, the benign ones first",
    "document.chart.key": (
        "Each bar is an interval: nothing in it is preferred. Grey bands are the words of ICD 203."
    ),
    "document.chart.benign": "Nature, fault, plan, data",
    "document.chart.other": "Other explanations",
    "document.chart.row": "{name}: {words}, {interval}.",
    "document.part.nature": "Nature and accidents, looked into first",
    "document.part.explanations": "Explanations side by side",
    "document.part.evidence": "Evidence, and how it goes with each explanation",
    "document.part.exhibits": "Exhibits: what was measured",
    "document.part.timeline": "Timeline",
    "document.part.factors": "Seventeen factors",
    "document.part.people": "Gates, decisions and views that differ",
    "document.part.behaviour": "Indicators of behaviour",
    "document.part.rests": "What the assessment rests on, and what would change it",
    "document.part.inputs": "Inputs and provenance",
    "document.part.verify": "How to verify this dossier",
    "document.explanations.note": (
        "Before the evidence: how often each is the case among comparable events. Against it: "
        "what is inconsistent with it, counted; fewer survives better."
    ),
    "document.evidence.note": (
        "CC fits very well, C fits, N tells nothing, I fits badly, II fits very badly. All "
        "that comes from orbital elements is one source and is capped as one."
    ),
    "document.evidence.none": "No item of evidence bears on the explanations.",
    "document.factors.note": (
        "The machine proposes, a person decides; both are kept. Factors are never added up."
    ),
    "document.factors.supports": "Supported by {evidence}.",
    "document.factors.contradicts": "Contradicted by {evidence}.",
    "document.factors.missing": "Missing: {missing}.",
    "document.factors.more": "{shown} and {number} more",
    "document.factors.open": "not decided",
    "document.column.decision": "Decision",
    "document.column.support": "Evidence and gaps",
    "document.exhibit": "Exhibit {number}",
    "document.exhibit.numbers": "The numbers",
    "document.exhibit.further.one": "{number} further finding, in one line",
    "document.exhibit.further.many": "{number} further findings, in one line each",
    "document.timeline": "When things were measured",
    "document.timeline.key": (
        "Bars run over the time in which something was seen or lies ahead; the line is the "
        "moment of this dossier."
    ),
    "document.timeline.row": "{kind}: {start} to {end}.",
    "document.timeline.start": "From",
    "document.timeline.end": "To",
    "document.inputs.enclosed": "Facts that are enclosed",
    "document.inputs.kind": "Kind",
    "document.inputs.number": "Number",
    "document.inputs.sources": "Where the facts come from",
    "document.inputs.source": "Source",
    "document.inputs.digest": "SHA-256 of the bytes as received",
    "document.inputs.reality": "Reality",
    "document.inputs.files": "Files that are enclosed",
    "document.inputs.file": "File",
    "document.inputs.file.digest": "SHA-256",
    "document.inputs.detectors": "Detectors that were asked",
    "document.inputs.question": "Question",
    "document.inputs.rate": "False alarms, and what is found",
    "document.inputs.settings": "Settings",
    "document.inputs.versions": "Versions",
    "document.inputs.chain": "How one thing came from another",
    "document.chain.facts": (
        "{facts} facts from {sources} sources were read; each keeps when it was true, when it "
        "was known, and the digest of its bytes."
    ),
    "document.chain.findings": (
        "{detectors} detectors, without knowledge of owners or States, gave {findings} "
        "findings from them."
    ),
    "document.chain.incident": "The findings belong together as incident {incident}.",
    "document.chain.assessment": (
        "The assessment model, version {version} (SHA-256 {digest}), weighed ten explanations."
    ),
    "document.chain.people": "{number} values and views were set by people.",
    "document.chain.document": "This text was laid out from the assessment on {moment}.",
    "document.kind.element_set": "element sets",
    "document.kind.asset": "assets",
    "document.kind.object": "descriptions of objects",
    "document.kind.report": "reports",
    "document.kind.area": "days of cells with aircraft counts",
    "document.kind.finding": "findings",
    "document.verify.lead": (
        "Whoever has the dossier file can check it without a network, without trust in its "
        "makers, and without their program if he follows its published format."
    ),
    "document.verify.command": "Command",
    "document.verify.seal": (
        "The command checks every byte against its signed commitment, says who signed and "
        "whether that suffices."
    ),
    "document.verify.rerun": (
        "It then runs the detectors and the assessment again on the enclosed facts and says "
        "exactly what differs."
    ),
    "document.verify.redacted": (
        "A copy from which items were withheld verifies against the same signatures."
    ),
}
