"""PDF: characters and rules by pdfium, lines, reading order, blocks and tables by geometry."""

from pipeline.parsers.pdf.parse import parse_pdf

__all__ = ["parse_pdf"]
