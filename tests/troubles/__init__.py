"""Troubles that real documents make when they are read, by what makes them."""

from troubles import html_pages, limits, pdf_characters, pdf_damage, pdf_order, pdf_ruled, pdf_tables, plain_texts

TROUBLES = (
    *pdf_order.TROUBLES,
    *pdf_characters.TROUBLES,
    *pdf_tables.TROUBLES,
    *pdf_ruled.TROUBLES,
    *pdf_damage.TROUBLES,
    *html_pages.TROUBLES,
    *plain_texts.TROUBLES,
    *limits.TROUBLES,
)
