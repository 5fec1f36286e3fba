"""Bytes to nouns and back, one standard per module."""
