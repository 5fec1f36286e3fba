"""Where facts are kept: append-only and bi-temporal."""
