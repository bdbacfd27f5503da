"""A source becomes a document. Knows no rules."""

from pipeline.model import Document, Source

__all__ = ["ManyPages", "parse"]


class ManyPages(Exception):
    """A PDF has more pages than were to be read at once."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages")
        self.pages = pages


def parse(source: Source) -> Document:
    """The document of a source, by its media type. Never raises for what is in the file: see the document's status."""
    if source.media_type == "application/pdf":
        from pipeline.parsers.pdf import parse_pdf

        return parse_pdf(source)
    if source.media_type == "text/html":
        from pipeline.parsers.html import parse_html

        return parse_html(source)
    from pipeline.parsers.plain import parse_plain

    return parse_plain(source)
