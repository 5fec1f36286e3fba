"""Picture in, findings out: one phenomenon per module, physics only."""
