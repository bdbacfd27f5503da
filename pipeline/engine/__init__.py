"""Rule files to candidates: what is there, as written. Knows no context."""
