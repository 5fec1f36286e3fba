"""Arrays in, arrays out: time, frames, orbits, encounters. Every formula has its source."""
