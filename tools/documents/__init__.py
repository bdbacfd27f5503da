"""Takes nothing but what is written here; gives the PDF documents in `raw/`, the same bytes at every run.

`python -m tools.documents` writes them all; each module below holds one document.
Knows nothing of the pipeline that reads them.
"""
