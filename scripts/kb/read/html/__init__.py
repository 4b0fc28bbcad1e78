"""Notion's HTML export: a page of it as blocks."""

from kb.read.html.reader import is_html, read_html_page

__all__ = ["is_html", "read_html_page"]
