"""Pure functions on strings: the folded view, EDTF, codes. Knows no files and no rules."""
