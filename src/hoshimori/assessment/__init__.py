"""Findings to incidents, and what an incident could mean."""
