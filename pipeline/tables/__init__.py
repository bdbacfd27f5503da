"""Mentions to rows, and rows to files, frames and scores. The only place that knows pandas. Does not know how a mention was found."""
