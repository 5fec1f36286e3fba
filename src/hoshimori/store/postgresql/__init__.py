"""The store in a PostgreSQL database; needs the extra `postgres`."""
