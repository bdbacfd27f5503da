"""Sentences and MeCab tokens; the only place that knows fugashi."""
