"""Disturbed receivers: the detector, what it tells apart, and what it measures for that."""

from hoshimori.detectors.receivers.causes import Signs, reception_of
from hoshimori.detectors.receivers.detector import ReceiverDetector, ReceiverSurvey
from hoshimori.detectors.receivers.episodes import Judged, ReceiverRule

__all__ = ["Judged", "ReceiverDetector", "ReceiverRule", "ReceiverSurvey", "Signs", "reception_of"]
