"""Manoeuvres: the detector for the watch, and the rule that it shares with whole catalogues."""

from hoshimori.detectors.manoeuvre.detector import ManoeuvreDetector
from hoshimori.detectors.manoeuvre.rule import Judged, ManoeuvreRule

__all__ = ["Judged", "ManoeuvreDetector", "ManoeuvreRule"]
