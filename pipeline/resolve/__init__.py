"""Candidates and context to mentions: as written, then as understood. Ordered strategies, one file a kind."""
