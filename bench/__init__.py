"""Benchmarks: `make bench`. Ratios, so that they hold on any machine."""
