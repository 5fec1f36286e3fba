"""One verb per module; the only place where rooms meet."""
