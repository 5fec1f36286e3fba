"""What people state about objects, with a grade for who says it and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.finding import BaseRate, Confidence, Finding
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.radio_particulars import RadioParticulars


class Reliability(Enum):
    """How reliable a source is (Admiralty code)."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    NOT_JUDGED = "F"


class Credibility(Enum):
    """How credible a piece of information is (Admiralty code)."""

    CONFIRMED = 1
    PROBABLY_TRUE = 2
    POSSIBLY_TRUE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    NOT_JUDGED = 6


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty code of one piece of information: source and content judged apart."""

    reliability: Reliability
    credibility: Credibility

    def __str__(self) -> str:
        """Return it as written, for example ``B2``."""
        return f"{self.reliability.value}{self.credibility.value}"

    def confidence(self) -> Confidence:
        """Return how far one statement of this grade carries; more than one makes more of it."""
        if self.reliability not in (Reliability.COMPLETELY, Reliability.USUALLY):
            return Confidence.LOW
        match self.credibility:
            case Credibility.CONFIRMED:
                return Confidence.HIGH
            case Credibility.PROBABLY_TRUE:
                return Confidence.MODERATE
            case _:
                return Confidence.LOW


class Statement(Enum):
    """What a report says; the closed list that an assessment knows how to weigh."""

    # What speaks for a planned and benign doing.
    NOTICE_GIVEN = "notice given"
    """The mission or manoeuvre was announced before (J1)."""
    SAME_OPERATOR = "same operator or contract"
    """The parties are one operator, or have a contract with one another (J2)."""
    OWN_OBJECT = "own or defunct object"
    """The object approached belongs to who approaches, or is defunct (J3)."""
    OWN_SLOT = "own slot"
    """The place it goes to is one filed for it (J4)."""
    SERVICING_LICENCE = "servicing licence"
    """Licensed under rules for servicing on orbit (J5)."""
    END_OF_LIFE = "end of life"
    """Disposal or drift after the end of the mission (J6)."""
    OWN_MANOEUVRE = "own manoeuvre"
    """The operator of the asset says that it moved the asset itself."""
    # What speaks for nature, a fault or an artefact.
    BUS_FAILURE_KNOWN = "known failure of the bus"
    """Satellites of this make failed in this way before (J7)."""
    FAULT_FOUND = "fault found"
    """An operator or inquiry found a fault, an error of operation or a collision with debris."""
    COLLISION_WARNING = "collision warning"
    """A conjunction message named this pair at this time."""
    DATA_ERROR = "data error"
    """A catalogue or sensor said that its data were wrong: cross-tag, bad set, spoofed feed."""
    # What speaks for something done on purpose.
    LAUNCHED_INTO_PLANE = "launched into plane"
    """Its launch fell on the passage of the asset's plane over the pad (I1)."""
    BURN_IN_GAP = "burn in an observation gap"
    """It moved when and where no sensor could see it (I6)."""
    FAVOURABLE_LIGHT = "favourable light"
    """Approaches are timed so that the Sun lights the asset (I5)."""
    NOT_REGISTERED = "not registered"
    """Not registered, or catalogued as a kind that it does not behave as (I8)."""
    NO_ANSWER = "no answer"
    """The operator was asked, and did not answer (I10)."""
    RADIO_OR_CYBER_EFFECT = "radio or cyber effect"
    """Interference or an intrusion at the same time (I11)."""
    EVADED_AND_FOLLOWED = "evaded and followed"
    """The asset moved away and the other followed (I12)."""
    TEST_ANNOUNCED = "test announced"
    """A State says that it tested against an object of its own."""
    TEST_CLAIMED_BY_OTHERS = "test claimed by others"
    """Others than the one that would have done it say that it was a test."""
    INTERCEPTOR_SEEN = "interceptor seen"
    """A launch without an orbit was seen at that time under the track."""
    CLOSURE_NOTICE = "closure notice"
    """Airspace or sea was closed under the track at that time."""
    DEMARCHE = "demarche"
    """A government protested, or said publicly that it objects."""
    DENIED = "denied"
    """The party that is said to have done it denies that."""
    # What was seen to happen to the asset or its service.
    TELEMETRY_ANOMALY = "telemetry anomaly"
    """The asset sent down values that its operator cannot explain."""
    SERVICE_LOST = "service lost"
    """The operator or users say that what the asset serves for stopped or got worse."""
    SERVICE_KEPT = "service kept"
    """The operator says that the asset works as before."""
    SENSOR_DAZZLED = "sensor dazzled"
    """A sensor of the asset was blinded by light for some time, or for good."""
    LINK_INTERFERENCE = "link interference"
    """Radio links to or from the asset were disturbed."""
    UNCOMMANDED_STATE = "uncommanded state"
    """The asset did what nobody commanded, or somebody else did."""
    GROUND_INTRUSION = "ground intrusion"
    """The ground or user segment was entered or broken; the satellite itself was not."""
    NAVIGATION_DISTURBED = "satellite navigation disturbed"
    """Aircraft, ships or receivers reported wrong or lost positions."""
    TUMBLING_SEEN = "tumbling seen"
    """Its brightness or radar echo shows that it turns without control."""
    PIECES_SEEN = "pieces seen"
    """A sensor saw pieces beside it, catalogued or not."""
    CLOSE_RANGE_SEEN = "close range seen"
    """A sensor saw both objects nearer together than element sets can tell."""


EFFECTS = frozenset(
    {
        Statement.TELEMETRY_ANOMALY,
        Statement.SERVICE_LOST,
        Statement.SENSOR_DAZZLED,
        Statement.LINK_INTERFERENCE,
        Statement.UNCOMMANDED_STATE,
        Statement.GROUND_INTRUSION,
        Statement.NAVIGATION_DISTURBED,
        Statement.TUMBLING_SEEN,
        Statement.PIECES_SEEN,
        Statement.CLOSE_RANGE_SEEN,
    }
)
"""Statements that something happened to an asset or its service."""

NOT_COUNTED = BaseRate.counted("not counted", 0, 0)
"""The base rate of a report: nobody has counted how often such things are stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorReport(Finding):
    """Somebody stated something about these objects; kept as said, never as measured.

    `objects` may be empty where a report is about a service or an area.
    """

    statement: Statement
    source: str
    """Who says it, as written: an operator, a press agency, a government."""
    source_chain: str
    """Reports of one chain repeat one another; only different chains are independent."""
    grade: Grade
    text: str
    """What was said, quoted or in short; never machine-translated."""
    reference: str = ""
    """Where it can be read."""
    known_utc: datetime
    """When it could be known."""
    marking: Marking = OPEN
    radio: RadioParticulars | None = None
    """The fields of a form about radio interference, where it states any."""
