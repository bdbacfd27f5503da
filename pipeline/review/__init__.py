"""What changed, row by row, and what people decided about it. Does not know parsers."""
