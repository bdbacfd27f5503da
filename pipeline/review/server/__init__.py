"""The page of `make review`: a small server on this machine alone. Takes a comparison; gives pages, and writes decisions. Does not know parsers."""
