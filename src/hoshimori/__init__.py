"""Hoshimori: an open watch over the satellites that allies depend on."""

__version__ = "0.1.0"
