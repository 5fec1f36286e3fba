"""Where emitters stand: the detector, and the places that differences of arrival leave."""

from hoshimori.detectors.emitters.detector import EmitterDetector
from hoshimori.detectors.emitters.locating import LONGEST_KM, located

__all__ = ["LONGEST_KM", "EmitterDetector", "located"]
